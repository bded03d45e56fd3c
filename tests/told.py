"""Stories: people act on a host's two books, and after every act the book is held to its promises.

Replaying equals living, only the areas that fold a fact write rows, and no entry holds what anybody wrote.
A refusal leaves no trace at all.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from string import Formatter
from typing import Any

import pytest

from alongside.act import Asking, Outcome, Text, prepare
from alongside.action import ACTIONS, Action, Refusal
from alongside.audit import Auditor
from alongside.fact import FACTS
from alongside.fold import FOLDS
from alongside.gate import Refused
from alongside.memory import MemoryBook
from alongside.record.attest import KeyRing, Signer
from alongside.record.entry import Entry, commitment, new_book_id
from alongside.tables import MemoryTables, Row, digest
from alongside.words import BookKind, Quantity, Ref, Unclear
from tests.doors import heard
from tests.people import CAST, HOST, LANTERN_STREET, RIO_CLARO

MONDAY = date(2026, 1, 26)
NOBODY = 999_999        # the author number of somebody who has no member row
_DOORWAY = Signer.make("doorway")
_LOG_KEY = base64.b64encode(Signer.make("node").public).decode()


class WatchedTables(MemoryTables):
    """Tables that remember which rows were written since they were last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Row] = []

    def put(self, row: Row) -> None:
        self.written.append(row)
        super().put(row)


class ToldBook:
    """A book in memory, and beside it an auditor who believes nothing but the entries' bytes."""

    def __init__(self, story: Story) -> None:
        self.book = MemoryBook(new_book_id(story.random), lambda: story.today, b"k" * 32)
        self.book.tables = WatchedTables()
        self.auditor, self.keys = Auditor(), KeyRing()
        self.numbers: dict[str, int] = {}       # of people and groups, by name

    def state(self) -> tuple[Any, ...]:
        """Everything a refusal must leave as it was."""
        book = self.book
        return (book.tree.size, book.seen(), list(book.raw), digest(book.tables), dict(book.vault.kept),
                list(book.told), book.last_day, dict(book._asked))

    def follow(self, texts: list[str]) -> None:
        """Hold every new entry to the promises. `texts` is what was written for it, when it is one."""
        new = self.book.raw[sum(self.auditor.actions.values()):]
        self._only_own_rows(new)
        for raw in new:
            entry = Entry.read(raw)
            self.keys.admit(entry)
            self.auditor.check(entry)
            self._no_words_in(raw, texts)
            self._opens_to_its_words(entry)
        assert digest(self.auditor.tables) == digest(self.book.tables), "replaying differs from living"

    def _only_own_rows(self, new: list[bytes]) -> None:
        facts = [Entry.read(raw).fact for raw in new]
        areas = {one.area for fact in facts for one in FOLDS.get(FACTS[fact["fact"], fact["version"]], ())}
        for row in self.book.tables.written:
            assert type(row).owner in areas, f"{type(row).__name__} was written by none of {sorted(areas)}"
        self.book.tables.written.clear()

    def _no_words_in(self, raw: bytes, texts: list[str]) -> None:
        for text in texts:
            # A short word could stand in base64 by chance; as a value of its own it could not.
            for form in (text, json.dumps(text)[1:-1]):
                shown = form if len(form) > 8 else f'"{form}"'
                assert shown.encode() not in raw, f"the entry holds the words {text!r}"

    def _opens_to_its_words(self, entry: Entry) -> None:
        for sealed in entry.asked["words"].values():
            kept = self.book.vault.kept[sealed["commitment"]]
            made = commitment(book=self.book.id, field=kept.field, salt=kept.salt, text=kept.text)
            assert kept.commitment == made
            self._no_words_in(entry.raw, [kept.text])


class Story:
    """People acting on a host's shared and inner book, on days that the story chooses."""

    def __init__(self, today: date = MONDAY) -> None:
        self.today = today
        self._count = itertools.count(1)
        self._sack: int | None = None
        self.told = {kind: ToldBook(self) for kind in BookKind}
        self.shared, self.inner = self.told[BookKind.SHARED].book, self.told[BookKind.INNER].book

    @classmethod
    def founded(cls, today: date = MONDAY) -> Story:
        """Amna alone: a host of one, with both its books."""
        story = cls(today)
        for kind, told in story.told.items():
            told.numbers["Amna"] = told.numbers[HOST] = 1
            key = {"by": "doorway", "key": base64.b64encode(_DOORWAY.public).decode(),
                   "proof": _DOORWAY.proof(told.book.id), "verbs": ["*"]}
            story.act("Amna", "partnership.found", book=kind.value, name_of_group="Sidra Lanes Kitchen",
                      your_name="Amna of the kitchen", kind=kind.value, keys=[key], log_key=_LOG_KEY)
        return story

    @classmethod
    def partnership(cls, today: date = MONDAY) -> Story:
        """The whole cast: Nuha and Idris in both books, two groups alongside, Sami outside."""
        story = cls.founded(today)
        for kind in story.told:
            for name in ("Nuha", "Idris"):
                story.admit(name, HOST, book=kind.value)
        story.join("Maren", LANTERN_STREET)
        story.join("Lucía", RIO_CLARO)
        story.admit("Tariq", LANTERN_STREET)
        return story

    def admit(self, name: str, group: str, *, book: str = "shared") -> int:
        """Amna admits somebody to a group."""
        numbers = self.told[BookKind(book)].numbers
        numbers[name] = self.act("Amna", "partnership.admit", book=book, name=f"{name} by name",
                                 group=numbers[group])
        return numbers[name]

    def join(self, name: str, group: str) -> int:
        """Amna invites a group, and somebody comes in for it."""
        number = self.act("Amna", "partnership.invite", name_of_group=f"the people of {group}")
        self.told[BookKind.SHARED].numbers |= {name: number, group: number}
        self.act(name, "partnership.accept", invitation=number, name_of_group=f"{group}, all of us",
                 your_name=f"{name} by name")
        return number

    def first_yes(self, kinds: list[str], ally: str = LANTERN_STREET, *, cap: int = 120_000,
                  until: date | None = None) -> int:
        """Amna says a first yes, Nuha says it too: it stands."""
        number = self.act("Amna", "consent.first_yes", ally=self.number(ally), kinds=kinds,
                          cap=Quantity(cap, "XTS"), until=until or self.today + timedelta(days=30))
        self.act("Nuha", "consent.second", consent=number)
        return number

    def need(self, kind: str = "goods.food", n: int = 40, *, label: str = "Sorghum in sacks",
             open: bool = True, who: str = "Amna", **fields: Any) -> int:
        """A host member names a new need, counted in sacks unless told otherwise, and opens it to all."""
        quantity = fields.pop("quantity", None) or self.sacks(n)
        number = self.act(who, "needs.name", kind=kind, label=label, quantity=quantity, **fields)
        if open:
            self.act(who, "needs.open", need=number)
        return number

    def sacks(self, n: int) -> Quantity:
        """So many sacks of 50 kg: the book's own unit, listed when first asked for."""
        if self._sack is None:
            self._sack = self.act("Amna", "needs.list_unit", label="sacks of 50 kg")
        return Quantity(n, f"u{self._sack}")

    # The days

    def on(self, day: date | str) -> Story:
        """Go to a day."""
        self.today = date.fromisoformat(day) if isinstance(day, str) else day
        return self

    def days_later(self, n: int) -> Story:
        """Let days pass (or, with a wrong clock, come back)."""
        self.today += timedelta(days=n)
        return self

    # Acting

    def act(self, who: str | int, called: str, *, book: str | None = None, **fields: Any) -> int:
        """Somebody acts, and it happens. Gives the entry's number."""
        return self.perform(self.asking(who, called, book=book, **fields), book=book)

    def perform(self, asking: Asking, *, book: str | None = None) -> int:
        """Perform an asking that was made before."""
        told = self._told(type(asking.action), book)
        number = told.book.act(asking)
        told.follow([k.text for k in asking.words])
        return number

    def act_many(self, askings: list[Asking], *, all_or_none: bool = False,
                 book: str = "shared") -> list[Outcome]:
        """Many at once, as an import brings them."""
        told = self.told[BookKind(book)]
        outcomes = told.book.act_many(askings, all_or_none=all_or_none)
        told.follow([])
        return outcomes

    def refused(self, who: str | int, called: str, *, book: str | None = None, **fields: Any) -> list[str]:
        """The codes of every no. Nothing at all may have changed, and "May we?" must say the same."""
        asking = self.asking(who, called, book=book, **fields)
        codes = self.refusing(asking, book=book)
        kept = self._told(type(asking.action), book).book
        assert self._codes(kept.may(asking.action, asking.author)) == codes
        with self.unchanged():
            for door, said in heard(asking, kept, _DOORWAY).items():
                assert said in (codes, None), f"{door} says {said}, the gate says {codes}"
        return codes

    def refusing(self, asking: Asking, *, book: str | None = None) -> list[str]:
        """The codes of every no to an asking that was made before."""
        with self.unchanged(), pytest.raises(Refused) as no:
            self._told(type(asking.action), book).book.act(asking)
        return self._codes(no.value.refusals)

    def may(self, who: str | int, called: str, *, book: str | None = None, **fields: Any) -> list[str]:
        """What "May we?" answers: the codes of every no, or nothing for yes. It leaves no trace."""
        asking = self.asking(who, called, book=book, **fields)
        with self.unchanged():
            return self._codes(self._told(type(asking.action), book).book.may(asking.action, asking.author))

    def unclear(self, who: str | int, called: str, *, book: str | None = None, **fields: Any) -> str:
        """Which field could not be read. There must be a sentence, and nothing may have changed."""
        with self.unchanged(), pytest.raises(Unclear) as wrong:
            self.asking(who, called, book=book, **fields)
        sentence = wrong.value.says.format(**wrong.value.params)
        assert sentence.endswith(".") and sentence[0].isupper()
        return wrong.value.field

    def asking(self, who: str | int, called: str, *, book: str | None = None, asked_id: str | None = None,
               **fields: Any) -> Asking:
        """Read what somebody asks, and attest it. A str for somebody's words is written as words."""
        kind = self.action(called)
        told = self._told(kind, book)
        sealed = {f.name for f in kind.shape() if f.sealed}
        texts = {name: v if isinstance(v, Text) else Text(v, "en")
                 for name, v in fields.items() if name in sealed and isinstance(v, (str, Text))}
        plain = {name: _plain(v) for name, v in fields.items() if name not in texts}
        author = who if isinstance(who, int) else told.numbers.get(who, NOBODY if who in CAST else 0)
        assert author, f"{who} is not of the cast"
        return prepare(kind, plain, texts, book=told.book, author=author, signer=_DOORWAY, random=self.random,
                       asked_id=asked_id or self.random(16).hex())

    # Looking

    def number(self, name: str, book: str = "shared") -> int:
        """The number of a person or a group."""
        return self.told[BookKind(book)].numbers[name]

    def row(self, row: type[Row], number: int, *, book: str = "shared") -> Any:
        """A row as it is now."""
        return self.told[BookKind(book)].book.tables.get(Ref[row](number))  # type: ignore[valid-type]

    def rows(self, row: type[Row], *, book: str = "shared") -> list[Any]:
        """All rows of a table."""
        return list(self.told[BookKind(book)].book.tables.all(row))

    def words(self, sealed: Any, *, book: str = "shared") -> str:
        """What somebody wrote, opened."""
        return self.told[BookKind(book)].book.vault.kept[sealed.commitment].text

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nothing in either book may change within."""
        before = {kind: told.state() for kind, told in self.told.items()}
        yield
        assert before == {kind: told.state() for kind, told in self.told.items()}, "a refusal left a trace"

    def random(self, n: int) -> bytes:
        """The same bytes in every run, never twice in one."""
        return hashlib.sha512(b"%d" % next(self._count)).digest()[:n]

    @staticmethod
    def action(called: str) -> type[Action]:
        """The newest version of an action."""
        found = [kind for (name, _), kind in ACTIONS.items() if name == called]
        assert found, f"there is no action {called}"
        return max(found, key=lambda kind: kind.version)

    def _told(self, kind: type[Action], book: str | None) -> ToldBook:
        return self.told[BookKind(book or kind.books[0])]

    @staticmethod
    def _codes(refusals: tuple[Refusal, ...]) -> list[str]:
        for refusal in refusals:
            for sentence in (refusal.no.says, refusal.no.lift):
                names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
                assert names <= set(refusal.params), f"{refusal.no.code} lacks {names - set(refusal.params)}"
        return [refusal.no.code for refusal in refusals]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):        # a Quantity is one too
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
