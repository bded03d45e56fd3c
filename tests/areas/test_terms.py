"""The host says yes within the terms in force, which are the first yes until there is a memorandum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alongside.areas.consent.tables import Consent
from tests.gate.trial import trials
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import Story


@pytest.fixture
def story() -> Iterator[Story]:
    with trials():
        yield Story.partnership()


def yes(story: Story, kind: str = "money", days: int = 5, **other: object) -> dict[str, object]:
    return {"ally": story.number(LANTERN_STREET), "kind": kind, "until": story.today + timedelta(days=days),
            **other}


def test_without_terms_the_host_says_no_single_yes_either(story: Story):
    assert story.refused("Amna", "consent.give", **yes(story)) == ["no-terms"]
    first = story.act("Amna", "consent.first_yes", ally=story.number(LANTERN_STREET), kinds=["money"],
                      cap=[1, "XTS"])
    assert story.refused("Amna", "consent.give", **yes(story)) == ["no-terms"]
    story.act("Nuha", "consent.second", consent=first)
    assert story.row(Consent, story.act("Amna", "consent.give", **yes(story))).leans_on == first


def test_a_yes_keeps_within_kinds_ally_and_days_of_the_terms(story: Story):
    story.first_yes(["goods", "money"])
    story.act("Amna", "consent.give", **yes(story, "goods.food", 30))
    assert story.refused("Amna", "consent.give", **yes(story, "goods.food", 31)) == ["beyond-terms"]
    assert story.refused("Amna", "consent.give", **yes(story, days=-1)) == ["until-passed"]
    assert story.refused("Amna", "consent.give", **yes(story, "skills")) == ["no-terms"]
    assert story.refused("Amna", "consent.give", **yes(story, ally=story.number(RIO_CLARO))) == ["no-terms"]
    assert story.refused("Maren", "consent.give", **yes(story)) == ["not-yours"]


@pytest.mark.parametrize("never", ["media", "visit.accompany", "story", "data"])
def test_some_kinds_wait_for_a_memorandum(story: Story, never: str):
    story.first_yes(["money"])
    assert story.refused("Amna", "consent.give", **yes(story, never)) == ["needs-memorandum"]


def test_terms_end_and_what_they_carried_ends(story: Story):
    first = story.first_yes(["money"])
    story.act("Amna", "consent.give", **yes(story, days=30))
    story.days_later(31)
    assert story.refused("Amna", "consent.give", **yes(story)) == ["no-terms"]
    assert story.may("Maren", "trial.move", kind="money") == ["yes-over", "no-terms"]
    assert story.row(Consent, first).ended is None      # lapsing is nobody's act


def test_a_cap_bounds_money_of_its_own_currency(story: Story):
    story.first_yes(["money", "goods"], cap=1_000)
    assert story.act("Maren", "trial.move", kind="money", quantity=[1_000, "XTS"])
    assert story.refused("Maren", "trial.move", kind="money", quantity=[1_001, "XTS"]) == ["beyond-cap"]
    assert story.refused("Maren", "trial.move", kind="money", quantity=[1, "SDG"]) == ["beyond-cap"]
    assert story.act("Maren", "trial.move", kind="goods", quantity=story.sacks(5_000))


def test_a_cap_of_a_single_yes_is_money_too(story: Story):
    story.first_yes(["money"])
    assert story.refused("Amna", "consent.give", **yes(story, cap=story.sacks(3))) == ["cap-not-money"]
    story.act("Amna", "consent.give", **yes(story, cap=[500, "XTS"]))


def test_a_second_first_yes_with_a_larger_cap_makes_room(story: Story):
    sorghum = story.need()
    for cap in (1_000, 300_000):
        story.first_yes(["money"], cap=cap)
    offer = story.act("Maren", "exchange.offer", need=sorghum, kind="money", quantity=[200_000, "XTS"])
    story.act("Amna", "exchange.accept", offer=offer)
