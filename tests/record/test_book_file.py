"""A book's file is read once, line by line, and every way to hand over a damaged one has its own sentence."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.book_file import BookFile, write
from alongside.record.entry import BYTES_MAX, Malformed
from tests.record.cast import examples, seed, small_book

TOLD = small_book()
FILE = TOLD.file()
LINES = FILE.split(b"\n")


def read(raw: bytes) -> tuple[bytes, list[bytes], str]:
    """Read a whole file at once."""
    book = BookFile.read(io.BytesIO(raw))
    entries = list(book.entries)
    return book.state, entries, book.note


def test_what_was_written_is_read() -> None:
    assert read(FILE) == (seed("state"), TOLD.entries, TOLD.note())
    assert LINES[0] == b"alongside/book/v1" and LINES[1].startswith(b"state ") and LINES[5] == b""


def test_reading_holds_one_line_at_a_time_and_the_note_comes_last() -> None:
    book = BookFile.read(io.BytesIO(FILE))
    assert next(book.entries) == TOLD.entries[0]
    with pytest.raises(ValueError, match="read the entries first"):
        _ = book.note
    assert [*book.entries] == TOLD.entries[1:] and book.note == TOLD.note()


def test_a_book_without_entries_is_a_book() -> None:
    out = io.BytesIO()
    write(out, state=seed("state"), entries=[], note=TOLD.note())
    assert read(out.getvalue()) == (seed("state"), [], TOLD.note())


def joined(*lines: bytes) -> bytes:
    return b"\n".join(lines)


HEAD, STATE, *REST = LINES
DAMAGED = {
    "nothing": (b"", "cut off in line 1"),
    "another file": (b"PK\x03\x04 a zip archive\n" + FILE, "Line 1 is not"),
    "a byte order mark": (b"\xef\xbb\xbf" + FILE, "Line 1"),
    "a later version": (FILE.replace(b"book/v1", b"book/v2"), "Line 1"),
    "CR LF": (FILE.replace(b"\n", b"\r\n"), "Line 1 has a CR"),
    "CR LF in one line": (FILE.replace(STATE + b"\n", STATE + b"\r\n"), "Line 2 has a CR"),
    "CR inside a line": (FILE.replace(b'"v":1', b'"v":\r1'), "Line 3 has a CR"),
    "CR": (FILE.replace(b"\n", b"\r"), "Line 1"),
    "CR LF in the checkpoint": (FILE[:-1] + b"\r\n", "CR"),
    "no head": (joined(STATE, *REST), "Line 1"),
    "no state": (joined(HEAD, *REST), "Line 2"),
    "state and head changed over": (joined(STATE, HEAD, *REST), "Line 1"),
    "another word for the state": (joined(HEAD, STATE.replace(b"state", b"proof"), *REST), "Line 2"),
    "a state too short": (joined(HEAD, STATE[:-4], *REST), "line 2"),
    "a state that is no base64": (joined(HEAD, b"state " + b"?" * 44, *REST), "line 2"),
    "a state that is no ASCII": (joined(HEAD, b"state " + b"\xff" * 44, *REST), "line 2"),
    "a state with stray bits": (joined(HEAD, STATE[:-2] + b"9=", *REST), "line 2|not in its one"),
    "an empty line before the entries": (joined(HEAD, STATE, b"", *REST), "whole checkpoint"),
    "an empty line among the entries": (joined(HEAD, STATE, REST[0], b"", *REST[1:]), "whole checkpoint"),
    "a comment": (joined(HEAD, STATE, b"# ours", *REST), "Line 3"),
    "an indented entry": (joined(HEAD, STATE, b" " + REST[0], *REST[1:]), "Line 3"),
    "no empty line": (joined(HEAD, STATE, *REST[:3], *REST[4:]), "Line 6"),
    "the checkpoint before the entries": (
        joined(HEAD, STATE, *REST[3:-1], *REST[:3], b""),
        "whole checkpoint",
    ),
    "text after the checkpoint": (FILE + b"greetings\n", "whole checkpoint"),
    "an empty line after the checkpoint": (FILE + b"\n", "whole checkpoint"),
    "two checkpoints": (FILE + b"\n" + TOLD.note().encode(), "whole checkpoint"),
    "a second book after the first": (FILE + FILE, "whole checkpoint"),
    "a checkpoint without signatures": (FILE[: FILE.rindex(b"\n\n") + 1], "whole checkpoint"),
    "a checkpoint that is not UTF-8": (FILE[:-1] + b"\xff\n", "UTF-8"),
    "a checkpoint without end": (FILE + b"x" * 600_000, "whole checkpoint"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file_is_refused_with_a_sentence(what: str) -> None:
    raw, sentence = DAMAGED[what]
    with pytest.raises(Malformed, match=sentence):
        read(raw)


def test_every_truncation_is_refused_and_no_part_of_an_entry_is_handed_on() -> None:
    for end in range(len(FILE)):
        entries = []
        with pytest.raises(Malformed):
            for raw in BookFile.read(io.BytesIO(FILE[:end])).entries:
                entries.append(raw)
        assert entries == TOLD.entries[: len(entries)]


class Endless(io.RawIOBase):
    """A stream whose line never ends. It counts what was taken from it."""

    def __init__(self, start: bytes) -> None:
        self.start, self.taken = start, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self.start[: len(buffer)] or b"x" * len(buffer)
        self.start = self.start[len(part) :]
        buffer[: len(part)] = part
        self.taken += len(part)
        return len(part)


@pytest.mark.parametrize("start", [b"", HEAD + b"\n", HEAD + b"\n" + STATE + b"\n{", FILE])
def test_an_endless_line_is_refused_after_a_bounded_piece(start: bytes) -> None:
    stream = Endless(start)
    with pytest.raises(Malformed):
        book = BookFile.read(io.BufferedReader(stream))
        list(book.entries)
    assert stream.taken < len(FILE) + 700_000


def test_the_longest_entry_is_a_line_and_a_longer_one_is_not() -> None:
    longest = b"{" + b"x" * (BYTES_MAX - 1)
    out = io.BytesIO()
    write(out, state=seed("state"), entries=[longest], note=TOLD.note())
    assert read(out.getvalue())[1] == [longest]
    with pytest.raises(Malformed, match="longer than 65535"):
        read(out.getvalue().replace(longest, longest + b"x"))


@pytest.mark.parametrize(
    "given",
    [
        {"state": b"short"},
        {"entries": [b'{"a":\n1}']},
        {"entries": [b""]},
        {"entries": [b"[]"]},
        {"entries": [b"{\r}"]},
        {"entries": [b"{" + b"x" * BYTES_MAX]},
        {"note": "no note"},
        {"note": TOLD.note() + "\n"},
    ],
)
def test_what_could_not_be_read_again_is_not_written(given: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        write(io.BytesIO(), **{"state": seed("state"), "entries": TOLD.entries, "note": TOLD.note(), **given})


@examples(60)
@given(st.binary(max_size=200), st.integers(0, len(FILE)))
def test_noise_is_refused_as_malformed_and_nothing_else(noise: bytes, place: int) -> None:
    for raw in (noise, FILE[:place] + noise + FILE[place:], FILE[:place] + noise):
        try:
            state, entries, note = read(raw)
        except Malformed:
            continue
        out = io.BytesIO()
        write(out, state=state, entries=entries, note=note)
        assert out.getvalue() == raw
