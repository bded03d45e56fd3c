"""Row tables folded anew from the entries: at the first start, and whenever their shape changed."""

from __future__ import annotations

from alongside.audit import understood
from alongside.fold import fold
from alongside.record.entry import Entry
from alongside.store import schema
from alongside.store.books import all_books, open_book
from alongside.store.rows import SqlTables
from alongside.store.sql import here

_FLUSH_EVERY, _REMEMBERED_MOST = 5_000, 100_000


def ensure_tables() -> None:
    """Make the row tables if needed and fold every book into them, in one transaction: all of it or none."""
    with here().writing():
        if schema.ensure():
            for book in all_books():
                refold(book)


def refold(book: str) -> int:
    """Fold every entry of a book into (empty) row tables, and say how many there were.

    Replaying never tells: no side effect happens twice.
    """
    tables, count = SqlTables(book), 0
    for raw in open_book(book).entries():
        fold(understood(Entry.again(raw)), tables)
        count += 1
        if count % _FLUSH_EVERY == 0:
            tables.flush()
            if len(tables) > _REMEMBERED_MOST:
                tables = SqlTables(book)
    tables.flush()
    here().run("UPDATE book_head SET shape = ? WHERE book = ?", (schema.shape(), book))
    return count
