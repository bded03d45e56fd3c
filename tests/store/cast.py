"""The cast of `tests/kernel/cast.py` on kept books, and what a test asks of a kept book as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from alongside.record.entry import Entry
from alongside.store.books import KeptBook, found_book, open_book
from alongside.store.keys import log_key
from alongside.store.rows import SqlTables
from alongside.store.sql import Sql, here
from alongside.store.verify import verify_book
from alongside.tables import digest
from tests.kernel.cast import Clock, Hands


def kept_hands(id: str | None = None) -> Hands:
    """Hands on a new kept book, which is still empty."""
    clock = Clock()
    return Hands(found_book(clock=clock, id=id), clock, log_key=log_key())


def others(hands: Hands, start: int) -> Hands:
    """Other hands on the same book, as another thread or process has them; `start` parts their chances."""
    book = open_book(hands.book.id, clock=hands.clock)
    return Hands(book, hands.clock, log_key=hands.log_key, start=start)


def kept(id: str) -> tuple[Any, ...]:
    """All that is kept of a book, read anew."""
    db, book = here(), open_book(id)
    return (book.seen(), book.last_day, list(book.entries()), digest(SqlTables(id)),
            db.rows("SELECT * FROM book_entry WHERE book = ? ORDER BY number", (id,)),
            db.rows("SELECT * FROM vault_words WHERE book = ? ORDER BY commitment", (id,)),
            db.rows("SELECT number, kind, payload FROM book_job WHERE book = ? ORDER BY id", (id,)))


def holds(id: str) -> None:
    """All of a book holds, to the last depth, and its numbers run from 1 without a gap."""
    report = verify_book(id)
    assert report.ok, report.wrong
    read = [Entry.read(raw) for raw in open_book(id).entries()]
    assert [e.number for e in read] == list(range(1, len(read) + 1)) and report.entries == len(read)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Stumbling:
    """A driver's connection, every statement of which goes through somebody's hands first."""

    def __init__(self, raw: Any, told: Statements) -> None:
        self._raw, self._told = raw, told

    def execute(self, *statement: Any) -> Any:
        return self._told(lambda: self._raw.execute(*statement), statement[0])

    def executemany(self, *statement: Any) -> Any:
        return self._told(lambda: self._raw.executemany(*statement), statement[0])

    @property
    def in_transaction(self) -> bool:
        return bool(self._raw.in_transaction)


class Stumble(Exception):
    """What a test lets go wrong."""


class Statements:
    """Counts the statements of a book's database; from the outside, as a driver would fail.

    `at` is the one that stumbles (0: none), `done` whether it was carried out before.
    """

    def __init__(self, at: int = 0, *, done: bool = False, stumble: Any = None) -> None:
        self.at, self.done, self.count, self.what = at, done, 0, ""
        self.stumble = stumble or self._raise

    def _raise(self) -> None:
        raise Stumble(self.at)

    def __call__(self, statement: Any, what: str) -> Any:
        self.count += 1
        if self.count != self.at:
            return statement()
        self.what = what
        if self.done:
            statement()
        return self.stumble()

    def watch(self, book: Any) -> KeptBook:
        """The same book, whose statements go through here."""
        db = Sql()
        watched = KeptBook(book.id, book._own_clock, db)
        db._raw = Stumbling(db._raw, self)      # from here on: opening it has read its head
        return watched
