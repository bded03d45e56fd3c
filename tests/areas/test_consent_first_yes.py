"""Before any memorandum two people of the host say one page of yes. It has bounds, and it ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.consent.tables import Consent, Cover
from tests.people import HOST, LANTERN_STREET
from tests.told import Story


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def said(story: Story, **other: object) -> dict[str, object]:
    return {"ally": story.number(LANTERN_STREET), "kinds": ["money", "goods.tools"], "cap": [120_000, "XTS"],
            **other}


def test_it_stands_from_its_second_and_keeps_its_own_number(story: Story):
    first = story.act("Amna", "consent.first_yes", **said(story))
    assert not story.row(Consent, first).stands(story.today)
    story.days_later(2).act("Nuha", "consent.second", consent=first)
    yes = story.row(Consent, first)
    assert yes.stands(story.today) and not yes.stands(story.today - timedelta(days=1))
    assert yes.last_day() == yes.said + timedelta(days=30)
    assert [c.kind for c in story.rows(Cover)] == ["money", "goods.tools"]


def test_the_second_is_somebody_else_of_the_host_and_only_once(story: Story):
    first = story.act("Amna", "consent.first_yes", **said(story))
    assert story.refused("Amna", "consent.second", consent=first) == ["same-person"]
    assert story.refused("Maren", "consent.second", consent=first) == ["not-yours"]
    story.act("Idris", "consent.second", consent=first)
    assert story.refused("Nuha", "consent.second", consent=first) == ["already-seconded"]


def test_only_a_first_yes_waits_for_a_second(story: Story):
    story.need()
    opened = story.rows(Consent)[-1].number
    assert story.refused("Nuha", "consent.second", consent=opened) == ["not-a-first-yes"]


def test_without_a_second_it_ends_after_seven_days(story: Story):
    first = story.act("Amna", "consent.first_yes", **said(story))
    day = story.today
    story.on(day + timedelta(days=8))
    assert story.refused("Nuha", "consent.second", consent=first) == ["first-yes-over"]
    story.on(day + timedelta(days=7)).act("Nuha", "consent.second", consent=first)


def test_once_taken_back_it_cannot_be_seconded(story: Story):
    first = story.act("Amna", "consent.first_yes", **said(story))
    story.act("Idris", "consent.withdraw", consent=first)
    assert story.refused("Nuha", "consent.second", consent=first) == ["first-yes-over"]


def test_a_host_of_one_says_it_alone_for_seven_days_unless_a_second_comes():
    story = Story.founded()
    story.join("Maren", LANTERN_STREET)
    alone = story.act("Amna", "consent.first_yes", **said(story))
    yes = story.row(Consent, alone)
    assert yes.stands(story.today) and yes.stands(story.today + timedelta(days=7))
    assert not yes.stands(story.today + timedelta(days=8))
    assert story.refused("Amna", "consent.second", consent=alone) == ["same-person"]
    story.admit("Nuha", HOST)
    story.days_later(7).act("Nuha", "consent.second", consent=alone)
    assert story.row(Consent, alone).stands(yes.said + timedelta(days=30))


def test_at_most_thirty_days(story: Story):
    day = story.today
    too_long, passed = (said(story, until=day + timedelta(days=days)) for days in (31, -1))
    assert story.refused("Amna", "consent.first_yes", **too_long) == ["first-yes-days"]
    assert story.refused("Amna", "consent.first_yes", **passed) == ["until-passed"]
    first = story.first_yes(["money"], until=day + timedelta(days=30))
    assert story.row(Consent, first).stands(day + timedelta(days=30))
    assert not story.row(Consent, first).stands(day + timedelta(days=31))


@pytest.mark.parametrize("never", ["media", "visit", "visit.accompany", "story", "data"])
def test_never_pictures_visits_stories_or_data(story: Story, never: str):
    asked = said(story, kinds=["money", never])
    assert story.refused("Amna", "consent.first_yes", **asked) == ["not-by-first-yes"]


def test_a_cap_is_money_and_the_yes_is_to_an_ally_and_by_the_host(story: Story):
    assert story.refused("Amna", "consent.first_yes", **said(story, cap=story.sacks(5))) == ["cap-not-money"]
    assert story.refused("Amna", "consent.first_yes", **said(story, ally=1)) == ["not-an-ally"]
    assert story.refused("Maren", "consent.first_yes", **said(story)) == ["not-yours"]
    assert story.unclear("Amna", "consent.first_yes", **said(story, kinds=[])) == "kinds"
    assert story.unclear("Amna", "consent.first_yes", **said(story, cap=[-1, "XTS"])) == "cap"
