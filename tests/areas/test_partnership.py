"""Who belongs here. The host asks in, admits, and adopts its rules; nobody comes in by themselves."""

from __future__ import annotations

import pytest

from alongside.action import ACTIONS
from alongside.areas.partnership import adopt_rules
from alongside.areas.partnership.tables import Charter, Group, Invitation, Member, Role, RoleName
from alongside.areas.partnership.who import holds
from tests.people import HOST, LANTERN_STREET, RIO_CLARO
from tests.told import NOBODY, Story


def founding(**other: object) -> dict[str, object]:
    return {"name_of_group": "Another kitchen", "your_name": "Somebody", "kind": "shared", "log_key": "x",
            "keys": [{"by": "doorway", "key": "a", "proof": "b", "verbs": ["*"]}], **other}


def test_a_host_begins_with_two_books_one_steward_and_no_ally():
    story = Story.founded()
    for book in ("shared", "inner"):
        assert story.row(Charter, 1, book=book).kind == book
        assert [g.host for g in story.rows(Group, book=book)] == [True]
        assert [r.role for r in story.rows(Role, book=book)] == [RoleName.STEWARD]
        assert story.words(story.row(Member, 1, book=book).name, book=book) == "Amna of the kitchen"


def test_a_book_is_founded_once_by_its_first_author_and_with_a_key():
    story = Story()
    assert story.refused(1, "partnership.found", **founding(keys=[])) == ["no-keys"]
    assert story.refused(2, "partnership.found", **founding()) == ["not-yours"]
    founded = Story.founded()
    assert founded.refused("Amna", "partnership.found", **founding()) == ["not-yours"]
    assert founded.refused("Sami", "partnership.found", **founding()) == ["not-yours"]


def test_before_a_book_is_founded_nobody_can_do_anything_in_it():
    assert Story().refused(1, "partnership.invite", name_of_group="Friends abroad") == ["unseen"]


def test_only_a_steward_invites_and_an_invitation_ends():
    story = Story.partnership()
    for who in ("Nuha", "Maren"):
        assert story.refused(who, "partnership.invite", name_of_group="Friends abroad") == ["not-yours"]
    assert story.refused("Sami", "partnership.invite", name_of_group="Friends abroad") == ["unseen"]
    yesterday, too_far = story.today.replace(day=25), story.today.replace(month=3, day=28)
    assert story.refused("Amna", "partnership.invite", name_of_group="F", until=yesterday) == ["day-past"]
    late = {"name_of_group": "F", "until": too_far}
    assert story.refused("Amna", "partnership.invite", **late) == ["invitation-days"]
    number = story.act("Amna", "partnership.invite", name_of_group="Friends abroad")
    assert (story.row(Invitation, number).until - story.today).days == 14
    assert story.act("Amna", "partnership.invite", name_of_group="F", until=too_far.replace(day=27))


def come_in(story: Story, who: str | int, invitation: int) -> list[str]:
    return story.refused(who, "partnership.accept", invitation=invitation, name_of_group="Us", your_name="Me")


def test_an_invitation_is_for_who_holds_it_once_and_until_its_day():
    story = Story.partnership()
    first = story.act("Amna", "partnership.invite", name_of_group="Friends abroad")
    second = story.act("Amna", "partnership.invite", name_of_group="Others abroad")
    # Absent, somebody else's, and another kind of row are one and the same refusal.
    strangers = [come_in(story, who, number) for who in ("Sami", second) for number in (first, 999, 1)]
    assert strangers == [["unseen"]] * 6
    story.days_later(15)
    assert come_in(story, first, first) == ["invitation-over"]
    story.days_later(-1)
    story.act(first, "partnership.accept", invitation=first, name_of_group="Us all", your_name="Me")
    assert story.row(Group, first).host is False
    assert come_in(story, first, first) == ["not-yours"]
    assert come_in(story, "Amna", first) == ["not-yours", "invitation-used"]


def test_a_steward_admits_people_and_no_group_abroad_adds_its_own():
    story = Story.partnership()
    assert story.row(Member, story.number("Tariq")).host is False
    assert story.row(Member, story.number("Nuha")).host is True
    for who in ("Maren", "Nuha"):
        codes = story.refused(who, "partnership.admit", name="A cousin", group=story.number(LANTERN_STREET))
        assert codes == ["not-yours"]
    waiting = story.act("Amna", "partnership.invite", name_of_group="Friends abroad")
    assert story.refused("Amna", "partnership.admit", name="A cousin", group=waiting) == ["unseen"]


def test_numbers_differ_between_the_books_and_an_ally_has_none_in_the_inner_one():
    story = Story.partnership()
    assert story.row(Member, story.number("Idris", "inner"), book="inner").host
    for who in ("Maren", "Lucía", "Sami"):
        assert story.refused(who, "partnership.admit", book="inner", name="A cousin", group=1) == ["unseen"]
    assert story.refused("Amna", "partnership.invite", book="inner", name_of_group="F") == ["other-book"]


def test_rules_are_adopted_by_a_steward_and_only_go_up(monkeypatch: pytest.MonkeyPatch):
    story = Story.partnership()
    assert story.refused("Amna", "partnership.adopt_rules", rules=1) == ["rules-not-newer"]
    assert story.refused("Amna", "partnership.adopt_rules", rules=2) == ["rules-not-known"]
    monkeypatch.setattr(adopt_rules, "LATEST", 2)
    assert story.refused("Nuha", "partnership.adopt_rules", rules=2) == ["not-yours"]
    story.act("Amna", "partnership.adopt_rules", rules=2)
    assert story.row(Charter, 1).rules == 2
    assert story.refused("Amna", "partnership.adopt_rules", rules=1) == ["rules-not-newer"]


def test_sami_is_told_one_and_the_same_thing_whatever_is_asked():
    story = Story.partnership()
    outside = {called for (called, _), kind in ACTIONS.items() if kind.who.outside}
    assert outside == {"partnership.found", "partnership.accept"}
    first_yes = story.first_yes(["money"])
    for number in (first_yes, 999):
        assert story.refused("Sami", "consent.withdraw", consent=number) == ["unseen"]
    assert story.may(NOBODY, "consent.ask", kind="money") == ["unseen"]


def test_roles_are_asked_of_rows():
    story = Story.partnership()
    assert holds(story.shared.tables, story.number("Amna"), RoleName.STEWARD)
    assert not holds(story.shared.tables, story.number("Nuha"), RoleName.STEWARD)
    assert story.number(HOST) == 1 and story.number(RIO_CLARO) != story.number(LANTERN_STREET)
