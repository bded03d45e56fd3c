"""The row tables, made from what the areas declare.

They are disposable: when their shape changes, they are made anew and folded from the entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import connection

from alongside.areas import every_verb
from alongside.store.sql import here
from alongside.tables import ROWS, Row

_SQLITE = connection.vendor == "sqlite"
# On SQLite a row then lives in its key's own tree: one page fewer to write for each.
WITHOUT_ROWID = " WITHOUT ROWID" if _SQLITE else ""
# Rows come in the order of their keys, and elsewhere a language would have its own idea of that order.
TEXT = "TEXT" if _SQLITE else 'TEXT COLLATE "C"'


class Compiled(NamedTuple):
    """The statements of one row table, written once."""

    table: str
    create: tuple[str, ...]
    put: str
    all: str
    by: dict[tuple[str, ...], str]
    select: str
    keys: tuple[int, ...]       # where the key's columns stand among the fields

    def some(self, count: int) -> str:
        """Rows of as many numbers."""
        return f"{self.select} AND number IN ({', '.join('?' * count)})"


_compiled: dict[type[Row], Compiled] = {}


def compiled(row: type[Row]) -> Compiled:
    """The table of a row: `row_consent_consent`, its columns, its key, an index for each declared look-up."""
    made = _compiled.get(row)
    if made is None:
        made = _compiled[row] = _compile(row)
    return made


def _compile(row: type[Row]) -> Compiled:
    names = [f.name for f in row.shape()]
    table, key, chosen = f"row_{row.owner}_{row.__name__.lower()}", _listed(row.key), _listed(names)
    rest = [n for n in names if n not in row.key]
    update = "NOTHING" if not rest else "UPDATE SET " + ", ".join(f'"{n}" = excluded."{n}"' for n in rest)
    put = (f"INSERT INTO {table} (book, {chosen}) VALUES ({', '.join('?' * (len(names) + 1))})"
           f" ON CONFLICT (book, {key}) DO {update}")
    select = f"SELECT {chosen} FROM {table} WHERE book = ?"
    # An index serves `=` on every database; only a column that may be empty needs the other comparison.
    is_ = {f.name: "IS NOT DISTINCT FROM" if f.optional else "=" for f in row.shape()}
    by = {way: select + "".join(f' AND "{name}" {is_[name]} ?' for name in way) + f" ORDER BY {key}"
          for way in (row.key, *(row.key[:n] for n in range(1, len(row.key))), *row.found_by)}
    return Compiled(table, _create(row, table), put, f"{select} ORDER BY {key}", by, select,
                    tuple(names.index(name) for name in row.key))


def _create(row: type[Row], table: str) -> tuple[str, ...]:
    columns = ", ".join(f'"{f.name}" {TEXT if f.codec.column == "TEXT" else "BIGINT"}' for f in row.shape())
    create = [f"CREATE TABLE {table} (book VARCHAR(26) NOT NULL, {columns},"
              f" PRIMARY KEY (book, {_listed(row.key)})){WITHOUT_ROWID}"]
    for n, way in enumerate(_indexed(row)):
        ways = _listed((*way, *(k for k in row.key if k not in way)))
        create.append(f"CREATE INDEX {table}_{n} ON {table} (book, {ways})")
    return tuple(create)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _indexed(row: type[Row]) -> list[tuple[str, ...]]:
    """The look-ups that need an index of their own: not those with which another one begins."""
    return [way for way in row.found_by
            if not any(other != way and other[:len(way)] == way for other in (row.key, *row.found_by))]


def all_rows() -> list[type[Row]]:
    """Every row that the areas declare, by name."""
    every_verb()
    return [ROWS[name] for name in sorted(ROWS) if "areas" in ROWS[name].__module__]


@cache
def shape() -> str:
    """A digest of all row tables' statements: another digest means other tables."""
    said = "\n".join(s for row in all_rows() for s in (*compiled(row).create, compiled(row).put))
    return hashlib.sha256(said.encode()).hexdigest()


def ensure() -> bool:
    """Make the row tables if they are missing or of another shape; True if they are new and must be folded.

    Called inside a transaction.
    """
    db = here()
    db.run("CREATE TABLE IF NOT EXISTS row_shape (shape VARCHAR(64) NOT NULL)")
    kept = db.one("SELECT shape FROM row_shape")
    if kept and kept[0] == shape():
        return False
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t.startswith("row_")]
    for table in tables:
        if table != "row_shape":
            db.run(f'DROP TABLE "{table}"')
    for row in all_rows():
        for statement in compiled(row).create:
            db.run(statement)
    db.run("DELETE FROM row_shape")
    db.run("INSERT INTO row_shape (shape) VALUES (?)", (shape(),))
    return True
