"""Somebody changes one thing in an exported book. Whoever has the file is told, and where.

The file is small, so that every kind of place in it can be tried; the slow test tries every byte.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alongside.store.export import export
from alongside.store.verify import Report, verify_file
from tests.kernel.cast import LUCIA, Hands
from tests.store.cast import kept_hands

FIRST = 2       # entry n stands in line FIRST + n - 1, counted from 0


@pytest.fixture
def lines(db: None) -> list[bytes]:
    """The lines of a book of eight entries, the last of them of another day."""
    hands: Hands = kept_hands().begin()
    hands.clock.later(1)
    assert hands.does(LUCIA, "consent.ask", kind="money", words="May we?") == 8
    out = io.BytesIO()
    export(hands.book.id, out)
    return out.getvalue().splitlines(keepends=True)


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Report]:
    def verified(raw: bytes, depth: str = "rules") -> Report:
        path = tmp_path / "book"
        path.write_bytes(raw)
        return verify_file(path, depth)

    return verified


def day_of(line: bytes) -> range:
    """Where the day stands: vouched for by the checkpoint, and by whoever came later, not by its author."""
    start = line.index(b'"day":"') + 7
    return range(start, start + 10)


def wrongly_judged(lines: list[bytes], check: Callable[..., Report], line: int, place: int, bit: int) -> str:
    """Change one bit there; what was not found, or laid at another entry's door."""
    raw = lines[line]
    flipped = raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1:]
    report = check(b"".join([*lines[:line], flipped, *lines[line + 1:]]))
    number = line - FIRST + 1
    an_entry_s = 1 <= number <= 8 and place < len(raw) - 1
    if report.wrong is None:
        return f"line {line}, byte {place}: not found"
    expected = {number} if an_entry_s else {None}
    if an_entry_s and place in day_of(raw):
        expected = {number, number + 1, None}
    elif an_entry_s and place == 0:
        expected = {None}       # what does not begin like an entry is the file's fault
    elif number in range(1, 9) and place == len(raw) - 1:
        expected = {number, None}       # two lines become one
    return "" if report.wrong.number in expected else f"line {line}, byte {place}: {report.wrong}"


def places(raw: bytes, step: int) -> Iterator[int]:
    yield from {*range(0, len(raw), step), len(raw) - 1, len(raw) - 2, *([1] if len(raw) > 1 else [])}


def test_the_file_as_it_was_written_holds(lines: list[bytes], check: Callable[..., Report]) -> None:
    assert len(lines) == FIRST + 8 + 1 + 5
    for depth in ("seals", "state", "rules"):
        report = check(b"".join(lines), depth)
        assert report.ok and report.signed and report.entries == 8


def test_any_sort_of_byte(lines: list[bytes], check: Callable[..., Report]) -> None:
    missed = [wrongly_judged(lines, check, line, place, bit)
              for line, raw in enumerate(lines) for place in places(raw, 73) if place >= 0
              for bit in (1, 128)]
    assert [m for m in missed if m] == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_byte(lines: list[bytes], check: Callable[..., Report], part: int) -> None:
    missed = [wrongly_judged(lines, check, line, place, 1)
              for line, raw in enumerate(lines) for place in range(part, len(raw), 4)]
    assert [m for m in missed if m] == []


def test_any_byte_left_out_or_put_in(lines: list[bytes], check: Callable[..., Report]) -> None:
    whole, at = b"".join(lines), 0
    for raw in lines:
        for place in places(raw, 173):
            for other in (whole[:at + place] + whole[at + place + 1:],
                          whole[:at + place] + b" " + whole[at + place:]):
                assert not check(other).ok, (raw, place)
        at += len(raw)


def test_lines_left_out_twice_or_in_another_order(lines: list[bytes], check: Callable[..., Report]) -> None:
    for line in range(len(lines)):
        number = line - FIRST + 1 if FIRST <= line < FIRST + 8 else None
        left_out = check(b"".join(lines[:line] + lines[line + 1:]))
        assert left_out.wrong is not None
        assert left_out.wrong.number == (number if number != 8 else None)
        twice = check(b"".join(lines[:line + 1] + lines[line:]))
        if line + 1 == len(lines):
            assert twice.ok     # a signature that is said twice says the same
        else:
            assert twice.wrong is not None
            assert twice.wrong.number == (number + 1 if number else None)
            swapped = check(b"".join([*lines[:line], lines[line + 1], lines[line], *lines[line + 2:]]))
            assert swapped.wrong is not None
            assert swapped.wrong.number == (number if number != 8 else None)


def test_a_file_that_was_cut_off(lines: list[bytes], check: Callable[..., Report]) -> None:
    whole = b"".join(lines)
    for end in [0, 1, 5, *range(7, len(whole), 211), len(whole) - 1]:
        assert not check(whole[:end]).ok, end
    for more in (b"x", b"\n", lines[3], b"\x00", whole):
        assert not check(whole + more).ok, more


def test_the_digest_of_the_tables_is_asked_from_the_second_depth_on(lines: list[bytes],
                                                                     check: Callable[..., Report]) -> None:
    """Nobody signs it: it is said for whoever replays, and seals do not."""
    other = b"state " + b"A" * 43 + b"=\n"
    raw = b"".join([lines[0], other, *lines[2:]])
    assert check(raw, "seals").ok
    for depth in ("state", "rules"):
        wrong = check(raw, depth).wrong
        assert wrong is not None and wrong.number is None and "tables" in wrong.sentence


def test_seals_alone_tell_another_fact_by_whoever_came_next(lines: list[bytes],
                                                            check: Callable[..., Report]) -> None:
    """A fact is not what its author signed: at the first depth, those tell who signed what they had seen."""
    at = FIRST + 1
    fact = lines[at].index(b'"fact":"PersonAdmitted"')
    changed = lines[at][:fact] + lines[at][fact:].replace(b'"host":true', b'"host":false', 1)
    raw = b"".join([*lines[:at], changed, *lines[at + 1:]])
    wrongs = [check(raw, depth).wrong for depth in ("seals", "rules")]
    assert [w.number for w in wrongs if w] == [3, 2]


def test_lines_by_other_keys_say_nothing_here(lines: list[bytes], check: Callable[..., Report]) -> None:
    cosigned = "— somebody.example/else " + "A" * 92 + "\n"
    assert check(b"".join(lines) + cosigned.encode()).ok


def test_other_files_are_told_from_books(check: Callable[..., Report]) -> None:
    for raw in (b"", b"\n", b"PK\x03\x04", b"alongside/book/v1\n", b"alongside/book/v2\n", b"\xff" * 5000,
                b"{}" * 100_000):
        wrong = check(raw).wrong
        assert wrong is not None and wrong.number is None
