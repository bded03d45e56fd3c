"""The terms that bind what is accepted; before there is a memorandum, the first yes."""
