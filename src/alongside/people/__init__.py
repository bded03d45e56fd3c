"""Who may knock at this node's doors: accounts, sessions, memberships and one-time links. Housekeeping,
never evidence."""
