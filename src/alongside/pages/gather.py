"""A page asks for the rows of many tables at once, in one query: so that it costs what it shows.

Each look-up is one that its row declares, so every part of the query has its index. What was read is
remembered like everything else: `get` and `find` then cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import count, product
from math import prod
from typing import Any, NamedTuple

from alongside.areas.needs.tables import Unit
from alongside.fact import Entered
from alongside.languages.opening import DETAILS, NAMED
from alongside.shape import Shape
from alongside.store.rows import SqlTables
from alongside.store.schema import compiled
from alongside.tables import Row, declared
from alongside.words import Quantity, Ref

COMBINATIONS_MOST = 5_000   # of values that are looked up in one go


class Look(NamedTuple):
    """One look-up: a row, and by column what it must be; a list or set means any of its values.

    `most` reads that many only, in the order of `by` (the key, if not said), the newest first where `newest`;
    `beyond` then goes on behind a value of the first of these columns.
    """

    row: type[Row]
    where: Mapping[str, Any]
    most: int = 0
    by: tuple[str, ...] = ()
    newest: bool = False
    beyond: int | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that a limited look-up is ordered by."""
        return self.by or self.row.key


def look(row: type[Row], **where: Any) -> Look:
    """Every row that is found so; without a condition, the whole table."""
    return Look(row, where)


def newest(row: type[Row], most: int, *, before: int | None = None, **where: Any) -> Look:
    """The last rows that are found so, newest first; or those before a number."""
    return Look(row, where, most, newest=True, beyond=before)


class PageTables(SqlTables):
    """The tables of one book as one page reads them."""

    def gather(self, *looks: Look) -> list[list[Any]]:
        """What each look-up finds, in the order of its key (or its own), all of them in one query."""
        if not looks:
            return []
        wide = [(_columns(one.row, text=False), _columns(one.row, text=True)) for one in looks]
        numbers, texts = (max(len(columns[kind]) for columns in wide) for kind in (0, 1))
        parts, params = [], []
        for n, one in enumerate(looks):
            statement, given = _part(n, one, self.book, numbers, texts)
            parts.append(statement)
            params += given
        found: list[list[Any]] = [[] for _ in looks]
        places = [_places_of(one.row, numbers) for one in looks]
        for columns in self.db.rows(" UNION ALL ".join(parts), params):
            row = looks[columns[0]].row
            values = [columns[place] for place in places[columns[0]]]
            found[columns[0]].append(self._remember(row, self._rows.setdefault(row, {}), values))
        for one, rows in zip(looks, found, strict=True):
            rows.sort(key=_in_order_of(one), reverse=one.newest)
            if not one.most:
                self._keep(one, rows)
        return found

    def missing(self, things: Iterable[Any]) -> list[Look]:
        """The look-ups for what these things refer to, or are called by, and nobody has read yet."""
        wanted: dict[type[Row], set[int]] = {}
        for ref in self._refs(things):
            if ref and ref.row.key == ("number",) and not self._knows(ref):
                wanted.setdefault(ref.row, set()).add(int(ref))
        return [Look(row, {"number": sorted(numbers)}) for row, numbers in wanted.items()]

    def follow(self, things: Iterable[Any]) -> None:
        """Read what these things refer to, and then what that is called by: two queries at most."""
        things = list(things)
        self.gather(*self.missing(things))
        self.gather(*self.missing(things))

    def _refs(self, things: Iterable[Any]) -> Iterator[Ref[Any]]:
        """Every reference in these things, and in what they refer to as far as it was read."""
        for ref in refs_in(things):
            yield ref
            row = self._rows.get(ref.row, {}).get((int(ref),))
            if row is not None and ref.row not in NAMED:
                yield from refs_in([row.__dict__.get(name) for name in DETAILS])

    def _knows(self, ref: Ref[Any]) -> bool:
        return ref.row in self._whole or (int(ref),) in self._rows.get(ref.row, {})

    def _keep(self, one: Look, rows: list[Any]) -> None:
        """Let `find` and `get` know what was asked, and so also what is not there."""
        kind = one.row
        if not one.where:
            self._whole[kind] = rows
            return
        way = declared(kind, one.where)
        values = [_several(one.where[name]) for name in way]
        if prod(map(len, values)) > COMBINATIONS_MOST:
            return
        sought: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {wanted: [] for wanted in product(*values)}
        for row in rows:
            sought[tuple(row.__dict__[name] for name in way)].append(tuple(row.__dict__[k] for k in kind.key))
        if way == kind.key:
            for wanted, keys in sought.items():
                if not keys:
                    self._rows.setdefault(kind, {})[wanted] = None
        else:
            self._found.setdefault(kind, {}).setdefault(way, {}).update(sought)


def refs_in(things: Iterable[Any]) -> Iterator[Ref[Any]]:
    """Every reference in rows, facts, entries and values."""
    for thing in things:
        if isinstance(thing, Ref):
            yield thing
        elif isinstance(thing, Quantity):
            if thing.unit_number:
                yield Ref[Unit](thing.unit_number)
        elif isinstance(thing, Entered):
            yield from refs_in((thing.asked, thing.fact))
        elif isinstance(thing, Shape):
            yield from refs_in([thing.__dict__[name] for name in type(thing).named()])
        elif isinstance(thing, (tuple, list)):
            yield from refs_in(thing)


def _part(n: int, one: Look, book: str, numbers: int, texts: int) -> tuple[str, list[Any]]:
    """One look-up: its part, then as many columns of numbers and of texts as the widest one needs."""
    chosen = []
    for text, most, kind in ((False, numbers, "BIGINT"), (True, texts, "TEXT")):
        own = [f'"{name}"' for name in _columns(one.row, text=text)]
        chosen += own + [f"CAST(NULL AS {kind})"] * (most - len(own))
    named = ", ".join(f"{column} AS c{place}" for place, column in enumerate(chosen))
    conditions, params = ["book = ?"], list[Any]((book,))
    for name in declared(one.row, one.where) if one.where else ():
        values = [_plain(value) for value in _several(one.where[name])]
        if None in values:
            conditions.append(f'"{name}" IS NULL' if len(values) == 1 else
                              f'("{name}" IS NULL OR "{name}" IN ({_places(len(values) - 1)}))')
            values.remove(None)
        else:
            conditions.append(f'"{name}" IN ({_places(len(values))})' if values else "1 = 0")
        params += values
    if one.beyond is not None:
        conditions.append(f'"{one.order[0]}" {"<" if one.newest else ">"} ?')
        params.append(one.beyond)
    statement = f"SELECT {n} AS part, {named} FROM {compiled(one.row).table} WHERE {' AND '.join(conditions)}"
    if one.most:
        way = ", ".join(f'"{column}"{" DESC" if one.newest else ""}' for column in one.order)
        statement = f"SELECT * FROM ({statement} ORDER BY {way} LIMIT {one.most:d}) AS part{n}"
    return statement, params


def _places_of(row: type[Row], numbers: int) -> list[int]:
    """Where a row's own columns stand in the wide ones: numbers behind the part, texts behind the numbers."""
    places = {False: count(1), True: count(1 + numbers)}
    return [next(places[f.codec.column == "TEXT"]) for f in row.shape()]


def _in_order_of(one: Look) -> Callable[[Row], list[Any]]:
    return lambda row: [row.__dict__[column] for column in one.order]


def _columns(row: type[Row], *, text: bool) -> list[str]:
    return [f.name for f in row.shape() if (f.codec.column == "TEXT") == text]


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, set, frozenset)) else [value]


def _places(n: int) -> str:
    return ", ".join("?" * n)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value if value is None else int(value)
