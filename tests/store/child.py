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


def acts(database: str, id: str, day: date, start: int, count: int, barrier: Any, told: Any) -> None:
    """Open the book and act `count` times, one by one and then all at once, beginning when all are ready."""
    settings.DATABASES["default"]["NAME"] = database
    clock = Clock(day)
    hands = Hands(open_book(id, clock=clock), clock, start=start)
    shared = hands.asking(AMNA, "needs.list_region", asked_id="5" * 32, label="asked by everybody")
    barrier.wait(60)
    numbers = [hands.does(AMNA, "needs.list_region", label=f"place {n}") for n in range(count)]
    many = [hands.asking(AMNA, "needs.list_unit", label=f"unit {n}") for n in range(count)]
    outcomes = hands.book.act_many([*many, shared])
    told.put((numbers + [o.number for o in outcomes], hands.book.act(shared)))
