"""The living list. Only the host writes it; codes stand in the record, the names of things are words."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.tables import Row
from alongside.words import Kind, Quantity, Ref, Sealed

FRESH_DAYS = 90     # a need that was not confirmed for longer is stale (1.1); the host may shorten it
RANKS_MOST = 100    # places in the host's order; what is pushed beyond the last is unranked again


class Item(Row):
    """A thing or service the host counts: sorghum, a pump belt, an hour of bookkeeping."""

    found_by = (("kind",),)
    number: int
    kind: Kind
    label: Sealed | None


class Unit(Row):
    """How things are counted here: sacks of 50 kg, packets, hours. `decimals` digits after the point."""

    number: int
    decimals: int
    label: Sealed | None


class Region(Row):
    """A place, never finer than a region: region B."""

    number: int
    label: Sealed | None


class Need(Row):
    """What the host says is missing. `rank` is the host's own order: 1 comes first; 0 is unranked, last.

    No two open needs share a rank, nor an item and a region.
    """

    found_by = (("closed",), ("item",), ("closed", "rank"), ("item", "region_number", "closed"))
    number: int
    item: Ref[Item]
    kind: Kind
    quantity: Quantity
    region: Ref[Region] | None
    region_number: int      # 0: no region; a look-up cannot ask for nothing
    whom: Sealed | None
    by_when: date | None
    rank: int
    confirmed: date
    closed: bool            # set aside

    def fresh_until(self) -> date:
        """The last day on which offers can be made without the host confirming again."""
        return self.confirmed + timedelta(days=FRESH_DAYS)

    def stale(self, moment: date) -> bool:
        """Whether the host must confirm this before anybody can offer."""
        return moment > self.fresh_until()


class Unwanted(Row):
    """What is not needed here, or there is too much of. Ended when the host names a need for it."""

    found_by = (("ended",), ("kind", "ended"))
    number: int
    kind: Kind
    item: Ref[Item] | None
    why: Sealed | None
    said: date
    ended: bool
