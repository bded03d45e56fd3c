"""What is so now: rows folded from facts, and from nothing else.

A row says how it may be looked up; an undeclared look-up raises, in memory too, so that no page and no rule
can be written that would walk a whole table in a large book.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Protocol, Self, TypeVar

from alongside.fact import area_of
from alongside.shape import Shape
from alongside.words import Ref

R = TypeVar("R", bound="Row")

ROWS: dict[str, type[Row]] = {}


class Absent(LookupError):
    """There is no such row in this book."""


class Undeclared(LookupError):
    """This way of looking up was not declared in the row's `found_by`."""


class Row(Shape):
    """One line of a table. `key` names it for good; `found_by` lists the other ways it may be looked up."""

    key: ClassVar[tuple[str, ...]] = ("number",)
    found_by: ClassVar[tuple[tuple[str, ...], ...]] = ()
    owner: ClassVar[str]        # the area whose folds, and nobody else's, may write it
    ways: ClassVar[tuple[tuple[str, ...], ...]]     # every look-up but the whole key

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.owner = area_of(cls)
        cls.ways = (*(cls.key[:n] for n in range(1, len(cls.key))), *cls.found_by)
        if ROWS.setdefault(cls.__name__, cls) is not cls:
            raise TypeError(f"two rows are called {cls.__name__}")

    @property
    def ref(self) -> Ref[Self]:
        """How other rows, facts and actions name this one."""
        kind: Any = Ref     # its parameter is known only at run time
        ref: Ref[Self] = kind[type(self)](self.__dict__["number"])
        return ref

    def seen_by(self, by: Any, at: Tables) -> bool:
        """Whether a member may know that this row exists; to others it is as if it did not."""
        return True


class Tables(Protocol):
    """The tables of one book, in memory or in SQL. Answers come in the order of the key."""

    def get(self, ref: Ref[R]) -> R:
        """The row of that number. Raises `Absent`."""

    def first(self, row: type[R], **where: Any) -> R | None:
        """The first row found that way, or None. `where` is the key, its beginning, or a declared look-up."""

    def find(self, row: type[R], **where: Any) -> list[R]:
        """All rows found that way."""

    def all(self, row: type[R]) -> Iterator[R]:
        """Every row of a table."""

    def put(self, row: Row) -> None:
        """Write a row under its key. Folds only."""


_ways: dict[tuple[type[Row], tuple[str, ...]], tuple[str, ...]] = {}


def declared(row: type[Row], where: Iterable[str]) -> tuple[str, ...]:
    """The declared look-up with exactly these names, or `Undeclared`."""
    asked = (row, tuple(where))
    way = _ways.get(asked)
    if way is None:
        way = _ways[asked] = _declared(row, asked[1])
    return way


def _declared(row: type[Row], where: tuple[str, ...]) -> tuple[str, ...]:
    names = frozenset(where)
    for way in (row.key, *row.ways):
        if frozenset(way) == names:
            if unfit := [f.name for f in row.shape() if f.name in names and not f.codec.found_by]:
                raise TypeError(f"{row.__name__} cannot be found by {unfit}: only by plain codes and numbers")
            return way
    raise Undeclared(f"{row.__name__} is not found by {sorted(names)}: declare it in found_by, or ask"
                     " another way")


class MemoryTables:
    """Tables kept in dictionaries: for tests, for verification, for a book on its way to somewhere else."""

    def __init__(self) -> None:
        self._rows: dict[type[Row], dict[tuple[Any, ...], Row]] = {}
        self._keys: dict[type[Row], list[tuple[Any, ...]]] = {}
        self._ways: dict[tuple[type[Row], tuple[str, ...]], dict[tuple[Any, ...], list[tuple[Any, ...]]]] = {}

    def get(self, ref: Ref[R]) -> R:
        """The row of that number. Raises `Absent`."""
        try:
            return self._rows[ref.row][(ref,)]  # type: ignore[return-value]  # keyed by its class
        except KeyError:
            raise Absent(f"there is no {ref.row.__name__} {int(ref)}") from None

    def first(self, row: type[R], **where: Any) -> R | None:
        """The first row found that way, or None; however many there are, only one is looked at."""
        way = declared(row, where)
        wanted = tuple([where[name] for name in way])
        rows: dict[tuple[Any, ...], Any] = self._rows.get(row, {})
        if way is row.key:
            return rows.get(wanted)
        keys = self._ways.get((row, way), {}).get(wanted)
        return rows[keys[0]] if keys else None

    def find(self, row: type[R], **where: Any) -> list[R]:
        """All rows found that way, in the order of the key."""
        way = declared(row, where)
        wanted = tuple([where[name] for name in way])
        rows: dict[tuple[Any, ...], Any] = self._rows.get(row, {})
        if way is row.key:
            return [rows[wanted]] if wanted in rows else []
        keys = self._ways.get((row, way), {}).get(wanted)
        return [rows[key] for key in keys] if keys else []

    def all(self, row: type[R]) -> Iterator[R]:
        """Every row of a table, in the order of the key."""
        rows: dict[tuple[Any, ...], Any] = self._rows.get(row, {})
        return iter([rows[key] for key in self._keys.get(row, ())])

    def put(self, row: Row) -> None:
        """Write a row under its key."""
        kind, values = type(row), row.__dict__
        key = tuple([values[name] for name in kind.key])
        rows = self._rows.setdefault(kind, {})
        before = rows.get(key)
        if before is None:
            insort(self._keys.setdefault(kind, []), key)
        rows[key] = row
        for way in kind.ways:
            now = tuple([values[name] for name in way])
            ways = self._ways.setdefault((kind, way), {})
            if before is not None:
                was = tuple([before.__dict__[name] for name in way])
                if was == now:
                    continue
                keys = ways[was]
                del keys[bisect_left(keys, key)]
            insort(ways.setdefault(now, []), key)


class OwnTables:
    """The tables as one area's folds may use them: their own rows to read and write, nobody else's.

    What other areas need is carried in the fact, so the order in which areas fold cannot matter.
    """

    def __init__(self, tables: Tables, area: str) -> None:
        self._tables, self._area = tables, area

    def _own(self, row: type[Row]) -> None:
        if row.owner != self._area:
            raise PermissionError(f"a fold of {self._area} may not touch {row.__name__} of {row.owner}:"
                                  " let `becomes` put into the fact what is needed")

    def get(self, ref: Ref[R]) -> R:
        """The own row of that number."""
        self._own(ref.row)
        return self._tables.get(ref)

    def first(self, row: type[R], **where: Any) -> R | None:
        """The first own row found that way."""
        self._own(row)
        return self._tables.first(row, **where)

    def find(self, row: type[R], **where: Any) -> list[R]:
        """All own rows found that way."""
        self._own(row)
        return self._tables.find(row, **where)

    def all(self, row: type[R]) -> Iterator[R]:
        """Every own row of a table."""
        self._own(row)
        return self._tables.all(row)

    def put(self, row: Row) -> None:
        """Write an own row."""
        self._own(type(row))
        self._tables.put(row)


def digest(tables: Tables) -> bytes:
    """SHA-256 over every row of every table, in a fixed order: what `state` verification compares.

    One line a row: `Name {json}` with sorted keys; tables by name, rows by key; empty tables say nothing.
    """
    sum_ = hashlib.sha256()
    encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    for name in sorted(ROWS):
        for row in tables.all(ROWS[name]):
            sum_.update(f"{name} {encode(row.to_json())}\n".encode())
    return sum_.digest()
