"""The things that somebody remembers of a book: needs, yeses, askings, stops, offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

HOST, FOUNDER = 1, 1        # the group and the person that the first entry makes
MONEY = "money"
WAIT_FOR_MEMORANDUM = ("visit", "media", "story", "data")
HELP_ALONG = ("money", "transport", "storage", "skills")
REST, WEEK, FRESH = timedelta(days=30), timedelta(days=7), timedelta(days=90)


def reaches(above: str, kind: str) -> bool:
    """Whether a word for a kind takes in another: goods takes in food, food does not take in goods."""
    return kind == above or kind.startswith(above + ".")


class Amount(NamedTuple):
    """So much of a currency or of a unit of the book."""

    n: int
    unit: str

    @property
    def is_money(self) -> bool:
        """Currencies have three capital letters."""
        return len(self.unit) == 3 and self.unit.isupper()


@dataclass
class Need:
    number: int
    item: int
    kind: str
    quantity: Amount
    region: int | None
    confirmed: date

    def stale(self, day: date) -> bool:
        """Whether nobody said for too long that it is still so."""
        return day - self.confirmed > FRESH


@dataclass
class Yes:
    """Somebody of the host said yes. `ally` and `need` are None for any; `back` is the entry that took it
    back."""

    number: int
    how: str                            # opened, first, given, accepted
    ally: int | None
    kinds: tuple[str, ...]
    need: int | None
    cap: Amount | None
    said: date
    until: date
    by: int
    alone: bool = False
    second: date | None = None
    leans: tuple[int, ...] = ()
    back: int | None = None

    def last(self) -> date:
        """The last day on which it can stand."""
        unsaid = self.how == "first" and self.second is None
        return min(self.until, self.said + WEEK) if unsaid else self.until

    def waits(self) -> bool:
        """Whether a second person has yet to say it."""
        return self.how == "first" and not self.alone and self.second is None

    def reaches(self, ally: int, kind: str, need: int | None) -> bool:
        """Whether it was said to this ally, for this kind and this need. An acceptance is for itself
        alone."""
        return (self.how != "accepted" and self.ally in (None, ally) and self.need in (None, need)
                and any(reaches(k, kind) for k in self.kinds))


@dataclass
class Question:
    """An ally's "May we?"."""

    number: int
    ally: int
    kind: str
    need: int | None
    answer: str = "open"


@dataclass
class Stop:
    number: int
    group: int
    kind: str | None
    by: int
    again: int | None = None            # the host member who first said that it may start again
    lifted: date | None = None

    def touches(self, kind: str | None) -> bool:
        """Whether what it holds and this kind have anything in common."""
        if self.kind is None or kind is None:
            return True
        return reaches(self.kind, kind) or reaches(kind, self.kind)


@dataclass
class Offer:
    number: int
    ally: int
    need: int | None
    kind: str
    item: int | None
    quantity: Amount | None
    cover: int | None
    until: date
    asks_again: bool
    question: bool
    answer: str = "open"
    taken: int = 0

    @property
    def left(self) -> int:
        """How much of it nobody has accepted."""
        return 0 if self.question or self.quantity is None else self.quantity.n - self.taken


@dataclass
class Session:
    number: int
    closed: bool = False
    heard: dict[str, int] = field(default_factory=dict)


class No(NamedTuple):
    """A no to an ally, and to what exactly."""

    ally: int
    kind: str
    need: int | None
    day: date


class Unwanted(NamedTuple):
    number: int
    kind: str
    item: int | None
