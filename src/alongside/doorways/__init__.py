"""How askings come in: a page, the command line, a sheet. It hands over an action and decides nothing."""
