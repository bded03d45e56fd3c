"""Askings that lean on each other and go in together: a need, and the unit listed a moment before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from alongside.act import Asking, Book, Text, prepare
from alongside.doorways.asking import action_called
from alongside.languages.reading import Reads
from alongside.record.attest import Signer
from alongside.record.entry import encode


class Late:
    """An asking that is made when it is its turn, because until then a number in it is not known.

    It stands among other `Asking`s in `Book.act_many`. `line` is the line of the sheet it comes from, or 0.
    Making it may raise `Refused`, when what it leans on was refused.
    """

    def __init__(self, asked_id: str, author: int, line: int, make: Callable[[], Asking]) -> None:
        self.asked_id, self.author, self.line, self._make = asked_id, author, line, make

    @cached_property
    def made(self) -> Asking:
        """The asking itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        if name not in Asking._fields:
            raise AttributeError(name)
        return getattr(self.made, name)


class Bringing(NamedTuple):
    """Who brings a sheet into which book, and how askings are made of it."""

    book: Book
    author: int
    signer: Signer
    reader: Reads
    language: str
    random: Callable[[int], bytes]

    def asking(self, called: str, plain: Mapping[str, Any], texts: Mapping[str, str],
               asked_id: str) -> Asking:
        """One asking of ours, prepared like every other."""
        kind = action_called(*called.split("."))
        if kind is None:
            raise LookupError(called)
        words = {name: Text(text, self.language) for name, text in texts.items() if text}
        return prepare(kind, plain, words, book=self.book, author=self.author, asked_id=asked_id,
                       signer=self.signer, random=self.random)

    def asked_id(self, *cells: Any) -> str:
        """The same for the same cells in this book; nobody outside can tell from it what they say."""
        return self.book.fingerprint(encode(["import-needs", *cells]))[:16].hex()
