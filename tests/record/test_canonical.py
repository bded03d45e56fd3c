"""An entry has one spelling: ours is RFC 8785's, and every other spelling is refused."""

from __future__ import annotations

import enum
import json
import sys
import time
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.canonical import BYTES_MAX, DEPTH_MAX, decode, encode
from alongside.record.exact import Malformed
from tests.record.cast import examples

KEYS = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0"), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=5)


@examples(60)
@given(VALUES)
def test_encode_writes_what_rfc_8785_says(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@examples(60)
@given(OBJECTS)
def test_decode_gives_back_what_was_encoded(value: dict[str, Any]) -> None:
    assert decode(encode(value)) == value


@examples(60)
@given(st.text(max_size=12))
def test_any_text_is_encoded_as_rfc_8785_says_or_refused_for_a_reason(text: str) -> None:
    good = (
        "\0" not in text
        and unicodedata.is_normalized("NFC", text)
        and not any("\ud800" <= c <= "\udfff" for c in text)
    )
    if good:
        assert encode([text]) == rfc8785.dumps([text])
        assert decode(encode({"a": text})) == {"a": text}
    else:
        with pytest.raises(Malformed):
            encode([text])


@examples(60)
@given(OBJECTS, st.data())
def test_a_flipped_byte_is_refused_or_is_another_canonical_object(
    value: dict[str, Any], data: st.DataObject
) -> None:
    raw = bytearray(encode(value))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        read = decode(bytes(raw))
    except Malformed:
        return
    assert rfc8785.dumps(read) == bytes(raw) and read != value


@examples(60)
@given(st.binary(max_size=60))
def test_noise_is_refused_as_malformed_and_nothing_else(raw: bytes) -> None:
    try:
        decode(raw)
    except Malformed:
        return
    assert encode(decode(raw)) == raw


def test_the_string_example_of_rfc_8785() -> None:
    # Section 3.2.2's example text, under the escapes of section 3.2.2.2.
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert encode({"string": text}) == b'{"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


def test_tuples_are_lists_and_subclasses_are_what_they_hold() -> None:
    class Audience(enum.StrEnum):
        PAIR = "pair"

    class Ref(int):
        pass

    assert encode({"to": Audience.PAIR, "need": Ref(31), "kinds": ("a", "b")}) == (
        b'{"kinds":["a","b"],"need":31,"to":"pair"}'
    )


REFUSED_VALUES = {
    "a float": 1.0,
    "a float deep inside": {"a": [{"b": 0.5}]},
    "not a number": float("nan"),
    "infinity": [float("inf")],
    "an integer of 2**53": 2**53,
    "an integer of -2**53": {"a": -(2**53)},
    "bytes": b"a",
    "a set": {1},
    "an integer key": {1: "a"},
    "a key that is None": {None: "a"},
    "a key that is True": {True: "a"},
    "a key that is not ASCII": {"é": 1},
    "text that is not NFC": "e\u0301",
    "text that is not NFC in a list": ["plain", ["e\u0301"]],
    "half a surrogate pair": "\ud83d",
    "half a surrogate pair as a key": {"\ud83d": 1},
    "NUL": {"a": "b\0c"},
    "NUL after a backslash": "\\\0",
    "NUL in a key": {"a\0": 1},
}


@pytest.mark.parametrize("what", REFUSED_VALUES)
def test_encode_refuses(what: str) -> None:
    with pytest.raises(Malformed):
        encode(REFUSED_VALUES[what])
    with pytest.raises(Malformed):
        encode({"asked": ["a", REFUSED_VALUES[what]]})


def test_text_that_only_looks_like_an_escaped_nul_is_text() -> None:
    for text in ("\\u0000", "\\\\u0000", "a\\\\\\u0000b"):
        assert decode(encode({"a": text})) == {"a": text}


def test_letters_after_an_escape_are_not_taken_for_one_letter() -> None:
    # Escaped, this is an n and then an accent, which together would not be NFC; unescaped it is.
    text = "\n\u0301"
    assert decode(encode({"a": text})) == {"a": text}


def test_circles_are_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(Malformed, match="deeper"):
        encode(circle)


REFUSED_BYTES = {
    "nothing": b"",
    "a list": b"[]",
    "a number": b"1",
    "a space before": b' {"a":1}',
    "a space inside": b'{"a": 1}',
    "a newline after": b'{"a":1}\n',
    "a second object": b'{"a":1}{}',
    "keys out of order": b'{"b":1,"a":2}',
    "a key twice": b'{"a":1,"a":1}',
    "a key twice with another value": b'{"a":1,"a":2}',
    "a key twice deep inside": b'{"a":[{"b":1,"b":1}]}',
    "a fraction": b'{"a":1.0}',
    "an exponent": b'{"a":1e3}',
    "a fraction deep inside": b'{"a":[[1.5]]}',
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":Infinity}',
    "-Infinity": b'{"a":-Infinity}',
    "minus zero": b'{"a":-0}',
    "a leading zero": b'{"a":01}',
    "a plus sign": b'{"a":+1}',
    "2**53": b'{"a":9007199254740992}',
    "-2**53": b'{"a":-9007199254740992}',
    "2**64": b'{"a":18446744073709551616}',
    "a number of 60,000 digits": b'{"a":' + b"9" * 60_000 + b"}",
    "an escaped slash": b'{"a":"\\/"}',
    "an escaped letter": b'{"a":"\\u0061"}',
    "an upper-case escape": b'{"a":"\\u000F"}',
    "an escaped emoji": b'{"a":"\\ud83d\\ude00"}',
    "half a surrogate pair, escaped": b'{"a":"\\ud83d"}',
    "half a surrogate pair, in bytes": b'{"a":"\xed\xa0\xbd"}',
    "overlong UTF-8": b'{"a":"\xc0\xaf"}',
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "text that is not NFC": '{"a":"e\u0301"}'.encode(),
    "a key that is not ASCII": '{"é":1}'.encode(),
    "an escaped NUL": b'{"a":"\\u0000"}',
    "an escaped NUL after a backslash": b'{"a":"\\\\\\u0000"}',
    "an escaped NUL in a key": b'{"\\u0000":1}',
    "a raw NUL": b'{"a":"\0"}',
    "a raw control character": b'{"a":"\x1f"}',
    "single quotes": b"{'a':1}",
    "a comment": b'{"a":1/**/}',
    "a trailing comma": b'{"a":1,}',
    "an unterminated string": b'{"a":"',
    "an unterminated object": b'{"a":1',
}


@pytest.mark.parametrize("what", REFUSED_BYTES)
def test_decode_refuses(what: str) -> None:
    with pytest.raises(Malformed):
        decode(REFUSED_BYTES[what])


def test_the_largest_numbers_are_read() -> None:
    raw = b'{"a":9007199254740991,"b":-9007199254740991}'
    assert encode(decode(raw)) == raw


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":', b'[["",'])
def test_hostile_nesting_is_malformed_at_any_depth(opening: bytes) -> None:
    for depth in (40, 900, 1_000, 10_000):
        for raw in (opening * depth, b'{"a":' + opening * depth):
            with pytest.raises(Malformed):
                decode(raw[:BYTES_MAX])


def test_nesting_cannot_reach_the_parser_where_the_stack_would_allow_it() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        with pytest.raises(Malformed, match="deeper"):
            decode(b'{"a":' + b"[" * 60_000)
    finally:
        sys.setrecursionlimit(limit)


def test_thirty_two_levels_are_read_and_thirty_three_are_not() -> None:
    def nested(levels: int) -> Any:
        return {"a": nested(levels - 1)} if levels else 1

    assert decode(encode(nested(DEPTH_MAX))) == nested(DEPTH_MAX)
    with pytest.raises(Malformed, match="deeper"):
        encode(nested(DEPTH_MAX + 1))
    with pytest.raises(Malformed, match="deeper"):
        decode(rfc8785.dumps(nested(DEPTH_MAX + 1)))


def test_many_brackets_side_by_side_or_in_text_are_not_deep() -> None:
    for value in (
        {"a": [[] for _ in range(100)]},
        {"a": "[" * 100, "b": '"{"{'},
        {"a": "\\" * 7 + '"' + "{" * 50},
    ):
        assert decode(encode(value)) == value


def test_size_is_bounded_exactly() -> None:
    most = b'{"a":"' + b"x" * (BYTES_MAX - 8) + b'"}'
    assert len(most) == BYTES_MAX and decode(most)["a"][0] == "x"
    with pytest.raises(Malformed, match="65535"):
        decode(most[:-2] + b'x"}')


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":"' + b'\\"' * 32_000,
        b'{"a":"' + b"\\" * 65_000,
        b'{"a":' + b'[""],' * 10_000,
        b'"[' * 32_000,
        b"\\u0000" * 10_000,
        b"{}" * 40 + b'"' + b'\\"' * 32_000,
    ],
)
def test_hostile_bytes_cost_little_time(raw: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Malformed):
        decode(raw)
    assert time.process_time() - started < 0.5


def test_what_follows_the_object_is_named() -> None:
    with pytest.raises(Malformed, match="follows"):
        decode(b'{"a":1}{"b":2}')


def test_every_truncation_is_refused() -> None:
    raw = encode({"a": [1, {"b": "é\n"}], "c": None})
    for end in range(len(raw)):
        with pytest.raises(Malformed):
            decode(raw[:end])


@examples(60)
@given(
    st.dictionaries(
        st.text(max_size=3),
        WHOLE | st.floats() | st.text(max_size=3) | st.lists(WHOLE, max_size=2),
        max_size=3,
    )
)
def test_no_spelling_that_another_program_writes_gets_through_uncanonically(value: Any) -> None:
    for raw in (
        json.dumps(value).encode(),
        json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode(),
    ):
        try:
            read = decode(raw)
        except Malformed:
            continue
        assert rfc8785.dumps(read) == raw
