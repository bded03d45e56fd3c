"""Where money came from and what became of it, summed from the lines of the ledger and from nothing else.

Every line leaves one account and joins another, so what an ally gave is always somewhere: used for a need,
in the
box, on the way, or missing. What was sent back is no part of the river. What the host bought on credit is
its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from alongside.areas.exchange.ledger import Movement
from alongside.areas.exchange.tables import Promise
from alongside.pages.figures import Flow
from alongside.tables import Absent, Tables
from alongside.words import Ref

MONEY = "money"
CREDIT, BOX, WAY, MISSING = "credit", "box", "way", "missing"
_STAGES = {"store": BOX, "road": WAY, "missing": MISSING}
_USED = {"seller", "used", "owed"}      # from a giver's side: spent near home, used otherwise, a debt paid


@dataclass
class Currency:
    """One currency's flows."""

    unit: str
    flows: list[Flow] = field(default_factory=list)
    near: int = 0       # of all that was spent, spent near home
    spent: int = 0

    @property
    def total(self) -> int:
        """All that flowed in."""
        return sum(flow.amount for flow in self.flows)

    @property
    def near_share(self) -> int:
        """In percent."""
        return round(100 * self.near / self.spent) if self.spent else 0


def currencies(at: Tables, movements: Iterable[Movement], whole: bool) -> list[Currency]:
    """The flows of each currency, from lines of money, the widest first.

    Of a book that was not read `whole`, only what began in sight.
    """
    lines = sorted(movements, key=lambda line: (line.number, line.line))
    units: dict[str, list[Movement]] = defaultdict(list)
    for line in lines:
        units[line.unit].append(line)
    found = [_currency(at, unit, some, whole) for unit, some in units.items()]
    return sorted((one for one in found if one.flows), key=lambda one: -one.total)


def _currency(at: Tables, unit: str, lines: list[Movement], whole: bool) -> Currency:
    sums: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    began = {line.source for line in lines if line.from_account.startswith("giver:")}
    found = Currency(unit)
    for line in lines:
        giver = _giver(at, line.source) if whole or line.source in began else None
        for account, n in ((line.from_account, -line.n), (line.to_account, line.n)):
            stage = account.partition(":")[0]
            use = ("need", int(line.need)) if stage in _USED else _STAGES.get(stage)
            if giver and use:
                sums[giver, use] += n
            if stage == "owed":
                sums[CREDIT, ("need", int(line.need))] -= n     # what is owed and not paid yet
            elif stage in _USED:
                found.spent += n
                found.near += n if stage == "seller" else 0
    found.flows = [Flow(source, use, n, own=source == CREDIT)
                   for (source, use), n in sorted(sums.items(), key=_order) if n > 0]
    return found


def _giver(at: Tables, source: int) -> Hashable | None:
    try:
        return ("ally", int(at.get(Ref[Promise](source)).ally))
    except Absent:
        return None


def _order(one: tuple[tuple[Hashable, Hashable], int]) -> tuple[bool, str, bool, int]:
    (source, use), n = one
    return source == CREDIT, str(source), not isinstance(use, tuple), -n
