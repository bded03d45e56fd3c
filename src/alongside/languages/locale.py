"""A reader has a language, a direction, and her own way of writing days and numbers.

Catalogues are ordinary gettext files, so that a translation team can take them over. A message that a
catalogue does not have is read in English: half a page in one's own language is better than none.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

CATALOGUES = Path(__file__).parent / "catalogues"


@dataclass(frozen=True)
class Language:
    """A language of ours: how it calls itself, and how it writes a day. `reviewed` by a native
    organiser, or a draft."""

    code: str
    name: str
    babel: str
    day: str
    short_day: str
    direction: str = "ltr"
    reviewed: bool = False


LANGUAGES: dict[str, Language] = {each.code: each for each in (
    Language("en", "English", "en_GB", "EEEE d MMMM", "d MMMM", reviewed=True),
    Language("ar", "العربية", "ar", "EEEE d MMMM", "d MMMM", direction="rtl"),
    Language("es", "Español", "es", "EEEE d 'de' MMMM", "d 'de' MMMM"),
    Language("fr", "Français", "fr", "EEEE d MMMM", "d MMMM"),
    Language("pt", "Português", "pt", "EEEE, d 'de' MMMM", "d 'de' MMMM"),
    Language("sw", "Kiswahili", "sw", "EEEE d MMMM", "d MMMM"),
)}

# Neither Babel nor Django turns digits into these; and a phone's own digits are the ones its owner can dial.
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_YEAR_AFTER = {"es": " 'de' y", "pt": " 'de' y"}


@dataclass(frozen=True)
class Reader:
    """Who reads: everything that differs from one language to the next, and nothing else."""

    language: str = "en"
    western_digits: bool = False

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, from the language and never guessed from a text."""
        return LANGUAGES[self.language].direction

    @property
    def is_draft(self) -> bool:
        """Whether nobody who grew up with this language has read our words in it yet."""
        return not LANGUAGES[self.language].reviewed

    @property
    def eastern_digits(self) -> bool:
        """Whether numbers are written with Eastern Arabic digits."""
        return self.language == "ar" and not self.western_digits

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return catalogue(self.language).gettext(message) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The message for this many, by the language's own plural rules (Arabic has six)."""
        return catalogue(self.language).ngettext(one, many, n)

    def pgettext(self, context: str, message: str) -> str:
        """The message where one English word has two meanings."""
        return catalogue(self.language).pgettext(context, message)

    def day(self, when: date, *, year: bool = False) -> str:
        """Tuesday 12 May."""
        return self._date(when, LANGUAGES[self.language].day, year)

    def short_day(self, when: date, *, year: bool = False) -> str:
        """12 May."""
        return self._date(when, LANGUAGES[self.language].short_day, year)

    def month(self, when: date, *, year: bool = True) -> str:
        """May 2026."""
        return self._date(when, "LLLL", year)

    def short_month(self, when: date) -> str:
        """May, as short as the language allows: for the axis of a figure."""
        return self._date(when, "LLL", False).rstrip(".")

    def number(self, n: int) -> str:
        """1,200 in this reader's digits and separators."""
        return self.digits(format_decimal(n, locale=self._babel, numbering_system=self._system))

    def decimal(self, minor: int, decimals: int, *, full: bool = False) -> str:
        """An amount kept in minor units. A whole amount is written without decimals unless `full`."""
        value = Decimal(minor).scaleb(-decimals)
        if not full and value == value.to_integral_value():
            return self.number(int(value))
        pattern = "#,##0." + "0" * decimals
        return self.digits(format_decimal(value, pattern, locale=self._babel, numbering_system=self._system))

    def percent(self, whole: int) -> str:
        """68%, from 68."""
        if self.eastern_digits:
            return f"{self.number(whole)}٪"
        return format_percent(Decimal(whole) / 100, locale=self._babel, numbering_system="latn")

    def digits(self, text: object) -> str:
        """The same text with this reader's digits: for numbers that are names (entry 12, 21:40)."""
        return str(text).translate(_EASTERN) if self.eastern_digits else str(text)

    def names(self, names: Sequence[str]) -> str:
        """a, b and c."""
        if self.language == "ar" and not all(_is_arabic(name) for name in names[1:]):
            # The Arabic "and" is written onto the next word; a Latin name cannot carry it.
            return "، ".join(names)
        return format_list(list(names), locale=self._babel)

    def marked_names(self, names: Sequence[str]) -> Markup:
        """The same for a page: each name isolated, so that it cannot turn the words around it."""
        places = [chr(0xE000 + i) + ("ا" if _is_arabic(name) else "") for i, name in enumerate(names)]
        text = str(escape(self.names(places)))
        for place, name in zip(places, names, strict=True):
            text = text.replace(place, f"<bdi>{escape(name)}</bdi>")
        return Markup(text)

    @property
    def _babel(self) -> Locale:
        return _locale(LANGUAGES[self.language].babel)

    @property
    def _system(self) -> str:
        return "arab" if self.eastern_digits else "latn"

    def _date(self, when: date, pattern: str, year: bool) -> str:
        pattern += _YEAR_AFTER.get(self.language, " y") if year else ""
        return self.digits(format_date(when, pattern, locale=self._babel))


def choose(*, cookie: str = "", account: str = "", accepts: Sequence[str] = (),
           western_digits: bool = False) -> Reader:
    """Whose reader: what she chose here, what her account says, what her browser asks for, else English."""
    for wanted in (cookie, account, *accepts):
        code = wanted.lower().replace("_", "-").partition("-")[0]
        if code in LANGUAGES:
            return Reader(code, western_digits)
    return Reader(western_digits=western_digits)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language. Drafts marked fuzzy are left out; a missing file is an empty one."""
    path = CATALOGUES / f"{language}.po"
    english = _English() if LANGUAGES[language].direction == "rtl" else NullTranslations()
    if not path.exists():
        return english
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    translations.add_fallback(english)
    return translations


class _English(NullTranslations):
    """An English sentence among words that run from the right: isolated, or its full stop would stand in
    front."""

    def gettext(self, message: str) -> str:
        return f"\u2068{message}\u2069"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(super().ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def _is_arabic(name: str) -> bool:
    """Whether a name begins in Arabic script. A placeholder carries the letter of the name it stands for."""
    letters = (c for c in name if unicodedata.category(c)[0] in "LN")
    return "ARABIC" in unicodedata.name(next(letters, "?"), "")
