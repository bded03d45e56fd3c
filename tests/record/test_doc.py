"""docs/record.md is enough: the code makes its example, and a verifier that uses nothing else agrees."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable
from typing import Any

import pytest

from alongside.record.exact import to_base64
from alongside.record.note import NoteKey
from alongside.record.seals import verify_file
from tests.record import example, stranger
from tests.record.cast import AMNA, BOOK, LOG, Told, founded, joins, rewritten, seed, small_book
from tests.record.test_attest import DOORWAY_KEY

PAGE = example.PAGE.read_text("utf-8")
LOG_KEY = LOG.verifier.public


def test_the_example_in_the_page_is_what_the_code_makes() -> None:
    assert example.filled(PAGE) == PAGE, "run: python -m tests.record.example"


def test_the_book_in_the_page_verifies_with_the_key_in_the_page() -> None:
    key = re.search(r"log's verifier key: (\S+)", example.block("keys", PAGE))
    assert key is not None
    log = NoteKey.parse(key[1])
    file = example.block("file", PAGE).encode()
    seals = verify_file(io.BytesIO(file), log_key=log.public)
    assert seals.wrong is None and seals.signed and seals.size == 3 and log.name == f"alongside/{BOOK}"
    assert to_base64(seals.root) in example.block("tree", PAGE)
    assert stranger.verify(file, log.public) is None


def test_the_stranger_shares_no_line_with_us() -> None:
    with tokenize.open(stranger.__file__) as source:
        assert "alongside.record" not in source.read()


def test_ours_and_a_stranger_agree_on_every_flipped_byte() -> None:
    file = example.told().file()
    for place in range(0, len(file), 3):
        changed = bytearray(file)
        changed[place] ^= 0x20
        ours = verify_file(io.BytesIO(bytes(changed)), log_key=LOG_KEY)
        assert (ours.wrong is None) == (stranger.verify(bytes(changed), LOG_KEY) is None), place


def wrong_joining(**changed: Any) -> Told:
    told = founded()
    told.say(keys_joined=[{**joins(AMNA), **changed}])
    return told


def said(*steps: dict[str, Any]) -> Told:
    told = founded()
    for step in steps:
        told.say(**step)
    return told


def edited(change: Callable[[dict[str, Any]], object]) -> Told:
    """A book whose last entry was changed before the log signed it, as a dishonest log might."""
    told = small_book()
    again = Told(entries=[])
    for raw in told.entries[:-1]:
        again.add(raw)
    again.add(rewritten(told.entries[-1], change))
    return again


AMNA_KEY = to_base64(AMNA.public)
JOINS: dict[str, Any] = {"keys_joined": [joins(AMNA, "consent.*", member=2)]}
BOOKS: dict[str, tuple[Told, bool]] = {
    "an honest book": (small_book(6), True),
    "a member's key in use": (said(JOINS, {"by": AMNA, "author": 2, "action": "consent.narrow"}), True),
    "a member's key for another": (said(JOINS, {"by": AMNA, "author": 3, "action": "consent.narrow"}), False),
    "a verb too many": (said(JOINS, {"by": AMNA, "author": 2}), False),
    "a key that joins itself": (said({"by": AMNA, **JOINS}), False),
    "a key that leaves": (said(JOINS, {"keys_left": [AMNA_KEY]}), True),
    "a key that comes back": (said(JOINS, {"keys_left": [AMNA_KEY]}, JOINS), False),
    "a key that leaves twice": (said(JOINS, {"keys_left": [AMNA_KEY]}, {"keys_left": [AMNA_KEY]}), False),
    "a key that leaves and attests it": (said({"keys_left": [DOORWAY_KEY]}), True),
    "a key that left": (said({"keys_left": [DOORWAY_KEY]}, {}), False),
    "a proof of nothing": (wrong_joining(proof=to_base64(b"\0" * 64)), False),
    "no verbs": (wrong_joining(verbs=[]), False),
    "a verb out of form": (wrong_joining(verbs=["*.*"]), False),
    "a member more": (wrong_joining(more=1), False),
    "a small key": (wrong_joining(key=to_base64(b"\1" + b"\0" * 31)), False),
    "another number": (edited(lambda e: e.update(number=4)), False),
    "an earlier day": (edited(lambda e: e.update(day="2025-02-28")), False),
    "no such day": (edited(lambda e: e.update(day="2025-04-31")), False),
    "a later day": (edited(lambda e: e.update(day="2025-04-30")), True),
    "another fact": (edited(lambda e: e["fact"]["fields"].update(item=9)), True),
    "a letter with an accent": (edited(lambda e: e["fact"]["fields"].update(item="é")), True),
    "another author": (edited(lambda e: e.update(author=9)), False),
    "a size not seen": (edited(lambda e: e["asked"]["seen"].update(size=1)), False),
    "words without commitment": (edited(lambda e: e["asked"].update(words={"reason": {}})), False),
    "version 2": (edited(lambda e: e.update(v=2)), False),
}


@pytest.mark.parametrize("what", BOOKS)
def test_ours_and_a_stranger_agree_on_whole_books(what: str) -> None:
    told, good = BOOKS[what]
    file = told.file()
    ours = verify_file(io.BytesIO(file), log_key=LOG_KEY)
    assert (ours.wrong is None, stranger.verify(file, LOG_KEY) is None) == (good, good)


def test_the_page_says_every_limit_that_the_code_keeps() -> None:
    for said_there in (
        "65,535",
        "2^53",
        "32 arrays",
        "500,000",
        "64 signatures",
        "2^63",
        "alongside/words/v1",
    ):
        assert said_there in " ".join(PAGE.split())
    assert seed("state") != seed("salt")
