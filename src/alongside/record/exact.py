"""What can be written in two ways can be signed in two ways, so everything in a record has one spelling.

Here are the few spellings that all the other files share: length prefixes and base64.
"""

from __future__ import annotations

import binascii


class Malformed(ValueError):
    """Something that came from outside does not have its one right form; the sentence says what is wrong.

    The sentence never repeats what was sent: it may end in a log, and a stranger may have written it.
    """


def prefixed(*parts: bytes) -> bytes:
    """Join `parts`, each after its own length as four big-endian bytes.

    Without the lengths "ab" + "c" and "a" + "bc" would be one message, and a signature given for the first
    could be shown for the second.
    """
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


def to_base64(raw: bytes) -> str:
    """Return standard padded base64 (RFC 4648 section 4) without a line end."""
    return binascii.b2a_base64(raw, newline=False).decode("ascii")


def from_base64(text: str, what: str, length: int | None = None) -> bytes:
    """Return the bytes of canonical standard base64; `length` in bytes where it is fixed.

    Raises Malformed, naming `what`, for other alphabets, missing padding, spaces, or stray bits in the last
    letter: those stray bits would let anybody make a second text of the same signature.
    """
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise Malformed(f"{what} is not base64.") from None
    if to_base64(raw) != text:
        raise Malformed(f"{what} is base64, but not in its one canonical spelling.")
    if length is not None and len(raw) != length:
        raise Malformed(f"{what} holds {len(raw)} bytes instead of {length}.")
    return raw
