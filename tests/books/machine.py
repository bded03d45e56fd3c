"""Whole books, driven by anybody who asks anything on any day, and held to their promises after every step.

There is a rule for every area there is; each draws any of its actions with any answers. The others are what
people really do one after the other: offer and accept, check and send, count and use, take back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.books import (  # noqa: F401  # rules, effects and scenes register when they are read
    no_exchange,
    no_store,
    scenes_exchange,
    then_exchange,
)
from tests.books.agree import agree
from tests.books.always import can_always
from tests.books.drawn import actions_of, every_action
from tests.books.judge import INNER, SHARED, Judged
from tests.books.no import noes
from tests.books.remembered import FOUNDER, HOST
from tests.books.then import Did, then
from tests.books.whole import verifies
from tests.told import NOBODY

TRADE = ("exchange.offer", "exchange.accept", "exchange.check", "exchange.send", "exchange.count")
STORE = ("exchange.use", "exchange.count", "exchange.buy", "exchange.settle", "exchange.correct")
TURNS = (
    "exchange.let_come",
    "exchange.divert",
    "exchange.send_back",
    "exchange.report_missing",
    "exchange.count",
    "exchange.decline",
    "exchange.check",
    "consent.withdraw",
    "safety.stop",
)
YESES = ("needs.open", "consent.first_yes", "consent.second", "consent.ask", "consent.give", "consent.refuse",
         "consent.withdraw", "safety.lift")
BEGINNINGS = ("in the store", "on the road", "a first yes", "strangers", "alone")


class Books(Judged):
    """Its people, two allies, a stranger, and somebody who is only in the other book."""

    @initialize(data=st.data(), so_far=st.sampled_from(BEGINNINGS))
    def begin(self, data: st.DataObject, so_far: str) -> None:
        """A book does not always begin at the beginning."""
        far = BEGINNINGS[::-1].index(so_far)
        for person in ("Nuha", "Idris") if far else ():
            for book in (SHARED, INNER):
                self.sets_up(book, FOUNDER, "partnership.admit", group=HOST, name=person)
        self.sets_up(INNER, FOUNDER, "partnership.admit", group=HOST, name="Zahra, who is in no other book")
        for group in ("Lantern Street", "Río Claro"):
            place = self.sets_up(SHARED, FOUNDER, "partnership.invite", name_of_group=group)
            self.sets_up(
                SHARED, place, "partnership.accept", invitation=place, name_of_group=group, your_name="we"
            )
            self.sets_up(SHARED, FOUNDER, "partnership.admit", group=place, name="one more")
        if far > 1:
            self.trade_begins(far)
        self.looked_at()

    def trade_begins(self, far: int) -> None:
        """A need, open to all; a first yes of two; what was accepted and sent; what came, and a debt."""
        one, other = self.worlds[SHARED].hosts()[:2]
        ally, maren = min(self.worlds[SHARED].allies()), min(self.worlds[SHARED].allies())
        sack = f"u{self.sets_up(SHARED, one, 'needs.list_unit', label='a sack')}"
        self.sets_up(SHARED, one, "needs.list_region", label="the north")
        need = self.sets_up(SHARED, one, "needs.name", kind="goods.food", label="sorghum", quantity=[40, sack])
        self.sets_up(SHARED, one, "needs.open", need=need, kinds=["goods.food", "money"])
        yes = self.sets_up(
            SHARED, one, "consent.first_yes", ally=ally, kinds=["money", "goods"], cap=[100, "XTS"]
        )
        self.sets_up(SHARED, other, "consent.second", consent=yes)
        given = (("money", [150, "XTS"]), ("goods.food", [10, sack])) if far > 2 else ()
        for kind, quantity in given:
            offer = self.sets_up(SHARED, maren, "exchange.offer", need=need, kind=kind, quantity=quantity)
            part = [min(80, quantity[0]), quantity[1]]
            promise = self.sets_up(SHARED, one, "exchange.accept", offer=offer, quantity=part)
            trip = self.sets_up(SHARED, other, "exchange.check", promise=promise, supply="no", way_safe=True)
            self.sets_up(SHARED, maren, "exchange.send", delivery=trip)
            if far > 3:
                self.sets_up(SHARED, other, "exchange.count", delivery=trip, quantity=[part[0] - 2, part[1]])
        if far > 3:
            self.sets_up(SHARED, one, "exchange.buy", need=need, quantity=[5, sack], price=[30, "XTS"],
                     payment="owed", related=False, receipt="no 7")

    # What people do

    def one_of(self, data: st.DataObject, book: str, many: Sequence[str], *, likely: bool = False) -> None:
        """Somebody asks one of these: the first that anybody would ask now."""
        first = data.draw(st.integers(0, len(many) - 1))
        for called in (*many[first:], *many[:first]):
            if asking := self.draw(data, book, called, likely=likely):
                self.judge(book, asking)
                return

    def goes_on(self, data: st.DataObject, many: Sequence[str], steps: int) -> None:
        """Some sensible steps, one after the other."""
        for _ in range(steps):
            self.one_of(data, SHARED, many, likely=True)

    @rule(data=st.data(), steps=st.integers(1, 4))
    def trade_goes_on(self, data: st.DataObject, steps: int) -> None:
        self.goes_on(data, TRADE, steps)

    @rule(data=st.data(), steps=st.integers(1, 4))
    def what_came_is_used(self, data: st.DataObject, steps: int) -> None:
        self.goes_on(data, STORE, steps)

    @rule(data=st.data(), steps=st.integers(1, 2))
    def something_turns(self, data: st.DataObject, steps: int) -> None:
        self.goes_on(data, TURNS, steps)

    @rule(data=st.data(), steps=st.integers(1, 3))
    def yeses_are_said(self, data: st.DataObject, steps: int) -> None:
        self.goes_on(data, YESES, steps)

    @rule(data=st.data())
    def somebody_pries(self, data: st.DataObject) -> None:
        """An ally, or a stranger, names what others have between them."""
        hand = self.hand(data, SHARED)
        called, likely = hand.pick(every_action()), not hand.one_in(3)
        by = hand.pick([p for p, group in hand.world.people.items() if group != HOST] + [NOBODY])
        if asking := self.draw(data, SHARED, called, likely=likely, by=by):
            self.judge(SHARED, asking)

    @rule(data=st.data())
    def asked_once_more(self, data: st.DataObject) -> None:
        """The same as before: it is done already, or perhaps it may happen now."""
        book, asking = self.asked[data.draw(st.integers(0, len(self.asked) - 1))]
        told, before = self.told(book), self.told(book).state()
        if done := told.book.find(asking.asked_id):
            assert told.book.act(asking) == done[0]
            assert told.state() == before, "asked twice, done twice"
        else:
            self.judge(book, asking)

    @rule(data=st.data(), n=st.integers(2, 4), all_or_none=st.booleans())
    def many_at_once(self, data: st.DataObject, n: int, all_or_none: bool) -> None:
        """An import, or an ally that comes back: in order, and a refused one does not stop the rest."""
        many = [
            a for _ in range(n) if (a := self.draw(data, SHARED, data.draw(st.sampled_from(every_action()))))
        ]
        told, before, world = self.told(SHARED), self.told(SHARED).state(), deepcopy(self.worlds[SHARED])
        outcomes = told.book.act_many(many, all_or_none=all_or_none)
        refused = any(one.refused for one in outcomes)
        for asking, outcome in zip(many, outcomes, strict=True):
            day = world.moment(self.story.today)
            expected = noes(world, asking.action, asking.author, day)
            if outcome.refused:
                self.was_right_to_refuse(world, asking, outcome.refused.refusals, expected)
            elif all_or_none and refused:
                assert outcome.number is None and not expected
                then(world, Did(world.size + 1, asking.action, asking.author, day))
            else:
                assert not expected and outcome.number == world.size + 1
                then(world, Did(outcome.number, asking.action, asking.author, day))
        if all_or_none and refused:
            assert told.state() == before, "none was to be kept"
        else:
            told.follow([])
            self.worlds[SHARED] = world
            agree(world, told.book.tables, world.moment(self.story.today))

    # The days

    @rule(n=st.sampled_from((1, 2, 3, 7, 8, 30, 31, 90)))
    def days_pass(self, n: int) -> None:
        self.story.days_later(n)
        note(f"{n} days pass: {self.story.today}")

    @rule(n=st.sampled_from((1, 5, 40)))
    def the_clock_goes_back(self, n: int) -> None:
        self.story.days_later(-n)
        note(f"the clock goes back by {n} days: {self.story.today}")

    # After every step

    @invariant()
    def what_can_always_be_done(self) -> None:
        can_always(self.worlds[SHARED], self.told(SHARED).book, self.worlds[SHARED].moment(self.story.today))

    def teardown(self) -> None:
        for told in self.story.told.values():
            verifies(told.book)


def asks_of(area: str) -> Callable[..., None]:
    """Anybody asks anything of one area, in either book."""

    def asks(self: Books, data: st.DataObject, elsewhere: bool) -> None:
        self.one_of(data, INNER if elsewhere or area == "listening" else SHARED, actions_of(area))

    asks.__name__ = f"anything_of_{area}"
    often: Any = st.sampled_from((False,) * 9 + (True,))
    return rule(data=st.data(), elsewhere=often)(asks)
