"""What a form chooses among is read at once, before a doorway asks for it row by row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.action import Action
from alongside.areas.consent.question import ancestry
from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.tables import Charter, Group, Member, Role
from alongside.areas.safety.tables import Stop
from alongside.doorways.fields import questions_of
from alongside.pages.desk import Desk
from alongside.pages.gather import Look, PageTables, look
from alongside.tables import Row
from alongside.words import Ref

# How a doorway finds the rows that are not done with (`doorways/inputs.py`); where it asks otherwise, it only
# costs one more query.
_LIVING: tuple[dict[str, Any], ...] = (
    {"closed": False}, {"ended": False}, {"answer": "open"}, {"open": True}, {"done": False},
)


class ReadAhead:
    """A desk's book as a doorway asks it: the tables of a page, also anew after an act has left its own."""

    def __init__(self, desk: Desk, kind: type[Action]) -> None:
        self._desk, self._kind = desk, kind
        self._read: PageTables | None = None

    @property
    def tables(self) -> PageTables:
        """The tables, with every row that the questions choose among."""
        at = self._desk.at
        if at is not self._read:
            self._read = at
            read_for(at, self._kind)
        return at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk.book, name)


def read_for(at: PageTables, kind: type[Action]) -> None:
    """Everything that the questions of an action choose among, and what it is called by: three queries."""
    questions = questions_of(kind)
    rows = {q.of.row: _living(q.of.row) for q in questions if q.widget == "row"}
    groups = (look(one) for one in (Charter, Group, Member, Role) if one not in rows)
    units = [look(Unit)] if any(q.widget == "quantity" for q in questions) and Unit not in rows else []
    listed: list[Look] = [look(row, **where) for row, where in rows.items()]
    found = at.gather(*listed, *units, *groups)
    at.follow([row for some in found[:len(listed)] for row in some])


def covers_ahead(desk: Desk, allies: Iterable[int], kinds: Iterable[str], needs: Iterable[int],
                 *more: Look) -> None:
    """Every yes that could reach these kinds, and every stop: what the gate would look up one by one."""
    above = sorted({one for kind in kinds for one in ancestry(kind)})
    covers, *_ = desk.at.gather(
        look(Cover, ally=sorted({0, *map(int, allies)}), kind=above, need=sorted({0, *map(int, needs)}),
             open=[True, False]), look(Stop, open=True), *more)
    desk.at.gather(*desk.at.missing(Ref[Consent](cover.number) for cover in covers))


def _living(row: type[Row]) -> dict[str, Any]:
    return next((where for where in _LIVING if tuple(where) in row.found_by), {})
