"""Every yes is one row. Whether it stands is asked of it with a day, never stored."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group, Member
from alongside.tables import Row, Tables
from alongside.words import Kind, Quantity, Ref

SECOND_DAYS = 7     # a sole organiser's first yes ends after this without a second
REST_DAYS = 30      # after a no, the same ally does not ask for the same again ("Living with the rules" 11)


class How(StrEnum):
    """How a yes came about."""

    OPENED = "opened"           # the host opened a need to offers
    FIRST_YES = "first_yes"     # before any memorandum, by two
    GIVEN = "given"             # given, or in answer to an asking
    ACCEPTED = "accepted"       # an offer was accepted: the yes for that delivery


class Consent(Row):
    """A yes: to whom (`ally`, or None for all), to which kinds, for which need (None: any), until when.

    `cap` bounds the money accepted under it, `used` is what was. It may lean on another yes.
    """

    found_by = (("ally",), ("leans_on",), ("under",), ("how",))
    number: int
    how: How
    ally: Ref[Group] | None
    kinds: tuple[Kind, ...]
    need: Ref[Need] | None
    cap: Quantity | None
    used: int
    said: date
    until: date
    leans_on: Ref[Consent] | None
    by: int                     # who said it
    seconded: date | None = None
    alone: bool                 # the host was one person when it was said
    ended: date | None = None
    ended_by: int | None = None     # the entry that took it back
    under: Ref[Consent] | None = None   # an acceptance's terms, which what it leans on may not lean on

    def seen_by(self, by: Member, at: Tables) -> bool:
        """The host, and the ally it was said to."""
        return by.host or self.ally is None or self.ally == by.group

    def from_day(self) -> date | None:
        """The day from which it stands, or None while its second is awaited."""
        return self.said if self.how is not How.FIRST_YES or self.alone else self.seconded

    def last_day(self) -> date:
        """The last day on which it stands, if nobody takes it back before."""
        if self.how is How.FIRST_YES and self.seconded is None:
            return min(self.until, self.said + timedelta(days=SECOND_DAYS))
        return self.until

    def stands(self, moment: date) -> bool:
        """The one answer for gate, pages, feeds and exports: is this a live yes on that day?"""
        since = self.from_day()
        return self.ended is None and since is not None and since <= moment <= self.last_day()

    def covers(self, kind: Kind, need: int | None) -> bool:
        """Whether its bounds reach a kind and a need."""
        return (self.need is None or self.need == need) and any(k.covers(kind) for k in self.kinds)


class Cover(Row):
    """One kind of one open yes, so that the gate finds it without walking through all that were ever said.

    `ally` 0 stands for all allies, `need` 0 for any need. An acceptance has no cover: it is the yes for its
    own delivery only.
    """

    key = ("number", "line")
    found_by = (("ally", "kind", "need", "open"), ("open",))
    number: int
    line: int
    ally: int
    kind: Kind
    need: int
    open: bool


class Asking(Row):
    """An ally's "May we?", and the host's answer."""

    found_by = (("ally",), ("answer",))
    number: int
    ally: Ref[Group]
    kind: Kind
    need: Ref[Need] | None
    asked: date
    answer: str                 # "open", "given", "not_now", "refused"
    answered: date | None
    times: int                  # how often this ally asked for this

    def seen_by(self, by: Member, at: Tables) -> bool:
        """The host, and who asked."""
        return by.host or self.ally == by.group


class Rest(Row):
    """After a no, the same ally, kind and need rest until a day, so that a no needs saying only once."""

    key = ("ally", "kind", "need")
    ally: int
    kind: Kind
    need: int                   # 0: no need in particular
    until: date | None
    by: int                     # the entry that last asked or said no
    times: int                  # askings so far
