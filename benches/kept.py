"""What every bench shares: a book in a folder of its own, askings made ready beforehand, and honest timing.

Each bench prints ratios against a peer or a limit measured in the same run, the median of several rounds
that take turns, so that a machine that is busy with something else slows both.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="alongside-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"ALONGSIDE_DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "alongside.node.settings"}

import django  # noqa: E402  # the folder comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from alongside.act import Asking, Text, prepare  # noqa: E402
from alongside.action import ACTIONS  # noqa: E402
from alongside.store.books import KeptBook, found_book  # noqa: E402
from alongside.store.keys import joining, log_key, signer  # noqa: E402
from alongside.store.sql import here  # noqa: E402

TODAY = date(2026, 2, 2)
HOST, SECOND = 1, 2

# The same shape as `book_entry`, so that "bare" is what a database must do for one line of a record at the
# least.
BARE = (
    "CREATE TABLE bare (book VARCHAR(26) NOT NULL, number BIGINT NOT NULL,"
    " raw BLOB NOT NULL, leaf BLOB NOT NULL,"
    " author BIGINT NOT NULL, asked_id VARCHAR(32) NOT NULL, fingerprint BLOB NOT NULL,"
    " PRIMARY KEY (book, number), UNIQUE (book, asked_id)) WITHOUT ROWID"
)
INTO_BARE = "INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?)"


class Bench:
    """A founded shared book with two host people and one ally, and a bare table beside it."""

    def __init__(self) -> None:
        settings.ALONGSIDE_FOLDER.make()
        call_command("migrate", verbosity=0, skip_checks=True)
        self.book: KeptBook = found_book(clock=lambda: TODAY)
        self.do(HOST, "partnership.found", {"name_of_group": "Sidra Lanes Kitchen", "your_name": "Amna"},
                kind="shared", keys=[k.to_json() for k in joining(self.book.id)], log_key=log_key())
        self.do(HOST, "partnership.admit", {"name": "Nuha"}, group=HOST)
        self.ally = self.do(HOST, "partnership.invite", {"name_of_group": "Lantern Street"})
        self.do(self.ally, "partnership.accept", {"name_of_group": "Lantern Street", "your_name": "Maren"},
                invitation=self.ally)
        self.sack = self.do(HOST, "needs.list_unit", {"label": "sack of 50 kg"}, decimals=0)
        self.need = self.name_need("sorghum")
        here().run(BARE)
        self._bare = 0

    def asking(self, author: int, action: str, texts: dict[str, str] | None = None, **plain: Any) -> Asking:
        """An asking ready to be performed: read, committed to and attested."""
        said = {field: Text(text, "en") for field, text in (texts or {}).items()}
        return prepare(ACTIONS[(action, 1)], plain, said, book=self.book, author=author,
                       asked_id=secrets.token_hex(16), signer=signer("doorway"), random=secrets.token_bytes)

    def do(self, author: int, action: str, texts: dict[str, str] | None = None, **plain: Any) -> int:
        """Perform one."""
        return self.book.act(self.asking(author, action, texts, **plain))

    def name_need(self, label: str) -> int:
        """One more need on the list."""
        return self.book.act(self.naming(label))

    def naming(self, label: str) -> Asking:
        """The asking of an imported line: a new item, its words, a quantity."""
        return self.asking(
            HOST, "needs.name", {"label": label}, kind="goods.food", quantity=[40, f"u{self.sack}"]
        )

    def bare_rows(self, count: int, size: int) -> list[tuple[object, ...]]:
        """Rows for the bare table, as long as entries are."""
        raw = b"x" * size
        rows = [(self.book.id, self._bare + n, raw, secrets.token_bytes(32), 1, secrets.token_hex(16),
                 secrets.token_bytes(32)) for n in range(1, count + 1)]
        self._bare += count
        return rows

    def entry_size(self) -> int:
        """Bytes of the newest entry."""
        return len(next(self.book.entries(self.book.tree.size - 1)))


def seconds(work: Callable[[], object]) -> float:
    """How long something takes, by the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratio(ours: list[float], theirs: list[float]) -> str:
    """Their time over ours (more is better), as median, least and most of the rounds."""
    ratios = sorted(t / o for o, t in zip(ours, theirs, strict=True))
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
