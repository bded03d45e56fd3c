"""An entry is one line of the record: what was asked, who vouches for it, and the one fact it became.

Its bytes are made once, then stored, hashed and sent as they are. Nobody ever writes them again to verify
them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.record.canonical import (
    BYTES_MAX,
    DEPTH_MAX,
    decode,
    encode,
    refuse_depth,
    refuse_unassigned,
)
from alongside.record.exact import Malformed, prefixed, to_base64
from alongside.record.shape import check_book, check_count, check_entry

__all__ = [
    "BYTES_MAX",
    "Entry",
    "Malformed",
    "commitment",
    "compose",
    "decode",
    "encode",
    "leaf_hash",
    "new_book_id",
]

WORDS_DOMAIN = b"alongside/words/v1"
_ASKED_STARTS = len('{"asked":')  # "asked" sorts before every other member
_WHOLE = (
    b'{"asked":%b,"attested":%b,"author":%d,"book":"%b","day":"%b","fact":%b,"number":%d,"rules":%d,"v":1}'
)
_reader = json.JSONDecoder()
_decode = json.loads


@dataclass(frozen=True)
class Entry:
    """One entry as read from its bytes; the shape of every member is in `docs/record.md`.

    `number`, `author` and `rules` count from 1; `day` is the host's civil day; `asked`, `attested` and `fact`
    are the decoded objects, not to be changed: what was signed and hashed is `raw`.
    """

    number: int
    book: str
    day: date
    author: int
    rules: int
    asked: dict[str, Any]
    attested: dict[str, Any]
    fact: dict[str, Any]
    raw: bytes

    @classmethod
    def read(cls, raw: bytes) -> Entry:
        """Return the entry that `raw` spells; raise Malformed where bytes or any member are not in form."""
        whole = decode(raw)
        day = check_entry(whole)
        return cls(
            whole["number"], whole["book"], day, whole["author"], whole["rules"],
            whole["asked"], whole["attested"], whole["fact"], raw,
        )  # fmt: skip

    @classmethod
    def again(cls, raw: bytes) -> Entry:
        """Return the entry of bytes that this very node wrote, without asking whether they are in form.

        For folding tables anew from one's own record, where the form was checked before it was kept; whoever
        verifies, or reads what came from elsewhere, uses `read`.
        """
        whole = _decode(raw)
        return cls(
            whole["number"], whole["book"], date.fromisoformat(whole["day"]), whole["author"], whole["rules"],
            whole["asked"], whole["attested"], whole["fact"], raw,
        )  # fmt: skip

    @property
    def asked_bytes(self) -> bytes:
        """The bytes of `asked` as they stand in the entry, which are the bytes that were signed.

        Cut out of `raw`, not written again from `asked`: a dict can be changed by a careless caller, and a
        signature would then be checked against something that is not in the record.
        """
        text = self.raw.decode("utf-8")
        _, end = _reader.raw_decode(text, _ASKED_STARTS)
        return text[_ASKED_STARTS:end].encode("utf-8")


def compose(
    *, book: str, number: int, day: date, author: int, rules: int, asked: bytes, attested: bytes, fact: bytes
) -> bytes:
    """Return the bytes of an entry, joined as text from parts that `encode` and `Signer.attest` made.

    `asked` goes in byte for byte, because it was signed. The answer equals `encode` of the whole. Raises
    Malformed over 65,535 bytes or 32 levels, for members that are not in form, and for characters that
    Unicode has not assigned. The three parts are taken as they are, so whoever lets strangers hand them in
    reads the answer with `Entry.read` before keeping it.
    """
    check_book(book)
    check_count(number, "number")
    check_count(author, "author")
    check_count(rules, "rules")
    day_text = day.isoformat().encode("ascii")
    raw = _WHOLE % (asked, attested, author, book.encode("ascii"), day_text, fact, number, rules)
    if len(raw) > BYTES_MAX:
        raise Malformed(f"An entry has at most {BYTES_MAX} bytes; this one would have {len(raw)}.")
    if not raw.isascii() or raw.count(b"{") + raw.count(b"[") > DEPTH_MAX:
        text = raw.decode("utf-8")
        refuse_depth(text)
        refuse_unassigned(text)
    return raw


def leaf_hash(raw: bytes) -> bytes:
    """Return SHA-256(0x00 || entry), 32 bytes (RFC 6962 2.1). The 0x00 keeps leaves apart from nodes."""
    return hashlib.sha256(b"\x00" + raw).digest()


def new_book_id(random: Callable[[int], bytes]) -> str:
    """Return a new book's id: 16 bytes of `random` as 26 letters a-z2-7. It names no person and no place."""
    return base64.b32encode(random(16)).decode("ascii").rstrip("=").lower()


def commitment(*, book: str, field: str, salt: bytes, text: str) -> str:
    """Return what an entry holds instead of somebody's words: base64 of a salted SHA-256, 44 letters.

    `field` says where the words were asked ("consent.withdraw/reason"), so that they cannot be moved to
    another question or book. `salt` is 32 random bytes of its own for each text: without them anybody could
    guess at short words ("yes", a name) until the hash fits. Salt and text gone, the commitment says nothing
    any more. Raises Malformed for a salt of another length and for text that UTF-8 cannot hold.
    """
    if len(salt) != 32:
        raise Malformed(f"The salt of a commitment has {len(salt)} bytes instead of 32.")
    try:
        parts = (book.encode("utf-8"), field.encode("utf-8"), salt, text.encode("utf-8"))
    except UnicodeEncodeError:
        raise Malformed("A text holds half of a surrogate pair, which is no character.") from None
    return to_base64(hashlib.sha256(prefixed(WORDS_DOMAIN, *parts)).digest())
