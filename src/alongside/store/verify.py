"""Everything that is kept of a book, held against its record: *seals*, then *state*, then *rules*.

A file needs nothing but itself. A database is asked more: whatever it keeps beside the entries must say what
they say (`beside.py`).
"""

from __future__ import annotations

import base64
from pathlib import Path

from alongside.audit import Auditor, NotSo, follow
from alongside.record.attest import KeyRing
from alongside.record.book_file import BookFile
from alongside.record.entry import Entry
from alongside.record.exact import Malformed
from alongside.record.seals import SealsWalk, WrongEntry
from alongside.store.beside import (
    check_columns,
    check_head,
    check_notes,
    check_tables,
    check_words,
    kept_entries,
    log_key_of,
)
from alongside.store.books import KeptBook, open_book
from alongside.store.report import NotHeld, Report, Wrong
from alongside.store.sql import here
from alongside.tables import digest

__all__ = ["DEPTHS", "Report", "Wrong", "verify_book", "verify_file"]

DEPTHS = ("seals", "state", "rules")


def verify_file(path: Path, depth: str = "rules") -> Report:
    """Verify an exported book with nothing but its file. Never raises for what the file holds."""
    walk, report = _Walk(depth), Report("", depth)
    try:
        with path.open("rb") as stream:
            book = BookFile.read(stream)
            for raw in book.entries:
                walk.step(raw)
            walk.finish(book.note, report)
            if depth != "seals" and digest(walk.auditor.tables) != book.state:
                raise NotHeld(None, "replaying its entries does not give the tables it was written with")
    except NotHeld as found:
        report.wrong, report.entries = found.wrong, walk.seals.size
    except Malformed as wrong:
        report.wrong, report.entries = Wrong(None, str(wrong)), walk.seals.size
    return report


def verify_book(id: str, depth: str = "rules") -> Report:
    """Verify everything this node keeps of a book, at one moment. Raises `NoSuchBook`."""
    walk, report, db = _Walk(depth), Report(id, depth), here()
    with db.steady():
        try:
            _verify_kept(open_book(id), walk, report)
        except NotHeld as found:
            report.wrong, report.entries = found.wrong, walk.seals.size
        except (ValueError, TypeError, db.error) as wrong:
            report.wrong, report.entries = Wrong(None, f"the book cannot be read: {wrong}"), walk.seals.size
    return report


def _verify_kept(book: KeptBook, walk: _Walk, report: Report) -> None:
    last = None
    for kept in kept_entries(book):
        last = walk.step(kept.raw)
        if last.book != book.id:
            raise NotHeld(last.number, "it is kept under another book than its own")
        check_columns(last, kept)
        report.words += check_words(book, last, kept)
    walk.finish(None, report)
    check_head(book, walk.seals, last, report.words)
    report.signed = check_notes(book, walk.seals, walk.log_key)
    if walk.depth != "seals":
        check_tables(walk.auditor.tables, book)


class _Walk:
    """One walk through a record, to the depth asked for."""

    def __init__(self, depth: str) -> None:
        if depth not in DEPTHS:
            raise ValueError(f"a book is verified to one of {', '.join(DEPTHS)}")
        self.depth = depth
        self.log_key: bytes | None = None
        self.seals = SealsWalk(KeyRing())
        self.auditor = Auditor()

    def step(self, raw: bytes) -> Entry:
        """Check one more entry."""
        try:
            entry = self.seals.next(raw)
            if entry.number == 1:
                self.log_key = log_key_of(entry)
            if self.depth == "rules":
                self.auditor.check(entry)
            elif self.depth == "state":
                follow(entry, self.auditor.tables)
        except WrongEntry as wrong:
            raise NotHeld(wrong.number, wrong.sentence) from None
        except NotSo as wrong:
            raise NotHeld(wrong.number, wrong.says) from None
        return entry

    def finish(self, note: str | None, report: Report) -> None:
        """Fill in the report; a note is checked against the key that the founding entry names."""
        seals = self.seals.finish(note, self.log_key if note else None)
        report.entries, report.attested, report.signed = seals.size, seals.attested, seals.signed
        report.root, report.actions = base64.b64encode(seals.root).decode(), self.auditor.actions
        report.book = report.book or seals.book
        if seals.wrong:
            raise NotHeld(seals.wrong.number, seals.wrong.sentence)
