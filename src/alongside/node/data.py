"""Everything a node keeps lies in one folder that only its keeper can open.

The keys are made once, on first need, each for one role. Losing the folder is losing the node; whoever
copies it holds all that is not sealed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROLES = ("doorway", "clock", "log")


@dataclass(frozen=True)
class DataFolder:
    """The folder of one node. Naming it makes nothing; `make` does, and each key is made when first
    asked for."""

    path: Path

    def make(self) -> DataFolder:
        """Make the folder for its keeper alone (0700). One that is there already is closed to others."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        return self

    @property
    def database(self) -> Path:
        """Where the books lie."""
        return self.path / "alongside.sqlite3"

    @property
    def secret(self) -> str:
        """What this node signs its own small tokens with."""
        return self._kept("secret", _new_secret).decode()

    def signing_key(self, role: str) -> Ed25519PrivateKey:
        """The node's key for one role. One key per role: a witness must be able to tell them apart."""
        if role not in ROLES:
            raise ValueError(f"a node signs as one of {', '.join(ROLES)}")
        raw = self._kept(f"{role}.key", lambda: secrets.token_bytes(32))
        return Ed25519PrivateKey.from_private_bytes(raw)

    def missing_keys(self) -> list[str]:
        """The signing keys that are not there, by their file names."""
        return [f"{role}.key" for role in ROLES if not (self.path / f"{role}.key").exists()]

    def make_keys(self) -> None:
        """Make every key there is to make: before two workers would make them at once."""
        self._kept("secret", _new_secret)
        for role in ROLES:
            self.signing_key(role)

    @property
    def is_demo(self) -> bool:
        """Whether this folder was made for the demo, whose cast signs in with one click."""
        return (self.path / "demo").is_file()

    def mark_demo(self) -> None:
        """Say so, before anything else is in it: a folder with a real database never becomes a demo."""
        if self.database.exists():
            raise FileExistsError("This folder already holds books. A demo needs a folder of its own.")
        self.make()
        (self.path / "demo").touch(mode=0o600)

    def _kept(self, name: str, chance: Callable[[], bytes]) -> bytes:
        where = self.path / name
        try:
            return where.read_bytes()
        except FileNotFoundError:
            self.make()
            return _made_once(where, chance())


def _new_secret() -> bytes:
    return secrets.token_urlsafe(48).encode()


def _made_once(where: Path, content: bytes) -> bytes:
    """Write a key (0600) so that it is there whole or not at all; where two make it at once, the first
    one stands."""
    draft = where.with_name(f".{where.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, where)
    except FileExistsError:
        return where.read_bytes()
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(where.parent, os.O_RDONLY)
    try:
        os.fsync(folder)        # or a power cut could lose the key after something was signed with it
    finally:
        os.close(folder)
    return content
