"""Anybody says stop, and it holds at once. Starting again takes two of the host. Allies hear "not now"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alongside.areas.safety.tables import Stop
from alongside.gate import NOT_NOW
from tests.gate.trial import trials
from tests.people import HOST, LANTERN_STREET, RIO_CLARO
from tests.told import Story


@pytest.fixture
def story() -> Iterator[Story]:
    with trials():
        story = Story.partnership()
        for ally in (LANTERN_STREET, RIO_CLARO):
            story.first_yes(["goods", "money"], ally)
        yield story


def moves(story: Story, who: str = "Maren", kind: str = "goods.food", **other: object) -> list[str]:
    """What "May we?" says; a refused act must say the same, and leave no trace."""
    codes = story.may(who, "trial.move", kind=kind, **other)
    if codes:
        assert story.refused(who, "trial.move", kind=kind, **other) == codes
    return codes


def test_a_stop_of_the_host_holds_its_kind_for_all(story: Story):
    story.act("Idris", "safety.stop", kind="goods.food")
    assert [moves(story, who) for who in ("Maren", "Tariq", "Lucía")] == [["not-now"]] * 3
    assert moves(story, kind="money") == []
    assert moves(story, kind="goods") == ["not-now"], "there could be food in it"
    assert moves(story, kind="goods.tools") == []


def test_a_stop_to_everything_holds_everything(story: Story):
    story.act("Idris", "safety.stop")
    assert moves(story) == moves(story, kind="money") == ["not-now"]


def test_an_ally_hears_nothing_else_and_the_host_which_stop_and_what_lifts_it(story: Story):
    number = story.act("Idris", "safety.stop")
    # Not even its other reasons: which of them is the hold would otherwise show by what is missing.
    assert moves(story, kind="media") == ["not-now"]
    asking = story.asking("Maren", "trial.move", kind="money")
    (heard,) = story.shared.may(asking.action, asking.author)
    assert heard.no is NOT_NOW and heard.params == {}
    asking = story.asking("Amna", "trial.move", kind="money", ally=story.number(LANTERN_STREET))
    (told,) = story.shared.may(asking.action, asking.author)
    assert told.no.code == "stopped"
    assert told.no.lift.format(**told.params).startswith(f"Two people of your group lift stop {number}.")
    for who in ("Maren", "Lucía"):
        assert story.refused(who, "safety.lift", stop=number) == story.refused(who, "safety.lift", stop=999)


def test_an_ally_s_stop_holds_its_own_side_only(story: Story):
    number = story.act("Tariq", "safety.stop", kind="goods")
    assert moves(story, "Maren") == ["stopped-by-us"]
    assert moves(story, "Lucía") == []
    assert moves(story, "Amna", ally=story.number(LANTERN_STREET)) == ["stopped-by-ally"]
    assert moves(story, "Amna", ally=story.number(RIO_CLARO)) == []
    assert moves(story, "Lucía", ally=story.number(LANTERN_STREET)) == ["not-now"]
    assert story.refused("Amna", "safety.lift", stop=number) == ["not-yours"]
    assert story.refused("Lucía", "safety.lift", stop=number) == ["unseen"]
    story.act("Maren", "safety.lift", stop=number)
    assert moves(story, "Maren") == []


def test_starting_again_takes_two_of_the_host(story: Story):
    number = story.act("Idris", "safety.stop")
    story.act("Idris", "safety.lift", stop=number)
    assert story.row(Stop, number).open and moves(story) == ["not-now"]
    assert story.refused("Idris", "safety.lift", stop=number) == ["lift-by-another"]
    story.days_later(2).act("Nuha", "safety.lift", stop=number)
    assert moves(story) == [] and story.row(Stop, number).lifted == story.today
    assert story.refused("Amna", "safety.lift", stop=number) == ["already-lifted"]
    assert story.refused("Sami", "safety.lift", stop=number) == ["unseen"]


def test_a_host_of_one_starts_again_alone():
    story = Story.founded()
    number = story.act("Amna", "safety.stop")
    story.act("Amna", "safety.lift", stop=number)
    assert not story.row(Stop, number).open


def test_a_first_word_said_alone_does_not_count_twice_once_there_are_two():
    story = Story.founded()
    number = story.act("Amna", "safety.stop")
    story.admit("Nuha", HOST)
    story.act("Amna", "safety.lift", stop=number)
    assert story.refused("Amna", "safety.lift", stop=number) == ["lift-by-another"]
    story.act("Nuha", "safety.lift", stop=number)


def test_every_stop_holds_until_it_is_lifted_itself(story: Story):
    mine, hers = (story.act(who, "safety.stop", kind="goods") for who in ("Idris", "Nuha"))
    for who in ("Amna", "Idris"):
        story.act(who, "safety.lift", stop=mine)
    assert moves(story) == ["not-now"]
    for who in ("Amna", "Nuha"):
        story.act(who, "safety.lift", stop=hers)
    assert moves(story) == []


def test_the_same_stop_is_said_once(story: Story):
    story.act("Idris", "safety.stop", kind="goods")
    assert story.refused("Idris", "safety.stop", kind="goods") == ["already-stopped"]
    story.act("Idris", "safety.stop")
    story.act("Maren", "safety.stop")
    assert story.refused("Maren", "safety.stop") == ["already-stopped"]
    assert story.refused("Sami", "safety.stop") == ["unseen"]


def lifted(story: Story, who: str = "Idris", kind: str = "goods") -> int:
    number = story.act(who, "safety.stop", kind=kind)
    for lifter in ("Amna", "Nuha"):
        story.act(lifter, "safety.lift", stop=number)
    return number


@pytest.mark.parametrize("again", [{"kind": "goods"}, {"kind": "goods.food"}, {}])
def test_the_same_person_does_not_stop_the_same_again_but_another_does(story: Story, again: dict[str, str]):
    lifted(story)
    assert story.refused("Idris", "safety.stop", **again) == ["stopped-before"]
    story.act("Nuha", "safety.stop", **again)


def test_something_new_other_or_later_is_stopped_by_anybody(story: Story):
    lifted(story)
    story.act("Idris", "safety.stop", kind="money")
    story.act("Idris", "safety.stop", kind="goods", new=True)
    lifted(story, "Nuha", "money")
    story.days_later(30)
    assert story.refused("Nuha", "safety.stop", kind="money") == ["stopped-before"]
    story.days_later(1).act("Nuha", "safety.stop", kind="money")


def test_an_ally_stops_its_own_side_as_often_as_it_likes(story: Story):
    for _ in range(2):
        story.act("Maren", "safety.lift", stop=story.act("Maren", "safety.stop"))


def test_a_stop_carries_no_reason(story: Story):
    assert story.unclear("Idris", "safety.stop", reason="armed men at the bridge") == "reason"
    story.act("Idris", "safety.stop")
    assert not any("safety" in kept.field for kept in story.shared.vault.kept.values())
