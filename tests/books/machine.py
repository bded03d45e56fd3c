"""Whole books, driven by anybody who asks anything on any day, and held to their promises after every step.

There is a rule for every area there is; each draws any of its actions with any answers. The others are what
people really do one after the other: offer and accept, check and send, count and use, take back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from tests.books.drawn import actions_of, every_action
from tests.books.judge import INNER, SHARED, Judged
from tests.books.remembered import FOUNDER, HOST
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
GROUND = ("consent.second", "needs.open", "needs.name", "consent.first_yes", "partnership.invite")
SEEDS = st.integers(0, 2**32 - 1)
PAUSES = (0,) * 12 + (1, 2, 3, 7, 8, 30, 31, 90, -1, -5, -40)
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
        """A need, open to all; a first yes of two; what was accepted and sent; what came, and a debt."""
        one, other = self.worlds[SHARED].hosts()[:2]
        ally, maren = min(self.worlds[SHARED].allies()), min(self.worlds[SHARED].allies())
        sack = f"u{self.sets_up(SHARED, one, 'needs.list_unit', label='a sack')}"
        self.sets_up(SHARED, one, "needs.list_region", label="the north")
        need = self.sets_up(SHARED, one, "needs.name", kind="goods.food", label="sorghum", quantity=[40, sack])
        self.sets_up(SHARED, one, "needs.open", need=need, kinds=["goods.food", "money"])
        yes = self.sets_up(SHARED, one, "consent.first_yes", ally=ally, kinds=["money", "goods"],
                           cap=[100, "XTS"])
        self.sets_up(SHARED, other, "consent.second", consent=yes)
        given = (("money", [150, "XTS"]), ("goods.food", [10, sack])) if far > 2 else ()
        for kind, quantity in given:
            offer = self.sets_up(SHARED, maren, "exchange.offer", need=need, kind=kind, quantity=quantity,
                                 if_part="ask_again")
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

    def now(self, seed: int) -> None:
        """Perhaps days have passed; or somebody's clock was wrong and is put back."""
        self.random.seed(seed)
        self.story.days_later(self.random.choice(PAUSES))
        note(f"it is {self.story.today}")

    def one_of(self, book: str, many: Sequence[str], *, likely: bool = False) -> None:
        """Somebody asks one of these: the first that anybody would ask now. If none, what comes before all."""
        for called in (*self.random.sample(many, len(many)), *GROUND):
            if asking := self.draw(book, called, likely=likely):
                self.judge(book, asking)
                return

    def goes_on(self, many: Sequence[str], seed: int) -> None:
        """Some sensible steps, one after the other."""
        self.now(seed)
        for _ in range(self.random.randint(1, 4)):
            self.one_of(SHARED, many, likely=True)

    @rule(seed=SEEDS)
    def trade_goes_on(self, seed: int) -> None:
        self.goes_on(TRADE, seed)

    @rule(seed=SEEDS)
    def what_came_is_used(self, seed: int) -> None:
        self.goes_on(STORE, seed)

    @rule(seed=SEEDS)
    def something_turns(self, seed: int) -> None:
        self.goes_on(TURNS, seed)

    @rule(seed=SEEDS)
    def yeses_are_said(self, seed: int) -> None:
        self.goes_on(YESES, seed)

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


def asks_of(area: str) -> Callable[..., None]:
    """Anybody asks anything of one area, in either book."""

    def asks(self: Books, seed: int) -> None:
        self.now(seed)
        for _ in range(self.random.randint(1, 3)):
            elsewhere = area == "listening" or self.random.randrange(10) == 0
            self.one_of(INNER if elsewhere else SHARED, actions_of(area))

    asks.__name__ = f"anything_of_{area}"
    return rule(seed=SEEDS)(asks)
