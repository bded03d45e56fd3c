"""Every entry says who vouches for what was asked: a member's own key, a doorway, the clock, another node.

A doorway's key says "this came in here", never "the person did it". Keys join and leave by entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from alongside.record.entry import Entry
from alongside.record.exact import Malformed, from_base64, prefixed, to_base64
from alongside.record.keys import check_key, signed_by
from alongside.record.shape import check_by, check_count, check_verb

__all__ = ["Key", "KeyRing", "NotAttested", "Signer", "asked_message", "check_key", "key_message"]

ASKED_DOMAIN = b"alongside/asked/v1"
KEY_DOMAIN = b"alongside/key/v1"


class NotAttested(ValueError):
    """Nobody who could vouches for this entry; the sentence says why not."""


def asked_message(book: str, author: int, asked: bytes) -> bytes:
    """Return what an attestation signs: the asking's bytes, bound to one book and one author.

    Bound, because a yes that was signed here must not count in another book, or as another member's.
    """
    return prefixed(ASKED_DOMAIN, book.encode("ascii"), b"%d" % author, asked)


def key_message(book: str, by: str, public: bytes) -> bytes:
    """Return what a key signs to join a book: that its holder holds it, in this book and this role."""
    return prefixed(KEY_DOMAIN, book.encode("ascii"), by.encode("ascii"), public)


class Signer:
    """One role's private key: `by` is its role, `public` the 32 bytes that verify it. One key, one role."""

    __slots__ = ("_head", "_key", "by", "public")

    def __init__(self, by: str, key: Ed25519PrivateKey) -> None:
        check_by(by)
        self.by = by
        self.public = key.public_key().public_bytes_raw()
        self._key = key
        self._head = f'{{"by":"{by}","key":"{to_base64(self.public)}","sig":"'.encode("ascii")

    @classmethod
    def make(cls, by: str) -> Signer:
        """Return a signer with a new random key, from the operating system's generator."""
        return cls(by, Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, by: str, private: bytes) -> Signer:
        """Return the signer of 32 private bytes (an RFC 8032 seed); ValueError for another length."""
        return cls(by, Ed25519PrivateKey.from_private_bytes(private))

    @property
    def private(self) -> bytes:
        """The 32 private bytes, for whoever seals them away. They never belong in a log or a message."""
        return self._key.private_bytes_raw()

    def attest(self, book: str, author: int, asked: bytes) -> bytes:
        """Return the `attested` member's bytes for an asking encoded by `encode`; made before the lock."""
        signature = self._key.sign(asked_message(book, author, asked))
        return self._head + to_base64(signature).encode("ascii") + b'"}'

    def proof(self, book: str) -> str:
        """Return base64 of the signature which proves that we hold this key: `proof` in `keys_joined`."""
        return to_base64(self._key.sign(key_message(book, self.by, self.public)))


@dataclass(frozen=True)
class Key:
    """A key as a book knows it: valid from entry `joined` to entry `left`, both included (None: still valid).

    `verbs` are the actions it may attest: "*", "consent.*" or "consent.withdraw". `member`, where given, is
    the only author it may attest for.
    """

    by: str
    public: bytes
    verbs: frozenset[str]
    member: int | None
    joined: int
    left: int | None = None
    verifier: Ed25519PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verifier", Ed25519PublicKey.from_public_bytes(self.public))

    def may(self, action: str) -> bool:
        """Say whether this key may attest `action` ("consent.withdraw")."""
        verbs = self.verbs
        return "*" in verbs or action in verbs or action.partition(".")[0] + ".*" in verbs


class KeyRing:
    """The keys of one book, as its entries joined and left them. Fed every entry in order, it refuses the
    first that nobody who could has vouched for.

    `keys` takes up a ring where one was kept. Keys that left stay in the ring, so that none comes back.
    """

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        self._keys = {to_base64(key.public): key for key in keys}

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key that ever joined, in order; those with `left` are no longer valid."""
        return tuple(self._keys.values())

    def admit(self, entry: Entry) -> None:
        """Verify who vouches for `entry`, then let its keys join and leave. On an error nothing has changed.

        Raises NotAttested where the attestation does not hold, Malformed where a key or its proof is not in
        form.
        """
        fields = entry.fact["fields"]
        joining = self._joining(entry, fields["keys_joined"]) if "keys_joined" in fields else {}
        leaving = self._leaving(fields["keys_left"]) if "keys_left" in fields else []
        self._check_attested(entry, joining)
        self._keys.update(joining)
        for name in leaving:
            self._keys[name] = replace(self._keys[name], left=entry.number)

    def _check_attested(self, entry: Entry, joining: dict[str, Key]) -> None:
        name, by = entry.attested["key"], entry.attested["by"]
        # Only the founding entry may bring its own key: a later one that did would be vouched for by nobody.
        key = joining.get(name) if entry.number == 1 else self._keys.get(name)
        if key is None or key.left is not None:
            raise NotAttested("The key that attests this entry is not a valid key of this book.")
        if key.by != by:
            raise NotAttested(f"The entry is attested as {by}, but this key joined as {key.by}.")
        if key.member is not None and key.member != entry.author:
            raise NotAttested(f"This key attests for member {key.member} only; the author is {entry.author}.")
        if not key.may(entry.asked["action"]):
            raise NotAttested(f"This key may not attest {entry.asked['action']}.")
        signature = from_base64(entry.attested["sig"], "attested.sig", 64)
        if not signed_by(key.verifier, signature, asked_message(entry.book, entry.author, entry.asked_bytes)):
            raise NotAttested("The signature over what was asked does not hold.")

    def _joining(self, entry: Entry, listed: Any) -> dict[str, Key]:
        if not isinstance(listed, list):
            raise Malformed("keys_joined is not a list.")
        joining: dict[str, Key] = {}
        for one in listed:
            key = _read_key(entry, one)
            # A key that left may have been stolen, and its old proof stands in the record for anybody to
            # copy.
            if one["key"] in self._keys or one["key"] in joining:
                raise Malformed("A key joins a book once, in one role, and does not come back.")
            joining[one["key"]] = key
        return joining

    def _leaving(self, listed: Any) -> list[str]:
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise Malformed("keys_left is not a list of keys.")
        for name in listed:
            key = self._keys.get(name)
            if key is None or key.left is not None or listed.count(name) > 1:
                raise Malformed("keys_left names a key that is not valid in this book, or names one twice.")
        return listed


def _read_key(entry: Entry, one: Any) -> Key:
    """Read one item of `keys_joined`; `member` is there only where the key is one member's own."""
    if not isinstance(one, dict) or one.keys() - {"member"} != {"by", "key", "proof", "verbs"}:
        raise Malformed("A key that joins has by, key, proof, verbs and perhaps member, nothing else.")
    check_by(one["by"])
    if "member" in one:
        check_count(one["member"], "member of a key")
    if not isinstance(one["verbs"], list) or not one["verbs"]:
        raise Malformed("verbs is not a list of at least one verb.")
    for verb in one["verbs"]:
        check_verb(verb)
    if not isinstance(one["key"], str) or not isinstance(one["proof"], str):
        raise Malformed("key and proof are base64 text.")
    public = from_base64(one["key"], "The key that joins", 32)
    check_key(public)
    key = Key(one["by"], public, frozenset(one["verbs"]), one.get("member"), joined=entry.number)
    # Without proof, somebody could enrol another's key as her own and claim what that other signed.
    proof = from_base64(one["proof"], "The proof of possession", 64)
    if not signed_by(key.verifier, proof, key_message(entry.book, key.by, public)):
        raise NotAttested("Whoever joined this key did not prove to hold it.")
    return key
