"""Asked twice is done once. The same asking in other words, or by somebody else, is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.consent.tables import Asking, Consent
from tests.people import LANTERN_STREET
from tests.told import Story

ONCE, TWICE = "0123456789abcdef" * 2, "fedcba9876543210" * 2
ASK = {"kind": "media", "words": "May we come with our cameras?"}


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def test_an_honest_retry_with_a_fresh_salt_is_the_same_asking(story: Story):
    first = story.act("Maren", "consent.ask", asked_id=ONCE, **ASK)
    retry = story.asking("Maren", "consent.ask", asked_id=ONCE, **ASK)
    with story.unchanged():
        assert story.shared.act(retry) == first
    assert len(story.rows(Asking)) == 1


def test_what_was_done_is_not_judged_again(story: Story):
    yes = story.first_yes(["money"])
    back = story.act("Amna", "consent.withdraw", asked_id=ONCE, consent=yes)
    again = story.asking("Amna", "consent.withdraw", asked_id=ONCE, consent=yes)
    with story.unchanged():
        assert story.days_later(5).shared.act(again) == back
    assert story.refused("Amna", "consent.withdraw", asked_id=TWICE, consent=yes) == ["already-taken-back"]


@pytest.mark.parametrize("who, other", [
    ("Maren", {"words": "May we come without our cameras?"}), ("Maren", {"words": None}),
    ("Maren", {"kind": "visit"}), ("Tariq", {}), ("Lucía", {}), ("Sami", {})])
def test_other_words_other_fields_and_other_people_are_refused(story: Story, who: str, other: dict[str, str]):
    story.act("Maren", "consent.ask", asked_id=ONCE, **ASK)
    fields = {name: value for name, value in {**ASK, **other}.items() if value is not None}
    asking = story.asking(who, "consent.ask", asked_id=ONCE, **fields)
    assert story.refusing(asking) == ["asked-differently"]


def test_another_action_is_another_asking(story: Story):
    yes = story.first_yes(["money"])
    story.act("Nuha", "consent.withdraw", asked_id=ONCE, consent=yes)
    asking = story.asking("Nuha", "consent.second", asked_id=ONCE, consent=yes)
    assert story.refusing(asking) == ["asked-differently"]


def test_what_was_refused_can_be_asked_again_under_the_same_number(story: Story):
    first = story.act("Amna", "consent.first_yes", ally=story.number(LANTERN_STREET), kinds=["money"],
                      cap=[1, "XTS"])
    assert story.refused("Amna", "consent.second", asked_id=ONCE, consent=first) == ["same-person"]
    story.act("Nuha", "consent.second", asked_id=ONCE, consent=first)


def test_the_same_number_in_another_book_is_another_asking(story: Story):
    for book in ("shared", "inner"):
        story.act("Amna", "partnership.admit", book=book, asked_id=ONCE, name="A cousin", group=1)


def test_many_at_once_are_gated_in_order_and_each_once(story: Story):
    yes = story.first_yes(["money"])
    lines = [story.asking("Amna", "consent.withdraw", asked_id=ONCE, consent=yes),
             story.asking("Amna", "consent.withdraw", asked_id=ONCE, consent=yes),
             story.asking("Nuha", "consent.withdraw", asked_id=TWICE, consent=yes)]
    outcomes = story.act_many(lines)
    assert outcomes[0].number == outcomes[1].number is not None
    assert outcomes[2].refused is not None and outcomes[2].number is None


def test_all_or_none_keeps_nothing_when_one_is_refused(story: Story):
    yes = story.first_yes(["money"])
    lines = [story.asking("Maren", "consent.ask", **ASK),
             story.asking("Maren", "consent.withdraw", consent=yes)]
    with story.unchanged():
        outcomes = story.act_many(lines, all_or_none=True)
    assert [o.refused is None for o in outcomes] == [True, False] and outcomes[0].number is None
    assert story.row(Consent, yes).ended is None
    assert [o.number is not None for o in story.act_many(lines[:1], all_or_none=True)] == [True]


def test_a_clock_that_jumps_back_does_not_take_the_book_with_it(story: Story):
    day = story.days_later(20).today
    first = story.first_yes(["money"])
    story.days_later(-15)
    asked = story.act("Maren", "consent.ask", kind="media")
    assert story.row(Asking, asked).asked == day and story.shared.moment() == day
    yesterday = {"ally": story.number(LANTERN_STREET), "kind": "money", "until": day - timedelta(days=1)}
    assert story.refused("Amna", "consent.give", **yesterday) == ["until-passed"]
    assert story.row(Consent, first).stands(story.shared.moment())
    story.days_later(30)
    assert story.shared.moment() == story.today
