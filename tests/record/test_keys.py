"""Keys under which anybody can sign are refused; the curve is worked out here from nothing."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.exact import Malformed
from alongside.record.keys import PRIME, check_key, signed_by
from tests.record.cast import examples

Point = tuple[int, int]
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
NEUTRAL = (0, 1)


def add(one: Point, other: Point) -> Point:
    """The addition law of RFC 8032 section 5.1.4, in affine coordinates."""
    (a, b), (c, d) = one, other
    both = D * a * b * c * d % PRIME
    x = (a * d + c * b) * pow(1 + both, -1, PRIME) % PRIME
    y = (b * d + a * c) * pow(1 - both, -1, PRIME) % PRIME
    return x, y


def times(count: int, point: Point) -> Point:
    total = NEUTRAL
    while count:
        if count & 1:
            total = add(total, point)
        point, count = add(point, point), count >> 1
    return total


def point_at(y: int) -> Point | None:
    """A point with this y, if the curve has one (RFC 8032 section 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    for candidate in (x, x * ROOT_OF_MINUS_ONE % PRIME):
        if candidate * candidate % PRIME == square:
            return candidate, y
    return None


def written(x: int, y: int) -> bytes:
    return (y | (x & 1) << 255).to_bytes(32, "little")


def small_points() -> list[Point]:
    """The eight points whose order divides 8, as multiples of one of order 8."""
    for y in range(2, 100):
        point = point_at(y)
        if point and times(4, small := times(ORDER, point)) != NEUTRAL:
            return [times(count, small) for count in range(8)]
    raise AssertionError("the curve has points of order 8")


def test_all_eight_small_points_are_refused_in_every_spelling() -> None:
    points = small_points()
    assert len(set(points)) == 8 and times(8, points[1]) == NEUTRAL
    for x, y in points:
        assert add((x, y), NEUTRAL) == (x, y)
        for spelling in (written(x, y), written(x ^ 1, y)):  # also with the sign bit that belongs to no point
            with pytest.raises(Malformed, match="small order"):
                check_key(spelling)


def test_why_it_matters_one_signature_for_every_message() -> None:
    neutral = Ed25519PublicKey.from_public_bytes(written(*NEUTRAL))
    base = point_at(4 * pow(5, -1, PRIME) % PRIME)
    assert base is not None
    x, y = base if base[0] % 2 == 0 else (PRIME - base[0], base[1])
    forged = written(x, y) + (1).to_bytes(32, "little")
    assert signed_by(neutral, forged, b"yes") and signed_by(neutral, forged, b"no")


@pytest.mark.parametrize("above", range(19))
@pytest.mark.parametrize("sign", [0, 1 << 255])
def test_every_key_that_is_not_canonical_is_refused(above: int, sign: int) -> None:
    with pytest.raises(Malformed, match="canonical"):
        check_key((PRIME + above | sign).to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(Malformed, match="32 bytes"):
        check_key(b"\x09" * length)


@examples(60)
@given(st.binary(min_size=32, max_size=32))
def test_honest_keys_are_taken(private: bytes) -> None:
    check_key(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())
