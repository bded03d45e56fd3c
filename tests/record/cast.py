"""The people and keys of these tests. Everything is made from fixed seeds, so that the bytes never change."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import settings

from alongside.record import book_file, checkpoint
from alongside.record.attest import Signer
from alongside.record.entry import commitment, compose, decode, encode, leaf_hash, new_book_id
from alongside.record.exact import to_base64
from alongside.record.note import NoteSigner
from alongside.record.tree import Tree


def examples(count: int) -> settings:
    """How many examples a property test tries. No deadline: a busy machine is no fault of the record's."""
    return settings(max_examples=count, deadline=None)


def seed(name: str) -> bytes:
    """32 bytes that belong to a name: a stand-in for chance."""
    return hashlib.sha256(name.encode()).digest()


BOOK = new_book_id(lambda n: seed("book")[:n])
OTHER_BOOK = new_book_id(lambda n: seed("other book")[:n])
DOORWAY = Signer.load("doorway", seed("doorway"))
CLOCK = Signer.load("clock", seed("clock"))
AMNA = Signer.load("member", seed("Amna"))
STRANGER = Signer.load("doorway", seed("stranger"))
LOG = NoteSigner(checkpoint.origin(BOOK), seed("log"))
FIRST_DAY = date(2025, 3, 1)


def joins(signer: Signer, *verbs: str, book: str = BOOK, member: int | None = None) -> dict[str, Any]:
    """One item of keys_joined, for a key that proves itself."""
    item = {
        "by": signer.by,
        "key": to_base64(signer.public),
        "proof": signer.proof(book),
        "verbs": list(verbs) or ["*"],
    }
    return item if member is None else {**item, "member": member}


def asking(number: int, tree: Tree, action: str = "needs.name", **more: Any) -> dict[str, Any]:
    """An asking by somebody who has seen the whole record so far."""
    return {
        "action": action,
        "version": 1,
        "fields": {"item": number, "kind": "goods.food"},
        "words": {},
        "asked_id": seed(f"asked {number}").hex()[:32],
        "seen": {"size": tree.size, "root": to_base64(tree.root())},
        **more,
    }


@dataclass
class Told:
    """A record under way: `say` adds an entry, the way a sequencer would."""

    book: str = BOOK
    tree: Tree = field(default_factory=Tree)
    entries: list[bytes] = field(default_factory=list)

    def say(
        self,
        action: str = "needs.name",
        by: Signer = DOORWAY,
        author: int = 1,
        asked: dict[str, Any] | None = None,
        fact: str = "NeedNamed",
        **fields: Any,
    ) -> bytes:
        """Add an entry; anything may be given wrongly on purpose."""
        number = self.tree.size + 1
        asked_bytes = encode(asking(number, self.tree, action, **(asked or {})))
        raw = compose(
            book=self.book,
            number=number,
            day=FIRST_DAY + timedelta(days=number // 3),
            author=author,
            rules=1,
            asked=asked_bytes,
            attested=by.attest(self.book, author, asked_bytes),
            fact=encode({"fact": fact, "version": 1, "fields": fields or {"item": number}}),
        )
        return self.add(raw)

    def add(self, raw: bytes) -> bytes:
        """Add an entry's bytes as they are."""
        self.tree.append(leaf_hash(raw))
        self.entries.append(raw)
        return raw

    def note(self) -> str:
        """The log's checkpoint over all entries so far."""
        return checkpoint.sign(checkpoint.make(self.book, self.tree.size, self.tree.root()), LOG)

    def file(self) -> bytes:
        """The exported book."""
        out = io.BytesIO()
        book_file.write(out, state=seed("state"), entries=self.entries, note=self.note())
        return out.getvalue()


def founded() -> Told:
    """A record with its founding entry, which brings the keys of doorway and clock."""
    told = Told()
    told.say("partnership.found", fact="Founded", keys_joined=[joins(DOORWAY), joins(CLOCK, "consent.lapse")])
    return told


def small_book(size: int = 3) -> Told:
    """A founded record in which Amna asks, and in one entry says why in words."""
    told = founded()
    reason = commitment(
        book=BOOK, field="consent.withdraw/reason", salt=seed("salt"), text="لا أريد ذلك الآن."
    )
    words = {"reason": {"commitment": reason, "language": "ar", "audience": "pair"}}
    while told.tree.size < size - 1:
        told.say(author=2)
    told.say("consent.withdraw", author=2, asked={"words": words}, fact="ConsentWithdrawn")
    return told


def rewritten(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The bytes of an entry after a change to what it holds, written canonically again."""
    whole = decode(raw)
    change(whole)
    return encode(whole)
