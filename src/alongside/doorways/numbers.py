"""A number is written as its writer writes numbers. Where it could mean two, nobody guesses: she is asked."""

from __future__ import annotations

import re
import unicodedata

from alongside.codes import N_
from alongside.languages.reading import Reads
from alongside.words import NUMBER_MAX, Unclear

# Every sign is read as one of four: a space parts thousands, D parts the whole from the rest, and a comma or
# a point does either, as its writer is used to.
_SIGNS = dict.fromkeys(" \u2009\u202f\u00a0'’ʼ\u066c", " ") | {",": ",", "،": ",", ".": ".", "\u066b": "D"}
_UNSEEN = dict.fromkeys((0x061C, 0x200E, 0x200F))     # marks that a keyboard puts beside a number
_MINUS = "-\u2212"
_LONGEST = 60
_PARTED_BY_THREE = re.compile(r"[1-9]\d{0,2}(?:(?P<by>[ ,.])\d{3})(?:(?P=by)\d{3})*")
_PARTED_BY_TWO = re.compile(r"[1-9]\d?(?P<by>[ ,])(?:\d{2}(?P=by))+\d{3}")    # 12,34,567: lakhs and crores

NOT_A_NUMBER = N_("Write the number in digits, like {example}.")
TWO_NUMBERS = N_("This could mean two numbers. Write {one} or {other}.")
WHOLE_ONLY = N_("Only whole numbers can be counted here, like {example}.")
TOO_FINE = N_("At most {decimals} digits can stand after the point here.")
TOO_LARGE = N_("This number is larger than a book can hold.")


def read_number(text: str, decimals: int, reader: Reads, field: str) -> int:
    """The number in its smallest steps: "12.50" with 2 decimals is 1250. Raises `Unclear`.

    Digits of any script and the thousands separators of any locale are read. A single comma or point before
    three digits parts thousands where there are no decimals, and otherwise what it parts in the reader's own
    language; what stays open is not guessed.
    """
    body, minus = _signs(text)
    whole, rest = _parted(body, decimals, reader, field)
    if whole is None:
        raise Unclear(field, NOT_A_NUMBER, example=reader.number(40))
    exact = rest.rstrip("0")
    if len(exact) > decimals:
        if decimals == 0:
            raise Unclear(field, WHOLE_ONLY, example=reader.number(int(whole[:16]) + 1))
        raise Unclear(field, TOO_FINE, decimals=decimals)
    steps = int(whole + exact.ljust(decimals, "0"))
    if steps > NUMBER_MAX:
        raise Unclear(field, TOO_LARGE)
    return -steps if minus else steps


def write_number(steps: int, decimals: int, reader: Reads) -> str:
    """The number as it can be typed back by this reader: her digits and her decimal mark, no thousands."""
    digits = str(abs(steps)).rjust(decimals + 1, "0")
    whole, rest = digits[:len(digits) - decimals], digits[len(digits) - decimals:]
    plain = whole if not rest.strip("0") else f"{whole}D{rest}"
    own = "".join(reader.number(int(c)) if c.isdecimal() else decimal_mark(reader) for c in plain)
    return f"-{own}" if steps < 0 else own


def decimal_mark(reader: Reads) -> str:
    """What stands between the whole and the rest in the reader's language."""
    return next((c for c in reader.decimal(15, 1) if not c.isdecimal() and c.isprintable()), ".")


def digits_to_ascii(text: str) -> str:
    """The same text with every digit of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _signs(text: str) -> tuple[str, bool]:
    """The text with its signs made one of four (empty where there are others); whether it is below zero."""
    text = digits_to_ascii(text[:_LONGEST + 1].translate(_UNSEEN).strip())
    minus = text[:1] in _MINUS and text != ""
    body = text[1:].lstrip() if minus or text[:1] == "+" else text
    if len(body) > _LONGEST or not all(c.isdecimal() or c in _SIGNS for c in body):
        return "", minus
    return "".join(_SIGNS.get(c, c) for c in body), minus


def _parted(body: str, decimals: int, reader: Reads, field: str) -> tuple[str | None, str]:
    """The digits before and after the decimal mark, or None where this is no number."""
    marks = re.sub(r"\d", "", body)
    if not re.search(r"\d", body):
        return None, ""
    if not marks:
        return body, ""
    last = marks[-1]
    if len(marks) == 1 and last in ",.":
        return _by_one_mark(body, last, decimals, reader, field)
    if last == "D" or (last in ",." and marks.count(last) == 1):
        head, _, rest = body.rpartition(last)
        return _whole(head), rest
    return _whole(body), ""


def _by_one_mark(body: str, mark: str, decimals: int, reader: Reads, field: str) -> tuple[str | None, str]:
    whole, _, rest = body.partition(mark)
    own = decimal_mark(reader)
    if not _PARTED_BY_THREE.fullmatch(body):
        if mark != own and len(rest) > max(2, decimals):
            return None, ""     # 2,0000: a slip of the finger, and nobody knows which
        return whole or "0", rest
    if decimals == 0 or (own != mark and own in ",."):
        return whole + rest, ""
    if own == mark and len(rest) <= decimals:
        return whole, rest
    one, other = _shown(whole, rest, reader), reader.number(int(whole + rest))
    raise Unclear(field, TWO_NUMBERS, one=one, other=other)


def _whole(head: str) -> str | None:
    """The digits of a whole number, if they are parted in a way that somebody parts them."""
    if head.isdecimal() or head == "":
        return head or "0"
    if _PARTED_BY_THREE.fullmatch(head) or _PARTED_BY_TWO.fullmatch(head):
        return re.sub(r"\D", "", head)
    return None


def _shown(whole: str, rest: str, reader: Reads) -> str:
    rest = rest.rstrip("0") or "0"
    return write_number(int(whole + rest), len(rest), reader)
