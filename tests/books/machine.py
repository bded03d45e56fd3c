"""Whole books, driven by anybody who asks anything on any day, and held to their promises after every step.

`anybody_asks_anything` draws any action of any area with any answers. The other rules are what people really
do one after the other: offer and accept, check and send, count and use, take back, and try all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.books import (  # noqa: F401  # rules, effects and scenes register when they are read
    no_exchange,
    no_store,
    scenes_exchange,
    then_exchange,
)
from tests.books.always import can_always
from tests.books.drawn import actions_of, areas, every_action
from tests.books.judge import INNER, SHARED, Judged
from tests.books.remembered import FOUNDER, HOST
from tests.books.whole import verifies
from tests.told import NOBODY

TRADE = ("exchange.offer", "exchange.accept", "exchange.check", "exchange.send", "exchange.count")
STORE = ("exchange.use", "exchange.count", "exchange.buy", "exchange.settle", "exchange.correct")
TURNS = ("exchange.let_come", "exchange.divert", "exchange.send_back", "exchange.report_missing",
         "exchange.count", "exchange.decline", "exchange.withdraw_offer", "exchange.check")
YESES = ("needs.open", "consent.first_yes", "consent.second", "consent.ask", "consent.give", "consent.refuse",
         "needs.confirm", "safety.lift")
NOES = ("consent.withdraw", "consent.refuse", "consent.not_now", "safety.stop", "needs.not_needed")
GROUND = ("consent.second", "consent.first_yes", "needs.open", "needs.name", "partnership.invite")
DAILY = (*TRADE * 3, *STORE * 2, *TURNS, *YESES, "safety.lift", "safety.lift")
SEEDS = st.integers(0, 2**32 - 1)
PAUSES = (0,) * 60 + (1, 1, 1, 2, 2, 3, 3, 7, 8, 29, 30, 31, 90, -1, -5, -40)
BEGINNINGS = ("in the store", "on the road", "a first yes", "strangers", "alone")


class Books(Judged):
    """Its people, two allies, a stranger, and somebody who is only in the other book."""

    @initialize(so_far=st.sampled_from(BEGINNINGS))
    def begin(self, so_far: str) -> None:
        """A book does not always begin at the beginning."""
        far = BEGINNINGS[::-1].index(so_far)
        for person in ("Nuha", "Idris") if far else ():
            for book in (SHARED, INNER):
                self.sets_up(book, FOUNDER, "partnership.admit", group=HOST, name=person)
        self.sets_up(INNER, FOUNDER, "partnership.admit", group=HOST, name="Zahra, who is in no other book")
        for group in ("Lantern Street", "Río Claro"):
            place = self.sets_up(SHARED, FOUNDER, "partnership.invite", name_of_group=group)
            self.sets_up(SHARED, place, "partnership.accept", invitation=place, name_of_group=group,
                         your_name="we")
            self.sets_up(SHARED, FOUNDER, "partnership.admit", group=place, name="one more")
        if far > 1:
            self.trade_begins(far)
        self.looked_at()

    def trade_begins(self, far: int) -> None:
        """Two needs, open to all; a first yes of two; what was accepted and sent; what came, and a debt."""
        do, world = self.sets_up, self.worlds[SHARED]
        (one, other, *_), ally = world.hosts(), min(world.allies())
        sack = f"u{do(SHARED, one, 'needs.list_unit', label='a sack')}"
        do(SHARED, one, "needs.list_region", label="the north")
        needs = [do(SHARED, one, "needs.name", kind=kind, label="something", quantity=[40, sack], rank=rank)
                 for rank, kind in enumerate(("goods.food", "goods.tools"), 1)]
        for need in needs:
            do(SHARED, one, "needs.open", need=need, kinds=["goods", "money"])
        yes = do(SHARED, one, "consent.first_yes", ally=ally, kinds=["money", "goods"], cap=[100, "XTS"])
        do(SHARED, other, "consent.second", consent=yes)
        given = ((0, "money", 150, "XTS", 60), (1, "money", 150, "XTS", 20), (0, "goods.food", 10, sack, 8))
        for need, kind, n, unit, part in given if far > 2 else ():
            offer = do(SHARED, ally, "exchange.offer", need=needs[need], kind=kind, quantity=[n, unit],
                       if_part="ask_again")
            promise = do(SHARED, one, "exchange.accept", offer=offer, quantity=[part, unit])
            trip = do(SHARED, other, "exchange.check", promise=promise, supply="no", way_safe=True)
            do(SHARED, ally, "exchange.send", delivery=trip)
            if far > 3:
                do(SHARED, other, "exchange.count", delivery=trip, quantity=[part - 2, unit])
        if far > 3:
            do(SHARED, one, "exchange.buy", need=needs[0], quantity=[5, sack], price=[30, "XTS"],
               payment="owed", related=False, receipt="no 7")

    # What people do

    def now(self, seed: int) -> None:
        """Perhaps days have passed, or a clock was wrong and is put back; then a day like any other."""
        self.random.seed(f"{seed} {len(self.asked)}")       # the same seed is another day each time
        self.story.days_later(self.random.choice(PAUSES))
        note(f"it is {self.story.today}")
        self.goes_on(DAILY, self.random.randint(1, 2))

    def one_of(self, book: str, many: Sequence[str], *, likely: bool = False) -> None:
        """Somebody asks one of these: the first that anybody would ask now. If none, what comes first."""
        for called in (*self.random.sample(many, len(many)), *GROUND):
            if asking := self.draw(book, called, likely=likely):
                self.judge(book, asking)
                return

    def goes_on(self, many: Sequence[str], steps: int) -> None:
        """Some sensible steps, one after the other. Where no yes stands, one is said first."""
        for _ in range(steps):
            world, day = self.worlds[SHARED], self.worlds[SHARED].moment(self.story.today)
            stands = any(y.how == "first" and world.stands(y, day) for y in world.yeses.values())
            self.one_of(SHARED, many if stands or self.random.randrange(3) == 0 else (), likely=True)

    @rule(seed=SEEDS)
    def trade_goes_on(self, seed: int) -> None:
        self.now(seed)
        self.goes_on(TRADE, 3)

    @rule(seed=SEEDS)
    def what_came_is_used(self, seed: int) -> None:
        self.now(seed)
        self.goes_on(STORE, 3)

    @rule(seed=SEEDS)
    def something_turns(self, seed: int) -> None:
        self.now(seed)
        self.goes_on(TURNS, 2)

    @rule(seed=SEEDS)
    def yeses_are_said(self, seed: int) -> None:
        self.now(seed)
        self.goes_on(YESES, 2)

    @rule(seed=SEEDS)
    def somebody_says_no(self, seed: int) -> None:
        """And somebody tries all the same."""
        self.now(seed)
        self.goes_on(NOES, 1)
        for called in ("consent.ask", *self.random.sample(TRADE, 2)):
            if asking := self.draw(SHARED, called, likely=True):
                self.judge(SHARED, asking)

    @rule(seed=SEEDS)
    def anybody_asks_anything(self, seed: int) -> None:
        """Any action of any area that there is, in either book."""
        self.now(seed)
        for _ in range(3):
            area = self.random.choice(areas())
            elsewhere = area == "listening" or self.random.randrange(10) == 0
            self.one_of(INNER if elsewhere else SHARED, actions_of(area))

    @rule(seed=SEEDS)
    def somebody_pries(self, seed: int) -> None:
        """Allies, or a stranger, name what others have between them."""
        self.now(seed)
        others = [p for p, group in self.worlds[SHARED].people.items() if group != HOST]
        for called in self.random.sample(list(every_action()), 4):
            if asking := self.draw(SHARED, called, by=self.random.choice([*others, NOBODY])):
                self.judge(SHARED, asking)

    @rule(seed=SEEDS)
    def asked_once_more(self, seed: int) -> None:
        """The same as before: it is done already, or perhaps it may happen now."""
        self.now(seed)
        for book, asking in self.random.sample(self.asked, min(3, len(self.asked))):
            told, before = self.told(book), self.told(book).state()
            if done := told.book.find(asking.asked_id):
                assert told.book.act(asking) == done[0]
                assert told.state() == before, "asked twice, done twice"
            else:
                self.judge(book, asking)

    @rule(seed=SEEDS, all_or_none=st.booleans())
    def many_at_once(self, seed: int, all_or_none: bool) -> None:
        """An import, or an ally that comes back: in order, and a refused one does not stop the rest."""
        self.now(seed)
        some = self.random.choices((*TRADE, *YESES, *STORE, *TURNS, *every_action()), k=4)
        self.judge_many(SHARED, [a for one in some if (a := self.draw(SHARED, one))], all_or_none=all_or_none)

    # After every step

    @invariant()
    def what_can_always_be_done(self) -> None:
        can_always(self.worlds[SHARED], self.told(SHARED).book, self.worlds[SHARED].moment(self.story.today))

    def teardown(self) -> None:
        for told in self.story.told.values():
            verifies(told.book)
