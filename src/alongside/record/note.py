"""A note is a text that keys have signed: small enough to print, and readable by programs that are not ours.

This is C2SP signed-note v1.0.0 with signature type 01 (Ed25519). A text counts for nothing until `verify`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from alongside.record.exact import Malformed, from_base64, to_base64
from alongside.record.keys import check_key, signed_by

ED25519 = 1
BYTES_MAX = 500_000
SIGNATURES_MAX = 64  # the specification asks for at least 16; unlimited lines would be unlimited work
_DASH = "\u2014 "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_KEY_ID = re.compile("[0-9a-f]{8}")


class NotSigned(ValueError):
    """No known key signed this text, or a known key's signature does not hold; the sentence says which."""


class Verifier(Protocol):
    """What `verify` needs of a key: its name, its 4-byte id, and whether it signed a text.

    Witnesses' keys (type 04) sign a different message and come with a verifier of their own.
    """

    @property
    def name(self) -> str: ...

    @property
    def key_id(self) -> bytes: ...

    def signed(self, text: str, signature: bytes) -> bool:
        """Say whether this key made `signature` (without the key id) for the note text."""


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return SHA-256(name || 0x0A || kind || public)[:4]. It finds a key among others; it proves nothing."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True)
class NoteKey:
    """A named Ed25519 public key (32 bytes) that verifies notes; as text, name+keyid+base64(01 || key)."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        check_key(self.public)

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before this key's signatures."""
        return key_id(self.name, ED25519, self.public)

    def format(self) -> str:
        """Return the text by which people hand a verifying key to each other."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([ED25519]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> NoteKey:
        """Read a key's text form; raise Malformed also where its id does not belong to name and key."""
        parts = text.split("+", 2)  # base64 has plus signs of its own
        if len(parts) != 3:
            raise Malformed("A verifier key is name+keyid+base64.")
        raw = from_base64(parts[2], "The key of a verifier key")
        if len(raw) != 33 or raw[0] != ED25519:
            raise Malformed("This verifier key is not of type 01, Ed25519 with 32 bytes.")
        key = cls(parts[0], raw[1:])
        if not _KEY_ID.fullmatch(parts[1]) or bytes.fromhex(parts[1]) != key.key_id:
            raise Malformed("The id of a verifier key does not belong to its name and key.")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """Say whether this key made `signature` (64 bytes, without the key id) for the note text."""
        return signed_by(Ed25519PublicKey.from_public_bytes(self.public), signature, text.encode("utf-8"))


class NoteSigner:
    """A named Ed25519 private key that signs notes. One key per role: a log's key signs nothing else."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, private: bytes) -> None:
        """Take a name and 32 private bytes; Malformed for a name that notes cannot carry."""
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.verifier = NoteKey(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Return this key's signature line for a note text (which ends in a newline)."""
        _check_text(text)
        return Signature(self.verifier.name, self.verifier.key_id, self._key.sign(text.encode("utf-8")))


@dataclass(frozen=True)
class Signature:
    """One signature line: who says to have signed, the 4-byte key id, and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def format(self) -> str:
        """Return the line, newline included."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Read a line without its newline; raise Malformed where it is not a signature line."""
        if not line.startswith(_DASH):
            raise Malformed("A signature line does not start with an em dash and a space.")
        name, _, coded = line[len(_DASH) :].partition(" ")
        _check_name(name)
        raw = from_base64(coded, "The signature of a note")
        if len(raw) < 5:
            raise Malformed("A signature line holds no signature after its key id.")
        return cls(name, raw[:4], raw[4:])


@dataclass(frozen=True)
class Note:
    """A text and the signatures that came with it. None of them has been verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def format(self) -> str:
        """Return the whole note: text, empty line, signature lines."""
        return self.text + "\n" + "".join(line.format() for line in self.signatures)

    @classmethod
    def parse(cls, whole: str) -> Note:
        """Read a note; raise Malformed where it is not one. Writing it again gives the same text."""
        _check_characters(whole)
        # The last empty line parts text and signatures: a text may have empty lines of its own.
        text, gap, lines = whole.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise Malformed("A note is a text, an empty line, and signature lines, each ending in a newline.")
        listed = lines[:-1].split("\n")
        if len(listed) > SIGNATURES_MAX:
            raise Malformed(f"A note has at most {SIGNATURES_MAX} signatures; this one has {len(listed)}.")
        return cls(text + "\n", tuple(Signature.parse(line) for line in listed))


def sign(text: str, *signers: NoteSigner) -> str:
    """Return the note of `text` (ending in a newline) with one signature line from each of `signers`."""
    if not signers:
        raise Malformed("A note needs at least one signature.")
    return Note(text, tuple(signer.sign(text) for signer in signers)).format()


def verify(note: Note, known: Iterable[Verifier]) -> tuple[Verifier, ...]:
    """Return those `known` keys that signed the note, in the order of its lines, each once.

    Lines by unknown keys are ignored. Raises NotSigned where a known key's signature does not hold (somebody
    meddled with this note: nothing in it is to be believed) and where no known key signed.
    """
    keys = {(key.name, key.key_id): key for key in known}
    found: dict[tuple[str, bytes], Verifier] = {}
    for line in note.signatures:
        key = keys.get((line.name, line.key_id))
        if key is None:
            continue
        if not key.signed(note.text, line.signature):
            raise NotSigned("A key that we know is named in this note, and its signature does not hold.")
        found[line.name, line.key_id] = key
    if not found:
        raise NotSigned("No key that we know has signed this note.")
    return tuple(found.values())


def _check_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() or letter < " " for letter in name):
        raise Malformed("The name of a key is empty, or holds a space, a plus sign or a control character.")


def _check_text(text: str) -> None:
    _check_characters(text)
    if not text.endswith("\n"):
        raise Malformed("The text of a note does not end in a newline.")


def _check_characters(text: str) -> None:
    try:
        length = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise Malformed("A note is not UTF-8.") from None
    if length > BYTES_MAX:
        raise Malformed(f"A note has at most {BYTES_MAX} bytes; this one has {length}.")
    if _CONTROL.search(text):
        raise Malformed("A note has a control character in it.")
