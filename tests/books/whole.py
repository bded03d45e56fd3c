"""A whole record, walked through anew by somebody who has nothing but its bytes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from alongside.audit import Auditor, replay
from alongside.memory import MemoryBook
from alongside.record.attest import KeyRing
from alongside.record.entry import Entry
from alongside.tables import MemoryTables, digest


def verifies(book: MemoryBook) -> None:
    """Every entry was vouched for and permitted; replayed from nothing it gives these tables and this
    root."""
    auditor, keys, entries = Auditor(), KeyRing(), [Entry.read(raw) for raw in book.entries()]
    for number, entry in enumerate(entries, 1):
        assert entry.number == number
        keys.admit(entry)
        auditor.check(entry)
    leaves = [hashlib.sha256(b"\x00" + raw).digest() for raw in book.entries()]
    for entry in entries[::7] + entries[-1:]:
        size, root = entry.asked["seen"]["size"], entry.asked["seen"]["root"]
        assert root == base64.b64encode(root_of(leaves[:size])).decode(), f"{entry.number} saw another record"
    assert digest(replay(entries, MemoryTables())) == digest(book.tables)
    assert book.tree.root() == root_of(leaves)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root as RFC 6962 defines it, with no frontier and no carrying."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + root_of(leaves[:half]) + root_of(leaves[half:])).digest()
