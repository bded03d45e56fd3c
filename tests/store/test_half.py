"""Whatever breaks, and wherever: an act is kept whole or not at all, and the next one goes on."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from typing import Any

import pytest
from django.db import connection

from alongside.audit import replay
from alongside.record.entry import Entry
from alongside.store.books import open_book
from alongside.store.sql import NoRoom, here
from alongside.tables import MemoryTables, digest
from tests.kernel.cast import AMNA, Hands
from tests.store.cast import Statements, Stumble, holds, kept, others
from tests.store.child import KILLED, dies
from tests.store.ways import WAYS, acts_one_by_one, all_at_once, asked, jobs

# A process of no threads and no connections, from which those who die are forked, quickly and cleanly.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.store.child"])


@pytest.fixture(scope="module", autouse=True)
def server() -> None:
    """Start it where it finds our modules, however pytest itself was started."""
    with pytest.MonkeyPatch.context() as for_it:
        for_it.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        forkserver.ensure_running()


@pytest.fixture(autouse=True)
def leaving_jobs() -> Iterator[None]:
    with jobs():
        yield


def whole_or_not_at_all(id: str, before: Any, numbers: int) -> None:
    """Of a number of entries after `before`, the first few are kept with all that is theirs, or none."""
    size, now = before[0][0], kept(id)
    entries, words, jobs = (len(now[n]) - len(before[n]) for n in (4, 5, 6))
    assert now[0][0] == size + entries and 0 <= entries <= numbers
    assert (words, jobs) == {0: (0, 0), 1: (1, 1), 2: (1, 1), 3: (2, 1)}[entries]
    if entries:
        assert digest(replay(map(Entry.read, now[2]), MemoryTables())) == now[3]
    else:
        assert now == before


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


def dies_and_goes_on(hands: Hands, way: Callable[..., list[Any]], at: int, done: bool) -> bool:
    """Let another process act, and stop it dead at that statement. False if it came to its end."""
    id, start, before = hands.book.id, 1_000 * hands.book.tree.size, kept(hands.book.id)
    child = SERVER.Process(target=dies, args=(
        connection.settings_dict["NAME"], id, hands.clock.day, start, WAYS.index(way), at, done))
    child.start()
    child.join(60)
    assert child.exitcode in (0, KILLED)
    whole_or_not_at_all(id, before, 3)
    hands = others(hands, start)        # with the same chances, so that it asks the very same again
    numbers = acts_one_by_one(hands.book, asked(hands))
    assert [n for n in numbers if isinstance(n, int)] == [before[0][0] + n for n in (1, 2, 3)]
    return child.exitcode == KILLED


@pytest.mark.django_db(transaction=True)
def test_a_process_may_die_at_a_dozen_statements(committed: Hands) -> None:
    ends = [dies_and_goes_on(others(committed, 0), all_at_once, at, done)
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
    while dies_and_goes_on(others(committed, 0), way, at, done):
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
