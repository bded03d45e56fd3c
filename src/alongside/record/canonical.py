"""An entry is hashed and signed as bytes, so two honest programs must write the same thing the same way.

This is RFC 8785 (JCS) under limits that leave nothing to interpretation: ASCII keys, whole numbers below
2**53 in size, NFC text, no floats, at most 32 levels. Under them Python's own C encoder writes exactly JCS.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn

from alongside.record.exact import Malformed

BYTES_MAX = 65_535  # an entry's length travels as two bytes in bundles (C2SP tlog-tiles)
DEPTH_MAX = 32  # how deep a parser may go differs by language and stack; a fixed limit does not
INTEGER_LIMIT = 2**53  # above it, JSON numbers lose digits in JavaScript and many other readers

# check_circular is off because _check has its own limit on depth, which a circle cannot pass.
_dump = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode

# Sixteen digits in a row may be a number of 2**53 or more, or part of a hash: worth a closer look, no more.
# A table and a search, because the regular expression for it costs ten times as much.
_DIGITS_TO_ZERO = bytes.maketrans(b"0123456789", b"0000000000")
_LONG_NUMBER = b"0" * 16
# An escaped NUL has an odd number of backslashes before its u; with an even number it is only text.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
# A string may be unterminated here and then runs to the end: or hostile quotes would cost n * n steps.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def encode(value: object) -> bytes:
    """Return the one canonical spelling of `value`: RFC 8785 under our limits, as UTF-8.

    Takes None, bool, int, str, list, tuple and dict with str keys (subclasses such as StrEnum count as what
    they hold). Raises Malformed for anything else: floats, integers of 2**53 or more, keys that are not ASCII
    text, text that is not NFC or holds lone surrogates or NUL, more than 32 levels, circles.
    """
    _check(value, DEPTH_MAX)
    text = _dump(value)
    _refuse_nul(text)
    return text.encode("utf-8")


def decode(raw: bytes) -> dict[str, Any]:
    """Return the object that canonical `raw` spells: at most 65,535 bytes, UTF-8, RFC 8785 under our limits.

    Raises Malformed, never RecursionError, on anything else. Limits are asked of the C parser or of the whole
    text; values are looked at one by one only where that leaves a doubt.
    """
    if len(raw) > BYTES_MAX:
        raise Malformed(f"An entry has at most {BYTES_MAX} bytes; this one has {len(raw)}.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("These bytes are not UTF-8.") from None
    refuse_depth(text)
    value = _parse(text)
    # Writing it again refuses every second spelling at once: keys in another order or twice, spaces, -0,
    # other escapes (and with them lone surrogates, which only an escape can bring in).
    if _dump(value) != text:
        raise Malformed("These bytes are not canonical: keys unsorted or twice, spaces, or other escapes.")
    _refuse_nul(text)
    if not text.isascii() or _LONG_NUMBER in raw.translate(_DIGITS_TO_ZERO):
        _check(value, DEPTH_MAX)
    return value


def refuse_depth(text: str) -> None:
    """Raise Malformed where JSON `text` nests deeper than 32 levels, before any parser goes down there."""
    if text.count("{") + text.count("[") <= DEPTH_MAX:
        return  # nearly every entry: too few brackets to be deep, whatever their order
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            if depth > DEPTH_MAX:
                raise Malformed(f"This nests deeper than {DEPTH_MAX} levels.")
        elif mark in "]}":
            depth -= 1


def refuse_unassigned(text: str) -> None:
    """Raise Malformed where `text` holds a code point that this Python's Unicode knows no character for.

    A later Unicode may give it a normal form, and what was NFC when it was written would then be refused.
    Only whoever makes an entry asks this; a reader may well be older than the writer.
    """
    if not text.isascii() and any(unicodedata.category(letter) == "Cn" for letter in text):
        raise Malformed("A text holds a code point that is no character yet.")


def _refuse_fraction(text: str) -> NoReturn:
    raise Malformed("Numbers in a record are whole: no fraction, no exponent, no NaN, no Infinity.")


# The C parser calls these hooks only when it meets such a number, so honest entries pay nothing for them.
_decoder = json.JSONDecoder(parse_float=_refuse_fraction, parse_constant=_refuse_fraction)


def _parse(text: str) -> dict[str, Any]:
    try:
        value, end = _decoder.raw_decode(text)
    except Malformed:
        raise
    except ValueError:  # not JSON, or a number of thousands of digits, which Python refuses to read
        raise Malformed("These bytes are not JSON.") from None
    if end != len(text):
        raise Malformed("Something follows the end of the JSON object.")
    if not isinstance(value, dict):
        raise Malformed("An entry is a JSON object; this is something else.")
    return value


def _check(value: object, room: int) -> None:
    """Raise Malformed where `value`, with `room` levels left, is outside the limits. Looks at every value."""
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif isinstance(value, dict):
        if not room:
            raise Malformed(f"This nests deeper than {DEPTH_MAX} levels.")
        for key, inner in value.items():
            # json would write the key 1 as "1": what is replayed would then differ from what was lived.
            if not isinstance(key, str) or not key.isascii():
                raise Malformed("A key is not plain ASCII text.")
            if type(inner) is not str or not inner.isascii():  # most values are plain codes: nothing to find
                _check(inner, room - 1)
    elif isinstance(value, int):
        if not -INTEGER_LIMIT < value < INTEGER_LIMIT:
            raise Malformed("A number is 2**53 or more in size: other readers would lose its last digits.")
    elif isinstance(value, (list, tuple)):
        if not room:
            raise Malformed(f"This nests deeper than {DEPTH_MAX} levels.")
        for inner in value:
            _check(inner, room - 1)
    elif isinstance(value, float):
        _refuse_fraction("")
    elif value is not None:
        raise Malformed("Only null, true, false, whole numbers, text, lists and objects can be in a record.")


def _check_text(text: str) -> None:
    if not unicodedata.is_normalized("NFC", text):
        # Two spellings of one letter look alike on a page and hash differently.
        raise Malformed("A text is not in Unicode normal form NFC.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("A text holds half of a surrogate pair, which is no character.") from None


def _refuse_nul(text: str) -> None:
    # PostgreSQL text cannot hold NUL, and C programs cut a text at it: they would see less than was signed.
    if "\\u0000" in text and _NUL.search(text):
        raise Malformed("A text holds the character NUL.")
