"""The same story told to a book in memory and to a kept one gives the same record, to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from alongside.act import Text
from alongside.areas.consent.tables import Consent
from alongside.fact import FACTS
from alongside.fold import FOLDS, TELLS, folds, tells
from alongside.gate import Refused
from alongside.record.entry import Entry, new_book_id
from alongside.store.rows import SqlTables
from alongside.tables import digest
from alongside.words import Ref, Unclear
from tests.kernel.cast import AMNA, LUCIA, MAREN, NUHA, SAMI, TARIQ, Hands, codes, some_weeks
from tests.store.cast import holds, kept_hands, open_book

pytestmark = pytest.mark.django_db


def a_partnership_of_some_weeks(hands: Hands) -> Any:
    return some_weeks(hands).book.tree.size


def what_is_refused_leaves_no_trace(hands: Hands) -> Any:
    hands.begin()
    told = [hands.refused(who, called, **answers) for who, called, answers in (
        (SAMI, "consent.ask", {"kind": "money"}),
        (MAREN, "needs.list_region", {"label": "B"}),
        (NUHA, "partnership.invite", {"name_of_group": "X"}),
        (AMNA, "partnership.invite", {"name_of_group": "X", "until": hands.clock.day + timedelta(days=99)}),
        (AMNA, "partnership.admit", {"name": "X", "group": 999}),
        (MAREN, "partnership.accept", {"invitation": MAREN, "name_of_group": "X", "your_name": "Y"}),
        (MAREN, "exchange.offer", {"need": 999, "kind": "money", "quantity": [1, "XTS"]}),
        (AMNA, "partnership.found", {"name_of_group": "X", "your_name": "Y", "kind": "shared", "keys": [],
                                     "log_key": "x"}))]
    for answers in ({}, {"kind": "fish"}, {"kind": "money", "need": 0}, {"kind": "money", "more": 1}):
        with pytest.raises(Unclear):
            hands.asking(MAREN, "consent.ask", **answers)
    return told, hands.book.tree.size


def asked_twice_is_done_once(hands: Hands) -> Any:
    hands.begin()
    asked_id = hands.random(16).hex()
    words = {"kind": "money", "words": "May we?"}
    first = hands.asking(MAREN, "consent.ask", asked_id=asked_id, **words)
    retried = hands.asking(MAREN, "consent.ask", asked_id=asked_id, **words)    # with other salts
    numbers = [hands.book.act(first), hands.book.act(first), hands.book.act(retried)]
    other_words = hands.refused(MAREN, "consent.ask", asked_id=asked_id, kind="money", words="May we now?")
    other_fields = hands.refused(MAREN, "consent.ask", asked_id=asked_id, kind="goods", words="May we?")
    other_language = hands.refused(MAREN, "consent.ask", asked_id=asked_id, kind="money",
                                   words=Text("May we?", "es"))
    somebody_else = hands.refused(TARIQ, "consent.ask", asked_id=asked_id, **words)
    other_verb = hands.refused(NUHA, "needs.list_region", asked_id=asked_id, label="B")
    return numbers, other_words, other_fields, other_language, somebody_else, other_verb


def many_at_once(hands: Hands) -> Any:
    hands.begin()
    twice = hands.asking(AMNA, "needs.list_region", label="B")
    hands.does(AMNA, "needs.list_region", label="A")
    many = [twice, hands.asking(MAREN, "needs.list_region", label="C"), twice,
            hands.asking(AMNA, "needs.list_unit", label="sack"),
            hands.asking(AMNA, "needs.list_region", asked_id=twice.asked_id, label="other words")]
    told = [codes(hands.book.act_many(asked)) for asked in (many, many, [])]
    return told, hands.book.tree.size


def all_or_none(hands: Hands) -> Any:
    hands.begin()
    good = [hands.asking(AMNA, "needs.list_region", label=label) for label in "ABC"]
    bad = hands.asking(MAREN, "needs.list_region", label="D")
    size = hands.book.tree.size
    none = codes(hands.book.act_many([good[0], bad, good[1]], all_or_none=True))
    assert hands.book.tree.size == size and hands.book.act(good[2]) == size + 1
    return none, codes(hands.book.act_many(good, all_or_none=True))


def many_in_which_each_leans_on_the_one_before(hands: Hands) -> Any:
    hands.begin()
    ahead = [(AMNA, "needs.list_unit", {"label": "sack"}),
             (AMNA, "needs.name", {"kind": "goods.food", "label": "salt", "quantity": [4, "u8"], "rank": 1}),
             (AMNA, "needs.name", {"kind": "goods.food", "label": "oil", "quantity": [4, "u8"], "rank": 1}),
             (AMNA, "needs.name", {"kind": "goods.food", "label": "tea", "quantity": [4, "u99"]})]
    many = [hands.asking(who, called, **answers) for who, called, answers in ahead]
    return codes(hands.book.act_many(many))


def a_stumble_in_the_middle_leaves_no_trace(hands: Hands) -> Any:
    hands.begin()
    hands.does(AMNA, "needs.list_region", label="A")
    asking = hands.asking(AMNA, "needs.list_unit", label="sack")
    before = hands.book.tree.size
    with stumbling("UnitListed"):
        with pytest.raises(ZeroDivisionError):
            hands.book.act(asking)
        with pytest.raises(ZeroDivisionError):
            hands.book.act_many([hands.asking(AMNA, "needs.list_region", label="B"), asking])
    assert hands.book.tree.size == before
    return hands.book.act(asking), hands.does(AMNA, "needs.list_region", label="B")


def a_clock_that_goes_back(hands: Hands) -> Any:
    hands.begin()
    hands.clock.later(5)
    hands.does(AMNA, "needs.list_region", label="A")
    hands.clock.later(-9)
    return hands.does(AMNA, "needs.list_region", label="B"), hands.book.moment()


def a_yes_that_is_taken_back(hands: Hands) -> Any:
    hands.begin()
    yes = hands.first_yes()
    given = hands.does(AMNA, "consent.give", ally=MAREN, kind="money", until=hands.clock.day)
    hands.does(NUHA, "consent.withdraw", consent=yes, reason="Not any more.")
    assert hands.book.tables.get(Ref[Consent](given)).ended == hands.clock.day
    again = hands.refused(NUHA, "consent.withdraw", consent=yes)
    return again, hands.refused(MAREN, "consent.ask", kind="money")


def what_one_may(hands: Hands) -> Any:
    hands.begin()
    asked = [hands.asking(who, "consent.ask", kind="money") for who in (MAREN, AMNA, SAMI, LUCIA)]
    size = hands.book.tree.size
    told = [[r.no.code for r in hands.book.may(one.action, one.author)] for one in asked]
    assert hands.book.tree.size == size
    return told


STORIES: list[Callable[[Hands], Any]] = [
    a_partnership_of_some_weeks, what_is_refused_leaves_no_trace, asked_twice_is_done_once, many_at_once,
    all_or_none, many_in_which_each_leans_on_the_one_before, a_stumble_in_the_middle_leaves_no_trace,
    a_clock_that_goes_back, a_yes_that_is_taken_back, what_one_may]


@contextmanager
def stumbling(fact: str) -> Iterator[None]:
    """One more fold of this fact, after all others, that goes wrong."""
    before = list(FOLDS[FACTS[fact, 1]])

    @folds(FACTS[fact, 1])
    def stumble(fact: Any, entry: Any, at: Any) -> None:
        raise ZeroDivisionError

    try:
        yield
    finally:
        FOLDS[FACTS[fact, 1]][:] = before


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_both_books_tell_the_same_story(story: Callable[[Hands], Any]) -> None:
    id = new_book_id(lambda n: hashlib.sha256(story.__name__.encode()).digest()[:n])
    kept = kept_hands(id)
    memory = Hands.in_memory(id)
    memory.log_key = kept.log_key
    assert story(kept) == story(memory)
    raw = list(memory.book.entries())
    assert list(open_book(id).entries()) == list(kept.book.entries()) == raw
    assert kept.book.seen() == open_book(id).seen() == memory.book.seen()
    assert kept.book.last_day == open_book(id).last_day == memory.book.last_day
    assert digest(SqlTables(id)) == digest(kept.book.tables) == digest(memory.book.tables)
    said = [w["commitment"] for one in raw for w in Entry.read(one).asked["words"].values()]
    assert kept.book.vault.open(said) == memory.book.vault.open(said) and len(set(said)) == len(said)
    assert len(memory.book.vault.open(said)) == len(said)
    holds(id)


def test_both_books_keep_the_same_jobs() -> None:
    @tells(FACTS["RegionListed", 1])
    def tell(fact: Any, entry: Any) -> Any:
        return [("notice", f'{{"of":{entry.number}}}'), ("notice", "{}")]

    kept, memory = kept_hands().begin(), Hands.in_memory().begin()
    memory_book: Any = memory.book
    try:
        for hands in (kept, memory):
            asking = hands.asking(AMNA, "needs.list_region", label="A")
            assert hands.book.act(asking) == hands.book.act(asking) == 8
            with pytest.raises(Refused):
                hands.book.act(hands.asking(MAREN, "needs.list_region", label="A"))
    finally:
        TELLS[FACTS["RegionListed", 1]].remove(tell)
    rows = kept.book.db.rows("SELECT number, kind, payload FROM book_job ORDER BY id")  # type: ignore[attr-defined]
    assert rows == [(8, *job) for job in memory_book.told] and len(rows) == 2
