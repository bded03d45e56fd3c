"""What is asked is read strictly before the lock, and happens whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from alongside import act as acting
from alongside import gate
from alongside.act import Text, prepare
from alongside.action import ACTIONS, Action, Free, asks
from alongside.areas.needs.tables import Item, Unit
from alongside.areas.partnership.tables import Group, Invitation
from alongside.areas.partnership.who import anybody_here
from alongside.fact import FACTS, Fact
from alongside.fold import FOLDS, TELLS, folds, tells
from alongside.gate import Refused
from alongside.record.entry import Entry
from alongside.shape import Shape
from alongside.tables import digest
from alongside.words import Quantity, Ref, Unclear
from tests.kernel.cast import AMNA, LUCIA, MAREN, NUHA, SAMI, Hands, some_weeks


@pytest.fixture
def hands() -> Hands:
    return Hands.in_memory().begin()


def everything(hands: Hands) -> tuple[Any, ...]:
    book: Any = hands.book
    return (book.seen(), list(book.raw), list(book.leaves), digest(book.tables), dict(book.vault.kept),
            book.last_day, list(book.told), dict(book._asked))


# Reading


@pytest.mark.parametrize(
    "asked_id", ["", "0" * 31, "0" * 33, "G" + "0" * 31, "A" * 32, "0" * 31 + "\n", "é" * 32]
)
def test_an_asking_has_a_number_that_a_record_can_hold(hands: Hands, asked_id: str) -> None:
    kind = ACTIONS["consent.ask", 1]
    with pytest.raises(Unclear) as unclear:
        prepare(kind, {"kind": "money"}, {}, book=hands.book, author=MAREN, asked_id=asked_id,
                signer=hands.doorway, random=hands.random)
    assert unclear.value.field == "asked_id"


def test_words_come_as_text_and_in_no_other_way(hands: Hands) -> None:
    kind = ACTIONS["consent.ask", 1]
    sealed = {"commitment": "A" * 43 + "=", "language": "en", "audience": "pair"}
    for plain, texts, field in (({"words": sealed}, {}, "words"), ({}, {"kind": Text("x", "en")}, "kind"),
                                ({}, {"other": Text("x", "en")}, "other"), ({"words": "hello"}, {}, "words"),
                                ({}, {"words": Text("x", "xx")}, "words"),
                                ({}, {"words": Text("a\u202eb", "en")}, "words"),
                                ({}, {"words": Text("a\ud800b", "en")}, "words"),
                                ({}, {"words": Text("a\x00b", "en")}, "words"),
                                ({}, {"words": Text("x" * 4001, "en")}, "words")):
        with pytest.raises(Unclear) as unclear:
            prepare(kind, {"kind": "money", **plain}, texts, book=hands.book, author=MAREN,
                    asked_id="0" * 32, signer=hands.doorway, random=hands.random)
        assert unclear.value.field == field


def test_blank_words_are_not_given_and_words_that_must_be_given_are_asked_for(hands: Hands) -> None:
    assert hands.asking(MAREN, "consent.ask", kind="money", words="  \n ").words == ()
    with pytest.raises(Unclear) as unclear:
        hands.asking(AMNA, "partnership.admit", group=1, name=" ")
    assert unclear.value.field == "name"


def test_an_entry_holds_commitments_and_the_vault_holds_words(hands: Hands) -> None:
    number = hands.does(MAREN, "consent.ask", kind="money", words="  café\r\nau lait ")
    raw = list(hands.book.entries())[number - 1]
    said = Entry.read(raw).asked["words"]["words"]
    assert b"caf" not in raw and said["language"] == "en" and said["audience"] == "pair"
    assert hands.book.vault.open([said["commitment"]]) == {said["commitment"]: Text("café\nau lait", "en")}


# All or nothing


@pytest.fixture
def stumbling() -> Iterator[None]:
    """A fold that writes half, and then stumbles."""
    fact = FACTS["UnitListed", 1]
    before = list(FOLDS.get(fact, ()))

    @folds(fact)
    def stumble(fact: Any, entry: Any, at: Any) -> None:
        raise ZeroDivisionError

    yield
    FOLDS[fact][:] = before


def test_what_stumbles_half_way_leaves_no_trace(hands: Hands, stumbling: None) -> None:
    before = everything(hands)
    with pytest.raises(ZeroDivisionError):
        hands.does(AMNA, "needs.list_unit", label="sack")
    assert everything(hands) == before
    with pytest.raises(ZeroDivisionError):
        hands.book.act_many([hands.asking(AMNA, "needs.list_region", label="B"),
                             hands.asking(AMNA, "needs.list_unit", label="sack")])
    assert everything(hands) == before
    assert hands.does(AMNA, "needs.list_region", label="B") == hands.book.tree.size


def test_more_than_one_entry_can_hold_is_refused_and_stops_nobody_else(hands: Hands) -> None:
    before = everything(hands)
    key = "k" * 390
    much = {"kind": "shared", "log_key": key, "keys": [
        {"by": "doorway", "key": key, "proof": key, "verbs": [key]} for _ in range(40)]}
    other = Hands.in_memory()
    asking = other.asking(AMNA, "partnership.found", name_of_group="S", your_name="A", **much)
    with pytest.raises(Refused) as no:
        other.book.act(asking)
    assert [r.no for r in no.value.refusals] == [acting.TOO_MUCH]
    assert other.book.tree.size == 0 and everything(hands) == before
    outcomes = other.book.act_many([asking, asking])
    assert all(o.refused for o in outcomes)
    assert other.found() == 1


def test_jobs_are_told_once_and_never_by_a_replay(hands: Hands) -> None:
    fact = FACTS["RegionListed", 1]

    @tells(fact)
    def tell(fact: Any, entry: Any) -> Any:
        return [("notice", json.dumps({"of": entry.number}))]

    try:
        asking = hands.asking(AMNA, "needs.list_region", label="B")
        number = hands.book.act(asking)
        assert hands.book.act(asking) == number
        told: Any = hands.book
        assert told.told == [("notice", json.dumps({"of": number}))]
    finally:
        TELLS[fact].remove(tell)


def test_the_day_never_goes_back(hands: Hands) -> None:
    hands.clock.later(3)
    hands.does(AMNA, "needs.list_region", label="B")
    hands.clock.later(-10)
    number = hands.does(AMNA, "needs.list_region", label="C")
    entries = [Entry.read(raw) for raw in hands.book.entries()]
    assert entries[number - 1].day == entries[number - 2].day


# What the gate sees of what is named


class Parcel(Shape):
    item: Ref[Item]
    amount: Quantity


@pytest.fixture
def pack() -> Iterator[type[Action]]:
    class Packed(Fact):
        says = "{by} packed."

    class Pack(Action):
        called = "trial.pack"
        title = "Pack"
        parcels: tuple[Parcel, ...] = asks("What?")
        first: Parcel | None = asks("And first?", optional=True)
        amounts: tuple[Quantity, ...] | None = asks("How much?", optional=True)
        groups: tuple[Ref[Group], ...] | None = asks("For whom?", optional=True)
        place: Ref[Invitation] | None = asks("Which place?", optional=True)

        who = anybody_here
        needs = within = unless = Free("It is a trial.")

        def becomes(self, by: Any, at: Any, moment: Any) -> Fact:
            return Packed()

    yield Pack
    del ACTIONS["trial.pack", 1], FACTS["Packed", 1]


def test_references_are_resolved_however_deep_they_lie(pack: type[Action]) -> None:
    hands = some_weeks(Hands.in_memory())
    at, day = hands.book.tables, hands.clock.day
    unit, item = (next(at.all(kind)).number for kind in (Unit, Item))
    good = {"item": item, "amount": [1, f"u{unit}"]}
    seen: list[dict[str, Any]] = [
        {"parcels": [good]}, {"parcels": [good], "first": good, "groups": [1, MAREN]},
        {"parcels": [], "amounts": [[1, "XTS"], [1, f"u{unit}"]]}]
    unseen: list[dict[str, Any]] = [
        {"parcels": [good, {**good, "item": 999}]}, {"parcels": [{**good, "item": AMNA}]},
        {"parcels": [{**good, "amount": [1, "u999"]}]}, {"parcels": [], "first": {**good, "item": 999}},
        {"parcels": [], "amounts": [[1, "XTS"], [1, "u999"]]}, {"parcels": [], "groups": [1, 999]},
        {"parcels": [], "place": MAREN}]       # an invitation is the host's to see, and its holder's
    for given in seen:
        assert gate.ask(pack.from_json(given), LUCIA, at, day) == ()
    for given in unseen:
        assert [r.no for r in gate.ask(pack.from_json(given), LUCIA, at, day)] == [gate.UNSEEN]
    assert gate.ask(pack.from_json(unseen[-1]), NUHA, at, day) == ()
    assert [r.no for r in gate.ask(pack.from_json(seen[0]), SAMI, at, day)] == [gate.UNSEEN]
