"""A day comes from a calendar or is typed as people write it: day, month, year, in any digits."""

from __future__ import annotations

import re
from datetime import date

from alongside.codes import N_
from alongside.doorways.numbers import digits_to_ascii
from alongside.languages.reading import Reads
from alongside.words import Unclear

_UNSEEN = dict.fromkeys((0x061C, 0x200E, 0x200F))
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}")

NOT_A_DAY = N_("Write the day as day, month and year, like {example}.")
YEAR_TOO = N_("Write the year too, like {example}.")
NO_SUCH_DAY = N_("There is no such day. Write day, month and year, like {example}.")


def read_day(text: str, reader: Reads, field: str) -> date:
    """The day that was chosen or typed: year-month-day, or day/month/year. Raises `Unclear`."""
    plain = digits_to_ascii(text[:40].translate(_UNSEEN).strip())
    example = "".join(reader.number(int(c)) if c.isdecimal() else c for c in "28/2/2026")
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
    elif _NO_YEAR.fullmatch(plain):
        raise Unclear(field, YEAR_TOO, example=example)
    else:
        raise Unclear(field, NOT_A_DAY, example=example)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unclear(field, NO_SUCH_DAY, example=example) from None
