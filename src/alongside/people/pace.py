"""Guessing is slowed; nobody is locked out.

Somebody who mistypes waits a few seconds more each time. The count is kept for a name *as tried from one
network*, so that a stranger who guesses at Nuha's name does not keep Nuha out; and it is kept in this
process's memory under a key that is nowhere else, so that no address is stored and a seized disk tells
nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
WAIT_SECONDS_MAX = 30
FORGOTTEN_AFTER = timedelta(minutes=15)
BUCKETS_MAX = 10_000


class TooSoon(Exception):
    """Try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class _Tries:
    count: int
    last: datetime


def network_of(address: str) -> str:
    """The network an address belongs to, as coarse as one household or one mobile cell is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 24 if parsed.version == 4 else 56), strict=False))


class Pace:
    """How often something was tried, by whom and from where, without keeping either."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._tries: OrderedDict[bytes, _Tries] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, name: str, network: str, now: datetime) -> None:
        """Count one try *before* it is looked at, so that many at once are counted too; `TooSoon` if it
        must wait."""
        bucket = self._bucket(name, network)
        with self._lock:
            tries = self._tries.pop(bucket, None)
            if tries is None or now - tries.last > FORGOTTEN_AFTER:
                tries = _Tries(0, now)
            self._tries[bucket] = tries
            pause = timedelta(seconds=_pause_seconds(tries.count))
            if now < tries.last + pause:
                raise TooSoon(math.ceil((tries.last + pause - now).total_seconds()))
            tries.count, tries.last = tries.count + 1, now
            while len(self._tries) > BUCKETS_MAX:
                self._tries.popitem(last=False)

    def met(self, name: str, network: str) -> None:
        """The right passphrase: what was mistyped before no longer counts."""
        with self._lock:
            self._tries.pop(self._bucket(name, network), None)

    def _bucket(self, name: str, network: str) -> bytes:
        return hmac.digest(self._key, f"{len(name)}:{name}{network}".encode(errors="replace"), hashlib.sha256)


def _pause_seconds(count: int) -> int:
    over = count - FREE_TRIES
    return 0 if over < 0 else min(WAIT_SECONDS_MAX, 2 ** min(over, 8))


SIGN_IN = Pace()
