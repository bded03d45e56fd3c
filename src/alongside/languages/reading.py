"""What a sentence needs to know of its reader: her words, her digits, her days, and how she lists things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Reads(Protocol):
    """A reader as sentences know her; `languages.locale.Reader` is one."""

    @property
    def language(self) -> str:
        """One of ours: `en`, `ar`, …"""

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""

    def gettext(self, message: str, /) -> str:
        """The message in her language, or as it stands where nobody has translated it yet."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The message for this many."""

    def day(self, when: date, /) -> str:
        """A day as she writes it."""

    def number(self, n: int, /) -> str:
        """A whole number in her digits."""

    def decimal(self, minor: int, decimals: int, /) -> str:
        """An amount kept in its smallest steps: 1250 with 2 decimals is 12.50."""

    def names(self, names: Sequence[str], /) -> str:
        """a, b and c."""
