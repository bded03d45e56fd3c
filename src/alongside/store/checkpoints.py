"""A checkpoint is signed when somebody reads, exports or cosigns; never at every act.

It is signed after its entries are committed: what a crash then loses, nobody could take back.
"""

from __future__ import annotations

from alongside.record import checkpoint
from alongside.record.note import NoteSigner
from alongside.store.books import KeptBook
from alongside.store.keys import log_private


def signed(book: KeptBook) -> str:
    """The signed note on the record as this book was read; kept, so that the same size is signed once."""
    note = kept_note(book)
    if note is None:
        note = sign(book)
        keep(book, note)
    return note


def kept_note(book: KeptBook) -> str | None:
    """The note that was signed here on a record of this size, or None."""
    kept = book.db.one("SELECT note FROM book_checkpoint WHERE book = ? AND size = ?",
                       (book.id, book.tree.size))
    return str(kept[0]) if kept else None


def sign(book: KeptBook) -> str:
    """A signed note on the record as this book was read, written nowhere yet."""
    return checkpoint.sign(checkpoint.make(book.id, book.tree.size, book.tree.root()),
                           NoteSigner(checkpoint.origin(book.id), log_private()))


def keep(book: KeptBook, note: str) -> None:
    """Keep a note on the record as this book was read; one that is there already stays."""
    book.db.run("INSERT INTO book_checkpoint (book, size, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (book.id, book.tree.size, note))


def kept_notes(book: KeptBook) -> list[tuple[int, str]]:
    """Every checkpoint that was signed here: (size, note)."""
    return [(size, note) for size, note in book.db.rows(
        "SELECT size, note FROM book_checkpoint WHERE book = ? ORDER BY size", (book.id,))]
