"""Two ways of knowing meet here: the book, and what somebody would remember of it (`world.py`).

What happened must have been permitted, and what was refused must have been refused for the reasons that the
other way of knowing gives.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from alongside.act import Asking
from alongside.action import Refusal
from alongside.gate import Refused
from alongside.words import BookKind, Unclear
from tests.books.agree import agree
from tests.books.always import never_in_the_way, only_the_host, withdrawn_at_once
from tests.books.drawn import Hand, every_action
from tests.books.no import noes
from tests.books.prying import tells_nothing
from tests.books.quick import QuickTables
from tests.books.scenes import sensible
from tests.books.then import Did, then
from tests.books.world import World
from tests.told import MONDAY, Story, ToldBook

SHARED, INNER = BookKind.SHARED.value, BookKind.INNER.value
HAPPENED: Counter[str] = Counter()  # what was done, and what was refused with which words: to show coverage


def codes(refusals: tuple[Refusal, ...]) -> set[str]:
    """The codes of every no."""
    return {refusal.no.code for refusal in refusals}


def bare(value: Any) -> Any:
    """An answer as a doorway brings it: plain numbers and words."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, int) and type(value) is not bool:
        return int(value)
    return str(value) if isinstance(value, str) else value


class Judged(RuleBasedStateMachine):
    """A host's two books. Whatever is asked in them is judged twice, and both are held to their promises."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story.founded()
        for told in self.story.told.values():
            tables = QuickTables(told.book.tables)
            told.book.tables = tables
        self.worlds = {kind.value: World(kind.value, MONDAY) for kind in BookKind}
        self.random = Random()      # seeded anew for each step
        self.asked: list[tuple[str, Asking]] = []

    # Asking

    def hand(self, book: str) -> Hand:
        """Whoever draws what is asked in a book."""
        world, other = self.worlds[book], self.worlds[INNER if book == SHARED else SHARED]
        return Hand(self.random, world, other, world.moment(self.story.today))

    def prepare(self, book: str, by: int, called: str, fields: dict[str, Any], **more: Any) -> Asking | None:
        """What somebody asks, if it can be read at all."""
        try:
            asking = self.story.asking(
                int(by), called, book=book, **more, **{k: bare(v) for k, v in fields.items()}
            )
        except Unclear:
            HAPPENED["unclear"] += 1
            return None
        note(f"{self.story.today} {book}: {by} asks {called} {fields}")
        self.asked.append((book, asking))
        return asking

    def sets_up(self, book: str, by: int, called: str, **fields: Any) -> int:
        """What happened before anything is tried, and surely may: it is looked at once `looked_at` is
        called."""
        world, asking = self.worlds[book], self.story.asking(by, called, book=book, **fields)
        number = self.told(book).book.act(asking)
        then(world, Did(number, asking.action, by, self.story.today))
        self.asked.append((book, asking))
        note(f"{book}: {by} does {called} {fields}: entry {world.size}")
        return world.size

    def looked_at(self) -> None:
        """Both ways of knowing agree on all that was set up."""
        for kind, told in self.story.told.items():
            told.follow([])
            agree(self.worlds[kind.value], told.book.tables, self.story.today)

    def draw(self, book: str, called: str, *, likely: bool = False,
             by: int | None = None) -> Asking | None:
        """Somebody asks something: what makes sense now, or anything at all. `by` asks it instead."""
        hand = self.hand(book)
        given = sensible(hand, called)
        if given is None and (likely or not hand.one_in(6)):
            return None         # nobody would ask this now
        if not likely and hand.one_in(3):
            given = None
        fields = hand.fields(every_action()[called], given or {}, spare=given is not None)
        asks = hand.anybody() if given is None or hand.one_in(12) else given["by"]
        return self.prepare(book, by or asks, called, fields)

    # Judging

    def judge(self, book: str, asking: Asking) -> int | None:
        """Let it be asked, and hold the book to all it promises."""
        told, world, action = self.told(book), self.worlds[book], asking.action
        day = world.moment(self.story.today)
        expected, may = noes(world, action, asking.author, day), told.book.may(action, asking.author)
        if not world.is_host(asking.author):
            tells_nothing(action, asking.author, told.book.tables, day, may)
        before = told.state() if may else ()
        try:
            number = told.book.act(asking)
        except Refused as refused:
            assert told.state() == before, "a refusal left a trace"
            assert refused.refusals == may, "“May we?” said something else"
            self.was_right_to_refuse(world, asking, may, expected)
            return None
        assert not may, f"“May we?” said no: {codes(may)}"
        self.happened(told, world, asking, number, expected)
        self.asked_twice(told, asking, number)
        return number

    def told(self, book: str) -> ToldBook:
        """The book, and its auditor."""
        return self.story.told[BookKind(book)]

    def was_right_to_refuse(
        self, world: World, asking: Asking, said: tuple[Refusal, ...], expected: set[str]
    ) -> None:
        """A no was earned, and its words are the ones that the other way of knowing gives."""
        found, called = codes(said), asking.action.called
        note(f"    no: {sorted(found)}")
        HAPPENED.update(f"{called} {code}" for code in found)
        assert expected, f"{called} was refused without a reason: {found}"
        if expected == {"not-yours"} and world.is_host(asking.author):
            assert "not-yours" in found     # and whatever else there is: it is their own book
        else:
            assert found == expected, f"{called}: the book says {found}, but {expected} is so"
        never_in_the_way(world, asking.action, asking.author, found)

    def happened(self, told: ToldBook, world: World, asking: Asking, number: int, expected: set[str]) -> None:
        """It was permitted, and everything is as somebody would remember it."""
        called, day = asking.action.called, world.moment(self.story.today)
        note(f"    entry {number}")
        HAPPENED[called] += 1
        assert not expected, f"{called} happened, but must be refused: {expected}"
        told.follow([kept.text for kept in asking.words])
        then(world, Did(number, asking.action, asking.author, day))
        only_the_host(world, told.book, number)
        if called == "consent.withdraw":
            withdrawn_at_once(world, told.book.tables, number, day)
        agree(world, told.book.tables, day)

    def judge_many(self, book: str, many: list[Asking], *, all_or_none: bool) -> None:
        """As `judge`, for what comes in at once: each in the state that those before it left."""
        told, before, world = self.told(book), self.told(book).state(), deepcopy(self.worlds[book])
        outcomes = told.book.act_many(many, all_or_none=all_or_none)
        none = all_or_none and any(one.refused for one in outcomes)
        for asking, outcome in zip(many, outcomes, strict=True):
            day = world.moment(self.story.today)
            expected = noes(world, asking.action, asking.author, day)
            if outcome.refused:
                self.was_right_to_refuse(world, asking, outcome.refused.refusals, expected)
            else:
                assert not expected, f"{asking.action.called} happened, but must be refused: {expected}"
                assert outcome.number == (None if none else world.size + 1)
                then(world, Did(world.size + 1, asking.action, asking.author, day))
        if none:
            assert told.state() == before, "none was to be kept"
        else:
            done = [one for one, outcome in zip(many, outcomes, strict=True) if outcome.number]
            HAPPENED.update(one.action.called for one in done)
            told.follow([])
            self.worlds[book] = world
            agree(world, told.book.tables, world.moment(self.story.today))

    def asked_twice(self, told: ToldBook, asking: Asking, number: int) -> None:
        """It is done once; and what comes under its name in other words is refused."""
        book = told.book
        before = (book.seen(), len(book.raw), len(book.vault.kept), len(book.told), book.last_day)
        assert book.act(asking) == number
        try:
            book.act(asking._replace(author=asking.author + 1))
            raise AssertionError("somebody else's asking was taken for hers")
        except Refused as refused:
            assert codes(refused.refusals) == {"asked-differently"}
        after = (book.seen(), len(book.raw), len(book.vault.kept), len(book.told), book.last_day)
        assert after == before and not book.tables.written, "asked twice, done twice"
