"""A book kept in memory: for trying things out, for tests, and for walking through somebody else's record."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import Any

from alongside.act import Asking, Book, Kept, Text
from alongside.fact import Entered
from alongside.record.tree import Tree
from alongside.tables import MemoryTables


class MemoryVault:
    """Words in a dictionary, by commitment."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def put(self, words: Sequence[Kept]) -> None:
        """Keep words."""
        self.kept.update({k.commitment: k for k in words})

    def open(self, commitments: Iterable[str]) -> Mapping[str, Text]:
        """The words that are still kept."""
        return {c: Text(self.kept[c].text, self.kept[c].language) for c in commitments if c in self.kept}


class MemoryBook(Book):
    """A whole book in this process's memory. Its clock and its key are arguments."""

    tables: MemoryTables
    vault: MemoryVault

    def __init__(self, id: str, clock: Callable[[], date], key: bytes) -> None:
        self.id, self._clock, self._key = id, clock, key
        self.tables, self.vault, self.tree = MemoryTables(), MemoryVault(), Tree()
        self.last_day = None
        self.raw: list[bytes] = []
        self.leaves: list[bytes] = []
        self.told: list[Any] = []
        self._asked: dict[str, tuple[int, int, bytes]] = {}

    def clock(self) -> date:
        """The day the caller's clock says."""
        return self._clock()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """All or nothing: a copy is put back when anything raises."""
        before = (deepcopy(self.tables), dict(self.vault.kept), Tree(self.tree.size, self.tree.frontier),
                  self.last_day, len(self.raw), dict(self._asked), len(self.told))
        try:
            yield
        except BaseException:
            self.tables, self.vault.kept, self.tree, self.last_day, size, self._asked, told = before
            del self.raw[size:], self.leaves[size:], self.told[told:]
            raise

    def find(self, asked_id: str) -> tuple[int, int, bytes] | None:
        """What this asking already made."""
        return self._asked.get(asked_id)

    def keep(self, entry: Entered, raw: bytes, leaf: bytes, asking: Asking) -> None:
        """Append to the list."""
        self.raw.append(raw)
        self.leaves.append(leaf)
        self._asked[asking.asked_id] = (entry.number, asking.author, asking.fingerprint)

    def entries(self, after: int = 0) -> Iterator[bytes]:
        """The bytes of every entry, in order."""
        return iter(self.raw[after:])

    def seen(self) -> tuple[int, str]:
        """Size and root of the record."""
        return self.tree.size, base64.b64encode(self.tree.root()).decode()

    def fingerprint(self, said: bytes) -> bytes:
        """HMAC-SHA256 under the key this book was opened with."""
        return hmac.new(self._key, said, hashlib.sha256).digest()

    def tell(self, jobs: Iterable[Any]) -> None:
        """Keep the jobs in a list."""
        self.told += jobs
