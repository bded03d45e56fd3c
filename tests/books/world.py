"""What a careful person in the room would remember of a book: who said what to whom, and on which day.

This is no copy of the tables. Nothing here is kept that can be worked out from what was said: whether a yes
stands, what leans on it and how much of its cap is used are asked of the past every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import inf
from typing import Any

from tests.books.ledger import Ledger
from tests.books.remembered import (
    FOUNDER,
    HOST,
    MONEY,
    REST,
    Amount,
    Need,
    No,
    Offer,
    Question,
    Session,
    Stop,
    Unwanted,
    Yes,
    reaches,
)


class World:
    """One book as it is remembered. `kind` is shared or inner; it begins with its founding."""

    def __init__(self, kind: str, day: date) -> None:
        self.kind, self.size, self.last = kind, 1, day
        self.people: dict[int, int] = {FOUNDER: HOST}
        self.groups, self.units, self.regions = {HOST}, set[int](), set[int]()
        self.invited: dict[int, date] = {}
        self.items: dict[int, str] = {}
        self.needs: dict[int, Need] = {}
        self.order: dict[int, int] = {}             # place -> need
        self.unwanted: list[Unwanted] = []
        self.yeses: dict[int, Yes] = {}
        self.askings: dict[int, Question] = {}
        self.noes: list[No] = []
        self.stops: dict[int, Stop] = {}
        self.offers: dict[int, Offer] = {}
        self.sessions: dict[int, Session] = {}
        self.ledger = Ledger()

    # Who

    def hosts(self) -> list[int]:
        """The people of the host."""
        return [p for p, group in self.people.items() if group == HOST]

    def allies(self) -> list[int]:
        """The groups that are not the host."""
        return sorted(self.groups - {HOST})

    def is_host(self, person: int) -> bool:
        """Whether somebody is of the host."""
        return self.people.get(person) == HOST

    def moment(self, clock: date) -> date:
        """The day that counts: time does not go back in a book."""
        return max(clock, self.last)

    # A yes

    def above(self, number: int) -> set[int]:
        """Every yes that this one leans on, however far up, and itself."""
        found, more = set[int](), [number]
        while more:
            found.add(one := more.pop())
            more += self.yeses[one].leans
        return found

    def gone(self, yes: Yes) -> int | None:
        """The entry that took it back, or that took back what it leans on."""
        return min((b for n in self.above(yes.number) if (b := self.yeses[n].back)), default=None)

    def stands(self, yes: Yes, day: date) -> bool:
        """Whether this is a yes on that day."""
        return not self.gone(yes) and not yes.waits() and day <= yes.last()

    def standing(self, ally: int, kind: str, need: int | None, day: date) -> list[Yes]:
        """Every yes that reaches this and stands on that day."""
        return [y for y in self.yeses.values() if y.reaches(ally, kind, need) and self.stands(y, day)]

    def living(
        self, ally: int, kind: str, need: int | None, day: date, much: Amount | None = None
    ) -> Yes | None:
        """The yes that something may lean on: one with room for it, the one that lasts longest, the older."""
        found = self.standing(ally, kind, need, day)
        return max(found, key=lambda y: (self.room(y, much) >= 0, y.last(), -y.number), default=None)

    def terms(self, ally: int, kind: str, day: date, much: Amount | None = None) -> Yes | None:
        """The first yes that stands in for a memorandum: the one with most room, then the one that lasts."""
        found = [y for y in self.standing(ally, kind, None, day) if y.how == "first"]
        return max(found, key=lambda y: (self.room(y, much), y.last(), -y.number), default=None)

    def room(self, yes: Yes, much: Amount | None) -> float:
        """How much money could be accepted under a yes beyond this; less than nothing: not even this."""
        if much is None or not much.is_money or yes.cap is None:
            return inf
        return yes.cap.n - self.accepted_under(yes.number) - much.n if much.unit == yes.cap.unit else -inf

    def accepted_under(self, number: int) -> int:
        """How much money was accepted under a yes, or under whatever leans on it."""
        return sum(
            p.n for p in self.ledger.promises.values() if p.kind == MONEY and number in self.above(p.number)
        )

    def why_no_yes(self, ally: int, kind: str, need: int | None, day: date) -> str:
        """Which no it is when nothing reaches."""
        said = [y for y in self.yeses.values() if y.reaches(ally, kind, need)]
        left = [y for y in said if not self.gone(y)]
        if any(y.waits() and y.last() >= day for y in left):
            return "yes-waits"
        if any(y.last() < day for y in left):
            return "yes-over"
        return "yes-taken-back" if said else "no-yes"

    def rests(self, ally: int, kind: str, need: int | None, day: date) -> bool:
        """Whether this ally had a no to just this within the last thirty days."""
        return any((n.ally, n.kind, n.need) == (ally, kind, need) and day <= n.day + REST for n in self.noes)

    # What holds, and what is wanted

    def held(self, ally: int, kind: str) -> list[Stop]:
        """The stops in the way of what an ally would give."""
        return [
            s for s in self.stops.values() if not s.lifted and s.group in (HOST, ally) and s.touches(kind)
        ]

    def not_wanted(self, kind: str, item: int | None) -> list[Unwanted]:
        """What the host said of this kind, or of this very item."""
        return [u for u in self.unwanted if reaches(u.kind, kind) and u.item in (None, item)]

    def item_of(self, kind: str, need: Need) -> int | None:
        """The item of a need, where this kind is what is missing."""
        return need.item if kind != MONEY and reaches(need.kind, kind) else None

    def rank(self, need: int) -> int:
        """A need's place; 0 for none."""
        return next((place for place, one in self.order.items() if one == need), 0)

    def put(self, need: int, place: int) -> None:
        """Give a need a place. Who stood right behind its old one moves up; at the new one, down."""
        if old := self.rank(need):
            del self.order[old]
            while old + 1 in self.order:
                self.order[old] = self.order.pop(old + 1)
                old += 1
        carried: int | None = need
        while place and carried and place <= 100:
            before = self.order.get(place)
            self.order[place] = carried
            carried, place = before, place + 1

    # Who may know of what

    def known(self, name: str) -> Iterable[int]:
        """Every number that a question of this name could mean."""
        ledger: Any = self.ledger
        return {
            "ally": self.groups, "group": self.groups, "need": self.needs, "item": self.items,
            "region": self.regions, "consent": self.yeses, "asking": self.askings, "offer": self.offers,
            "stop": self.stops, "promise": ledger.promises, "sheet": ledger.sheets, "delivery": ledger.trips,
            "purchase": ledger.purchases, "happening": ledger.happenings, "facilitator": self.people,
            "session": self.sessions, "invitation": self.invited}[name]

    def hidden(self, name: str, number: int, person: int) -> bool:
        """Whether this is not for that person to know: what is between the host and another ally."""
        if self.is_host(person):
            return False
        group = self.people.get(person, 0)
        if name == "consent":
            return self.yeses[number].ally not in (None, group)
        if name == "asking":
            return self.askings[number].ally != group
        if name == "offer":
            return self.offers[number].ally != group
        if name == "stop":
            return self.stops[number].group != group
        return name == "invitation" and number != person

    def named(self, action: Any) -> Iterator[tuple[str, int]]:
        """What an asking names: questions and numbers, units among them."""
        for name, value in action.__dict__.items():
            if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
                if not Amount(*value).is_money:
                    yield "unit", int(value[1][1:])
            elif type(value) is not int and isinstance(value, int) and type(value) is not bool:
                yield name, int(value)

    def sees(self, action: Any, person: int) -> bool:
        """Whether all that an asking names is there, and theirs to know."""
        return all(number in self.units if name == "unit" else
                   number in self.known(name) and not self.hidden(name, number, person)
                   for name, number in self.named(action))
