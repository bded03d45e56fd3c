"""A checkpoint says, signed: this record has so many entries, and this is the root over all of them.

This is C2SP tlog-checkpoint v1.0.0: a signed note whose text is origin, size and root, one a line. It is
signed after its entries are kept, never before: a signature over what a crash then loses could not be taken
back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alongside.record.exact import Malformed, from_base64, to_base64
from alongside.record.note import Note, NoteKey, NoteSigner, verify
from alongside.record.note import sign as sign_note
from alongside.record.shape import check_book
from alongside.record.tree import HASH_BYTES, SIZE_LIMIT

ORIGIN_STARTS = "alongside/"
_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """How large a log is and which 32-byte root it has. `extensions` are lines we tolerate and ignore."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def format(self) -> str:
        """Return the note text that is signed, the last newline included."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a note text; raise Malformed for anything that this class would not write the same way."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or "" in lines:
            raise Malformed("A checkpoint is at least three lines, none of them empty: origin, size, root.")
        origin, digits, coded, *extensions = lines
        if not _SIZE.fullmatch(digits) or int(digits) >= SIZE_LIMIT:
            raise Malformed("The size in a checkpoint is not a plain decimal number below 2**63.")
        root = from_base64(coded, "The root in a checkpoint", HASH_BYTES)
        return cls(origin, int(digits), root, tuple(extensions))


def origin(book: str) -> str:
    """Return what a book's checkpoints begin with, which is also the name of its log key."""
    check_book(book)
    return ORIGIN_STARTS + book


def make(book: str, size: int, root: bytes) -> Checkpoint:
    """Return the checkpoint of a book with `size` entries and the 32-byte `root` over them."""
    if not 0 <= size < SIZE_LIMIT or len(root) != HASH_BYTES:
        raise ValueError("A checkpoint needs a size that a tree can have and a root of 32 bytes.")
    return Checkpoint(origin(book), size, root)


def sign(checkpoint: Checkpoint, log: NoteSigner) -> str:
    """Return the checkpoint as a note signed by the log's key, whose name must be the origin."""
    if log.verifier.name != checkpoint.origin:
        raise ValueError("The key of another log cannot sign this checkpoint.")
    return sign_note(checkpoint.format(), log)


def read(note: str) -> Checkpoint:
    """Return what a note claims, its signatures not verified: Malformed where it is no checkpoint."""
    return Checkpoint.parse(Note.parse(note).text)


def read_signed(note: str, log_key: NoteKey) -> Checkpoint:
    """Return the checkpoint that the log of `log_key` signed.

    Raises Malformed where the note is no checkpoint, NotSigned where that key has not signed it, and
    Malformed where it is some other log's checkpoint: a log vouches for its own origin only.
    """
    parsed = Note.parse(note)
    verify(parsed, [log_key])
    checkpoint = Checkpoint.parse(parsed.text)
    if checkpoint.origin != log_key.name:
        raise Malformed("This checkpoint is about another log than the one whose key signed it.")
    return checkpoint
