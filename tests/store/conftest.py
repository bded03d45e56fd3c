"""Books that are kept: in a transaction that is rolled back, or committed where others must see them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.store import books
from alongside.store.schema import all_rows, compiled
from alongside.store.sql import here
from tests.kernel.cast import Hands
from tests.store.cast import kept_hands


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What a process remembers of a book ends with the test."""
    yield
    books._living.clear()


@pytest.fixture
def hands(db: None) -> Hands:
    """A founded book and its cast, in a transaction that nobody else sees."""
    return kept_hands().begin()


@pytest.fixture
def on_disk(transactional_db: None) -> Iterator[None]:
    """Every act is committed. The row tables are no models of Django's, so they are emptied here."""
    yield
    connection.close()      # whatever a test did to this connection is over
    for row in all_rows():
        here().run(f"DELETE FROM {compiled(row).table}")


@pytest.fixture
def committed(on_disk: None) -> Hands:
    """A founded book and its cast, as other threads and processes see it."""
    return kept_hands().begin()
