"""Which entries a reader may have told: those whose rows she may see, by the same function that the gate
asks.

An entry about something between the host and another ally, or about a stop of the host, is one of the record
that everybody keeps; its sentence is not for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable

from alongside.areas.partnership.tables import Group
from alongside.fact import Entered
from alongside.pages.desk import Desk
from alongside.pages.gather import look, refs_in
from alongside.store.schema import all_rows
from alongside.tables import Row


def open_ones(desk: Desk, numbers: Iterable[int]) -> list[Entered]:
    """Those among these entries that the reader may have told, in one query, and two for what they name."""
    found = desk.entries(numbers)
    closed = closed_to(desk, found)
    return [entered for entered in found if entered.number not in closed]


def closed_to(desk: Desk, entries: Iterable[Entered]) -> set[int]:
    """The numbers of those that are about rows which the reader may not see."""
    entries = list(entries)
    if desk.by.host or not entries:
        return set()
    kinds, numbers = _guarded(), [entered.number for entered in entries]
    desk.at.gather(
        *desk.at.missing(entered.fact for entered in entries), *(look(kind, number=numbers) for kind in kinds)
    )
    return {entered.number for entered in entries if not _open(desk, entered, kinds)}


def _open(desk: Desk, entered: Entered, kinds: list[type[Row]]) -> bool:
    made = [row for kind in kinds if (row := desk.at.first(kind, number=entered.number)) is not None]
    named = [
        desk.at.first(ref.row, number=int(ref))
        for ref in refs_in([entered.fact])
        if ref and ref.row is not Group and ref.row.key == ("number",)
    ]
    return all(row.seen_by(desk.by, desk.at) for row in (*made, *named) if row is not None)


def _guarded() -> list[type[Row]]:
    """The rows that are not for everybody in a book."""
    return [row for row in all_rows() if row.seen_by is not Row.seen_by and row.key == ("number",)]
