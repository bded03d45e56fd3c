"""Several threads and processes act on one book at once: each entry is kept, once, in one order."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from alongside.act import Asking
from alongside.areas.needs.tables import Region
from alongside.store import books
from alongside.store.books import KeptBook, open_book
from alongside.store.rows import SqlTables
from alongside.store.sql import here
from alongside.tables import digest
from alongside.words import Ref
from tests.kernel.cast import AMNA, MAREN, Hands, codes
from tests.store.cast import holds, others
from tests.store.child import acts


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run each in a thread of its own, with its own connection, all starting at once; give what they gave."""
    gave: list[Any] = [None] * len(jobs)
    ready = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        try:
            ready.wait(20)
            gave[place] = jobs[place]()
        except BaseException as wrong:      # told to whoever waits
            gave[place] = wrong
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    for one in gave:
        if isinstance(one, BaseException):
            raise one
    return gave


def test_two_threads_act_on_one_book(committed: Hands) -> None:
    def act(start: int) -> list[int]:
        hands = others(committed, start)
        one_by_one = [hands.does(AMNA, "needs.list_region", label=f"{start}-{n}") for n in range(12)]
        asked = [hands.asking(AMNA, "needs.list_unit", label=f"{start}-{n}") for n in range(5)]
        return one_by_one + codes(hands.book.act_many(asked))

    before = committed.book.tree.size
    gave = at_once(*(lambda start=start: act(start) for start in (10_000, 20_000, 30_000)))
    assert sorted(n for numbers in gave for n in numbers) == list(range(before + 1, before + 52))
    assert all(numbers == sorted(numbers) for numbers in gave)
    holds(committed.book.id)


def test_one_asking_by_several_threads_is_done_once(committed: Hands) -> None:
    askings = [committed.asking(AMNA, "needs.list_region", asked_id=n * 32, label="B") for n in "ab"]
    before = committed.book.tree.size

    def one_by_one() -> list[Any]:
        book = open_book(committed.book.id, clock=committed.clock)
        return [book.act(asking) for asking in askings]

    def all_at_once() -> list[Any]:
        return codes(open_book(committed.book.id, clock=committed.clock).act_many(askings * 2))[:2]

    gave = at_once(one_by_one, all_at_once, one_by_one, all_at_once)
    assert all(numbers == gave[0] for numbers in gave)
    assert sorted(gave[0]) == [before + 1, before + 2]
    assert open_book(committed.book.id).tree.size == before + 2
    holds(committed.book.id)


def test_two_processes_act_on_one_book(committed: Hands) -> None:
    spawn, before = multiprocessing.get_context("spawn"), committed.book.tree.size
    barrier, told = spawn.Barrier(3), spawn.Queue()
    database, id = connection.settings_dict["NAME"], committed.book.id
    children = [spawn.Process(target=acts, args=(database, id, committed.clock.day, start, 10, barrier, told))
                for start in (10_000, 20_000)]
    for child in children:
        child.start()
    barrier.wait(60)
    for n in range(10):     # and this process between the two: what it remembers must not mislead it
        committed.does(AMNA, "needs.list_region", label=f"ours {n}")
    gave = [told.get(timeout=60) for _ in children]
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    shared = {number for _, number in gave}
    assert len(shared) == 1 and all(shared <= set(numbers) for numbers, _ in gave)
    assert open_book(id).tree.size == before + 10 + 2 * 20 + 1
    committed.does(AMNA, "needs.list_region", label="afterwards")
    holds(id)


class Late(KeptBook):
    """A book whose lock somebody else had first, and used for the very same asking."""

    meanwhile: Callable[[], Any]

    def locked(self) -> AbstractContextManager[None]:
        if meanwhile := self.__dict__.pop("meanwhile", None):
            meanwhile()
        return super().locked()


def test_what_others_did_while_we_waited_for_the_lock_is_known(hands: Hands) -> None:
    asking = hands.asking(AMNA, "needs.list_region", label="B")
    late = Late(hands.book.id, hands.clock, here())
    late.meanwhile = lambda: hands.book.act(asking)
    more = hands.asking(AMNA, "needs.list_region", label="C")
    assert codes(late.act_many([asking, more])) == [8, 9]
    late.meanwhile = lambda: hands.book.act_many([hands.asking(AMNA, "needs.list_region", label="D")])
    assert late.act(more) == 9 and late.act(hands.asking(AMNA, "needs.list_region", label="E")) == 11
    holds(hands.book.id)


def region(book: str, number: int) -> Region | None:
    return SqlTables(book).first(Region, number=number)


def test_an_act_rolled_back_with_the_transaction_around_it_is_forgotten(hands: Hands) -> None:
    """And so it stays when, in its place, another process has acted meanwhile."""
    id, before = hands.book.id, hands.book.tree.size
    ours, theirs = (hands.asking(AMNA, "needs.list_region", label=label) for label in "BC")
    after = hands.asking(AMNA, "needs.list_unit", label="sack")
    with transaction.atomic():
        assert hands.book.act(ours) == before + 1
        transaction.set_rollback(True)
    living = books._living.pop(id)          # what another process has never heard of
    assert open_book(id, clock=hands.clock).act(theirs) == before + 1
    books._living[id] = living
    assert open_book(id, clock=hands.clock).act(after) == before + 2
    theirs_kept = region(id, before + 1)
    assert theirs_kept is not None and theirs_kept.label is not None
    assert theirs_kept.label.commitment == theirs.words[0].commitment
    holds(id)


def test_a_book_sees_what_others_did_since_it_was_opened(hands: Hands) -> None:
    early = others(hands, 10_000)
    number = hands.does(AMNA, "needs.list_region", label="B")
    later = early.does(AMNA, "needs.name", kind="goods.food", label="oil", quantity=[4, "XTS"], region=number)
    assert later == number + 1 and early.book.seen() == open_book(hands.book.id).seen()
    holds(hands.book.id)


@pytest.mark.parametrize("most", ["_REMEMBERED_ROWS_MOST", "_REMEMBERED_BOOKS_MOST"])
def test_forgetting_changes_nothing(hands: Hands, most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, most, 0)
    for n in range(4):
        number = hands.does(AMNA, "needs.list_region", label=f"{n}")
        assert hands.book.row(Ref[Region](number)).number == number
    assert hands.refused(MAREN, "needs.list_region", label="B")
    living = hands.book.tables
    assert digest(living) == digest(SqlTables(hands.book.id))
    holds(hands.book.id)


def test_an_asking_prepared_long_ago_is_still_true(committed: Hands) -> None:
    """It says which record its author had seen; meanwhile others acted."""
    asking: Asking = committed.asking(AMNA, "needs.list_region", label="B")
    for n in range(3):
        committed.does(AMNA, "needs.list_unit", label=f"{n}")
    assert committed.book.act(asking) == committed.book.tree.size
    holds(committed.book.id)
