"""What a database keeps beside the entries must say what they say, or somebody wrote past the gate.

Beside them lie the columns they are found by, the words, the head, the checkpoints and the row tables. The
entries themselves are the walk's to check (`verify.py`).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from alongside.record import checkpoint
from alongside.record.entry import Entry, commitment, encode, leaf_hash
from alongside.record.exact import Malformed
from alongside.record.note import NoteKey
from alongside.record.seals import SealsWalk
from alongside.store.books import KeptBook
from alongside.store.checkpoints import kept_notes
from alongside.store.report import NotHeld
from alongside.store.schema import all_rows, compiled, shape
from alongside.tables import Row, Tables

_AT_ONCE = 500


class KeptEntry(NamedTuple):
    """A line of `book_entry` as it was read, whatever it holds."""

    number: Any
    raw: Any
    leaf: Any
    author: Any
    asked_id: Any
    fingerprint: Any


def kept_entries(book: KeptBook) -> Iterator[KeptEntry]:
    """Every entry of a book with its columns, in order. Raises `NotHeld` for one not kept as bytes."""
    after = 0
    while part := book.db.rows("SELECT number, raw, leaf, author, asked_id, fingerprint FROM book_entry"
                               " WHERE book = ? AND number > ? ORDER BY number LIMIT ?",
                               (book.id, after, _AT_ONCE)):
        for columns in part:
            kept = KeptEntry(*columns)
            if not isinstance(kept.raw, bytes):
                raise NotHeld(kept.number, "it is kept as something else than bytes")
            yield kept
        after = part[-1][0]


def check_columns(entry: Entry, kept: KeptEntry) -> None:
    """The columns by which an entry is found. Raises `NotHeld`."""
    if kept.leaf != leaf_hash(entry.raw) or kept.number != entry.number:
        raise NotHeld(entry.number, "it is kept under another hash or number than its own")
    if kept.author != entry.author or kept.asked_id != entry.asked["asked_id"]:
        raise NotHeld(entry.number, "it is kept under another author or asking than it holds")


def check_words(book: KeptBook, entry: Entry, kept: KeptEntry) -> int:
    """An entry's words and the fingerprint of its asking; says how many words there are. Raises `NotHeld`.

    Erased words say nothing any more, and then neither does the fingerprint.
    """
    asked, said = entry.asked, {}
    for name, words in asked["words"].items():
        field = f"{asked['action']}/{name}"
        row = book.db.one("SELECT number, field, language, audience, salt, text FROM vault_words"
                          " WHERE book = ? AND commitment = ?", (book.id, words["commitment"]))
        if row is None:
            continue
        *where, salt, text = row
        if where != [entry.number, field, words["language"], words["audience"]] \
                or not _opens(book.id, field, salt, text, words["commitment"]):
            raise NotHeld(entry.number, "words kept for it are not the words that were committed to")
        said[field] = [text, words["language"]]
    if len(said) == len(asked["words"]):
        told = book.fingerprint(encode([asked["action"], asked["version"], asked["fields"], said]))
        if not isinstance(kept.fingerprint, bytes) or not hmac.compare_digest(told, kept.fingerprint):
            raise NotHeld(entry.number, "the fingerprint of its asking is not that of what was asked")
    return len(said)


def _opens(book: str, field: str, salt: Any, text: Any, committed: str) -> bool:
    if not isinstance(salt, bytes) or not isinstance(text, str):
        return False
    try:
        return commitment(book=book, field=field, salt=salt, text=text) == committed
    except Malformed:
        return False


def check_head(book: KeptBook, seals: SealsWalk, last: Entry | None, words: int) -> None:
    """The head, and that nothing is kept but what was walked. Raises `NotHeld`."""
    if book.tree.size != seals.size:
        raise NotHeld(None, f"the head counts {book.tree.size} entries, but {seals.size} are kept")
    if book.tree.root() != seals.root(seals.size):
        raise NotHeld(None, "the head's frontier is not that of these entries")
    if book.last_day != (last.day if last else None):
        raise NotHeld(None, "the head's last day is not that of the last entry")
    found = book.db.one("SELECT shape FROM book_head WHERE book = ?", (book.id,))
    if found is None or found[0] != shape():
        raise NotHeld(None, "the tables were folded in another shape than this version's")
    found = book.db.one("SELECT COUNT(*) FROM book_entry WHERE book = ?", (book.id,))
    if found is None or found[0] != seals.size:
        raise NotHeld(None, "entries are kept beyond the head")
    found = book.db.one("SELECT COUNT(*) FROM vault_words WHERE book = ?", (book.id,))
    if found is None or found[0] != words:
        _name_the_stray(book)


def _name_the_stray(book: KeptBook) -> None:
    """Find the first words that no entry committed to: more are kept than all entries together have."""
    for number, committed in book.db.rows(
            "SELECT number, commitment FROM vault_words WHERE book = ? ORDER BY number", (book.id,)):
        raw = book.db.one("SELECT raw FROM book_entry WHERE book = ? AND number = ?", (book.id, number))
        if raw is None:
            raise NotHeld(number, "words are kept for an entry that does not exist")
        if committed not in {w["commitment"] for w in Entry.read(raw[0]).asked["words"].values()}:
            raise NotHeld(number, "words are kept for it that it did not commit to")


def check_notes(book: KeptBook, seals: SealsWalk, log_key: bytes | None) -> bool:
    """Every checkpoint that is kept; says whether one is over exactly these entries. Raises `NotHeld`.

    `log_key` is the 32 bytes that the founding entry names; None for a book that is still empty.
    """
    whole = False
    for size, note in kept_notes(book):
        try:
            if log_key is None:
                found = checkpoint.read(str(note))
            else:
                found = checkpoint.read_signed(str(note), NoteKey(checkpoint.origin(book.id), log_key))
        except ValueError as wrong:
            raise NotHeld(None, f"the checkpoint on {size} entries does not hold: {wrong}") from None
        if found.size != size or size > seals.size or found.root != seals.root(size):
            raise NotHeld(None, f"the checkpoint on {size} entries was signed over other entries than these")
        whole = whole or (size == seals.size and log_key is not None)
    return whole


def check_tables(replayed: Tables, book: KeptBook) -> None:
    """Every column of every row, as it is kept, against what replaying gives. Raises `NotHeld`.

    Columns, not values: a 2 where a yes is 1 reads as yes, and no look-up would find it.
    """
    for row in all_rows():
        made = compiled(row)
        for one, kept in zip_longest(replayed.all(row), book.db.rows(made.all, (book.id,))):
            was = None if one is None else one.to_columns()
            if was != kept:
                key = _first(made.keys, was, kept)
                raise NotHeld(_number(row, key), f"the table {row.__name__} does not say what the entries say"
                                                 f" (at {', '.join(str(k) for k in key)})")


def _first(keys: tuple[int, ...], was: Any, kept: Any) -> tuple[Any, ...]:
    """The key of the row that is missing, added or other: of two that differ, the one that comes first."""
    one, other = (None if columns is None else tuple(columns[i] for i in keys) for columns in (was, kept))
    if one is None or other is None:
        return one or other or ()
    try:
        return min(one, other)
    except TypeError:       # a key of another type than its column's
        return one


def _number(row: type[Row], key: tuple[Any, ...]) -> Any:
    return key[row.key.index("number")] if "number" in row.key else None


def log_key_of(founding: Entry) -> bytes | None:
    """The key for checkpoints that a book was founded with (32 bytes), where it names one.

    Raises `NotHeld` for what is no key.
    """
    named = founding.fact["fields"].get("log_key")
    try:
        return base64.b64decode(named, validate=True) if isinstance(named, str) else None
    except ValueError:
        raise NotHeld(1, "the key for checkpoints that this book was founded with is not base64") from None
