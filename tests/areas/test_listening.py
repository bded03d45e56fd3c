"""The host listens among itself. What is said stays in its own words and in its own book."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside import gate
from alongside.areas.listening.call import CallSession
from alongside.areas.listening.tables import Finding, FindingKind, Heard, Sensitivity, Session
from alongside.areas.partnership.tables import Charter, Group, Member
from alongside.tables import MemoryTables
from alongside.words import BookKind, Ref
from tests.told import MONDAY, Story


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def call(story: Story, **other: object) -> dict[str, object]:
    return {"facilitator": story.number("Nuha", "inner"), "languages": ["ar", "apd"], "on": story.today,
            **other}


def find(story: Story, session: int, kind: str, **other: object) -> int:
    return story.act("Idris", "listening.find", session=session, kind=kind, statement=f"said about {kind}",
                     **other)


def test_a_session_is_called_led_and_owned_by_the_host(story: Story):
    number = story.act("Idris", "listening.call", **call(
        story, hour="17:30", place="by the old well", missing="the women who fetch water at that hour"))
    session = story.row(Session, number, book="inner")
    assert session.facilitator == story.number("Nuha", "inner") and session.languages == ("ar", "apd")
    assert (session.recording, session.closed, session.hour) == (False, False, "17:30")
    assert story.words(session.place, book="inner") == "by the old well"


def test_no_ally_calls_leads_or_writes_and_none_can_tell_that_there_was_one(story: Story):
    before = story.shared.seen()
    session = story.act("Amna", "listening.call", **call(story))
    for who in ("Maren", "Tariq", "Lucía", "Sami"):
        for number in (session, 999):
            asked = {"session": number, "kind": "need", "statement": "what they need is coats"}
            assert story.refused(who, "listening.find", **asked) == ["unseen"]
            assert story.refused(who, "listening.close", session=number) == ["unseen"]
        assert story.refused(who, "listening.call", **call(story)) == ["unseen"]
    led_by_an_ally = call(story, facilitator=story.number("Lucía"))
    assert story.refused("Amna", "listening.call", **led_by_an_ally) == ["unseen"]
    for who in ("Amna", "Maren"):
        here = call(story, facilitator=1)
        assert story.refused(who, "listening.call", book="shared", **here) == ["other-book"]
    assert story.shared.seen() == before and not story.rows(Session)


@pytest.mark.parametrize("host, left", [(False, None), (True, MONDAY)])
def test_whoever_leads_is_of_the_host_and_has_not_left(host: bool, left: date | None):
    """An inner book holds no ally; if ever one did, the gate would still say no."""
    at = MemoryTables()
    at.put(Charter(number=1, kind=BookKind.INNER, offset_minutes=0, rules=1))
    for number, of_host in ((1, True), (2, False)):
        at.put(Group(number=number, host=of_host, name=None, joined=MONDAY))
    at.put(Member(number=1, group=Ref[Group](1), host=True, name=None, joined=MONDAY, left=None))
    group = Ref[Group](1 if host else 2)
    at.put(Member(number=2, group=group, host=host, name=None, joined=MONDAY, left=left))
    asked = CallSession(facilitator=Ref[Member](2), languages=("ar",), on=MONDAY)
    codes = [refusal.no.code for refusal in gate.ask(asked, 1, at, MONDAY)]
    assert codes == ["facilitator-outside"]
    if not host:
        asked = CallSession(facilitator=Ref[Member](1), languages=("ar",), on=MONDAY)
        codes = [refusal.no.code for refusal in gate.ask(asked, 2, at, MONDAY)]
        assert codes == ["not-yours"]


@pytest.mark.parametrize("field, value", [
    ("hour", "25:00"), ("hour", "9:30"), ("hour", "17:30 by the well"), ("hour", "17:60"), ("hour", ""),
    ("languages", []), ("languages", ["Arabic"]), ("languages", ["ar", ""]), ("languages", ["the women"]),
    ("on", "2026-02-30"), ("recording", "yes"),
])
def test_hours_and_languages_are_codes_and_hold_no_text(story: Story, field: str, value: object):
    assert story.unclear("Amna", "listening.call", **call(story, **{field: value})) == field


def test_what_was_said_stays_in_the_circle_unless_somebody_says_otherwise(story: Story):
    session = story.act("Amna", "listening.call", **call(story))
    number = find(story, session, "risk", priority=1)
    finding = story.row(Finding, number, book="inner")
    assert (finding.kind, finding.sensitivity, finding.priority) == (FindingKind.RISK, Sensitivity.CIRCLE, 1)
    assert story.words(finding.statement, book="inner") == "said about risk"
    assert story.row(Session, session, book="inner").risks == 1
    for priority in (0, 10):
        asked = {"session": session, "kind": "need", "statement": "said", "priority": priority}
        assert story.unclear("Idris", "listening.find", **asked) == "priority"


def test_what_is_sealed_is_for_who_wrote_it_and_the_stewards(story: Story):
    session = story.act("Amna", "listening.call", **call(story))
    finding = story.row(Finding, find(story, session, "do_not", sensitivity="sealed"), book="inner")
    members = {name: story.row(Member, story.number(name, "inner"), book="inner")
               for name in ("Amna", "Nuha", "Idris")}
    readers = {name for name, member in members.items() if finding.seen_by(member, story.inner.tables)}
    assert readers == {"Amna", "Idris"}


def test_a_session_that_heard_needs_answers_what_works_and_what_is_dangerous(story: Story):
    session = story.act("Amna", "listening.call", **call(story))
    find(story, session, "need")
    both = ["works-unanswered", "risks-unanswered"]
    assert story.refused("Nuha", "listening.close", session=session) == both
    half = {"session": session, "nothing_on_risks": True}
    assert story.refused("Nuha", "listening.close", **half) == ["works-unanswered"]
    find(story, session, "works")
    assert story.refused("Nuha", "listening.close", session=session) == ["risks-unanswered"]
    story.act("Nuha", "listening.close", session=session, nothing_on_risks=True,
              missing="the men from the kiln")
    closed = story.row(Session, session, book="inner")
    assert (closed.heard_works, closed.heard_risks, closed.closed) == (Heard.FOUND, Heard.NOTHING_SAID, True)
    assert story.words(closed.missing, book="inner") == "the men from the kiln"


def test_a_session_that_heard_no_need_is_simply_closed_and_stays_so(story: Story):
    session = story.act("Amna", "listening.call", **call(story))
    story.act("Idris", "listening.close", session=session)
    assert story.row(Session, session, book="inner").heard_works is Heard.NOT_ASKED
    assert story.refused("Idris", "listening.close", session=session) == ["session-closed"]
    late = {"session": session, "kind": "need", "statement": "we forgot the salts"}
    assert story.days_later(3).refused("Idris", "listening.find", **late) == ["session-closed"]


def test_a_session_can_be_written_down_after_it_was_held(story: Story):
    story.act("Amna", "listening.call", **call(story, on=story.today - timedelta(days=20)))
