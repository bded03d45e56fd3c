"""A node of one test: its own data folder, its two books kept in the database, and the cast with accounts."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alongside.act import Text, prepare
from alongside.action import ACTIONS
from alongside.doorways import seats
from alongside.node.data import DataFolder
from alongside.people import accounts, pace
from alongside.people.members import add_member
from alongside.people.passphrase import Work
from alongside.store.books import KeptBook, found_book, open_book
from alongside.store.keys import joining, log_key, signer
from alongside.words import BookKind

DAY = date(2026, 1, 26)
PASSPHRASE = "a lane of sidr trees"


def quick(memory_kib: int = 64, passes: int = 1, lanes: int = 1) -> Work:
    return Work(memory_kib, passes, lanes)


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data").make()
    settings.ALONGSIDE_FOLDER = folder
    monkeypatch.setattr(accounts, "Work", quick)
    monkeypatch.setattr(accounts, "SIGN_IN", pace.Pace())
    return folder


class Node:
    """Both books of Sidra Lanes as a node keeps them, founded by real acts, and who is who in them."""

    def __init__(self) -> None:
        self.ids = {kind: found_book(clock=lambda: DAY).id for kind in BookKind}
        self.numbers: dict[str, int] = {}
        for kind, id in self.ids.items():
            self._act(kind, 1, "partnership.found", {
                "kind": kind.value, "keys": [key.to_json() for key in joining(id)], "log_key": log_key()},
                name_of_group="Sidra Lanes Kitchen", your_name="Amna")
        self._join("Amna", 1, *BookKind)
        self._join("Nuha", self.act("Amna", "partnership.admit", {"group": 1}, name="Nuha"), BookKind.SHARED)
        group = self.act("Amna", "partnership.invite", {}, name_of_group="Lantern Street")
        self._act(BookKind.SHARED, group, "partnership.accept", {"invitation": group},
                  name_of_group="Lantern Street", your_name="Maren")
        self._join("Maren", group, BookKind.SHARED)
        self._join("Sami", 0)

    @property
    def shared(self) -> KeptBook:
        """The shared book, opened anew as every request does."""
        return open_book(self.ids[BookKind.SHARED], clock=lambda: DAY)

    def act(self, who: str, called: str, plain: dict[str, Any], **texts: str) -> int:
        """Somebody acts in the shared book."""
        return self._act(BookKind.SHARED, self.numbers[who], called, plain, **texts)

    def _act(self, kind: BookKind, author: int, called: str, plain: dict[str, Any], **texts: str) -> int:
        book = open_book(self.ids[kind], clock=lambda: DAY)
        words = {name: Text(text, "en") for name, text in texts.items()}
        return book.act(
            prepare(
                ACTIONS[called, 1],
                plain,
                words,
                book=book,
                author=author,
                asked_id=secrets.token_hex(16),
                signer=signer("doorway"),
                random=secrets.token_bytes,
            )
        )

    def _join(self, name: str, number: int, *kinds: BookKind) -> None:
        account = accounts.create_account(name, PASSPHRASE)
        self.numbers[name] = number
        for kind in kinds:
            add_member(account, self.ids[kind], number)


@pytest.fixture
def node(db: None) -> Node:
    return Node()


def signed_in(monkeypatch: pytest.MonkeyPatch, node: Node) -> None:
    """Everybody's passphrase lies in a file, as for a script; the books have the story's clock."""
    file = seats.settings.ALONGSIDE_FOLDER.path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv(seats.PASSPHRASE_FILE, str(file))
    monkeypatch.setattr(seats, "open_book", lambda id: open_book(id, clock=lambda: DAY))
