"""A yes is taken back, or ends: what has not left stops, what is on the road is the host's choice, all in
one step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.exchange.states import DeliveryState, PromiseState, still_promised
from alongside.areas.exchange.tables import Delivery, Offer, Promise
from tests.areas.test_exchange import Market, crowns


@pytest.fixture
def market() -> Market:
    return Market()


def three(market: Market) -> tuple[int, int, int]:
    """A promise of forty sacks: ten are on the road, ten are checked, twenty are not."""
    promise = market.promise()
    sent, checked = market.check(promise, market.sacks(10)), market.check(promise, market.sacks(10))
    market.story.act("Maren", "exchange.send", delivery=sent)
    return promise, sent, checked


@pytest.mark.parametrize("which", ["the first yes", "the acceptance"])
def test_taking_back_a_yes_stops_what_has_not_left_and_hands_over_the_rest(market: Market, which: str):
    story, (promise, sent, checked) = market.story, three(market)
    exchange = [story.rows(row) for row in (Promise, Delivery, Offer)]
    story.act("Idris", "consent.withdraw", consent=market.first if which == "the first yes" else promise)
    assert market.promise_is(promise) is PromiseState.STOPPED
    assert market.delivery_is(checked) is DeliveryState.STOPPED
    assert market.delivery_is(sent) is DeliveryState.HOST_MUST_CHOOSE
    assert not still_promised(story.shared.tables, market.sorghum, story.today)
    assert [story.rows(row) for row in (Promise, Delivery, Offer)] == exchange  # no row of ours was written
    assert story.refused("Maren", "exchange.send", delivery=checked) == ["yes-taken-back"]
    assert story.refused("Nuha", "exchange.check", **market.checking(promise)) == ["yes-taken-back"]


def test_what_is_on_the_road_is_counted_whatever_was_chosen(market: Market):
    story, (promise, sent, _) = market.story, three(market)
    story.act("Idris", "consent.withdraw", consent=market.first)
    story.act("Idris", "exchange.count", delivery=sent, quantity=market.sacks(4))
    assert market.delivery_is(sent) is DeliveryState.HOST_MUST_CHOOSE       # the rest of it
    story.act("Idris", "exchange.use", need=market.sorghum, quantity=market.sacks(4))
    story.act("Maren", "exchange.report_missing", delivery=sent, quantity=market.sacks(1))
    story.act("Idris", "exchange.count", delivery=sent, quantity=market.sacks(5), final=True)
    assert market.delivery_is(sent) is DeliveryState.MISSING
    assert market.promise_is(promise) is PromiseState.STOPPED


def test_the_host_lets_it_come(market: Market):
    story, (_, sent, checked) = market.story, three(market)
    assert story.refused("Amna", "exchange.let_come", delivery=sent) == ["nothing-to-choose"]
    story.act("Idris", "consent.withdraw", consent=market.first)
    assert story.refused("Amna", "exchange.let_come", delivery=checked) == ["not-on-the-road"]
    story.act("Amna", "exchange.let_come", delivery=sent)
    assert market.delivery_is(sent) is DeliveryState.LET_COME
    assert story.refused("Amna", "exchange.let_come", delivery=sent) == ["nothing-to-choose"]
    story.act("Idris", "exchange.count", delivery=sent, quantity=market.sacks(10))
    assert market.delivery_is(sent) is DeliveryState.COUNTED


def test_the_host_diverts_or_sends_it_back_instead(market: Market):
    story, (_, sent, _) = market.story, three(market)
    story.act("Idris", "consent.withdraw", consent=market.first)
    story.act("Amna", "exchange.divert", delivery=sent, region=market.west)
    assert market.delivery_is(sent) is DeliveryState.DIVERTED
    story.act("Amna", "exchange.send_back", delivery=sent)
    assert market.delivery_is(sent) is DeliveryState.GOING_BACK
    giver = f"returned:{story.number('Maren')}"
    assert market.balance(giver, f"item:{market.sorghum}", market.sack) == 10
    assert story.refused("Amna", "exchange.send_back", delivery=sent) == ["not-on-the-road"]


def test_what_was_chosen_before_is_no_answer_to_a_yes_taken_back_later(market: Market):
    story, (_, sent, _) = market.story, three(market)
    story.act("Amna", "exchange.divert", delivery=sent, region=market.west)
    assert market.delivery_is(sent) is DeliveryState.DIVERTED
    story.act("Idris", "consent.withdraw", consent=market.first)
    assert market.delivery_is(sent) is DeliveryState.HOST_MUST_CHOOSE


def test_what_was_there_before_stays_used_and_spent(market: Market):
    story = market.story
    market.here(crowns(100), "money")
    bought = market.bought(market.sacks(4), crowns(60))
    story.act("Idris", "consent.withdraw", consent=market.first)
    assert market.delivery_is(bought) is DeliveryState.ON_THE_ROAD  # the host's own, under nobody's yes
    market.bought(market.sacks(2), crowns(40))
    story.act("Idris", "exchange.count", delivery=bought, quantity=market.sacks(4))
    assert market.delivery_is(bought) is DeliveryState.COUNTED


def test_a_promise_that_was_kept_stays_kept(market: Market):
    promise = market.promise()
    delivery = market.check(promise)
    market.story.act("Maren", "exchange.send", delivery=delivery)
    market.story.act("Idris", "exchange.count", delivery=delivery, quantity=market.sacks(40))
    market.story.act("Idris", "consent.withdraw", consent=market.first)
    assert market.promise_is(promise) is PromiseState.DONE
    assert market.delivery_is(delivery) is DeliveryState.COUNTED


def test_one_promise_taken_back_leaves_the_others(market: Market):
    one, other = market.promise(), market.promise()
    market.story.act("Idris", "consent.withdraw", consent=one)
    assert market.promise_is(one) is PromiseState.STOPPED
    assert market.promise_is(other) is PromiseState.OPEN
    assert [p.number for p, _ in still_promised(
        market.story.shared.tables, market.sorghum, market.story.today)] == [other]


def test_a_last_day_that_passes_stops_what_has_not_left_without_any_entry(market: Market):
    story = market.story
    offer = market.offer()
    promise = story.act("Nuha", "exchange.accept", offer=offer, until=story.today + timedelta(days=3))
    sent, checked = market.check(promise, market.sacks(10)), market.check(promise, market.sacks(10))
    story.act("Maren", "exchange.send", delivery=sent)
    size = len(story.shared.raw)
    story.days_later(4)
    assert market.promise_is(promise) is PromiseState.LAPSED
    assert market.delivery_is(checked) is DeliveryState.STOPPED
    assert market.delivery_is(sent) is DeliveryState.HOST_MUST_CHOOSE
    assert len(story.shared.raw) == size
    story.act("Amna", "exchange.let_come", delivery=sent)
    assert market.delivery_is(sent) is DeliveryState.LET_COME
