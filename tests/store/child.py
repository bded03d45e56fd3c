"""What another process does with a book: it starts with nothing, and imports this."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.node.settings")
django.setup()

from alongside.store.books import open_book  # noqa: E402  # Django comes first
from tests.kernel.cast import AMNA, Clock, Hands  # noqa: E402  # as above
from tests.store.cast import Statements  # noqa: E402  # as above
from tests.store.ways import WAYS, asked, jobs  # noqa: E402  # as above

KILLED = 9


def hands_on(database: str, id: str, day: date, start: int) -> Hands:
    settings.DATABASES["default"]["NAME"] = database
    clock = Clock(day)
    return Hands(open_book(id, clock=clock), clock, start=start)


def dies(database: str, id: str, day: date, start: int, way: int, at: int, done: bool) -> None:
    """Open the book, act in one of the ways, and be dead at the `at`th statement: before or after it."""
    hands = hands_on(database, id, day, start)
    with jobs():
        statements = Statements(at, done=done, stumble=lambda: os._exit(KILLED))
        WAYS[way](statements.watch(hands.book), asked(hands))


def acts(database: str, id: str, day: date, start: int, count: int, barrier: Any, told: Any) -> None:
    """Open the book and act `count` times, one by one and then all at once, beginning when all are ready."""
    hands = hands_on(database, id, day, start)
    shared = hands.asking(AMNA, "needs.list_region", asked_id="5" * 32, label="asked by everybody")
    barrier.wait(60)
    numbers = [hands.does(AMNA, "needs.list_region", label=f"place {n}") for n in range(count)]
    many = [hands.asking(AMNA, "needs.list_unit", label=f"unit {n}") for n in range(count)]
    outcomes = hands.book.act_many([*many, shared])
    told.put((numbers + [o.number for o in outcomes], hands.book.act(shared)))
