"""Checking, sending, counting, reporting missing: nothing leaves unchecked, and what arrives is always
counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.exchange.ledger import Lot, Movement
from alongside.areas.exchange.states import DeliveryState, PromiseState, still_promised
from alongside.areas.exchange.tables import Delivery, Happening, Promise, Sheet
from alongside.areas.exchange.tracing import trace
from alongside.words import Ref
from tests.areas.test_exchange import Market, crowns
from tests.people import RIO_CLARO


@pytest.fixture
def market() -> Market:
    return Market()


# The sheet

def test_only_the_host_checks(market: Market):
    promise = market.promise()
    assert market.story.refused("Maren", "exchange.check", **market.checking(promise)) == ["not-yours"]


def test_both_questions_are_answered_before_anything_may_leave(market: Market):
    story, promise = market.story, market.promise()
    for answers in ({"supply": None}, {"way_safe": None}, {"supply": None, "way_safe": None}):
        given = {k: v for k, v in market.checking(promise, **answers).items() if v is not None}
        assert story.refused("Nuha", "exchange.check", **given) == ["sheet-unanswered"]
    delivery = market.check(promise, supply="partly", backup="then by the northern road")
    sheet = story.row(Sheet, delivery)
    assert (sheet.supply, sheet.safe, sheet.good_until) == ("partly", True, story.today + timedelta(days=7))
    assert story.words(sheet.backup) == "then by the northern road"


def test_a_sheet_is_good_for_thirty_days_at_most(market: Market):
    story, promise, today = market.story, market.promise(), market.story.today
    given = market.checking(promise, good_until=today + timedelta(days=31))
    assert story.refused("Nuha", "exchange.check", **given) == ["sheet-days"]
    given = market.checking(promise, good_until=today - timedelta(days=1))
    assert story.refused("Nuha", "exchange.check", **given) == ["sheet-passed"]
    delivery = market.check(promise, good_until=today + timedelta(days=30))
    story.days_later(30)
    story.act("Maren", "exchange.send", delivery=delivery)


def test_deliveries_never_sum_to_more_than_the_promise(market: Market):
    story, promise = market.story, market.promise()
    market.check(promise, market.sacks(25))
    over = market.checking(promise, market.sacks(16))
    assert story.refused("Nuha", "exchange.check", **over) == ["more-than-promised"]
    market.check(promise, market.sacks(5))
    rest = market.check(promise)
    assert story.row(Delivery, rest).quantity == market.sacks(10)
    assert story.refused("Nuha", "exchange.check", **market.checking(promise)) == ["more-than-promised"]
    assert story.row(Promise, promise).checked == 40


def test_a_delivery_is_counted_as_its_promise_is(market: Market):
    promise = market.promise()
    other = market.checking(promise, market.hours(4))
    assert market.story.refused("Nuha", "exchange.check", **other) == ["other-unit"]
    assert (
        market.story.unclear("Nuha", "exchange.check", **market.checking(promise, market.sacks(0)))
        == "quantity"
    )


def test_an_unsafe_way_makes_no_delivery_and_stops_what_was_checked_for_it(market: Market):
    story, promise = market.story, market.promise()
    checked = market.check(promise, market.sacks(25), region=market.east)
    assert market.delivery_is(checked) is DeliveryState.CHECKED
    story.act("Idris", "exchange.check", promise=promise, way_safe=False)
    assert market.delivery_is(checked) is DeliveryState.STOPPED
    assert story.refused("Maren", "exchange.send", delivery=checked) == ["check-fell"]
    assert story.row(Promise, promise).checked == 0
    again = market.check(promise)                       # the latest answer holds
    assert story.row(Delivery, again).quantity == market.sacks(40)
    story.act("Maren", "exchange.send", delivery=again)


def test_that_a_way_is_not_safe_can_be_said_whatever_else_is_so(market: Market):
    story, promise = market.story, market.promise()
    story.act("Idris", "safety.stop")
    story.act("Amna", "consent.withdraw", consent=promise)
    story.act("Idris", "exchange.check", promise=promise, way_safe=False)
    given = market.checking(promise)
    assert story.refused("Nuha", "exchange.check", **given) == ["yes-taken-back"]


def test_an_unsafe_region_closes_every_sheet_for_it(market: Market):
    story = market.story
    food, tools = market.promise(), market.promise(market.sacks(2), "goods.tools", need=market.belt)
    east = market.check(food, market.sacks(10), region=market.east)
    west = market.check(food, market.sacks(10), region=market.west)
    story.act("Idris", "exchange.check", promise=tools, way_safe=False, region=market.east)
    assert story.refused("Maren", "exchange.send", delivery=east) == ["sheet-over"]
    story.act("Maren", "exchange.send", delivery=west)
    new = market.check(food, market.sacks(30))          # the one that could not leave made room
    assert market.delivery_is(east) is DeliveryState.STOPPED
    story.act("Maren", "exchange.send", delivery=new)


def test_a_sheet_serves_again_for_the_same_region_and_kind(market: Market):
    story, promise, other = market.story, market.promise(), market.promise()
    tools = market.promise(market.sacks(2), "goods.tools", need=market.belt)
    sheet = market.check(promise, market.sacks(10), region=market.east)
    nowhere = market.check(promise, market.sacks(10))
    again = story.act("Idris", "exchange.check", promise=other, sheet=sheet)
    assert (story.row(Delivery, again).sheet, story.row(Delivery, again).region) == (sheet, market.east)
    for wrong in ({"promise": tools, "sheet": sheet}, {"promise": promise, "sheet": nowhere},
                  {"promise": promise, "sheet": sheet, "region": market.west}):
        assert story.refused("Idris", "exchange.check", **wrong) == ["sheet-other-way"]
    assert story.refused("Idris", "exchange.check", sheet=sheet, **market.checking(promise)) == [
        "sheet-and-answers"
    ]
    story.days_later(8)
    assert story.refused("Idris", "exchange.check", promise=promise, sheet=sheet) == ["sheet-over"]


def test_an_unsafe_answer_closes_the_sheet_that_others_used_too(market: Market):
    story, promise, other = market.story, market.promise(), market.promise()
    sheet = market.check(promise, region=market.east)
    again = story.act("Idris", "exchange.check", promise=other, sheet=sheet)
    story.act("Idris", "exchange.check", promise=other, way_safe=False)     # without naming the region
    for delivery, code in ((sheet, "sheet-over"), (again, "check-fell")):
        assert story.refused("Maren", "exchange.send", delivery=delivery) == [code]


def test_the_host_says_yes_and_the_promise_stands_before_anything_is_checked(market: Market):
    story, promise = market.story, market.promise()
    story.days_later(91)
    given = market.checking(promise)
    assert story.refused("Nuha", "exchange.check", **given) == ["yes-over"]


# Sending

def test_nothing_leaves_unchecked(market: Market):
    story, promise = market.story, market.promise()
    assert story.refused("Maren", "exchange.send", delivery=promise) == ["unseen"]  # a promise is no delivery


def test_only_the_ally_whose_promise_it_is_sends(market: Market):
    story, delivery = market.story, market.check(market.promise())
    for who in ("Amna", "Lucía"):
        assert story.refused(who, "exchange.send", delivery=delivery) == ["not-yours"]
    bought = market.bought(market.sacks(1), crowns(1), "owed")
    for who in ("Amna", "Maren"):
        assert story.refused(who, "exchange.send", delivery=bought)[0] == "not-yours"
    story.act("Tariq", "exchange.send", delivery=delivery)
    assert story.refused("Maren", "exchange.send", delivery=delivery) == ["already-sent"]


def test_a_check_that_is_too_old_wants_another(market: Market):
    story, promise = market.story, market.promise()
    old = market.check(promise)
    story.days_later(8)
    assert story.refused("Maren", "exchange.send", delivery=old) == ["sheet-over"]
    new = market.check(promise)
    assert story.refused("Maren", "exchange.send", delivery=old) == ["check-fell"]
    story.act("Maren", "exchange.send", delivery=new)


def test_nothing_leaves_after_the_last_day_of_its_promise(market: Market):
    story = market.story
    promise = market.promise(until=story.today + timedelta(days=5))
    delivery = market.check(promise, good_until=story.today + timedelta(days=30))
    story.days_later(6)
    assert market.delivery_is(delivery) is DeliveryState.STOPPED
    assert story.refused("Maren", "exchange.send", delivery=delivery) == ["yes-over"]


def test_a_stop_holds_sending_and_nothing_of_what_is_on_the_road(market: Market):
    story, sent = market.story, [market.sent() for _ in range(4)]
    waits = market.check(market.promise())
    story.act("Idris", "safety.stop")
    assert story.refused("Maren", "exchange.send", delivery=waits) == ["not-now"]
    story.act("Idris", "exchange.count", delivery=sent[0], quantity=market.sacks(10))
    story.act("Maren", "exchange.report_missing", delivery=sent[1], quantity=market.sacks(10))
    story.act("Amna", "exchange.send_back", delivery=sent[2])
    story.act("Amna", "exchange.divert", delivery=sent[3], region=market.east)
    story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(10))


def test_it_left_when_it_left(market: Market):
    story, delivery = market.story, market.check(market.promise())
    tomorrow, yesterday = story.today + timedelta(days=1), story.today - timedelta(days=1)
    assert story.refused("Maren", "exchange.send", delivery=delivery, happened_on=tomorrow) == [
        "not-happened-yet"
    ]
    sent = story.act("Maren", "exchange.send", delivery=delivery, happened_on=yesterday)
    assert story.row(Delivery, delivery).sent == yesterday
    assert story.shared.tables.first(Movement, number=sent, line=1).day == yesterday


# Counting

def test_only_the_host_counts(market: Market):
    count = {"delivery": market.sent(), "quantity": market.sacks(1)}
    for who in ("Maren", "Lucía"):
        assert market.story.refused(who, "exchange.count", **count) == ["not-yours"]


def test_it_is_counted_in_parts_and_the_last_one_says_so(market: Market):
    story, delivery = market.story, market.sent()
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(25))
    assert market.delivery_is(delivery) is DeliveryState.PARTLY_COUNTED
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(13), final=True)
    assert market.delivery_is(delivery) is DeliveryState.MISSING
    story.act("Maren", "exchange.report_missing", delivery=delivery, quantity=market.sacks(2))
    item = f"item:{market.sorghum}"
    assert market.progress(market.sorghum, item, market.sack) == {"here": 38, "missing": 2}
    assert market.balance(f"missing:{delivery}", item, market.sack) == 2
    assert not story.row(Delivery, delivery).open


def test_nothing_at_all_can_be_counted_and_that_is_an_answer(market: Market):
    story, delivery = market.story, market.sent()
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(0), final=True)
    assert market.delivery_is(delivery) is DeliveryState.MISSING
    assert (
        story.unclear("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(-1)) == "quantity"
    )


def test_more_can_come_than_was_sent_and_it_is_traced_to_the_same_giver(market: Market):
    story, delivery = market.story, market.sent()
    promise = story.row(Delivery, delivery).promise
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(43), final=True)
    assert market.delivery_is(delivery) is DeliveryState.COUNTED
    followed = trace(story.shared.tables, Ref[Promise](promise))
    assert (followed.amount, followed.here, followed.unused) == (market.sacks(43), 43, 43)
    assert market.promise_is(promise) is PromiseState.DONE


def test_what_was_missing_or_sent_back_and_comes_all_the_same_is_counted(market: Market):
    story, lost, back = market.story, market.sent(), market.sent()
    item = f"item:{market.sorghum}"
    story.act("Maren", "exchange.report_missing", delivery=lost, quantity=market.sacks(30))
    story.act("Amna", "exchange.send_back", delivery=back)
    assert market.delivery_is(back) is DeliveryState.GOING_BACK
    for delivery in (lost, back):
        story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(40), final=True)
        assert market.delivery_is(delivery) is DeliveryState.COUNTED
    assert market.progress(market.sorghum, item, market.sack) == {"here": 80}
    assert story.row(Promise, story.row(Delivery, back).promise).done


def test_what_nobody_wrote_down_as_sent_is_counted_all_the_same(market: Market):
    story, promise = market.story, market.promise()
    delivery = market.check(promise, market.sacks(30))
    story.act("Amna", "consent.withdraw", consent=promise)
    assert market.delivery_is(delivery) is DeliveryState.STOPPED
    count = story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(28), final=True)
    assert market.store(f"item:{market.sorghum}", market.sack) == 28
    assert len(story.shared.tables.find(Movement, number=count)) == 2
    assert story.row(Promise, promise).sent == 30


def test_what_fell_away_and_came_all_the_same_is_counted_too(market: Market):
    story, promise = market.story, market.promise()
    fell = market.check(promise)
    story.act("Idris", "exchange.check", promise=promise, way_safe=False)
    newer = market.check(promise)
    story.act("Idris", "exchange.count", delivery=fell, quantity=market.sacks(40), final=True)
    row = story.row(Promise, promise)
    assert (row.checked, row.sent, row.arrived) == (80, 40, 40)
    item = f"item:{market.sorghum}"
    assert market.progress(market.sorghum, item, market.sack) == {"here": 40}
    story.act("Maren", "exchange.send", delivery=newer)
    assert market.progress(market.sorghum, item, market.sack) == {"here": 40, "on_the_way": 40}
    followed = trace(story.shared.tables, Ref[Promise](promise))
    assert (followed.amount, followed.unused) == (market.sacks(80), 80)


def test_a_promise_is_kept_when_all_of_it_was_sent_and_nothing_is_on_the_road(market: Market):
    story, promise = market.story, market.promise()
    for n, state in ((30, PromiseState.OPEN), (10, PromiseState.DONE)):
        delivery = market.check(promise, market.sacks(n))
        story.act("Maren", "exchange.send", delivery=delivery)
        assert market.promise_is(promise) is PromiseState.OPEN
        story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(n - 1))
        story.act("Maren", "exchange.report_missing", delivery=delivery, quantity=market.sacks(1))
        assert market.promise_is(promise) is state


def test_a_count_is_in_the_unit_of_its_delivery_and_not_of_tomorrow(market: Market):
    story, delivery = market.story, market.sent()
    count = {"delivery": delivery, "quantity": market.hours(4)}
    assert story.refused("Idris", "exchange.count", **count) == ["other-unit"]
    count = {
        "delivery": delivery,
        "quantity": market.sacks(4),
        "happened_on": story.today + timedelta(days=1),
    }
    assert story.refused("Idris", "exchange.count", **count) == ["not-happened-yet"]
    count["happened_on"] = story.today - timedelta(days=20)
    assert story.row(Happening, story.act("Idris", "exchange.count", **count)).day == count["happened_on"]


def test_hours_are_sent_and_counted_like_goods(market: Market):
    promise = market.promise(market.hours(120), "skills.bookkeeping", need=market.books)
    delivery = market.check(promise, market.hours(50))
    story = market.story
    story.act("Maren", "exchange.send", delivery=delivery)
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.hours(45))
    item = f"item:{market.books}"
    assert market.progress(market.books, item, market.hour) == {"promised": 70, "on_the_way": 5, "here": 45}
    assert still_promised(story.shared.tables, market.books, story.today) == [
        (story.row(Promise, promise), market.hours(70))]


# Missing

def test_the_host_or_its_giver_reports_what_did_not_come_and_nobody_else(market: Market):
    story, delivery = market.story, market.sent()
    missing = {"delivery": delivery, "quantity": market.sacks(1)}
    story.first_yes(["goods"], RIO_CLARO)
    assert story.refused("Lucía", "exchange.report_missing", **missing) == ["not-yours"]
    story.act("Idris", "exchange.report_missing", **missing)
    story.act("Tariq", "exchange.report_missing", words="one fell into the river", **missing)
    assert story.row(Delivery, delivery).missing == 2


def test_no_more_goes_missing_than_is_on_the_road(market: Market):
    story, delivery = market.story, market.sent()
    missing = {"delivery": delivery, "quantity": market.sacks(41)}
    assert story.refused("Idris", "exchange.report_missing", **missing) == ["more-than-on-the-road"]
    missing["quantity"] = market.hours(1)
    assert story.refused("Idris", "exchange.report_missing", **missing) == ["other-unit"]
    missing["quantity"] = market.sacks(0)
    assert story.unclear("Idris", "exchange.report_missing", **missing) == "quantity"
    missing |= {"quantity": market.sacks(1), "happened_on": story.today + timedelta(days=1)}
    assert story.refused("Idris", "exchange.report_missing", **missing) == ["not-happened-yet"]
    del missing["happened_on"]
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(40))
    assert story.refused("Idris", "exchange.report_missing", **missing) == ["not-on-the-road"]
    waits = market.check(market.promise())
    missing["delivery"] = waits
    assert story.refused("Maren", "exchange.report_missing", **missing) == ["not-on-the-road"]


# Diverting and sending back, at any time

def test_the_host_diverts_to_another_region_or_need_and_it_is_counted_there(market: Market):
    story, delivery = market.story, market.sent()
    rice = market.need("goods.food", "rice for the west", market.sacks(9))
    item = f"item:{market.sorghum}"
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(10))
    story.act("Maren", "exchange.report_missing", delivery=delivery, quantity=market.sacks(5))
    story.act("Amna", "exchange.divert", delivery=delivery, need=rice, region=market.west)
    assert market.delivery_is(delivery) is DeliveryState.PARTLY_COUNTED
    assert market.progress(market.sorghum, item, market.sack) == {"here": 10}
    assert market.progress(rice, item, market.sack) == {"on_the_way": 25, "missing": 5}
    story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(30), final=True)
    assert market.progress(rice, item, market.sack) == {"here": 30}
    assert [lot.need for lot in story.rows(Lot)] == [market.sorghum, rice]


def test_diverting_nowhere_is_nothing(market: Market):
    story, delivery = market.story, market.sent()
    assert story.refused("Amna", "exchange.divert", delivery=delivery) == ["diverted-nowhere"]
    same = {"delivery": delivery, "need": market.sorghum}
    assert story.refused("Amna", "exchange.divert", **same) == ["diverted-nowhere"]
    assert story.refused("Maren", "exchange.divert", delivery=delivery, region=market.east) == ["not-yours"]
    story.act("Amna", "exchange.divert", delivery=delivery, region=market.east)
    assert market.delivery_is(delivery) is DeliveryState.DIVERTED


def test_only_what_is_on_the_road_is_turned(market: Market):
    story = market.story
    waits, came = market.check(market.promise()), market.sent()
    story.act("Idris", "exchange.count", delivery=came, quantity=market.sacks(40))
    for delivery in (waits, came):
        for verb, more in (("divert", {"region": market.east}), ("send_back", {}), ("let_come", {})):
            assert story.refused("Amna", f"exchange.{verb}", delivery=delivery, **more) == ["not-on-the-road"]


def test_only_the_host_turns_a_delivery(market: Market):
    delivery = market.sent()
    for verb in ("send_back", "let_come"):
        assert market.story.refused("Maren", f"exchange.{verb}", delivery=delivery)[0] == "not-yours"


def test_sending_back_what_was_bought_goes_back_to_the_seller(market: Market):
    bought = market.bought(market.sacks(4), crowns(9), "owed")
    assert market.delivery_is(bought) is DeliveryState.ON_THE_ROAD
    market.story.act("Amna", "exchange.send_back", delivery=bought)
    assert market.balance("returned:seller", f"item:{market.sorghum}", market.sack) == 4
