"""Base64 has one spelling here, and joined parts cannot slide into each other."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.exact import Malformed, from_base64, prefixed, to_base64
from tests.record.cast import examples


@examples(60)
@given(st.binary(max_size=80))
def test_base64_there_and_back(raw: bytes) -> None:
    assert to_base64(raw) == base64.b64encode(raw).decode()
    assert from_base64(to_base64(raw), "It") == raw


@pytest.mark.parametrize(
    "raw, text", [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"foo", "Zm9v"), (b"foob", "Zm9vYg==")]
)
def test_the_vectors_of_rfc_4648(raw: bytes, text: str) -> None:
    assert to_base64(raw) == text and from_base64(text, "It") == raw


@pytest.mark.parametrize(
    "text",
    ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", " Zg==", "Zg==\n", "Z g==", "=", "Zg==Zg==", "-_==", "é===", "Z"],
)
def test_every_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="It"):
        from_base64(text, "It")


def test_junk_and_second_spellings_have_their_own_sentences() -> None:
    with pytest.raises(Malformed, match="is not base64"):
        from_base64("Z-g==", "It")
    with pytest.raises(Malformed, match="not in its one canonical spelling"):
        from_base64("Zh==", "It")


def test_a_wrong_length_is_refused() -> None:
    with pytest.raises(Malformed, match="1 bytes instead of 2"):
        from_base64("Zg==", "It", 2)


@examples(60)
@given(st.lists(st.binary(max_size=5), max_size=5), st.lists(st.binary(max_size=5), max_size=5))
def test_different_parts_make_different_messages(ones: list[bytes], others: list[bytes]) -> None:
    assert (prefixed(*ones) == prefixed(*others)) == (ones == others)
