"""Absent, foreign and invisible are one refusal: a difference would tell a stranger what exists."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.gate import UNSEEN
from tests.people import LANTERN_STREET
from tests.told import Story


@pytest.fixture(scope="module")
def story() -> Story:
    story = Story.partnership()
    story.first_yes(["money"])
    story.need()
    return story


def heard(story: Story, who: str, called: str, **fields: Any) -> tuple[Any, ...]:
    """Exactly what somebody is told: every refusal with all that is said with it."""
    asking = story.asking(who, called, **fields)
    with story.unchanged():
        told = story.shared.may(asking.action, asking.author)
    assert story.refused(who, called, **fields) == [refusal.no.code for refusal in told]
    return told


@pytest.mark.parametrize("who", ["Lucía", "Sami"])
def test_somebody_else_s_yes_and_no_yes_at_all_look_alike(story: Story, who: str):
    numbers = {"invisible": 9, "absent": 999_999, "foreign": 1, "beyond": 2**53 - 1}
    said = {what: heard(story, who, "consent.withdraw", consent=number) for what, number in numbers.items()}
    assert said == dict.fromkeys(numbers, (UNSEEN(),))


def test_who_may_see_it_hears_the_rule_instead(story: Story):
    assert [r.no.code for r in heard(story, "Maren", "consent.withdraw", consent=9)] == ["not-yours"]


@pytest.mark.parametrize("number", [0, 1, 4, 9, 10, 11, 12, 13, 14, 999_999])
def test_a_stranger_learns_of_no_number_whether_it_is_anything(story: Story, number: int):
    asked: list[tuple[str, dict[str, Any]]] = [
        ("consent.refuse", {"asking": number or 1}), ("consent.second", {"consent": number or 1}),
        ("needs.confirm", {"need": number or 1}), ("safety.lift", {"stop": number or 1}),
        ("partnership.accept", {"invitation": number or 1, "name_of_group": "Us", "your_name": "Me"}),
        ("consent.ask", {"kind": "money", "need": number or 1})]
    assert {tuple(story.refused("Sami", called, **fields)) for called, fields in asked} == {("unseen",)}


def test_every_kind_of_reference_is_resolved_before_any_rule(story: Story):
    ally, day = story.number(LANTERN_STREET), story.today
    asked: list[tuple[str, dict[str, Any]]] = [
        ("consent.give", {"ally": 999, "kind": "money", "until": day}),
        ("consent.give", {"ally": ally, "kind": "money", "until": day, "need": 999}),
        ("consent.give", {"ally": ally, "kind": "money", "until": day, "asking": 999}),
        ("consent.give", {"ally": ally, "kind": "money", "until": day, "cap": [1, "u999"]}),
        ("needs.name", {"item": 999, "quantity": [1, "XTS"]}),
        ("needs.name", {"kind": "money", "label": "Rent of the hall", "quantity": [1, "XTS"], "region": 999})]
    for called, fields in asked:
        assert story.refused("Amna", called, **fields) == ["unseen"]
