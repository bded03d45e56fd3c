"""The first depth: whatever was edited, left out, moved, forged or cut off, the seals say where."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.record import checkpoint
from alongside.record.attest import KeyRing
from alongside.record.entry import leaf_hash
from alongside.record.exact import to_base64
from alongside.record.seals import Seals, SealsWalk, Wrong, WrongEntry, verify_file, verify_seals
from alongside.record.tree import EMPTY_ROOT, Tree
from tests.record.cast import (
    AMNA,
    BOOK,
    CLOCK,
    DOORWAY,
    LOG,
    OTHER_BOOK,
    STRANGER,
    Told,
    examples,
    founded,
    joins,
    rewritten,
    seed,
    small_book,
)

LOG_KEY = LOG.verifier.public
TOLD = small_book(5)
FILE = small_book().file()


def verified(told: Told, note: str | None = None) -> Seals:
    """Verify a record against its own checkpoint, or another."""
    return verify_seals(told.entries, note=note or told.note(), log_key=LOG_KEY)


def test_an_honest_record_holds() -> None:
    seals = verified(TOLD)
    assert seals == Seals(BOOK, 5, TOLD.tree.root(), {"doorway": 5}, True, None)
    assert verify_file(io.BytesIO(TOLD.file()), log_key=LOG_KEY) == seals


def test_kinds_of_attestation_are_counted() -> None:
    told = founded()
    told.say("consent.lapse", by=CLOCK)
    told.say(keys_joined=[joins(AMNA, member=2)])
    for _ in range(3):
        told.say(by=AMNA, author=2)
    assert verified(told).attested == {"doorway": 2, "clock": 1, "member": 3}


def test_an_empty_record_holds() -> None:
    told = Told()
    assert verify_seals([], note=told.note(), log_key=LOG_KEY) == Seals(BOOK, 0, EMPTY_ROOT, {}, True, None)
    assert verify_seals([], note=None, log_key=None) == Seals("", 0, EMPTY_ROOT, {}, False, None)


def test_without_a_log_key_nothing_is_called_signed() -> None:
    for note in (TOLD.note(), None):
        seals = verify_seals(TOLD.entries, note=note, log_key=None)
        assert seals.wrong is None and not seals.signed


@examples(30)
@given(st.integers(2, 12), st.data())
def test_an_entry_left_out_moved_or_doubled_is_found(size: int, data: st.DataObject) -> None:
    told = small_book(size)
    place = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != place))
    entries = told.entries
    left_out = entries[:place] + entries[place + 1 :]
    doubled = entries[: place + 1] + entries[place:]
    moved = entries.copy()
    moved[place], moved[other] = moved[other], moved[place]
    for changed, first in ((left_out, place + 1), (doubled, place + 2), (moved, min(place, other) + 1)):
        wrong = verify_seals(changed, note=told.note(), log_key=LOG_KEY).wrong
        assert wrong is not None and wrong.number == (None if first > len(changed) else first)


def edited(number: int, change: Callable[[dict[str, Any]], object]) -> list[bytes]:
    """The entries, one of them changed and written canonically again."""
    entries = TOLD.entries.copy()
    entries[number - 1] = rewritten(entries[number - 1], change)
    return entries


EDITS: dict[str, tuple[int, Callable[[dict[str, Any]], object], int | None, str]] = {
    "another number": (3, lambda e: e.update(number=4), 3, "should be entry 3"),
    "another book": (3, lambda e: e.update(book=OTHER_BOOK), 3, "another book"),
    "an earlier day": (4, lambda e: e.update(day="2025-03-01"), 4, "follows one of 2025-03-02"),
    "more seen than there was": (3, lambda e: e["asked"]["seen"].update(size=3), 3, "cannot have seen 3"),
    "another root seen": (
        3,
        lambda e: e["asked"]["seen"].update(root=to_base64(seed("x"))),
        3,
        "another record",
    ),
    "a root seen at another size": (3, lambda e: e["asked"]["seen"].update(size=1), 3, "another record"),
    "another asking": (3, lambda e: e["asked"]["fields"].update(item=9), 3, "signature"),
    "another author": (3, lambda e: e.update(author=1), 3, "signature"),
    "another fact": (3, lambda e: e["fact"]["fields"].update(item=9), 4, "another record"),
    "a later day at the end": (5, lambda e: e.update(day="2025-03-09"), None, "roots differ"),
    "a later day in the middle": (2, lambda e: e.update(day="2025-03-02"), 3, "another record"),
    "another fact at the end": (5, lambda e: e["fact"]["fields"].update(item=9), None, "roots differ"),
    "words in a corner": (5, lambda e: e.update(remark="hers"), 5, "exactly"),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edited_entry_is_found_where_it_was_edited_or_by_the_next_who_saw_it(what: str) -> None:
    number, change, first, sentence = EDITS[what]
    entries = edited(number, change)
    assert entries != TOLD.entries
    wrong = verify_seals(entries, note=TOLD.note(), log_key=LOG_KEY).wrong
    assert wrong is not None and sentence in wrong.sentence
    assert wrong.number == first


def test_a_past_rewritten_with_every_root_is_found_by_the_signatures() -> None:
    # Somebody with the file but no keys edits a fact and repairs what everybody after it had seen.
    repaired = Told()
    for raw in edited(2, lambda e: e["fact"]["fields"].update(item=9)):
        seen = {"size": repaired.tree.size, "root": to_base64(repaired.tree.root())}
        repaired.add(rewritten(raw, lambda e, seen=seen: e["asked"].update(seen=seen)))
    wrong = verified(repaired).wrong
    assert wrong is not None and wrong.number == 3 and "signature" in wrong.sentence


def test_every_truncated_record_is_found() -> None:
    for size in range(5):
        wrong = verify_seals(TOLD.entries[:size], note=TOLD.note(), log_key=LOG_KEY).wrong
        assert (
            wrong is not None
            and wrong.number is None
            and f"counts 5 entries, but {size} came" in wrong.sentence
        )


def test_a_checkpoint_counts_only_with_the_right_key_book_size_and_root() -> None:
    larger = small_book(6)
    forged = checkpoint.sign(checkpoint.make(BOOK, 5, seed("another root")), LOG)
    other = (
        checkpoint.make(OTHER_BOOK, 5, TOLD.tree.root()).format()
        + TOLD.note()[TOLD.note().rindex("\n\n") + 1 :]
    )
    for note, sentence in [
        (larger.note(), "counts 6"),
        (forged, "roots differ"),
        (other, "another book"),
        ("nonsense", "note"),
    ]:
        assert verified(TOLD, note).wrong == Wrong(None, verified(TOLD, note).wrong.sentence)  # type: ignore[union-attr]
        assert sentence in verified(TOLD, note).wrong.sentence  # type: ignore[union-attr]
    for key in (seed("no key of ours"), STRANGER.public, b"\1" + b"\0" * 31, b"short"):
        seals = verify_seals(TOLD.entries, note=TOLD.note(), log_key=key)
        assert seals.wrong is not None and not seals.signed
    missing = verify_seals(TOLD.entries, note=None, log_key=LOG_KEY)
    assert missing.wrong is not None and "No checkpoint" in missing.wrong.sentence


def test_a_signature_by_another_log_key_is_no_signature() -> None:
    from_file = TOLD.note().splitlines(keepends=True)
    unsigned = "".join(from_file[:-1]) + "\u2014 other.example AAAAAAA=\n"
    wrong = verified(TOLD, unsigned).wrong
    assert wrong is not None and "No key that we know" in wrong.sentence


def test_days_may_stand_still_and_may_not_go_back() -> None:
    told = founded()
    told.say()
    assert verified(told).wrong is None
    told.add(rewritten(small_book(3).entries[2], lambda e: e.update(day=str(date(2020, 1, 1)))))
    wrong = verified(told).wrong
    assert wrong is not None and wrong.number == 3


def test_an_author_may_have_seen_any_earlier_record_but_no_other() -> None:
    told = founded()
    past = Tree()
    for _ in range(6):
        seen = {"size": past.size, "root": to_base64(past.root())}
        told.say(asked={"seen": seen})
        past.append(leaf_hash(told.entries[past.size]))
    assert verified(told).wrong is None
    told.say(asked={"seen": {"size": 3, "root": to_base64(past.root())}})
    wrong = verified(told).wrong
    assert wrong is not None and wrong.number == 8 and "another record" in wrong.sentence


def test_a_walk_hands_on_each_entry_and_stops_at_the_first_fault() -> None:
    walk = SealsWalk(KeyRing())
    assert [walk.next(raw).number for raw in TOLD.entries[:2]] == [1, 2]
    with pytest.raises(WrongEntry) as fault:
        walk.next(b"{}")
    assert fault.value.number == 3 and walk.wrong == Wrong(3, fault.value.sentence) and walk.size == 2
    with pytest.raises(WrongEntry):
        walk.next(TOLD.entries[2])
    seals = walk.finish(TOLD.note(), LOG_KEY)
    assert seals.wrong == walk.wrong and seals.size == 2 and not seals.signed


def test_a_walk_without_keys_claims_no_attestation() -> None:
    told = founded()
    told.say(by=STRANGER)
    walk = SealsWalk(None)
    for raw in told.entries:
        walk.next(raw)
    assert walk.finish(told.note(), LOG_KEY) == Seals(BOOK, 2, told.tree.root(), {}, True, None)
    assert verified(told).wrong is not None


def test_every_flipped_byte_of_a_book_file_is_found() -> None:
    honest = verify_file(io.BytesIO(FILE), log_key=LOG_KEY)
    assert honest.wrong is None and honest.signed
    # The digest of the tables is for the second depth: the seals only ask that it has its form.
    state = range(FILE.index(b"state ") + len("state "), FILE.index(b"=\n"))
    for place in range(len(FILE)):
        raw = bytearray(FILE)
        raw[place] ^= 0x01
        seals = verify_file(io.BytesIO(bytes(raw)), log_key=LOG_KEY)
        if place in state:
            assert seals.wrong is not None or seals == honest
        else:
            assert seals.wrong is not None and not seals.signed, place


def test_a_damaged_file_is_said_to_be_damaged() -> None:
    for raw, number in [
        (b"", None),
        (FILE[:-1], None),
        (FILE.replace(b"\n", b"\r\n"), None),
        (FILE.replace(b'"v":1', b'"v":2'), 1),
    ]:
        seals = verify_file(io.BytesIO(raw), log_key=LOG_KEY)
        assert seals.wrong is not None and seals.wrong.number == number and not seals.signed


@examples(60)
@given(st.lists(st.binary(max_size=40), max_size=3), st.integers(0, 5))
def test_noise_is_never_more_than_a_fault(noise: list[bytes], after: int) -> None:
    seals = verify_seals(TOLD.entries[:after] + noise, note=TOLD.note(), log_key=LOG_KEY)
    assert (seals.wrong is None) == (after == 5 and not noise)


def test_signing_twice_gives_one_note() -> None:
    assert TOLD.note() == small_book(5).note() and DOORWAY.public != CLOCK.public
