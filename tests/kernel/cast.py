"""Hands that act on any book, in memory or kept: the same hands in two books write the very same entries."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, timedelta
from typing import Any

from alongside.act import Asking, Book, Outcome, Text, prepare
from alongside.action import ACTIONS
from alongside.gate import Refused
from alongside.memory import MemoryBook
from alongside.record.attest import Signer
from alongside.words import Quantity

BOOK = "abcdefghijklmnopqrstuvwxya"
MONDAY = date(2026, 1, 26)
AMNA, NUHA, MAREN, LUCIA, TARIQ = 1, 2, 3, 5, 7     # the numbers they get in `begin`
SAMI = 999                                          # has no member row
LOG_KEY = base64.b64encode(b"\x07" * 32).decode()


class Clock:
    """The host's day, which a test moves."""

    def __init__(self, day: date = MONDAY) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day

    def later(self, days: int) -> None:
        self.day += timedelta(days=days)


class Hands:
    """Whoever acts on one book. Salts and asking numbers come from a counter, the doorway's key is fixed."""

    def __init__(self, book: Book, clock: Clock, *, log_key: str = LOG_KEY, start: int = 0) -> None:
        self.book, self.clock, self.log_key, self._count = book, clock, log_key, start
        self.doorway = Signer.load("doorway", b"\x01" * 32)

    @classmethod
    def in_memory(cls, id: str = BOOK) -> Hands:
        clock = Clock()
        return cls(MemoryBook(id, clock, b"k" * 32), clock)

    def random(self, n: int) -> bytes:
        self._count += 1
        return hashlib.sha512(b"%d" % self._count).digest()[:n]

    def asking(self, author: int, called: str, *, asked_id: str | None = None, **answers: Any) -> Asking:
        """An asking, ready to be performed. Words are given as text."""
        kind = ACTIONS[(called, 1)]
        sealed = {f.name for f in kind.shape() if f.sealed}
        texts = {name: v if isinstance(v, Text) else Text(v, "en")
                 for name, v in answers.items() if name in sealed}
        plain = {name: _plain(v) for name, v in answers.items() if name not in sealed}
        return prepare(kind, plain, texts, book=self.book, author=author, signer=self.doorway,
                       random=self.random, asked_id=asked_id or self.random(16).hex())

    def does(self, author: int, called: str, **answers: Any) -> int:
        """Somebody asks, and it happens: the entry's number."""
        return self.book.act(self.asking(author, called, **answers))

    def refused(self, author: int, called: str, **answers: Any) -> list[str]:
        """Somebody asks, and is told no: the codes."""
        try:
            number = self.does(author, called, **answers)
        except Refused as no:
            return [r.no.code for r in no.refusals]
        raise AssertionError(f"{called} was not refused: entry {number}")

    def found(self, kind: str = "shared") -> int:
        """Amna founds the book."""
        key = {"by": "doorway", "key": base64.b64encode(self.doorway.public).decode(),
               "proof": self.doorway.proof(self.book.id), "verbs": ["*"]}
        return self.does(AMNA, "partnership.found", name_of_group="Sidra Lanes Kitchen", your_name="Amna",
                         kind=kind, keys=[key], log_key=self.log_key)

    def begin(self) -> Hands:
        """The cast: Amna and Nuha of the host, Maren and Tariq of one group abroad, Lucía of another."""
        self.found()
        assert self.does(AMNA, "partnership.admit", name="Nuha", group=1) == NUHA
        for number, group, person in ((MAREN, "Lantern Street", "Maren"), (LUCIA, "Río Claro", "Lucía")):
            assert self.does(AMNA, "partnership.invite", name_of_group=group) == number
            self.does(number, "partnership.accept", invitation=number, name_of_group=group, your_name=person)
        assert self.does(AMNA, "partnership.admit", name="Tariq", group=MAREN) == TARIQ
        return self

    def first_yes(self) -> int:
        """A first yes to Lantern Street, said by two."""
        number = self.does(AMNA, "consent.first_yes", ally=MAREN, kinds=["money", "goods.tools"],
                           cap=Quantity(200_000, "XTS"), until=self.clock.day + timedelta(days=30))
        self.does(NUHA, "consent.second", consent=number)
        return number


def some_weeks(hands: Hands) -> Hands:
    """A partnership of some weeks: rows in nearly every table of a shared book, words of every audience."""
    hands.begin()
    asked = hands.does(MAREN, "consent.ask", kind="media", words="May we film?")
    hands.does(NUHA, "consent.not_now", asking=asked, reason="No faces this year.")
    hands.first_yes()
    sack, piece = (f"u{hands.does(NUHA, 'needs.list_unit', label=label)}" for label in ("sack", "piece"))
    region = hands.does(NUHA, "needs.list_region", label="the lanes")
    grain = hands.does(AMNA, "needs.name", kind="goods.food", label="sorghum", quantity=[40, sack],
                       region=region, rank=1, whom="six lanes")
    belt = hands.does(AMNA, "needs.name", kind="goods.tools", label="belt", quantity=[2, piece], rank=2)
    hands.does(AMNA, "needs.not_needed", kind="goods.clothes", why="We have enough coats.")
    hands.does(LUCIA, "consent.ask", kind="knowledge", need=belt, words="We can teach it.")
    hands.clock.later(1)
    offer = hands.does(MAREN, "exchange.offer", need=grain, kind="money", quantity=[200_000, "XTS"],
                       words="From all of us.")
    promise = hands.does(NUHA, "exchange.accept", offer=offer, quantity=[120_000, "XTS"])
    money = hands.does(NUHA, "exchange.check", promise=promise, supply="yes", way_safe=True,
                       backup="by hand")
    hands.does(MAREN, "exchange.send", delivery=money)
    hands.clock.later(1)
    hands.does(NUHA, "exchange.count", delivery=money, quantity=[120_000, "XTS"], final=True)
    bought = hands.does(NUHA, "exchange.buy", need=grain, quantity=[40, sack], price=[100_000, "XTS"],
                        payment="paid", related=False, seller="the mill", receipt="in the tin", region=region)
    hands.does(NUHA, "exchange.count", delivery=bought, quantity=[38, sack], final=True, witness="Idris")
    hands.does(NUHA, "exchange.report_missing", delivery=bought, quantity=[2, sack], words="The bag tore.")
    hands.does(NUHA, "exchange.use", need=grain, quantity=[5, sack], people=190)
    hands.does(TARIQ, "safety.stop", kind="goods.tools")
    return hands


def codes(outcomes: list[Outcome]) -> list[Any]:
    """Numbers of what was done, codes of what was refused."""
    return [[r.no.code for r in o.refused.refusals] if o.refused else o.number for o in outcomes]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
