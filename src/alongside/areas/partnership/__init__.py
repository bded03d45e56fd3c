"""Who belongs here, and as what: groups, people, roles, and the keys that vouch."""
