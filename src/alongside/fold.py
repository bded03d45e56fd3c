"""A fold turns a fact into rows. It reads its fact, its entry and its own area's rows; no clock, no chance.

When a fold changes, the new one is written beside the old and takes over from a rules version on, so that
what was folded long ago folds the same for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from alongside.fact import Entered, Fact, area_of
from alongside.tables import OwnTables, Tables

Folding = TypeVar("Folding", bound=Callable[..., None])


class Fold(NamedTuple):
    """One area's answer to one fact, for rules versions `since` <= version < `before`."""

    area: str
    write: Callable[..., None]
    since: int
    before: int


FOLDS: dict[type[Fact], list[Fold]] = {}
TELLS: dict[type[Fact], list[Callable[..., Any]]] = {}
_FOREVER = 2**31


def folds(fact: type[Fact], *, since: int = 1, before: int = _FOREVER) -> Callable[[Folding], Folding]:
    """Declare that a function writes its area's rows when `fact` happened: `(fact, entry, at) -> None`."""

    def declare(write: Folding) -> Folding:
        area = area_of(write)  # type: ignore[arg-type]  # a function has a module too
        FOLDS.setdefault(fact, []).append(Fold(area, write, since, before))
        return write

    return declare


def tells(fact: type[Fact]) -> Callable[[Folding], Folding]:
    """Declare a side effect of a fact: `(fact, entry) -> iterable of jobs`, kept in act's transaction.

    Replaying never tells.
    """

    def declare(tell: Folding) -> Folding:
        TELLS.setdefault(fact, []).append(tell)
        return tell

    return declare


def fold(entry: Entered, tables: Tables) -> None:
    """Let every area write what this entry changed for it."""
    for area, write, since, before in FOLDS.get(entry.fact.__class__, ()):
        if since <= entry.rules < before:
            write(entry.fact, entry, OwnTables(tables, area))
