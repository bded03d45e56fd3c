"""An ally asks "May we?". Yes, not now and no are all good answers; after a no the asking rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.consent.tables import Asking, Rest
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import Story


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def test_asking_moves_nothing_and_is_counted(story: Story):
    story.act("Maren", "consent.ask", kind="media", words="We have a film crew, may we come?")
    again = story.act("Tariq", "consent.ask", kind="media")
    assert [story.row(Asking, again).times, story.row(Asking, again).answer] == [2, "open"]
    assert story.refused("Amna", "consent.ask", kind="media") == ["not-yours"]


@pytest.mark.parametrize("answer, kept", [("consent.refuse", "refused"), ("consent.not_now", "not_now")])
def test_after_a_no_of_either_sort_the_same_rests_for_thirty_days(story: Story, answer: str, kept: str):
    asked, said = story.act("Maren", "consent.ask", kind="media"), story.today
    story.act("Idris", answer, asking=asked, reason="not while the river is high")
    assert story.row(Asking, asked).answer == kept
    for who in ("Maren", "Tariq"):
        assert story.refused(who, "consent.ask", kind="media") == ["asking-rests"]
    story.on(said + timedelta(days=30))
    assert story.refused("Maren", "consent.ask", kind="media") == ["asking-rests"]
    story.days_later(1)
    again = story.act("Maren", "consent.ask", kind="media")
    assert story.row(Asking, again).times == 2


def test_only_the_same_ally_kind_and_need_rest(story: Story):
    need = story.need()
    story.act("Nuha", "consent.refuse", asking=story.act("Maren", "consent.ask", kind="media"))
    story.act("Lucía", "consent.ask", kind="media")
    story.act("Maren", "consent.ask", kind="story")
    story.act("Maren", "consent.ask", kind="media", need=need)


def test_a_no_after_a_rest_starts_another_and_keeps_the_count(story: Story):
    for times in (1, 2):
        asked = story.act("Maren", "consent.ask", kind="media")
        story.act("Amna", "consent.refuse", asking=asked)
        rest = story.rows(Rest)[0]
        assert (rest.times, rest.until) == (times, story.today + timedelta(days=30))
        story.days_later(31)


def test_two_open_askings_are_answered_one_by_one(story: Story):
    first, second = (story.act("Maren", "consent.ask", kind="media") for _ in range(2))
    story.act("Amna", "consent.not_now", asking=first)
    story.act("Amna", "consent.refuse", asking=second)
    assert [story.row(Asking, n).answer for n in (first, second)] == ["not_now", "refused"]


def test_an_asking_is_answered_once(story: Story):
    story.first_yes(["money"])
    asked = story.act("Maren", "consent.ask", kind="money")
    story.act("Nuha", "consent.refuse", asking=asked)
    for answer in ("consent.refuse", "consent.not_now"):
        assert story.refused("Amna", answer, asking=asked) == ["already-answered"]
    yes = {"ally": story.number(LANTERN_STREET), "kind": "money", "until": story.today, "asking": asked}
    assert story.refused("Amna", "consent.give", **yes) == ["already-answered"]


def test_a_yes_answers_the_asking_it_names_and_no_other(story: Story):
    story.first_yes(["money", "goods.tools"])
    asked = story.act("Maren", "consent.ask", kind="money")
    yes = {"ally": story.number(LANTERN_STREET), "until": story.today, "asking": asked}
    assert story.refused("Amna", "consent.give", kind="goods.tools", **yes) == ["other-asking"]
    story.act("Amna", "consent.give", kind="money", conditions="told beforehand", **yes)
    assert story.row(Asking, asked).answer == "given"


def test_only_the_host_answers_and_only_the_asker_s_group_sees_the_asking(story: Story):
    asked = story.act("Maren", "consent.ask", kind="media")
    for answer in ("consent.refuse", "consent.not_now"):
        assert story.refused("Maren", answer, asking=asked) == ["not-yours"]
        assert story.refused("Lucía", answer, asking=asked) == ["unseen"]
        assert story.refused("Lucía", answer, asking=9_999) == ["unseen"]
    assert story.number(RIO_CLARO) != story.number(LANTERN_STREET)
