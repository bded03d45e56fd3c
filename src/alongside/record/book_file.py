"""A book on paper's terms: one plain text file that can be read, checked and carried on when we are gone.

Two head lines, every entry on a line of its own, an empty line, and the checkpoint to the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from alongside.record import checkpoint
from alongside.record.canonical import BYTES_MAX as ENTRY_BYTES_MAX
from alongside.record.exact import Malformed, from_base64, to_base64
from alongside.record.note import BYTES_MAX as NOTE_BYTES_MAX

FIRST_LINE = b"alongside/book/v1"
STATE_STARTS = b"state "
STATE_BYTES = 32
HEAD_BYTES_MAX = 200  # more than either head line has, so that a file of another kind is called that


def write(out: BinaryIO, *, state: bytes, entries: Iterable[bytes], note: str) -> None:
    """Write a book: `state` is the 32-byte digest of its tables, `note` its signed checkpoint.

    Raises Malformed rather than write a file that `BookFile` would refuse; the file is then not whole.
    """
    if len(state) != STATE_BYTES:
        raise Malformed(f"The digest of the tables has {len(state)} bytes instead of {STATE_BYTES}.")
    checkpoint.read(note)
    out.write(FIRST_LINE + b"\n" + STATE_STARTS + to_base64(state).encode("ascii") + b"\n")
    for place, raw in enumerate(entries, start=1):
        if not raw.startswith(b"{") or b"\n" in raw or b"\r" in raw or len(raw) > ENTRY_BYTES_MAX:
            raise Malformed(f"Entry {place} cannot stand on a line of its own.")
        out.write(raw + b"\n")
    out.write(b"\n" + note.encode("utf-8"))


class BookFile:
    """A book's file while it is read, once, from start to end, whatever its length.

    `state` (32 bytes) is there at once; `entries` gives each entry's bytes; then `note` is there. Nothing
    here is verified but the form of the lines: that is for `seals`. Raises Malformed, naming the line, at
    the first fault.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._line = 0
        self._note: str | None = None
        if self._next(HEAD_BYTES_MAX) != FIRST_LINE:
            raise Malformed(f"Line 1 is not {FIRST_LINE.decode()}: no book's file, or its start is missing.")
        state = self._next(HEAD_BYTES_MAX)
        if not state.startswith(STATE_STARTS):
            raise Malformed("Line 2 does not give the digest of the tables (state, a space, base64).")
        coded = state[len(STATE_STARTS) :].decode("latin-1")  # cannot fail; base64 refuses what is not ASCII
        self.state = from_base64(coded, "The digest of the tables in line 2", STATE_BYTES)
        self.entries = self._entries()

    @classmethod
    def read(cls, stream: BinaryIO) -> BookFile:
        """Begin to read a book from a binary stream; both head lines are read at once."""
        return cls(stream)

    @property
    def note(self) -> str:
        """The signed checkpoint as it stands in the file; ValueError before all `entries` were read."""
        if self._note is None:
            raise ValueError("The checkpoint stands at the end of the file: read the entries first.")
        return self._note

    def _entries(self) -> Iterator[bytes]:
        while line := self._next(ENTRY_BYTES_MAX):
            if not line.startswith(b"{"):
                raise Malformed(f"Line {self._line} is neither an entry nor the empty line after them.")
            yield line
        self._note = self._rest()

    def _next(self, length_max: int) -> bytes:
        """Return the next line without its newline, never holding more than `length_max` bytes and one."""
        self._line += 1
        line = self._stream.readline(length_max + 1)
        if b"\r" in line:
            raise Malformed(f"Line {self._line} has a CR in it: a program on the way changed this file.")
        if len(line.removesuffix(b"\n")) > length_max:
            raise Malformed(f"Line {self._line} is longer than {length_max} bytes.")
        if not line.endswith(b"\n"):
            raise Malformed(f"The file was cut off in line {self._line}, before its checkpoint.")
        return line[:-1]

    def _rest(self) -> str:
        raw = self._stream.read(NOTE_BYTES_MAX + 1)
        if b"\r" in raw:
            raise Malformed("The checkpoint has CR in it: a program on the way changed this file.")
        try:
            note = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed("The checkpoint at the end of the file is not UTF-8.") from None
        try:
            checkpoint.read(note)
        except Malformed as wrong:
            raise Malformed(f"The file does not end in a whole checkpoint. {wrong}") from None
        return note
