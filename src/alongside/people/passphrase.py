"""A passphrase is proved by one slow run, made once at sign-in, and is kept nowhere.

The run gives a root; the verifier is drawn from it by HKDF under its own label. When words come to be
sealed, the key that opens a person's seed is drawn from the same root under another label: no second,
weaker hash beside it.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

LONGEST_BYTES = 1024
SHORTEST = 10
WAIT_SECONDS_MAX = 12.0

# Marks that a keyboard slips in to turn the reading direction. Nobody sees them, so nobody can type them
# again.
_DIRECTION_MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Each run takes 64 MiB; a crowd of strangers must not take the memory of the machine.
_RUNS = threading.BoundedSemaphore(2)


class UnusablePassphrase(ValueError):
    """A passphrase that cannot be taken. `code` is `short`, `long`, `name` or `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Busy(Exception):
    """Too many people are signing in at this moment; the same asking can succeed in a little while."""


@dataclass(frozen=True)
class Work:
    """How slow a run is. Kept beside each verifier."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


def normal(passphrase: str) -> bytes:
    """What is stretched: the same bytes for the same passphrase on any keyboard, or `UnusablePassphrase`.

    NFKC, outer spaces and direction marks dropped, and every digit made ASCII: an Arabic keyboard and a
    Latin one then give the same passphrase.
    """
    try:
        if len(passphrase.encode()) > LONGEST_BYTES:
            raise UnusablePassphrase("long")
    except UnicodeEncodeError:
        raise UnusablePassphrase("broken") from None
    text = unicodedata.normalize("NFKC", passphrase.translate(_DIRECTION_MARKS)).strip()
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    if len(stretched := text.encode()) > LONGEST_BYTES:
        raise UnusablePassphrase("long")
    return stretched


def chosen(passphrase: str, name: str) -> bytes:
    """A new passphrase as it is stretched, or `UnusablePassphrase` when it is too easy to guess."""
    given = normal(passphrase)
    if len(given.decode()) < SHORTEST:
        raise UnusablePassphrase("short")
    if given.decode().casefold() == normal(name).decode().casefold():
        raise UnusablePassphrase("name")
    return given


def new_salt() -> bytes:
    """Sixteen bytes that no other account has."""
    return secrets.token_bytes(16)


def verifier(stretched: bytes, salt: bytes, work: Work) -> bytes:
    """What an account keeps of its passphrase. Takes about 0.15 s and 64 MiB; raises `Busy` when the
    queue is long."""
    if not _RUNS.acquire(timeout=WAIT_SECONDS_MAX):
        raise Busy
    try:
        root = Argon2id(salt=salt, length=32, iterations=work.passes, lanes=work.lanes,
                        memory_cost=work.memory_kib).derive(stretched)
    finally:
        _RUNS.release()
    return HKDFExpand(SHA256(), 32, b"alongside/account/verifier/v1").derive(root)


def same(one: bytes, other: bytes) -> bool:
    """Whether two verifiers are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
