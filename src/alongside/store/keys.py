"""The keys this node signs with: one for each role, made once, kept in the data folder."""

from __future__ import annotations

import base64
from functools import cache

from django.conf import settings

from alongside.areas.partnership.tables import Key
from alongside.record.attest import Signer


@cache
def _signer(path: str, role: str) -> Signer:
    return Signer.load(role, settings.ALONGSIDE_FOLDER.signing_key(role).private_bytes_raw())


def signer(role: str) -> Signer:
    """This node's signer for a role: "doorway" or "clock"."""
    return _signer(str(settings.ALONGSIDE_FOLDER.path), role)


def log_private() -> bytes:
    """The 32 bytes of the key that signs checkpoints, and nothing else."""
    return bytes(settings.ALONGSIDE_FOLDER.signing_key("log").private_bytes_raw())


def joining(book: str) -> tuple[Key, ...]:
    """The node's keys with their proofs, as a founding entry joins them."""
    return tuple(_key(book, signer(role), verbs) for role, verbs in (("doorway", "*"), ("clock", "clock.*")))


def _key(book: str, one: Signer, verbs: str) -> Key:
    return Key(by=one.by, key=base64.b64encode(one.public).decode(), proof=one.proof(book), verbs=(verbs,))


def log_key() -> str:
    """The public key that this node's checkpoints verify against, as a founding entry names it (base64)."""
    public = settings.ALONGSIDE_FOLDER.signing_key("log").public_key().public_bytes_raw()
    return base64.b64encode(public).decode()
