"""The words an entry may hold: codes, numbers, days, references, and commitments to what people wrote.

What a person wrote never stands here itself. A `Sealed` says only that something was given, in which
language, for whom, and which commitment it must open to.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from alongside.codes import CURRENCIES, KINDS, N_

R = TypeVar("R")

NUMBER_MAX = 2**53 - 1


class Unclear(ValueError):
    """What was asked cannot be read. `field` names the question, `says` is a sentence for the person."""

    def __init__(self, field: str, says: str, **params: object) -> None:
        super().__init__(f"{field}: {says}")
        self.field = field
        self.says = says
        self.params = params


if TYPE_CHECKING:

    class Ref(int, Generic[R]):
        """The number of a row, and which table it is in."""

        row: ClassVar[type[Any]]

else:

    class Ref(int):
        """The number of a row, and which table it is in: `Ref[Need](31)`."""

        __slots__ = ()
        row: ClassVar[type | None] = None
        _kept: ClassVar[dict[type, type[Ref]]] = {}

        def __class_getitem__(cls, row):
            if row not in cls._kept:
                cls._kept[row] = type(f"Ref[{row.__name__}]", (Ref,), {"__slots__": (), "row": row})
            return cls._kept[row]


class Kind(str):
    """What kind of support or act: a place in one small tree (`goods.food`); a parent covers its children."""

    __slots__ = ()

    def covers(self, other: str) -> bool:
        """Whether a yes to this kind reaches `other`."""
        return other == self or other.startswith(self + ".")

    @property
    def label(self) -> str:
        """The kind's name in English, which is its message in the catalogues."""
        return KINDS[self]


class Quantity(NamedTuple):
    """How much of what: `n` whole steps of a unit.

    `unit` is an ISO 4217 code (n counts minor units: 120000 XTS is 1,200.00) or `u12`, the book's own
    unit 12 (n counts its smallest step: with one decimal, 25 is 2.5).
    """

    n: int
    unit: str

    @property
    def is_money(self) -> bool:
        """Whether this is an amount of a currency."""
        return self.unit in CURRENCIES

    @property
    def unit_number(self) -> int | None:
        """The number of the book's own unit, or None for money."""
        return None if self.is_money else int(self.unit[1:])

    def of(self, n: int) -> Quantity:
        """Another amount of the same unit."""
        return Quantity(n, self.unit)


class Audience(StrEnum):
    """For whom somebody's words are; the default of every question is the narrowest it allows."""

    STEWARDS = "stewards"
    GROUP = "group"
    PAIR = "pair"
    BOOK = "book"


class BookKind(StrEnum):
    """A shared book is one host group and its allies; an inner book is one group alone."""

    SHARED = "shared"
    INNER = "inner"


class Sealed(NamedTuple):
    """What gate and record may know of somebody's words: that they are, in what language, for whom."""

    commitment: str
    language: str
    audience: str

    @property
    def given(self) -> bool:
        """Always so: words that were not given are None."""
        return True


LANGUAGES = ("en", "es", "fr", "ar", "pt", "sw")
TEXT_MAX = 4_000
# Characters that reorder what a reader sees, and so let one text look like another.
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_KEPT_CONTROLS = {"\n", "\t"}


def clean(text: str, field: str = "words") -> str:
    """A person's text as it will be kept: NFC, line ends made one, or `Unclear` with what is wrong.

    Joiners (U+200C, U+200D) stay: Arabic, Persian and many other scripts need them.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unclear(field, N_("This text holds half a character. Please type it again.")) from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(c in _BIDI for c in text):
        raise Unclear(field, N_("This text holds hidden marks that turn the reading direction."
                                " Please type it without them."))
    if any(unicodedata.category(c) == "Cc" and c not in _KEPT_CONTROLS for c in text):
        raise Unclear(field, N_("This text holds control characters. Please type it without them."))
    if len(text) > TEXT_MAX:
        raise Unclear(field, N_("This text is longer than {most} characters."), most=TEXT_MAX)
    return text
