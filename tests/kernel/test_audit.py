"""A record is believed for what it holds, never for who made it: forged ones are told, and crash nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alongside import gate
from alongside.act import fact_bytes
from alongside.areas.consent.tables import Asking
from alongside.audit import Auditor, NotSo, follow, replay
from alongside.record import entry as written
from alongside.record.attest import KeyRing
from alongside.record.entry import Entry
from alongside.record.seals import SealsWalk
from alongside.tables import MemoryTables, digest
from tests.kernel.cast import AMNA, LUCIA, MAREN, NUHA, SAMI, Hands, some_weeks

Change = Callable[[Any], object]


@pytest.fixture
def hands() -> Hands:
    return some_weeks(Hands.in_memory())


def entries(hands: Hands) -> list[Entry]:
    return [Entry.read(raw) for raw in hands.book.entries()]


def audited(hands: Hands) -> Auditor:
    auditor = Auditor()
    for one in entries(hands):
        auditor.check(one)
    return auditor


def forge(hands: Hands, author: int, called: str, *, rules: int = 1, day: date | None = None, ahead: int = 1,
          asked: Change = lambda asked: None, fact: Change = lambda fact: None, **answers: Any) -> Entry:
    """An entry as the keeper of the machine could write it past the gate: in form, attested, not permitted.

    `asked` and `fact` change what the entry holds; it takes the number `ahead` of the record's last.
    """
    asking, at, day = hands.asking(author, called, **answers), hands.book.tables, day or hands.clock.day
    says, became = json.loads(asking.asked), json.loads(fact_bytes(asking.action.becomes(
        gate.asker_or_outside(author, at), at, day)))
    asked(says)
    fact(became)
    text = written.encode(says)
    return Entry.read(written.compose(
        book=hands.book.id, number=hands.book.tree.size + ahead, day=day, author=author, rules=rules,
        asked=text, attested=hands.doorway.attest(hands.book.id, author, text), fact=written.encode(became)))


def with_field(**fields: Any) -> Change:
    return lambda what: what["fields"].update(fields)


def wrong(hands: Hands, *forged: Entry) -> str:
    """What the auditor says of the last of these; the seals hold for every one of them."""
    seals, auditor = SealsWalk(KeyRing()), audited(hands)
    for one in (*entries(hands), *forged):
        seals.next(one.raw)
    for one in forged[:-1]:
        auditor.check(one)
    with pytest.raises(NotSo) as no:
        auditor.check(forged[-1])
    assert no.value.number == forged[-1].number
    return no.value.says


def test_an_honest_record_holds_and_gives_the_living_tables(hands: Hands) -> None:
    auditor = audited(hands)
    assert digest(auditor.tables) == digest(hands.book.tables)
    assert sum(auditor.actions.values()) == hands.book.tree.size
    replayed, followed = replay(entries(hands), MemoryTables()), MemoryTables()
    for one in entries(hands):
        follow(one, followed)
    assert digest(replayed) == digest(followed) == digest(hands.book.tables)


def test_a_next_entry_that_is_permitted_holds(hands: Hands) -> None:
    audited(hands).check(forge(hands, LUCIA, "consent.ask", kind="money"))


def test_what_was_not_permitted_is_told_with_its_no(hands: Hands) -> None:
    assert "not-yours" in wrong(hands, forge(hands, LUCIA, "needs.list_region", label="B"))
    assert "unseen" in wrong(hands, forge(hands, SAMI, "needs.list_region", label="B"))
    assert "invitation-days" in wrong(hands, forge(
        hands, AMNA, "partnership.invite", name_of_group="X", until=date(2027, 1, 1)))


def test_a_fact_that_was_not_what_was_asked_is_told(hands: Hands) -> None:
    def other_kind(fact: Any) -> None:
        fact["fields"]["kind"] = "goods"

    def other_fact(fact: Any) -> None:
        fact["fact"] = "AskedNotNow"

    def as_a_number(fact: Any) -> None:
        fact["fields"]["host"] = 0  # equal to false, in Python

    for change in (other_kind, other_fact):
        forged = forge(hands, LUCIA, "consent.ask", kind="money", fact=change)
        assert "does not become" in wrong(hands, forged)
    assert wrong(hands, forge(hands, AMNA, "partnership.admit", group=MAREN, name="X", fact=as_a_number))


def test_what_our_rules_do_not_know_is_told(hands: Hands) -> None:
    def in_version(version: int) -> Change:
        return lambda what: what.update(version=version)

    ask = {"kind": "money"}
    assert "action" in wrong(hands, forge(hands, LUCIA, "consent.ask", asked=in_version(9), **ask))
    assert "fact" in wrong(hands, forge(hands, LUCIA, "consent.ask", fact=in_version(9), **ask))
    assert "rules 2" in wrong(hands, forge(hands, LUCIA, "consent.ask", rules=2, **ask))
    assert wrong(hands, forge(hands, LUCIA, "consent.ask", fact=with_field(more=1), **ask))
    asked = forge(hands, LUCIA, "consent.ask", asked=with_field(more=1), **ask)
    assert "cannot be read" in wrong(hands, asked)


def test_an_answer_beyond_its_bounds_is_told(hands: Hands) -> None:
    beyond = with_field(decimals=99)
    forged = forge(hands, AMNA, "needs.list_unit", label="x", asked=beyond, fact=beyond)
    assert "cannot be read" in wrong(hands, forged)


def test_words_among_the_plain_fields_are_told(hands: Hands) -> None:
    def moved(asked: Any) -> None:
        asked["fields"]["words"] = asked["words"].pop("words")

    def twice(asked: Any) -> None:
        asked["fields"]["words"] = asked["words"]["words"]

    def plain_as_words(asked: Any) -> None:
        asked["words"]["kind"] = asked["words"].pop("words")

    for change in (moved, twice, plain_as_words):
        assert wrong(hands, forge(hands, LUCIA, "consent.ask", kind="money", words="please", asked=change))


def test_what_somebody_signed_once_cannot_be_done_again_without_her(hands: Hands) -> None:
    """The keeper of the machine holds an ally's signed asking, and could append it a second time."""
    once = forge(hands, LUCIA, "consent.ask", kind="money")
    again = Entry.read(once.raw.replace(b'"number":%d' % once.number, b'"number":%d' % (once.number + 1)))
    assert again.asked == once.asked and again.attested == once.attested
    assert "done before" in wrong(hands, once, again)


def test_what_our_rules_stumble_over_is_told_and_crashes_nobody(hands: Hands) -> None:
    """The last day of all calendars has no next one: any rule that counts days stumbles there."""
    last = forge(hands, AMNA, "needs.list_region", label="B", day=date.max)
    auditor = audited(hands)
    auditor.check(last)
    with pytest.raises(OverflowError):
        forge(hands, AMNA, "partnership.invite", name_of_group="X", day=date.max)
    until = with_field(until=date.max.isoformat())
    forged = forge(hands, AMNA, "partnership.invite", name_of_group="X", until="2026-02-01",
                   asked=until, fact=until)
    at_the_end = Entry.read(forged.raw.replace(
        b'"day":"%s"' % hands.clock.day.isoformat().encode(), b'"day":"9999-12-31"'))
    assert "OverflowError" in wrong(hands, at_the_end)


def test_following_forged_facts_crashes_nobody(hands: Hands) -> None:
    asking = next(a.number for a in hands.book.tables.all(Asking) if a.answer == "open")
    forged = forge(hands, NUHA, "consent.not_now", asking=asking, fact=with_field(asking=9999))
    assert "does not become" in wrong(hands, forged)
    with pytest.raises(NotSo, match="Absent") as no:
        follow(forged, replay(entries(hands), MemoryTables()))
    assert no.value.number == forged.number
