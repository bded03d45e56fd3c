"""A stop holds what moves until it is lifted. It carries no reason: a reason could put somebody in danger."""

from __future__ import annotations

from datetime import date

from alongside.areas.partnership.tables import Group, Member
from alongside.tables import Row, Tables
from alongside.words import Kind, Ref


class Stop(Row):
    """Somebody said stop: to one kind, or to everything (`kind` None).

    A host member's stop holds for all; an ally's holds its own side only ("Living with the rules" 10).
    """

    found_by = (("open",), ("by", "open"))
    number: int
    group: Ref[Group]
    host: bool
    kind: Kind | None
    by: int                     # who said it
    said: date
    first_lift: int | None      # the host member who said first that it may start again
    lifted: date | None
    open: bool

    def seen_by(self, by: Member, at: Tables) -> bool:
        """The host, and whose stop it is: that the host stopped something may say that it is in danger."""
        return by.host or self.group == by.group

    def overlaps(self, kind: Kind | None) -> bool:
        """Whether it reaches any of a kind (None: everything).

        A stop to food holds an offer of "goods" too: there could be food in it.
        """
        return self.kind is None or kind is None or self.kind.covers(kind) or kind.covers(self.kind)

    def holds(self, ally: int, kind: Kind) -> bool:
        """Whether what an ally would give of a kind has to wait."""
        return self.open and (self.host or self.group == ally) and self.overlaps(kind)
