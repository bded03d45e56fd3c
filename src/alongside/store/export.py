"""A book written out as the plain file that outlives us: its entries, its checkpoint, its tables' digest.

No words go with it: exporting words is another act, for two people.
"""

from __future__ import annotations

from typing import BinaryIO

from alongside.record import book_file
from alongside.store.books import open_book
from alongside.store.checkpoints import keep, kept_note, sign
from alongside.store.rows import SqlTables
from alongside.store.sql import here
from alongside.tables import digest


def export(book: str, out: BinaryIO) -> int:
    """Write a book to a binary stream, as it is at one moment, and say how many entries it has.

    Raises `NoSuchBook`.
    """
    with here().steady():
        kept = open_book(book)
        note = kept_note(kept) or sign(kept)
        book_file.write(out, state=digest(SqlTables(book)), entries=kept.entries(), note=note)
    # Not within: what only reads must not have to wait for, or give way to, whoever acts meanwhile.
    keep(kept, note)
    return kept.tree.size
