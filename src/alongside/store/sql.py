"""The database spoken to directly: a book's own path cannot afford an ORM.

Measured with one: 486 acts a second, against thousands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


class NoRoom(Exception):
    """The disk is full. Nothing of what was to be written is kept, and what was kept before is whole."""


class Sql:
    """This thread's connection, for as long as one act or one page needs it."""

    __slots__ = ("_django", "_raw", "_sqlite")

    def __init__(self) -> None:
        self._django = connections[DEFAULT_DB_ALIAS]
        self._django.ensure_connection()
        self._raw: Any = self._django.connection
        self._sqlite = self._django.vendor == "sqlite"

    def compiled(self, statement: str) -> str:
        """A statement with `?` places, as this database writes them."""
        return statement if self._sqlite else statement.replace("?", "%s")

    def rows(self, statement: str, params: Sequence[Any] = ()) -> list[Any]:
        """Every row of a query."""
        found: list[Any] = self._raw.execute(self.compiled(statement), params).fetchall()
        return found

    def one(self, statement: str, params: Sequence[Any] = ()) -> Any | None:
        """The first row of a query, or None."""
        return self._raw.execute(self.compiled(statement), params).fetchone()

    def run(self, statement: str, params: Sequence[Any] = ()) -> int:
        """Run a statement and say how many rows it touched."""
        return int(self._raw.execute(self.compiled(statement), params).rowcount)

    def many(self, statement: str, params: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of many rows."""
        self._raw.executemany(self.compiled(statement), params)

    @property
    def error(self) -> type[Exception]:
        """What this database raises when it cannot do what it was asked."""
        driver: Any = self._django
        found: type[Exception] = driver.Database.Error
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that holds the write lock from its first statement: all is kept, or nothing.

        Raises `NoRoom` when the disk is full.
        """
        try:
            # Inside somebody's transaction already, it is a savepoint there.
            with transaction.atomic() if self._django.in_atomic_block else self._transaction():
                yield
        except self.error as wrong:
            if _is_full(wrong):
                raise NoRoom("the disk is full: nothing of this was kept") from wrong
            raise

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._raw.execute("BEGIN IMMEDIATE" if self._sqlite else "BEGIN")
            yield
            self._raw.execute("COMMIT")
        except BaseException:
            # A BEGIN that failed began nothing; a failed COMMIT (a full disk) may have ended it by itself.
            if self._begun(unknown=True):
                self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._raw.execute("ROLLBACK")
        except BaseException:
            self._django.close()        # or this connection would keep everybody else out
            raise

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Several reads of one moment, taking no lock: what a page shows is one state of the book."""
        if self._django.in_atomic_block or self._begun(unknown=False):
            yield
            return
        self._raw.execute("BEGIN" if self._sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            yield
        finally:
            if self._begun(unknown=True):
                self._raw.execute("COMMIT")

    def _begun(self, *, unknown: bool) -> bool:
        """Whether a transaction is open; `unknown` where the driver does not say."""
        return bool(getattr(self._raw, "in_transaction", unknown))


def here() -> Sql:
    """The connection of this thread."""
    return Sql()


def _is_full(wrong: Exception) -> bool:
    sqlite, postgresql = getattr(wrong, "sqlite_errorname", ""), getattr(wrong, "sqlstate", "")
    return sqlite == "SQLITE_FULL" or postgresql == "53100"
