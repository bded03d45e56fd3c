"""Some 32 bytes look like an Ed25519 key and let anybody sign with it. They are refused before they are
trusted.

Public keys are points (x, y) of edwards25519, written as y with the sign of x in the top bit (RFC 8032).
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from alongside.record.exact import Malformed

PRIME = 2**255 - 19

# y of the eight points whose order divides 8: the neutral point; (0, -1) of order 2; the two of order 4
# with y = 0; and the four of order 8, which share two values of y. For a key among them one signature fits
# many messages. Whatever the sign bit says: x = 0 with the bit set is no point at all, though some
# libraries take it for one.
_SMALL_ORDER_Y = frozenset((
    1,
    PRIME - 1,
    0,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
))  # fmt: skip


def check_key(public: bytes) -> None:
    """Raise Malformed for a public key of other than 32 bytes, of small order, or not canonical (y >= p).

    Whether the bytes are a point at all shows when its proof of possession is verified.
    """
    if len(public) != 32:
        raise Malformed(f"An Ed25519 public key has 32 bytes; this one has {len(public)}.")
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if y >= PRIME:
        raise Malformed("This key is not canonical: a second spelling of a key would be a second key.")
    if y in _SMALL_ORDER_Y:
        raise Malformed("This key is a point of small order, under which anybody can make signatures.")


def signed_by(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Say whether `key` signed `message` (RFC 8032 section 5.1.7, cofactorless, S below the order)."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
