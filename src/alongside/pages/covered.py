"""How far a need is: here, on the way and promised, as the need itself is counted; money stands beside it.

A promise whose yes has ended is not promised any more, and a yes that has ended opens nothing: both are
asked with the day, for every need of a page in two queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from alongside.areas.consent.question import ancestry
from alongside.areas.consent.tables import Consent, Cover, How
from alongside.areas.exchange.ledger import Progress, thing_of
from alongside.areas.exchange.states import PromiseState, promise_state
from alongside.areas.exchange.tables import Promise
from alongside.areas.needs.tables import Need
from alongside.areas.safety.tables import Stop
from alongside.pages.desk import Desk
from alongside.pages.figures import Strand, bar
from alongside.pages.gather import Look, look
from alongside.words import Kind, Quantity, Ref


@dataclass
class Amounts:
    """How much of one thing, in one unit, is where."""

    unit: str
    said: int = 0
    way: int = 0
    here: int = 0       # still in the store
    used: int = 0
    missing: int = 0

    @property
    def came(self) -> int:
        """All that arrived, used or not."""
        return self.here + self.used

    def of(self, n: int) -> Quantity:
        """An amount as a quantity."""
        return Quantity(n, self.unit)


@dataclass
class Standing:
    """One need as it stands today, for one reader."""

    need: Need
    own: Amounts
    beside: list[Amounts] = field(default_factory=list)
    yeses: list[Consent] = field(default_factory=list)      # live ones under which it can be offered
    days: int = 0               # since it was confirmed
    stale: bool = False
    held: bool = False          # a stop reaches it
    strands: list[Strand] = field(default_factory=list)

    @property
    def covered(self) -> bool:
        """Whether all of it has come."""
        return self.own.came >= self.need.quantity.n

    @property
    def opened(self) -> bool:
        """Whether the host opened this very need to offers."""
        return any(yes.how is How.OPENED for yes in self.yeses)

    @property
    def kind(self) -> Kind | None:
        """What could be offered for it now: its own kind before money."""
        kinds = [self.need.kind, Kind("money")]
        open_ = [k for k in kinds if any(yes.covers(k, self.need.number) for yes in self.yeses)]
        return open_[0] if open_ and not (self.stale or self.held) else None


class Found(NamedTuple):
    """What stands behind the needs of a page."""

    progress: list[Progress]
    promises: list[Promise]
    covers: list[Cover]
    stops: list[Stop]

    @property
    def yeses(self) -> list[Ref[Consent]]:
        """The yeses that decide what of it stands."""
        numbers = [promise.number for promise in self.promises] + [cover.number for cover in self.covers]
        return [Ref[Consent](number) for number in numbers]


def looks(desk: Desk, needs: Sequence[int], kinds: Iterable[str]) -> tuple[Look, Look, Look, Look]:
    """The look-ups behind some needs, as `Found` takes them; the yeses are those that the reader may see."""
    allies = [int(group.number) for group in desk.allies] if desk.by.host else [int(desk.by.group)]
    return (look(Progress, need=list(needs)), look(Promise, need=list(needs), done=[False]),
            look(Cover, ally=[0, *allies], kind=sorted(kinds), need=[0, *needs], open=[True]),
            look(Stop, open=True))


def standings(desk: Desk, needs: Sequence[Need], *more: Any) -> list[Standing]:
    """Every one of these needs as it stands, in two queries; `more` is read with them."""
    kinds = {kind for need in needs for kind in ancestry(need.kind)} | {"money"}
    behind = looks(desk, [need.number for need in needs], kinds)
    found = Found(*desk.at.gather(*behind, *desk.at.missing([*needs, *more]))[:len(behind)])
    desk.at.gather(*desk.at.missing([*found.yeses, *found.promises]))
    return [standing(desk, need, found) for need in needs]


def standing(desk: Desk, need: Need, found: Found) -> Standing:
    """One need, once what stands behind it and its yeses are read."""
    own, amounts = thing_of(need.kind, need.item), {}
    for row in (row for row in found.progress if row.need == need.number):
        amounts[row.thing, row.unit] = Amounts(row.unit, 0, row.on_the_way, row.here, row.used, row.missing)
    for promise in (promise for promise in found.promises if promise.need == need.number):
        left, thing = promise.quantity.n - promise.sent, thing_of(promise.kind, promise.item)
        yes, unit = desk.at.get(Ref[Consent](promise.number)), promise.quantity.unit
        if left > 0 and promise_state(promise, yes, desk.moment) is PromiseState.OPEN:
            amounts.setdefault((thing, unit), Amounts(unit)).said += left
    mine = amounts.pop((own, need.quantity.unit), Amounts(need.quantity.unit))
    yeses = {c.number: desk.at.get(Ref[Consent](c.number)) for c in found.covers
             if c.need in (0, need.number) and (c.kind == "money" or c.kind.covers(need.kind))}
    return Standing(
        need, mine, list(amounts.values()), [yes for yes in yeses.values() if yes.stands(desk.moment)],
        (desk.moment - need.confirmed).days, need.stale(desk.moment),
        any(stop.holds(desk.by.group, need.kind) for stop in found.stops),
        bar(here=mine.came, way=mine.way, said=mine.said, of=need.quantity.n, mirrored=desk.mirrored))
