"""What the books once got wrong when anybody could ask anything, each told again as a story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.states import DeliveryState, OfferState, delivery_state, offer_state, yes_of
from alongside.areas.exchange.tables import Delivery, Offer
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import Story


@pytest.fixture
def story() -> Story:
    """Two groups alongside; only Lantern Street has a first yes."""
    story = Story.partnership()
    story.first_yes(["money", "goods"])
    return story


def sent(story: Story) -> int:
    """Forty sacks are on the road from Lantern Street."""
    need = story.need()
    offer = story.act("Maren", "exchange.offer", need=need, kind="goods.food", quantity=story.sacks(10))
    promise = story.act("Amna", "exchange.accept", offer=offer)
    delivery = story.act("Idris", "exchange.check", promise=promise, supply="no", way_safe=True)
    story.act("Maren", "exchange.send", delivery=delivery)
    return delivery


def state(story: Story, delivery: int) -> DeliveryState:
    """Where a delivery stands today."""
    it, at = story.row(Delivery, delivery), story.shared.tables
    return delivery_state(it, yes_of(it, at), story.today)


def test_no_ally_learns_from_a_no_whether_another_has_a_yes_and_until_when(story: Story):
    until = story.rows(Consent)[0].until
    for ally in (LANTERN_STREET, RIO_CLARO):
        for day in (story.today, until, until + timedelta(days=1)):
            for kind in ("money", "transport", "media"):
                yes = {"ally": story.number(ally), "kind": kind, "until": day}
                assert story.may("Lucía", "consent.give", **yes) == ["not-yours"]


def test_no_ally_learns_from_a_no_that_another_s_yes_was_taken_back(story: Story):
    delivery = sent(story)
    promise = int(story.row(Delivery, delivery).promise)
    asked: list[tuple[str, dict[str, Any]]] = [
        ("exchange.send", {"delivery": delivery}), ("exchange.let_come", {"delivery": delivery}),
        ("exchange.check", {"promise": promise, "supply": "no", "way_safe": True})]
    before = [story.may("Lucía", called, **fields) for called, fields in asked]
    story.act("Amna", "consent.withdraw", consent=promise)
    story.act("Amna", "safety.stop")
    assert before == [story.may("Lucía", called, **fields) for called, fields in asked] == [["not-yours"]] * 3


def test_a_question_that_says_how_much_is_not_accepted_in_part(story: Story):
    asked = story.act("Lucía", "exchange.offer", kind="knowledge", question=True, quantity=story.sacks(3))
    assert offer_state(story.row(Offer, asked), story.today) is OfferState.OPEN


def test_a_no_to_a_question_is_a_no_to_asking(story: Story):
    asked = story.act("Lucía", "exchange.offer", kind="knowledge", question=True)
    story.act("Nuha", "exchange.decline", offer=asked)
    for called, more in (("consent.ask", {}), ("exchange.offer", {"question": True})):
        assert story.refused("Lucía", called, kind="knowledge", **more) == ["asking-rests"]
    story.act("Maren", "consent.ask", kind="knowledge")     # hers was not that
    story.days_later(31).act("Lucía", "consent.ask", kind="knowledge")


def test_what_was_sent_back_and_counted_by_mistake_is_going_back_again(story: Story):
    delivery = sent(story)
    story.act("Amna", "exchange.send_back", delivery=delivery)
    counted = story.act("Idris", "exchange.count", delivery=delivery, quantity=story.sacks(10))
    assert state(story, delivery) is DeliveryState.COUNTED
    for came in (4, 0):
        story.act("Idris", "exchange.correct", happening=counted, quantity=story.sacks(came))
        assert state(story, delivery) is DeliveryState.GOING_BACK
        assert story.refused("Amna", "exchange.let_come", delivery=delivery) == ["nothing-to-choose"]
    story.act("Amna", "exchange.send_back", delivery=delivery)
    assert story.row(Delivery, delivery).returned == 10
