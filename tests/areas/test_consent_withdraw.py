"""The host takes back a yes: at once, without a reason, and with everything that leans on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.consent.give import ConsentGiven
from alongside.areas.consent.tables import Consent, Cover, How, Rest
from alongside.areas.consent.withdraw import ConsentWithdrawn, WithdrawConsent
from alongside.fact import Entered
from alongside.fold import fold
from alongside.shape import replace
from alongside.tables import MemoryTables
from alongside.words import Kind, Ref
from tests.gate.trial import trials
from tests.people import LANTERN_STREET, RIO_CLARO
from tests.told import MONDAY, Story


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def give(story: Story, kind: str = "money", days: int = 10) -> int:
    return story.act("Amna", "consent.give", ally=story.number(LANTERN_STREET), kind=kind,
                     until=story.today + timedelta(days=days))


def test_any_member_of_the_host_takes_it_back_and_nobody_else(story: Story):
    first = story.first_yes(["money"])
    assert story.refused("Maren", "consent.withdraw", consent=first) == ["not-yours"]
    assert story.refused("Lucía", "consent.withdraw", consent=first) == ["unseen"]
    story.act("Idris", "consent.withdraw", consent=first, reason="because we say so, and that is enough")
    assert story.refused("Amna", "consent.withdraw", consent=first) == ["already-taken-back"]
    assert not any(cover.open for cover in story.rows(Cover))


def test_what_leans_on_it_ends_in_the_same_step_and_says_by_which_entry(story: Story):
    first = story.first_yes(["money", "goods"])
    given = [give(story), give(story, "goods.food")]
    other = story.first_yes(["money"], RIO_CLARO)
    back = story.act("Nuha", "consent.withdraw", consent=first)
    for number in (first, *given):
        yes = story.row(Consent, number)
        assert (yes.ended, yes.ended_by, yes.stands(story.today)) == (story.today, back, False)
    assert story.row(Consent, other).stands(story.today)


def test_taking_back_what_leans_leaves_what_it_leans_on(story: Story):
    first, given = story.first_yes(["money"]), give(story)
    story.act("Nuha", "consent.withdraw", consent=given)
    assert story.row(Consent, first).stands(story.today)


def test_the_asking_rests_for_every_kind_that_was_taken_back(story: Story):
    story.act("Amna", "consent.withdraw", consent=story.first_yes(["money", "goods.tools"]))
    for kind in ("money", "goods.tools"):
        assert story.refused("Maren", "consent.ask", kind=kind) == ["asking-rests"]
    assert {(rest.ally, rest.kind) for rest in story.rows(Rest)} == {
        (story.number(LANTERN_STREET), "money"), (story.number(LANTERN_STREET), "goods.tools")}


def test_a_need_opened_to_all_is_closed_again_without_anybody_being_told_no(story: Story):
    story.need()
    story.act("Amna", "consent.withdraw", consent=story.rows(Consent)[-1].number)
    assert story.rows(Rest) == []


def test_a_yes_that_lapsed_can_still_be_taken_back(story: Story):
    first = story.first_yes(["money"])
    story.days_later(40).act("Amna", "consent.withdraw", consent=first)


def test_a_stop_never_keeps_a_no_from_being_heard(story: Story):
    first, asked = story.first_yes(["money"]), story.act("Maren", "consent.ask", kind="media")
    story.act("Amna", "safety.stop")
    story.act("Maren", "safety.stop")
    story.act("Nuha", "consent.refuse", asking=asked)
    story.act("Nuha", "consent.withdraw", consent=first)


def test_nothing_leans_on_it_from_that_moment(story: Story):
    with trials():
        first = story.first_yes(["money"])
        assert story.may("Maren", "trial.move", kind="money") == []
        story.act("Nuha", "consent.withdraw", consent=first)
        assert story.refused("Maren", "trial.move", kind="money") == ["yes-taken-back", "no-terms"]


# A chain as deep as no verb builds it, folded by hand.


def chain(length: int) -> MemoryTables:
    tables = MemoryTables()
    for number in range(2, length + 2):
        until = MONDAY + timedelta(days=number)
        given = ConsentGiven(ally=4, kind=Kind("money"), until=until, leans_on=number - 1)
        fold(entered(number, MONDAY, given), tables)
    return tables


def entered(number: int, day: date, fact: object) -> Entered:
    return Entered(number, day, 1, 1, WithdrawConsent(consent=2), fact)  # type: ignore[arg-type]  # any fact


def take_back(tables: MemoryTables, number: int) -> None:
    fact = ConsentWithdrawn(consent=number, ally=4, kinds=(Kind("money"),), need=None)
    fold(entered(900, MONDAY, fact), tables)


def test_a_deep_chain_ends_to_its_last_link():
    tables = chain(200)
    take_back(tables, 50)
    assert all(yes.stands(MONDAY) == (yes.number < 50) for yes in tables.all(Consent))
    assert all(cover.open == (cover.number < 50) for cover in tables.all(Cover))


def test_a_parent_that_lapsed_leaves_an_acceptance_and_one_taken_back_ends_it():
    tables = chain(2)
    parent, accepted = (tables.get(Ref[Consent](n)) for n in (2, 3))
    tables.put(replace(accepted, how=How.ACCEPTED, until=MONDAY + timedelta(days=60)))
    late = parent.until + timedelta(days=1)
    assert [yes.stands(late) for yes in tables.all(Consent)] == [False, True]
    take_back(tables, 2)
    assert [yes.stands(late) for yes in tables.all(Consent)] == [False, False]
