"""An entry has a size that every reader of the record can rely on. What does not fit is refused whole."""

from __future__ import annotations

import secrets
from datetime import date

import pytest

from alongside.act import Text, prepare
from alongside.action import ACTIONS
from alongside.gate import Refused
from alongside.memory import MemoryBook
from alongside.record.attest import Signer
from alongside.record.entry import new_book_id


def test_what_one_entry_cannot_hold_is_refused_and_nothing_is_kept() -> None:
    book = MemoryBook(new_book_id(secrets.token_bytes), lambda: date(2026, 1, 26), b"k" * 32)
    signer = Signer.make("doorway")
    key = {"by": "doorway", "key": "a" * 44, "proof": "b" * 88, "verbs": ["*"]}
    asking = prepare(
        ACTIONS[("partnership.found", 1)], {"kind": "shared", "keys": [key] * 400, "log_key": "c" * 44},
        {"name_of_group": Text("Sidra Lanes Kitchen", "en"), "your_name": Text("Amna", "en")},
        book=book, author=1, asked_id=secrets.token_hex(16), signer=signer, random=secrets.token_bytes,
    )
    with pytest.raises(Refused) as refused:
        book.act(asking)
    assert [r.no.code for r in refused.value.refusals] == ["too-much"]
    assert book.tree.size == 0 and not book.raw and not book.vault.kept
