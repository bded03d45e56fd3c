"""The first depth of verification: that these entries are the record, whole, in order, unedited and vouched
for.

It needs the format alone: no account, no database, no rules of ours. It does not say that an entry was
permitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from alongside.record import checkpoint
from alongside.record.attest import KeyRing, NotAttested
from alongside.record.book_file import BookFile
from alongside.record.entry import Entry, leaf_hash
from alongside.record.exact import Malformed, from_base64
from alongside.record.note import NoteKey, NotSigned
from alongside.record.tree import Roots


@dataclass(frozen=True)
class Wrong:
    """The first thing that does not hold: an entry's number (None: checkpoint or file) and a sentence."""

    number: int | None
    sentence: str


@dataclass(frozen=True)
class Seals:
    """What the seals say. `size` and `root` (32 bytes) cover the entries that hold, all of them if none is
    `wrong`.

    `attested` counts the entries that each kind of key vouches for, signatures verified; a walk without keys
    counts none. `signed` says that a checkpoint over exactly these entries was signed by the log key given.
    """

    book: str
    size: int
    root: bytes
    attested: dict[str, int]
    signed: bool
    wrong: Wrong | None


class WrongEntry(ValueError):
    """Entry `number` does not hold; the sentence says why. After it, nothing of this record counts."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number = number
        self.sentence = sentence


class SealsWalk:
    """Walks a record once and hands each entry on, so that deeper depths share the walk.

    With a fresh `KeyRing` this is the whole depth. With None nobody's signature is asked for: for callers who
    compare or replay what was verified before; the answer then says that nobody attested anything.
    """

    def __init__(self, keys: KeyRing | None) -> None:
        self.book = ""
        self.wrong: Wrong | None = None
        self._keys = keys
        self._roots = Roots()
        self._day = date.min
        self._attested: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many entries were found to hold."""
        return self._roots.size

    def root(self, size: int) -> bytes:
        """The root (32 bytes) that the record had at a size it has reached: older checkpoints claim one."""
        return self._roots.at(size)

    def next(self, raw: bytes) -> Entry:
        """Return the entry of `raw`, which follows those before it; raise WrongEntry where it does not hold.

        The first fault ends the walk: any later call raises it again.
        """
        if self.wrong:
            raise WrongEntry(self.size + 1, self.wrong.sentence)
        try:
            entry = Entry.read(raw)
            self._check_place(entry)
            self._check_seen(entry)
            if self._keys is not None:
                self._keys.admit(entry)
        except (Malformed, NotAttested) as fault:
            self.wrong = Wrong(self.size + 1, str(fault))
            raise WrongEntry(self.size + 1, str(fault)) from None
        # From here on the entry holds.
        self.book, self._day = entry.book, entry.day
        if self._keys is not None:
            by = entry.attested["by"]
            self._attested[by] = self._attested.get(by, 0) + 1
        self._roots.append(leaf_hash(raw))
        return entry

    def finish(self, note: str | None, log_key: bytes | None) -> Seals:
        """Return what was found, the checkpoint included.

        `log_key` is the log's 32-byte public key, which the caller has from somewhere else than this record:
        without it anybody could have signed the checkpoint, and `signed` stays False.
        """
        signed = False
        if self.wrong is None:
            try:
                signed = self._check_note(note, log_key)
            except (Malformed, NotSigned) as fault:
                self.wrong = Wrong(None, str(fault))
        root = self._roots.at(self.size)
        return Seals(self.book, self.size, root, dict(self._attested), signed, self.wrong)

    def _check_place(self, entry: Entry) -> None:
        if entry.number != self.size + 1:
            raise Malformed(f"This should be entry {self.size + 1}, but it says that it is {entry.number}.")
        if self.book and entry.book != self.book:
            raise Malformed("This entry belongs to another book.")
        if entry.day < self._day:
            raise Malformed(f"This entry is of {entry.day}, but it follows one of {self._day}.")

    def _check_seen(self, entry: Entry) -> None:
        seen = entry.asked["seen"]
        if seen["size"] > self.size:
            raise Malformed(f"Its author cannot have seen {seen['size']} entries: there were {self.size}.")
        if from_base64(seen["root"], "asked.seen.root") != self._roots.at(seen["size"]):
            raise Malformed("Its author saw another record: the root that was signed was never this one's.")

    def _check_note(self, note: str | None, log_key: bytes | None) -> bool:
        if note is None:
            if log_key is not None:
                raise Malformed("No checkpoint came with the entries, so nothing says that these are all.")
            return False
        found = checkpoint.read(note)
        if not self.book:  # an empty record: only its checkpoint can say which book it is
            self.book = found.origin.removeprefix(checkpoint.ORIGIN_STARTS)
        origin = checkpoint.origin(self.book)
        if found.origin != origin:
            raise Malformed("The checkpoint is about another book.")
        if found.size != self.size:
            raise Malformed(f"The checkpoint counts {found.size} entries, but {self.size} came.")
        if found.root != self._roots.at(self.size):
            raise Malformed("The checkpoint was signed over other entries than these: the roots differ.")
        if log_key is not None:
            checkpoint.read_signed(note, NoteKey(origin, log_key))
        return log_key is not None


def verify_seals(entries: Iterable[bytes], *, note: str | None, log_key: bytes | None) -> Seals:
    """Verify a whole record at the first depth: `entries` in order, its checkpoint, and the log's public key.

    Never raises for what the record holds: the first fault is in `wrong`.
    """
    walk = SealsWalk(KeyRing())
    for raw in entries:
        try:
            walk.next(raw)
        except WrongEntry:
            break
    return walk.finish(note, log_key)


def verify_file(stream: BinaryIO, *, log_key: bytes | None) -> Seals:
    """Verify an exported book at the first depth, reading it once. The `state` line is for the second depth.

    Never raises for what the file holds: the first fault is in `wrong`, without a number where it is the
    file's.
    """
    walk = SealsWalk(KeyRing())
    try:
        book = BookFile.read(stream)
        for raw in book.entries:
            walk.next(raw)
        return walk.finish(book.note, log_key)
    except WrongEntry:
        pass
    except Malformed as fault:
        walk.wrong = Wrong(None, str(fault))
    return walk.finish(None, None)
