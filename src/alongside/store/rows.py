"""The tables of one book in SQL: what was read is remembered, what was put is written in batches.

What is remembered (an identity map) holds true only while nobody else writes; `KeptBook` drops it when
another process moved the head.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from alongside.store.schema import compiled
from alongside.store.sql import Sql, here
from alongside.tables import Absent, Row, declared
from alongside.words import Ref

R = TypeVar("R", bound=Row)
Key = tuple[Any, ...]
_AT_ONCE = 500      # what one statement may name


class SqlTables:
    """The tables of one book. Rows are read once; put rows wait for `flush`."""

    def __init__(self, book: str, db: Sql | None = None) -> None:
        self.book, self.db = book, db or here()
        self.new_from = 2**62       # rows numbered from here on cannot be in the database yet
        self._rows: dict[type[Row], dict[Key, Row | None]] = {}
        self._found: dict[type[Row], dict[tuple[str, ...], dict[Key, list[Key]]]] = {}
        self._waiting: dict[type[Row], dict[Key, Row]] = {}
        self._whole: dict[type[Row], list[Row]] = {}

    def __len__(self) -> int:
        """How many rows are remembered."""
        return sum(map(len, self._rows.values()))

    def get(self, ref: Ref[R]) -> R:
        """The row of that number. Raises `Absent`."""
        row = self._by_key(ref.row, (int(ref),))
        if row is None:
            raise Absent(f"there is no {ref.row.__name__} {int(ref)}")
        return row

    def first(self, row: type[R], **where: Any) -> R | None:
        """The first row found that way, or None."""
        found = self.find(row, **where)
        return found[0] if found else None

    def find(self, row: type[R], **where: Any) -> list[R]:
        """All rows found that way, in the order of the key."""
        way = declared(row, where)
        wanted = tuple([where[name] for name in way])
        if way is row.key:
            one = self._by_key(row, wanted)
            return [] if one is None else [one]
        rows: dict[Key, Any] = self._rows.setdefault(row, {})
        return [rows[key] for key in self._keys(row, way, wanted)]

    def all(self, row: type[R]) -> Iterator[R]:
        """Every row of a table, in the order of the key."""
        whole: Any = self._whole.get(row)
        if whole is None:
            self.flush(row)
            rows = self._rows.setdefault(row, {})
            # All of them now: whoever walks and puts would otherwise meet what she just put.
            kept = self.db.rows(compiled(row).all, (self.book,))
            whole = [self._remember(row, rows, columns) for columns in kept]
        return iter(whole)

    def load(self, row: type[Row]) -> None:
        """Read a small table whole, in one query: from then on its look-ups cost none."""
        self._whole.pop(row, None)
        self._whole[row] = list(self.all(row))

    def fetch(self, refs: Iterable[Ref[Any]]) -> None:
        """Read many rows by their numbers, in one query for each table; `get` then costs none."""
        wanted: dict[type[Row], set[int]] = {}
        for ref in refs:
            if (int(ref),) not in self._rows.get(ref.row, {}):
                wanted.setdefault(ref.row, set()).add(int(ref))
        for row, numbers in wanted.items():
            rows, many = self._rows.setdefault(row, {}), sorted(numbers)
            for start in range(0, len(many), _AT_ONCE):
                part = many[start:start + _AT_ONCE]
                for columns in self.db.rows(compiled(row).some(len(part)), (self.book, *part)):
                    self._remember(row, rows, columns)
            for number in many:
                rows.setdefault((number,), None)

    def put(self, row: Row) -> None:
        """Write a row under its key, at the next flush."""
        kind, values = type(row), row.__dict__
        self._whole.pop(kind, None)
        key = tuple([values[name] for name in kind.key])
        found = self._found.get(kind)
        if found:
            self._refile(kind, found, key, values)
        self._rows.setdefault(kind, {})[key] = row
        self._waiting.setdefault(kind, {})[key] = row

    def flush(self, only: type[Row] | None = None) -> None:
        """Write what waits."""
        for kind in (only,) if only else tuple(self._waiting):
            if waiting := self._waiting.pop(kind, None):
                book = (self.book,)
                self.db.many(compiled(kind).put, [book + row.to_columns() for row in waiting.values()])

    def _by_key(self, row: type[Row], key: Key) -> Any:
        try:
            return self._rows[row][key]
        except KeyError:
            rows = self._rows.setdefault(row, {})
        if row in self._whole:
            return None
        if key[0].__class__ is int and key[0] >= self.new_from and row.key[0] == "number":
            return None     # an entry that is being written, or none: nothing to remember
        columns = self.db.one(compiled(row).by[row.key], (self.book, *map(_plain, key)))
        rows[key] = one = None if columns is None else row.from_columns(columns)
        return one

    def _keys(self, row: type[Row], way: tuple[str, ...], wanted: Key) -> list[Key]:
        try:
            return self._found[row][way][wanted]
        except KeyError:
            ways = self._found.setdefault(row, {}).setdefault(way, {})
        if row in self._whole:
            found = [one for one in self._whole[row] if tuple([one.__dict__[name] for name in way]) == wanted]
            return [tuple([one.__dict__[name] for name in row.key]) for one in found]
        self.flush(row)
        rows, keys = self._rows.setdefault(row, {}), []
        for columns in self.db.rows(compiled(row).by[way], (self.book, *map(_plain, wanted))):
            one = self._remember(row, rows, columns)
            keys.append(tuple([one.__dict__[name] for name in row.key]))
        ways[wanted] = keys
        return keys

    def _remember(self, row: type[Row], rows: dict[Key, Row | None], columns: Any) -> Any:
        key = tuple([columns[i] for i in compiled(row).keys])
        one = rows.get(key)
        if one is None:
            one = rows[key] = row.from_columns(columns)
        return one

    def _refile(self, kind: type[Row], found: dict[tuple[str, ...], dict[Key, list[Key]]], key: Key,
                values: dict[str, Any]) -> None:
        """Move a row's key in the look-ups that are remembered."""
        before = self._by_key(kind, key)
        for way, ways in found.items():
            now = tuple([values[name] for name in way])
            if before is not None:
                was = tuple([before.__dict__[name] for name in way])
                if was == now:
                    continue
                if was in ways:
                    keys = ways[was]
                    del keys[bisect_left(keys, key)]
            if now in ways:
                insort(ways[now], key)


def _plain(value: Any) -> Any:
    if value.__class__ in (int, str) or value is None:
        return value
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, int) else value.isoformat()
