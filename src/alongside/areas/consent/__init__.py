"""Every yes is one row: to whom, for what, until when. Nothing moves without one."""
