"""One offer from its first word to the four sacks it became, and what the other exchange tests start from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.consent.tables import Consent, How
from alongside.areas.exchange.ledger import Balance, Lot, Movement, Progress
from alongside.areas.exchange.states import (
    DeliveryState,
    OfferState,
    PromiseState,
    delivery_state,
    offer_state,
    promise_state,
    yes_of,
)
from alongside.areas.exchange.tables import Delivery, Happening, Offer, Promise, Purchase
from alongside.areas.exchange.tracing import back, payers, trace
from alongside.fact import FACTS
from alongside.words import Quantity, Ref
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import Story


class Market:
    """Sidra Lanes with a list of needs and a first yes, and the ways its people and allies deal with each
    other."""

    def __init__(self) -> None:
        self.story = story = Story.partnership()
        self.sack = f"u{story.act('Amna', 'needs.list_unit', label='sack of 50 kg')}"
        self.hour = f"u{story.act('Amna', 'needs.list_unit', label='hour', decimals=1)}"
        self.east = story.act("Amna", "needs.list_region", label="the east")
        self.west = story.act("Amna", "needs.list_region", label="the west")
        self.sorghum = self.need("goods.food", "sorghum", self.sacks(40))
        self.belt = self.need("goods.tools", "pump belt", self.sacks(2))
        self.books = self.need("skills.bookkeeping", "help with the books", self.hours(120))
        self.first = story.first_yes(["money", "goods", "skills", "transport"])

    def need(self, kind: str, label: str, quantity: Quantity) -> int:
        return self.story.act("Amna", "needs.name", kind=kind, label=label, quantity=quantity)

    def sacks(self, n: int) -> Quantity:
        return Quantity(n, self.sack)

    def hours(self, n: int) -> Quantity:
        return Quantity(n, self.hour)

    def offer(self, quantity: Quantity | None = None, kind: str = "goods.food", who: str = "Maren",
              need: int | None = None, **other: Any) -> int:
        given = self.offering(quantity, kind, need, **other)
        return self.story.act(who, "exchange.offer", **given)

    def offering(self, quantity: Quantity | None = None, kind: str = "goods.food", need: int | None = None,
                 **other: Any) -> dict[str, Any]:
        return {"need": need or self.sorghum, "kind": kind, "quantity": quantity or self.sacks(40), **other}

    def promise(self, quantity: Quantity | None = None, kind: str = "goods.food", who: str = "Maren",
                need: int | None = None, **accepting: Any) -> int:
        offer = self.offer(quantity, kind, who, need)
        return self.story.act("Nuha", "exchange.accept", offer=offer, **accepting)

    def check(self, promise: int, quantity: Quantity | None = None, **answers: Any) -> int:
        return self.story.act("Nuha", "exchange.check", **self.checking(promise, quantity, **answers))

    @staticmethod
    def checking(promise: int, quantity: Quantity | None = None, **answers: Any) -> dict[str, Any]:
        given = {} if quantity is None else {"quantity": quantity}
        return {"promise": promise, "supply": "no", "way_safe": True, **given, **answers}

    def sent(self, quantity: Quantity | None = None, kind: str = "goods.food", who: str = "Maren",
             need: int | None = None) -> int:
        """A delivery on the road."""
        delivery = self.check(self.promise(quantity, kind, who, need))
        self.story.act(who, "exchange.send", delivery=delivery)
        return delivery

    def here(self, quantity: Quantity | None = None, kind: str = "goods.food", who: str = "Maren",
             need: int | None = None) -> int:
        """A count of all that was sent."""
        delivery = self.sent(quantity, kind, who, need)
        return self.story.act("Idris", "exchange.count", delivery=delivery, final=True,
                              quantity=self.story.row(Delivery, delivery).quantity)

    def buying(
        self, quantity: Quantity, price: Quantity, payment: str = "paid", **other: Any
    ) -> dict[str, Any]:
        return {
            "need": self.sorghum,
            "quantity": quantity,
            "price": price,
            "payment": payment,
            "related": False,
            "seller": "Abu Salim of the market",
            "receipt": "number 7, in the red box",
            **other,
        }

    def bought(self, quantity: Quantity, price: Quantity, payment: str = "paid", **other: Any) -> int:
        return self.story.act("Idris", "exchange.buy", **self.buying(quantity, price, payment, **other))

    def offer_is(self, offer: int) -> OfferState:
        return offer_state(self.story.row(Offer, offer), self.story.today)

    def promise_is(self, promise: int) -> PromiseState:
        row = self.story.row(Promise, promise)
        return promise_state(row, self.story.row(Consent, promise), self.story.today)

    def delivery_is(self, delivery: int) -> DeliveryState:
        row = self.story.row(Delivery, delivery)
        return delivery_state(row, yes_of(row, self.story.shared.tables), self.story.today)

    def balance(self, account: str, thing: str, unit: str) -> int:
        held = self.story.shared.tables.first(Balance, account=account, thing=thing, unit=unit)
        return held.n if held else 0

    def store(self, thing: str, unit: str) -> int:
        return self.balance("store", thing, unit)

    def progress(self, need: int, thing: str, unit: str) -> dict[str, int]:
        """The stages of a need that are not empty."""
        row = self.story.shared.tables.first(Progress, need=need, thing=thing, unit=unit)
        stages = ("promised", "on_the_way", "here", "used", "missing", "returned")
        return {stage: n for stage in stages if (n := getattr(row, stage))} if row else {}


def crowns(n: int) -> Quantity:
    return Quantity(n * 100, "XTS")


@pytest.fixture
def market() -> Market:
    return Market()


def test_an_offer_becomes_a_promise_a_purchase_and_four_sacks_and_all_of_it_can_be_followed():
    market = Market()
    story, sorghum = market.story, market.sorghum
    offer = market.offer(crowns(2000), "money")
    assert market.offer_is(offer) is OfferState.OPEN
    promise = story.act("Nuha", "exchange.accept", offer=offer, quantity=crowns(1200))
    assert market.offer_is(offer) is OfferState.ACCEPTED                  # the rest stays with the ally
    assert market.progress(sorghum, "money", "XTS") == {"promised": 120_000}
    yes = story.row(Consent, promise)
    assert (yes.how, yes.leans_on, yes.under, yes.need) == (How.ACCEPTED, market.first, market.first, sorghum)
    assert yes.until == story.today + timedelta(days=90)
    assert story.row(Consent, market.first).used == 120_000

    delivery = market.check(promise)
    assert market.delivery_is(delivery) is DeliveryState.CHECKED
    story.act("Maren", "exchange.send", delivery=delivery)
    assert market.delivery_is(delivery) is DeliveryState.ON_THE_ROAD
    assert market.progress(sorghum, "money", "XTS") == {"on_the_way": 120_000}
    story.act("Idris", "exchange.count", delivery=delivery, quantity=crowns(1200), final=True)
    assert market.delivery_is(delivery) is DeliveryState.COUNTED
    assert market.promise_is(promise) is PromiseState.DONE

    bought = market.bought(market.sacks(40), crowns(1200))
    assert market.store("money", "XTS") == 0
    story.act("Idris", "exchange.count", delivery=bought, quantity=market.sacks(38), final=True,
              witness="Khala Zahra")
    assert market.delivery_is(bought) is DeliveryState.MISSING
    story.act("Idris", "exchange.report_missing", delivery=bought, quantity=market.sacks(2))
    use = story.act("Idris", "exchange.use", need=sorghum, quantity=market.sacks(4), people=31)
    item = f"item:{sorghum}"
    assert market.progress(sorghum, item, market.sack) == {"here": 34, "used": 4, "missing": 2}
    assert market.progress(sorghum, "money", "XTS") == {"used": 120_000}

    at = story.shared.tables
    followed = trace(at, Ref[Promise](promise))
    assert (followed.amount, followed.traced, followed.unused) == (crowns(1200), 120_000, 0)
    goods = followed.spent[0].goods
    assert (goods.here, goods.missing, [u.n for u in goods.used]) == (34, 2, [4])
    assert goods.used[0].use == use
    (origin,) = back(at, Ref[Happening](use))
    assert (origin.n, origin.purchase, origin.price) == (4, bought, crowns(1200))
    assert [(p.n, p.promise, p.ally) for p in origin.paid] == [
        (120_000, promise, story.number(LANTERN_STREET))
    ]
    assert payers(at, bought) == origin.paid


def test_words_of_a_deal_are_opened_only_by_their_commitment(market: Market):
    story = market.story
    offer = market.offer(conditions="no pictures of the sacks", words="dear all")
    assert story.words(story.row(Offer, offer).conditions) == "no pictures of the sacks"
    bought = market.bought(market.sacks(1), crowns(1), "owed")
    assert story.words(story.row(Purchase, bought).seller) == "Abu Salim of the market"


def test_every_line_balances_and_every_row_says_what_moved(market: Market):
    market.story.first_yes(["money"], RIO_CLARO)
    market.here(market.sacks(5))
    market.here(crowns(7), "money", "Lucía")
    total: dict[tuple[str, str], int] = {}
    for row in market.story.rows(Balance):
        total[row.thing, row.unit] = total.get((row.thing, row.unit), 0) + row.n
    assert set(total.values()) == {0}
    assert all(m.n > 0 and m.from_account != m.to_account for m in market.story.rows(Movement))
    assert [(lot.n, lot.left, lot.open) for lot in market.story.rows(Lot)] == [(5, 5, True), (700, 700, True)]


def test_the_record_reads_well():
    said = {kind.says for kind in FACTS.values() if kind.area() == "exchange"}
    assert len(said) == 17
    for sentence in said:
        assert sentence.endswith(".") and "  " not in sentence
