"""A yes reaches as far as it was said: its kind and what lies under it, its need, its ally, its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alongside.areas.consent.question import Sought, ancestry, covers_of, standing
from alongside.areas.consent.tables import Consent
from alongside.words import Kind, Ref
from tests.gate.trial import trials
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import Story


@pytest.fixture
def story() -> Iterator[Story]:
    with trials():
        yield Story.partnership()


def move(story: Story, kind: str, who: str = "Maren", **other: object) -> list[str]:
    """Why not, apart from the terms."""
    return [code for code in story.may(who, "trial.move", kind=kind, **other)
            if code not in {"no-terms", "needs-memorandum"}]


def test_silence_is_no(story: Story):
    assert move(story, "money") == ["no-yes"]


def test_a_kind_covers_what_lies_under_it_and_nothing_beside_or_above(story: Story):
    story.first_yes(["goods"])
    assert ancestry("goods.food") == ["goods.food", "goods"]
    assert move(story, "goods") == move(story, "goods.food") == []
    assert move(story, "money") == ["no-yes"]
    story.first_yes(["skills.repair"], RIO_CLARO)
    assert move(story, "skills.repair", "Lucía") == []
    assert move(story, "skills", "Lucía") == move(story, "skills.translation", "Lucía") == ["no-yes"]


def test_a_yes_to_one_ally_is_no_yes_to_another(story: Story):
    story.first_yes(["money"])
    assert (move(story, "money", "Tariq"), move(story, "money", "Lucía")) == ([], ["no-yes"])


def test_a_need_opened_to_all_is_open_to_all_and_to_that_need_only(story: Story):
    opened, shut = story.need(), story.need(label="A pump belt", open=False)
    for who in ("Maren", "Lucía"):
        assert move(story, "goods.food", who, need=opened) == []
        assert move(story, "goods.food", who, need=shut) == ["no-yes"]
        assert move(story, "goods.food", who) == ["no-yes"]


def test_a_need_opened_to_one_ally_and_for_chosen_kinds(story: Story):
    need = story.need(open=False)
    story.act("Idris", "needs.open", need=need, ally=story.number(RIO_CLARO), kinds=["money", "transport"])
    assert move(story, "money", "Lucía", need=need) == move(story, "transport", "Lucía", need=need) == []
    assert move(story, "goods.food", "Lucía", need=need) == move(story, "money", need=need) == ["no-yes"]


def test_a_yes_without_a_need_reaches_every_need_of_its_kind(story: Story):
    need = story.need(open=False)
    story.first_yes(["goods.food"])
    assert move(story, "goods.food", need=need) == []


def test_each_no_says_which_no_it_is(story: Story):
    first = story.act("Amna", "consent.first_yes", ally=story.number(LANTERN_STREET), kinds=["money"],
                      cap=[1, "XTS"])
    assert move(story, "money") == ["yes-waits"]
    story.act("Nuha", "consent.second", consent=first)
    story.days_later(31)
    assert move(story, "money") == ["yes-over"]
    story.act("Nuha", "consent.withdraw", consent=first)
    assert move(story, "money") == ["yes-taken-back"]


def test_what_is_leaned_on_is_the_yes_that_lasts_longest(story: Story):
    short = story.first_yes(["money"], until=story.today + timedelta(days=3))
    long = story.first_yes(["money"])
    sought = Sought(Ref(story.number(LANTERN_STREET)), Kind("money"), None, None)
    found = standing(sought, story.shared.tables, story.today)
    assert found is not None and found.number == long
    assert [yes.number for yes in covers_of(sought, story.shared.tables)] == [short, long]
    assert standing(sought, story.shared.tables, story.today + timedelta(days=31)) is None


def test_ten_thousand_other_openings_cost_an_offer_nothing(story: Story):
    """The look-up goes by need: what is open elsewhere is not walked through."""
    for label in ("sorghum", "salts", "a belt"):
        story.need(label=label)
    need = story.rows(Consent)[-1].need
    sought = Sought(Ref(story.number(LANTERN_STREET)), Kind("goods.food"), need, None)
    assert [yes.need for yes in covers_of(sought, story.shared.tables)] == [need]
