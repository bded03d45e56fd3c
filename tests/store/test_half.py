"""Whatever breaks, and wherever: an act is kept whole or not at all, and the next one goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from alongside.act import Asking
from alongside.audit import replay
from alongside.fact import FACTS
from alongside.fold import TELLS, tells
from alongside.gate import Refused
from alongside.record.entry import Entry
from alongside.store.books import open_book
from alongside.store.sql import NoRoom, here
from alongside.tables import MemoryTables, digest
from tests.kernel.cast import AMNA, MAREN, NUHA, Hands, codes
from tests.store.cast import Statements, Stumble, holds, kept

KILLED = 9


@pytest.fixture(autouse=True)
def jobs() -> Any:
    """Every entry that lists a region leaves a job too, so that jobs are among what could be half written."""
    fact = FACTS["RegionListed", 1]

    @tells(fact)
    def tell(fact: Any, entry: Any) -> Any:
        return [("notice", "{}")]

    yield
    TELLS[fact].remove(tell)


def asked(hands: Hands) -> list[Asking]:
    """Three that are done, with words, rows, a changed row and a job; and one that is refused."""
    return [hands.asking(AMNA, "needs.list_region", label="B"),
            hands.asking(MAREN, "needs.list_region", label="C"),
            hands.asking(AMNA, "consent.first_yes", ally=MAREN, kinds=["money"], cap=[5, "XTS"]),
            hands.asking(NUHA, "needs.list_unit", label="sack")]


def one_act(book: Any, askings: list[Asking]) -> list[Any]:
    return [book.act(askings[0])]


def acts_one_by_one(book: Any, askings: list[Asking]) -> list[Any]:
    told: list[Any] = []
    for one in askings:
        try:
            told.append(book.act(one))
        except Refused as no:
            told.append([r.no.code for r in no.refusals])
    return told


def all_at_once(book: Any, askings: list[Asking]) -> list[Any]:
    return codes(book.act_many(askings))


def asked_again(book: Any, askings: list[Asking]) -> list[Any]:
    return [*codes(book.act_many(askings[:1])), book.act(askings[0])]


WAYS: list[Callable[[Any, list[Asking]], list[Any]]] = [one_act, acts_one_by_one, all_at_once, asked_again]


def whole_or_not_at_all(id: str, before: Any, numbers: int) -> None:
    """Of a number of entries after `before`, the first few are kept with all that is theirs, or none."""
    size, now = before[0][0], kept(id)
    entries, words, jobs = (len(now[n]) - len(before[n]) for n in (4, 5, 6))
    assert now[0][0] == size + entries and 0 <= entries <= numbers
    assert (words, jobs) == {0: (0, 0), 1: (1, 1), 2: (1, 1), 3: (2, 1)}[entries]
    assert digest(replay(map(Entry.read, now[2]), MemoryTables())) == now[3]


@pytest.mark.parametrize("done", [False, True], ids=["instead of it", "right after it"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.django_db(transaction=True)
def test_any_statement_may_fail(committed: Hands, way: Callable[..., list[Any]], done: bool) -> None:
    id, broken = committed.book.id, []
    for at in range(1, 100):
        before, askings = kept(id), asked(committed)
        statements = Statements(at, done=done)
        book = statements.watch(committed.book)
        try:
            way(book, askings)
        except (Stumble, connection.Database.ProgrammingError):     # the latter: of a connection given up
            broken.append(statements.what.split()[0])
        statements.at = 0
        whole_or_not_at_all(id, before, 3)
        # The same book goes on, and whoever asks again is answered as if nothing had been.
        if statements.what == "ROLLBACK":
            book = open_book(id, clock=committed.clock)
        numbers = acts_one_by_one(book, askings)
        assert numbers == acts_one_by_one(open_book(id, clock=committed.clock), askings)
        assert [n for n in numbers if isinstance(n, int)] == [before[0][0] + n for n in (1, 2, 3)]
        if not statements.what:
            break
    holds(id)
    assert {"BEGIN", "SELECT", "INSERT", "UPDATE", "COMMIT"} <= set(broken)


def killed(hands: Hands, way: Callable[..., list[Any]], askings: list[Asking], at: int, done: bool) -> bool:
    """Let another process do it, and stop it dead at that statement. False if it came to its end."""
    connections.close_all()         # no connection may be in two processes
    child = os.fork()
    if child == 0:
        try:
            book = open_book(hands.book.id, clock=hands.clock)
            way(Statements(at, done=done, stumble=lambda: os._exit(KILLED)).watch(book), askings)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, KILLED)
    return os.waitstatus_to_exitcode(status) == KILLED


def dies_and_goes_on(hands: Hands, way: Callable[..., list[Any]], at: int, done: bool) -> bool:
    id, before, askings = hands.book.id, kept(hands.book.id), asked(hands)
    died = killed(hands, way, askings, at, done)
    whole_or_not_at_all(id, before, 3)
    numbers = acts_one_by_one(open_book(id, clock=hands.clock), askings)
    assert [n for n in numbers if isinstance(n, int)] == [before[0][0] + n for n in (1, 2, 3)]
    hands.book = open_book(id, clock=hands.clock)
    return died


@pytest.mark.django_db(transaction=True)
def test_a_process_may_die_at_a_dozen_statements(committed: Hands) -> None:
    ends = [dies_and_goes_on(committed, all_at_once, at, done)
            for at in range(2, 15, 2) for done in (False, True)]
    assert ends.count(True) >= 12
    holds(committed.book.id)


@pytest.mark.slow
@pytest.mark.parametrize("done", [False, True], ids=["instead of it", "right after it"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.django_db(transaction=True)
def test_a_process_may_die_at_any_statement(committed: Hands, way: Callable[..., list[Any]],
                                            done: bool) -> None:
    at = 1
    while dies_and_goes_on(committed, way, at, done):
        at += 1
    assert at > 8
    holds(committed.book.id)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_said_and_nothing_is_lost(committed: Hands) -> None:
    id, db, told = committed.book.id, here(), 0
    for room in range(1, 40):
        pages = db.one("PRAGMA page_count")[0]  # type: ignore[index]  # it always answers
        db.run(f"PRAGMA max_page_count = {pages + room}")
        before = kept(id)
        many = [committed.asking(AMNA, "needs.list_region", label=f"{room} {n} " * 200) for n in range(room)]
        try:
            outcomes = committed.book.act_many(many)
            assert all(o.number for o in outcomes)
        except NoRoom as full:
            told += 1
            assert "disk is full" in str(full)
            assert kept(id) == before
            assert committed.book.seen() == before[0]
            assert committed.book.may(many[0].action, AMNA) == ()       # reading goes on
        db.run("PRAGMA max_page_count = 1073741823")
        assert all(o.number for o in committed.book.act_many(many))
        if told > 5:
            break
    assert told
    holds(id)
