"""Anybody asks anything, on any day: a host's two books stay what they promise to be.

The quick run is the same every time. The long one, left out of `./test quick`, goes further and must get
round to everything that can be asked at all.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.books.drawn import every_action
from tests.books.judge import HAPPENED
from tests.books.machine import Books
from tests.books.no import RULES
from tests.books.then import EFFECTS

ROUND = settings(max_examples=9, stateful_step_count=25, derandomize=True, deadline=None, database=None,
                 suppress_health_check=list(HealthCheck))
NEVER = {"partnership.found", "partnership.adopt_rules"}  # this book is founded; there are no newer rules


def drive(rounds: range, **more: Any) -> None:
    """Books from many beginnings. After ten examples Hypothesis mostly varies those it had: so, many
    rounds."""
    for one in rounds:
        machine = seed(one)(type("Books", (Books,), {}))
        run_state_machine_as_test(machine, settings=settings(ROUND, **more))


def test_what_is_remembered_knows_every_action():
    known = set(RULES) & set(EFFECTS)
    assert known == set(every_action()), (
        "teach tests/books no.py and then.py what it asks for and what it does"
    )


def test_books_keep_what_they_promise():
    drive(range(4))


@pytest.mark.slow
def test_books_keep_what_they_promise_for_longer():
    HAPPENED.clear()
    drive(range(4, 34), stateful_step_count=40)
    assert set(every_action()) - NEVER <= set(HAPPENED), "some action never happened"
