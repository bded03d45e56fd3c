"""What a form chooses among is read at once, before a doorway asks for it row by row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.act import Text
from alongside.action import Action
from alongside.areas.consent.question import ancestry
from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.tables import Charter, Group, Member, Role
from alongside.areas.safety.tables import Stop
from alongside.doorways.fields import questions_of
from alongside.doorways.inputs import OPTIONS_MOST
from alongside.languages.opening import readable_by
from alongside.pages.desk import Desk
from alongside.pages.gather import Look, PageTables, look
from alongside.store.sql import Sql
from alongside.store.vault import SqlVault
from alongside.tables import Row
from alongside.words import Ref

# How a doorway finds the rows that are not done with (`doorways/inputs.py`); where it asks otherwise, it only
# costs one more query.
_LIVING: tuple[dict[str, Any], ...] = (
    {"closed": False},
    {"ended": False},
    {"answer": "open"},
    {"open": True},
    {"done": False},
)


class ReadAhead:
    """A desk's book as a doorway asks it: the tables of a page, also anew after an act has left its own."""

    def __init__(self, desk: Desk, kind: type[Action]) -> None:
        self._desk, self._kind = desk, kind
        self._read: PageTables | None = None

    @property
    def tables(self) -> PageTables:
        """The tables, with every row that the questions choose among."""
        self.read()
        return self._desk.at

    def read(self) -> None:
        """Read them, unless they have been: all that a form chooses among, and its words."""
        at, book = self._desk.at, self._desk.book
        if at is self._read:
            return
        self._read = at
        rows = [*read_for(at, self._kind), *at.all(Group), *at.all(Member)]
        book.vault = Remembered(book.id, book.db)
        book.vault.open(readable_by(self._desk.by, [row.ref for row in rows], at))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk.book, name)


class Remembered(SqlVault):
    """A vault that opens the same words once for one page, however many tellers ask for them."""

    def __init__(self, book: str, db: Sql) -> None:
        super().__init__(book, db)
        self._opened: dict[str, Text | None] = {}

    def open(self, commitments: Iterable[str]) -> dict[str, Text]:
        """Those of these words that are still kept."""
        wanted = set(commitments)
        if new := wanted - self._opened.keys():
            self._opened |= dict.fromkeys(new) | dict(super().open(new))
        return {one: text for one in wanted if (text := self._opened[one]) is not None}


def read_for(at: PageTables, kind: type[Action]) -> list[Row]:
    """Everything that the questions of an action choose among, and what it is called by: three queries."""
    questions = questions_of(kind)
    rows = {q.of.row: _living(q.of.row) for q in questions if q.widget == "row"}
    groups = (look(one) for one in (Charter, Group, Member, Role) if one not in rows)
    units = [look(Unit)] if any(q.widget == "quantity" for q in questions) and Unit not in rows else []
    listed: list[Look] = [look(row, **where) for row, where in rows.items()]
    found = at.gather(*listed, *units, *groups)
    # More than can be listed are not listed at all: then their words need not be opened either.
    chosen = [row for some in found[: len(listed) + len(units)] if len(some) <= OPTIONS_MOST for row in some]
    at.follow(chosen)
    return chosen


def covers_ahead(
    desk: Desk, allies: Iterable[int], kinds: Iterable[str], needs: Iterable[int], *more: Look
) -> None:
    """Every yes that could reach these kinds, and every stop: what the gate would look up one by one."""
    above = sorted({one for kind in kinds for one in ancestry(kind)})
    covers, *_ = desk.at.gather(
        look(
            Cover,
            ally=sorted({0, *map(int, allies)}),
            kind=above,
            need=sorted({0, *map(int, needs)}),
            open=[True, False],
        ),
        look(Stop, open=True),
        *more,
    )
    desk.at.gather(*desk.at.missing(Ref[Consent](cover.number) for cover in covers))


def _living(row: type[Row]) -> dict[str, Any]:
    return next((where for where in _LIVING if tuple(where) in row.found_by), {})
