"""Where books are kept: entries, tables and words in one database, each book under its own lock."""
