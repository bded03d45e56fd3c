"""A book that is kept: its record, tables and words in one database.

Each act is one transaction under one lock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.act import Asking, Book
from alongside.areas.partnership.tables import Charter
from alongside.fact import Entered
from alongside.record.entry import new_book_id
from alongside.record.tree import Tree
from alongside.store.rows import SqlTables
from alongside.store.schema import shape
from alongside.store.sql import Sql, here
from alongside.store.vault import SqlVault
from alongside.words import Ref

_HEAD = "SELECT size, frontier, last_day, secret FROM book_head WHERE book = ?"
_AT = "SELECT size, frontier FROM book_head WHERE book = ?"
_MOVE = "UPDATE book_head SET size = ?, frontier = ?, last_day = ? WHERE book = ?"
_ENTRY = ("INSERT INTO book_entry (book, number, raw, leaf, author, asked_id, fingerprint)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)")
_ASKED = "SELECT number, author, fingerprint FROM book_entry WHERE book = ? AND asked_id = ?"
_ASKED_MANY = "SELECT asked_id, number, author, fingerprint FROM book_entry WHERE book = ? AND asked_id IN"
_RAW = "SELECT raw FROM book_entry WHERE book = ? AND number > ? ORDER BY number LIMIT 500"
_REMEMBERED_ROWS_MOST = 60_000
_REMEMBERED_BOOKS_MOST = 256
_AT_ONCE = 500


class NoSuchBook(LookupError):
    """There is no such book here."""


class _Living:
    """What this process remembers of a book between acts: true while the head is where it was left.

    The head is told by size and frontier: by its size alone, what another process wrote could not be told
    from an act of ours that was rolled back with the transaction around it.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.head: tuple[int, bytes] | None = None
        self.tables: SqlTables | None = None
        self.tree = Tree()
        self.last_day: date | None = None


_living: OrderedDict[str, _Living] = OrderedDict()
_living_lock = threading.Lock()


def _living_of(book: str) -> _Living:
    with _living_lock:
        found = _living.get(book)
        if found is None:
            found = _living[book] = _Living()
        _living.move_to_end(book)
        while len(_living) > _REMEMBERED_BOOKS_MOST:
            _living.popitem(last=False)
        return found


class KeptBook(Book):
    """A book in the database. Made for one request or command; what is costly is remembered beside it."""

    tables: SqlTables
    vault: SqlVault

    def __init__(self, id: str, clock: Callable[[], date] | None, db: Sql) -> None:
        self.id, self.db = id, db
        self._own_clock = clock
        self._start()

    def _start(self) -> None:
        """Take up the book as it is kept, and nothing that was on its way there."""
        self.tables, self.vault = SqlTables(self.id, self.db), SqlVault(self.id, self.db)
        self._entries: list[tuple[object, ...]] = []
        self._jobs: list[tuple[object, ...]] = []
        self._expected: dict[str, tuple[int, int, bytes] | None] = {}
        self._read_head()

    def _read_head(self) -> None:
        head = self.db.one(_HEAD, (self.id,))
        if head is None:
            raise NoSuchBook(self.id)
        size, frontier, last_day, secret = head
        # Bytes and nothing else: of a number, `bytes` would quietly make so many zeros.
        frontier, self._secret = bytes(memoryview(frontier)), bytes(memoryview(secret))
        self.tree = Tree(size, [frontier[i:i + 32] for i in range(0, len(frontier), 32)])
        self.last_day = date.fromisoformat(last_day) if isinstance(last_day, str) else last_day

    def clock(self) -> date:
        """The host's civil day: this book's own clock, or now at the offset it was founded with."""
        if self._own_clock is not None:
            return self._own_clock()
        charter = self.tables.first(Charter, number=1)
        return (datetime.now(UTC) + timedelta(minutes=charter.offset_minutes if charter else 0)).date()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """This book's lock and one transaction, which sees what other processes wrote meanwhile.

        Half is never kept. Raises `NoRoom` when the disk is full.
        """
        living = _living_of(self.id)
        with living.lock:
            try:
                with self.db.writing():
                    self._take(living)
                    yield
                    self._flush()
                living.head, living.tree, living.last_day = self._at(), self.tree, self.last_day
                if len(self.tables) > _REMEMBERED_ROWS_MOST:
                    living.tables = None
            except BaseException:
                living.head = living.tables = None
                self._start()
                raise
            finally:
                self._expected = {}
            # From here on somebody else may write: the tree and the rows remembered are the next act's.
            self.tables, self.tree = SqlTables(self.id, self.db), self.tree.copy()

    def _at(self) -> tuple[int, bytes]:
        return self.tree.size, b"".join(self.tree.frontier)

    def _take(self, living: _Living) -> None:
        if living.tables is not None and self.db.one(_AT, (self.id,)) == living.head:
            self.tables, self.tree, self.last_day = living.tables, living.tree, living.last_day
        else:       # another process wrote, or nobody here has yet: what was remembered is no longer so
            self._read_head()
            self.tables = living.tables = SqlTables(self.id, self.db)
        self.tables.db, self.tables.new_from = self.db, self.tree.size + 1

    def _flush(self) -> None:
        if not self._entries:
            return
        entries, self._entries = self._entries, []
        self.db.many(_ENTRY, entries)
        self.vault.flush()
        self.tables.flush()
        if self._jobs:
            jobs, self._jobs = self._jobs, []
            self.db.many("INSERT INTO book_job (book, number, kind, payload) VALUES (?, ?, ?, ?)", jobs)
        day = self.last_day.isoformat() if self.last_day else None
        self.db.run(_MOVE, (*self._at(), day, self.id))

    def expect(self, askings: Sequence[Asking]) -> None:
        """Look up in a few queries which of many askings were done already."""
        ids = list(dict.fromkeys(a.asked_id for a in askings))
        self._expected = dict.fromkeys(ids)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start:start + _AT_ONCE]
            for asked_id, number, author, fingerprint in self.db.rows(
                    f"{_ASKED_MANY} ({', '.join('?' * len(part))})", (self.id, *part)):
                self._expected[asked_id] = (number, author, bytes(fingerprint))

    def find(self, asked_id: str) -> tuple[int, int, bytes] | None:
        """What this asking already made."""
        if asked_id in self._expected:
            return self._expected[asked_id]
        done = self.db.one(_ASKED, (self.id, asked_id))
        return (done[0], done[1], bytes(done[2])) if done else None

    def keep(self, entry: Entered, raw: bytes, leaf: bytes, asking: Asking) -> None:
        """Let the entry wait for the flush at the end of the transaction."""
        self.vault.number = entry.number
        if asking.asked_id in self._expected:
            self._expected[asking.asked_id] = (entry.number, entry.author, asking.fingerprint)
        self._entries.append(
            (self.id, entry.number, raw, leaf, entry.author, asking.asked_id, asking.fingerprint))

    def entries(self, after: int = 0) -> Iterator[bytes]:
        """The bytes of every entry, in order, a few hundred at a time."""
        while part := self.db.rows(_RAW, (self.id, after)):
            for (raw,) in part:
                yield bytes(raw)
            after += len(part)

    def seen(self) -> tuple[int, str]:
        """Size and root of the record as it was read."""
        return self.tree.size, base64.b64encode(self.tree.root()).decode()

    def fingerprint(self, said: bytes) -> bytes:
        """HMAC-SHA256 under this book's own key."""
        return hmac.new(self._secret, said, hashlib.sha256).digest()

    def tell(self, jobs: Iterable[Any]) -> None:
        """Keep jobs with their entry: each is (kind, payload as JSON text)."""
        self._jobs += [(self.id, self.tree.size, kind, payload) for kind, payload in jobs]

    def row(self, ref: Ref[Any]) -> Any:
        """The row of a reference, as it is kept."""
        return self.tables.get(ref)


def open_book(id: str, *, clock: Callable[[], date] | None = None) -> KeptBook:
    """The book of that id. Raises `NoSuchBook`.

    `clock` gives the host's civil day; without it, the machine's clock and the book's offset do.
    """
    return KeptBook(id, clock, here())


def found_book(*, clock: Callable[[], date] | None = None, id: str | None = None) -> KeptBook:
    """A new book, empty, under a new random id."""
    id = id or new_book_id(secrets.token_bytes)
    here().run("INSERT INTO book_head (book, size, frontier, secret, shape) VALUES (?, 0, ?, ?, ?)",
               (id, b"", secrets.token_bytes(32), shape()))
    return open_book(id, clock=clock)


def all_books() -> list[str]:
    """The ids of every book kept here."""
    return [id for (id,) in here().rows("SELECT book FROM book_head ORDER BY book")]
