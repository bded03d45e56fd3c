"""Buying, paying what is owed, using, putting right: the store never goes below nothing, and nothing is
typed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.exchange.ledger import Draw, Lot, Movement
from alongside.areas.exchange.states import DeliveryState
from alongside.areas.exchange.tables import Delivery, Happening, Purchase, What
from alongside.areas.exchange.tracing import back, payers, trace
from alongside.words import Quantity, Ref
from tests.areas.test_exchange import Market, crowns
from tests.people import RIO_CLARO


@pytest.fixture
def market() -> Market:
    return Market()


def purse(market: Market, n: int = 1000) -> int:
    """Money that arrived."""
    return market.here(crowns(n), "money")


def cannot(market: Market, *args: Any, **other: Any) -> list[str]:
    return market.story.refused("Idris", "exchange.buy", **market.buying(*args, **other))


def lines(market: Market, number: int) -> list[tuple[str, str, int, int]]:
    found = market.story.shared.tables.find(Movement, number=number)
    return [(m.from_account, m.to_account, m.n, m.source) for m in found]


# Buying

def test_only_the_host_buys(market: Market):
    given = market.buying(market.sacks(1), crowns(1), "owed")
    assert market.story.refused("Maren", "exchange.buy", **given) == ["not-yours"]


def test_nothing_is_paid_with_money_that_is_not_there(market: Market):
    assert cannot(market, market.sacks(1), crowns(1)) == ["not-in-store"]
    purse(market)
    assert cannot(market, market.sacks(1), crowns(1001)) == ["not-in-store"]
    assert cannot(market, market.sacks(1), Quantity(1, "EUR")) == ["not-in-store"]
    market.bought(market.sacks(1), crowns(1000))
    assert cannot(market, market.sacks(1), Quantity(1, "XTS")) == ["not-in-store"]


def test_what_is_bought_is_on_its_way_at_once_needs_no_check_and_is_counted(market: Market):
    story = market.story
    purse(market)
    bought = market.bought(market.sacks(20), crowns(600), region=market.east)
    row = story.row(Delivery, bought)
    assert (row.local, row.promise, row.ally, row.sent) == (True, None, None, story.today)
    assert market.delivery_is(bought) is DeliveryState.ON_THE_ROAD
    item = f"item:{market.sorghum}"
    assert market.progress(market.sorghum, item, market.sack) == {"on_the_way": 20}
    assert market.progress(market.sorghum, "money", "XTS") == {"here": 40_000, "used": 60_000}
    count = story.act("Idris", "exchange.count", delivery=bought, quantity=market.sacks(21), final=True)
    assert lines(market, count) == [(f"road:{bought}", "store", 20, bought), ("seller", "store", 1, bought)]


def test_the_oldest_money_of_this_need_goes_first_then_the_oldest_of_any(market: Market):
    story = market.story
    story.first_yes(["money"], RIO_CLARO)
    other = market.here(crowns(100), "money", "Lucía", market.belt)
    mine = [market.here(crowns(n), "money") for n in (50, 60)]
    bought = market.bought(market.sacks(2), crowns(130))
    draws = [(draw.lot, draw.n) for draw in story.shared.tables.find(Draw, number=bought)]
    assert draws == [(mine[0], 5_000), (mine[1], 6_000), (other, 2_000)]
    assert [p.ally for p in payers(story.shared.tables, bought)] == [
        story.number(who) for who in ("Maren", "Maren", "Lucía")]
    assert market.progress(market.belt, "money", "XTS") == {"here": 8_000}
    assert market.progress(market.sorghum, "money", "XTS") == {"used": 13_000}


def test_a_purchase_has_a_receipt_or_says_why_not_and_who_saw_it(market: Market):
    given = market.buying(market.sacks(1), crowns(1), "owed")
    del given["receipt"]
    assert market.story.refused("Idris", "exchange.buy", **given) == ["no-proof"]
    assert market.story.refused("Idris", "exchange.buy", no_receipt="lost", **given) == ["no-proof"]
    assert market.story.refused("Idris", "exchange.buy", witnesses="two of the lane", **given) == ["no-proof"]
    bought = market.story.act(
        "Idris", "exchange.buy", no_receipt="lost", witnesses="two of the lane", **given
    )
    assert market.story.row(Purchase, bought).no_receipt == "lost"


def test_a_purchase_says_whether_buyer_and_seller_are_related_and_whether_it_is_paid(market: Market):
    for field in ("related", "payment"):
        given = market.buying(market.sacks(1), crowns(1), "owed")
        del given[field]
        assert market.story.unclear("Idris", "exchange.buy", **given) == field


def test_a_purchase_is_counted_as_its_need_is_and_priced_in_money(market: Market):
    assert cannot(market, market.hours(3), crowns(1), "owed") == ["counted-as-need"]
    assert cannot(market, crowns(3), crowns(1), "owed") == ["counted-otherwise"]
    assert cannot(market, market.sacks(3), market.sacks(1), "owed") == ["price-not-money"]
    assert cannot(market, crowns(3), crowns(1), "owed", kind="money") == ["money-not-bought"]
    for field, wrong in (("quantity", market.sacks(0)), ("price", crowns(0)), ("price", crowns(-1))):
        given = market.buying(market.sacks(1), crowns(1)) | {field: wrong}
        assert market.story.unclear("Idris", "exchange.buy", **given) == field
    truck = market.bought(market.hours(30), crowns(5), "owed", kind="transport")
    assert market.story.row(Delivery, truck).item is None


def test_a_stop_holds_buying_and_the_host_hears_which(market: Market):
    market.story.act("Idris", "safety.stop", kind="goods")
    assert cannot(market, market.sacks(1), crowns(1), "owed") == ["stopped"]


def test_it_was_bought_when_it_was_bought(market: Market):
    tomorrow, earlier = (market.story.today + timedelta(days=n) for n in (1, -9))
    assert cannot(market, market.sacks(1), crowns(1), "owed", happened_on=tomorrow) == ["not-happened-yet"]
    bought = market.bought(market.sacks(1), crowns(1), "owed", happened_on=earlier)
    assert market.story.row(Delivery, bought).sent == earlier


# Owing

def test_buying_on_credit_is_something_owed_and_takes_nothing_from_the_store(market: Market):
    story = market.story
    bought = market.bought(market.sacks(10), crowns(300), "owed")
    assert market.balance(f"owed:{bought}", "money", "XTS") == -30_000
    assert market.store("money", "XTS") == 0
    settle = {"purchase": bought, "quantity": crowns(100)}
    assert story.refused("Idris", "exchange.settle", **settle) == ["not-in-store"]
    purse(market)
    story.act("Idris", "exchange.settle", receipt="number 8", **settle)
    assert (story.row(Purchase, bought).owed, market.store("money", "XTS")) == (20_000, 90_000)
    assert story.refused("Idris", "exchange.settle", purchase=bought, quantity=crowns(201)) == [
        "more-than-owed"
    ]
    assert story.refused("Maren", "exchange.settle", **settle) == ["not-yours"]
    assert story.refused("Idris", "exchange.settle", purchase=bought, quantity=Quantity(1, "EUR")) == [
        "other-unit"
    ]
    tomorrow = story.today + timedelta(days=1)
    assert story.refused("Idris", "exchange.settle", happened_on=tomorrow, **settle) == ["not-happened-yet"]
    story.act("Idris", "exchange.settle", purchase=bought, quantity=crowns(200))
    assert story.refused("Idris", "exchange.settle", **settle) == ["more-than-owed"]
    assert market.balance(f"owed:{bought}", "money", "XTS") == 0
    assert [p.n for p in payers(story.shared.tables, bought)] == [10_000, 20_000]


def test_what_was_paid_at_once_has_nothing_to_settle(market: Market):
    purse(market)
    bought = market.bought(market.sacks(1), crowns(1))
    settle = {"purchase": bought, "quantity": crowns(1)}
    assert market.story.refused("Idris", "exchange.settle", **settle) == ["more-than-owed"]


# Using

def test_only_the_host_uses_and_never_more_than_is_there(market: Market):
    story = market.story
    use = {"need": market.sorghum, "quantity": market.sacks(6)}
    assert story.refused("Idris", "exchange.use", **use) == ["not-in-store"]
    market.here(market.sacks(5))
    assert story.refused("Maren", "exchange.use", need=market.sorghum, quantity=market.sacks(1)) == [
        "not-yours"
    ]
    assert story.refused("Idris", "exchange.use", **use) == ["not-in-store"]
    use["quantity"] = market.sacks(5)
    story.act("Idris", "exchange.use", **use)
    use["quantity"] = market.sacks(1)
    assert story.refused("Idris", "exchange.use", **use) == ["not-in-store"]
    for n in (0, -1):
        assert (
            story.unclear("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(n))
            == "quantity"
        )
    tomorrow = story.today + timedelta(days=1)
    assert "not-happened-yet" in story.refused("Idris", "exchange.use", happened_on=tomorrow, **use)


def test_what_came_for_one_need_can_be_used_for_another_and_both_say_so(market: Market):
    story = market.story
    market.here(market.sacks(5))
    market.here(market.hours(20), "transport")
    purse(market, 10)
    item = f"item:{market.sorghum}"
    belt = {"need": market.belt}
    story.act("Idris", "exchange.use", quantity=market.sacks(2), item=market.sorghum, **belt)
    story.act("Idris", "exchange.use", quantity=market.hours(5), kind="transport", people=4, **belt)
    story.act("Idris", "exchange.use", quantity=crowns(4), **belt)
    assert market.progress(market.belt, item, market.sack) == {"used": 2}
    assert market.progress(market.belt, "transport", market.hour) == {"used": 5}
    assert market.progress(market.belt, "money", "XTS") == {"used": 400}
    assert market.progress(market.sorghum, item, market.sack) == {"here": 3}
    assert story.refused("Idris", "exchange.use", quantity=market.sacks(1), **belt) == ["not-in-store"]
    assert [h.people for h in story.rows(Happening) if h.what is What.USE] == [0, 4, 0]


def test_a_use_leads_back_to_every_giver(market: Market):
    story = market.story
    story.first_yes(["goods"], RIO_CLARO)
    given = market.here(market.sacks(3), who="Lucía")
    purse(market)
    bought = market.bought(market.sacks(5), crowns(200))
    story.act("Idris", "exchange.count", delivery=bought, quantity=market.sacks(5))
    use = story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(4))
    first, second = back(story.shared.tables, Ref[Happening](use))
    assert (first.n, first.lot, first.ally, first.purchase) == (3, given, story.number("Lucía"), None)
    assert (second.n, second.purchase, second.paid[0].ally) == (1, bought, story.number("Maren"))


# Putting right

def correct(market: Market, number: int, quantity: Quantity) -> int:
    return market.story.act(
        "Idris", "exchange.correct", happening=number, quantity=quantity, words="miscounted"
    )


def uncorrectable(market: Market, number: int, quantity: Quantity) -> list[str]:
    return market.story.refused("Idris", "exchange.correct", happening=number, quantity=quantity)


def test_a_count_is_put_right_by_a_line_that_says_the_difference(market: Market):
    story, count = market.story, market.here(market.sacks(40))
    delivery = story.row(Happening, count).delivery
    before = lines(market, count)
    less = correct(market, count, market.sacks(38))
    promise = story.row(Delivery, delivery).promise
    assert lines(market, count) == before                                   # never typed over
    assert lines(market, less) == [("store", f"road:{delivery}", 2, promise)]
    assert market.delivery_is(delivery) is DeliveryState.MISSING
    more = correct(market, count, market.sacks(41))
    giver = f"giver:{story.number('Maren')}"
    assert lines(market, more) == [(f"road:{delivery}", "store", 2, promise), (giver, "store", 1, promise)]
    assert story.row(Happening, count).quantity == market.sacks(41)
    assert (story.row(Happening, count).corrected, story.row(Lot, count).n) == (more, 41)
    correct(market, count, market.sacks(0))
    assert market.store(f"item:{market.sorghum}", market.sack) == 0
    assert market.balance(giver, f"item:{market.sorghum}", market.sack) == -40


def test_no_correction_takes_from_the_store_what_is_not_there(market: Market):
    count = market.here(market.sacks(40))
    use = market.story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(30))
    assert uncorrectable(market, count, market.sacks(29)) == ["used-since"]
    assert uncorrectable(market, use, market.sacks(41)) == ["not-in-store"]
    correct(market, use, market.sacks(29))
    correct(market, count, market.sacks(29))
    assert market.store(f"item:{market.sorghum}", market.sack) == 0
    assert uncorrectable(market, use, market.sacks(30)) == ["not-in-store"]


def test_stock_of_another_lot_does_not_hide_that_this_one_was_used(market: Market):
    """The way through is said: put right the use, then the count, then write the use again."""
    first, second = market.here(market.sacks(30)), market.here(market.sacks(30))
    use = market.story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(30))
    assert uncorrectable(market, first, market.sacks(20)) == ["used-since"]
    correct(market, use, market.sacks(20))
    correct(market, first, market.sacks(20))
    correct(market, use, market.sacks(30))
    draws = market.story.shared.tables.find(Draw, number=use)
    assert [(d.lot, d.n) for d in draws] == [(first, 20), (second, 10)]


def test_a_use_gives_back_first_what_it_took_last(market: Market):
    first, second = market.here(market.sacks(10)), market.here(market.sacks(10))
    use = market.story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(15))
    correct(market, use, market.sacks(8))
    assert [(lot.number, lot.left) for lot in market.story.rows(Lot)] == [(first, 2), (second, 10)]
    correct(market, use, market.sacks(0))
    tables = market.story.shared.tables
    assert not back(tables, Ref[Happening](use))
    promise = market.story.row(Delivery, market.story.row(Happening, first).delivery).promise
    assert not trace(tables, promise).used
    assert market.progress(market.sorghum, f"item:{market.sorghum}", market.sack) == {"here": 20}


def test_how_much_was_bought_is_put_right_until_it_is_counted(market: Market):
    story = market.story
    bought = market.bought(market.sacks(40), crowns(100), "owed")
    story.act("Idris", "exchange.count", delivery=bought, quantity=market.sacks(30))
    assert uncorrectable(market, bought, market.sacks(29)) == ["counted-since"]
    correct(market, bought, market.sacks(30))
    assert market.delivery_is(bought) is DeliveryState.COUNTED
    correct(market, bought, market.sacks(35))
    assert market.delivery_is(bought) is DeliveryState.PARTLY_COUNTED
    assert story.row(Purchase, bought).quantity == story.row(Delivery, bought).quantity == market.sacks(35)


def test_a_price_that_was_paid_is_put_right_with_money_that_is_there(market: Market):
    story = market.story
    lot = purse(market, 100)
    bought = market.bought(market.sacks(1), crowns(60))
    assert uncorrectable(market, bought, crowns(101)) == ["not-in-store"]
    correct(market, bought, crowns(90))
    correct(market, bought, crowns(70))
    assert (market.store("money", "XTS"), story.row(Lot, lot).left) == (3_000, 3_000)
    assert (story.row(Purchase, bought).price, story.row(Purchase, bought).owed) == (crowns(70), 0)
    assert story.row(Happening, bought).quantity == market.sacks(1)
    followed = trace(story.shared.tables, story.row(Delivery, story.row(Happening, lot).delivery).promise)
    assert (followed.traced, followed.unused) == (7_000, 3_000)


def test_a_price_that_is_owed_is_put_right_down_to_what_was_paid(market: Market):
    story = market.story
    purse(market, 100)
    bought = market.bought(market.sacks(1), crowns(60), "owed")
    settled = story.act("Idris", "exchange.settle", purchase=bought, quantity=crowns(40))
    assert uncorrectable(market, bought, crowns(39)) == ["paid-since"]
    assert uncorrectable(market, settled, crowns(61)) == ["more-than-owed"]
    correct(market, bought, crowns(80))
    assert market.balance(f"owed:{bought}", "money", "XTS") == -4_000
    correct(market, settled, crowns(80))
    assert (story.row(Purchase, bought).owed, market.store("money", "XTS")) == (0, 2_000)
    correct(market, settled, crowns(0))
    correct(market, bought, crowns(1))
    assert market.balance(f"owed:{bought}", "money", "XTS") == -100
    assert market.progress(market.sorghum, "money", "XTS") == {"here": 10_000, "used": 100}


def test_a_payment_is_put_right_with_money_that_is_there(market: Market):
    purse(market, 10)
    bought = market.bought(market.sacks(1), crowns(60), "owed")
    settled = market.story.act("Idris", "exchange.settle", purchase=bought, quantity=crowns(5))
    assert uncorrectable(market, settled, crowns(11)) == ["not-in-store"]


def test_putting_right_is_for_the_host_in_the_same_unit_and_of_something_wrong(market: Market):
    story, count = market.story, market.here(market.sacks(40))
    given = {"happening": count, "quantity": market.sacks(38)}
    assert story.refused("Maren", "exchange.correct", **given) == ["not-yours"]
    assert uncorrectable(market, count, market.sacks(40)) == ["is-right-already"]
    assert uncorrectable(market, count, market.hours(4)) == ["other-unit"]
    assert uncorrectable(market, count, crowns(4)) == ["other-unit"]
    given["quantity"] = market.sacks(-1)
    assert story.unclear("Idris", "exchange.correct", **given) == "quantity"
    delivery = int(story.row(Happening, count).delivery)
    assert uncorrectable(market, delivery, market.sacks(3)) == ["unseen"]


def test_a_count_of_what_was_diverted_since_is_put_right_where_it_lies(market: Market):
    story, delivery = market.story, market.sent()
    item = f"item:{market.sorghum}"
    count = story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(10))
    story.act("Amna", "exchange.divert", delivery=delivery, need=market.belt)
    correct(market, count, market.sacks(8))
    assert market.progress(market.sorghum, item, market.sack) == {"here": 8}
    assert market.progress(market.belt, item, market.sack) == {"on_the_way": 32}
    correct(market, count, market.sacks(40))
    assert market.progress(market.sorghum, item, market.sack) == {"here": 40}
    assert market.progress(market.belt, item, market.sack) == {}
