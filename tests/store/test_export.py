"""A checkpoint is signed once for each size; an exported book verifies with nothing but its file."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from alongside.record import checkpoint
from alongside.record.book_file import BookFile
from alongside.store import checkpoints, verify
from alongside.store.books import NoSuchBook, found_book, open_book
from alongside.store.checkpoints import kept_notes, signed
from alongside.store.export import export
from alongside.store.verify import DEPTHS, verify_book, verify_file
from tests.kernel.cast import AMNA, Hands, some_weeks
from tests.store.cast import holds, kept_hands


@pytest.mark.django_db
def test_a_checkpoint_is_signed_once_for_each_size(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [signed(open_book(hands.book.id)) for _ in range(3)]
    assert len(set(notes)) == 1
    found = checkpoint.read(notes[0])
    assert (found.size, found.root) == (7, hands.book.tree.root())
    hands.does(AMNA, "needs.list_region", label="B")
    notes.append(signed(open_book(hands.book.id)))
    with monkeypatch.context() as without_key:
        without_key.setattr(checkpoints, "log_private", lambda: pytest.fail("signed again"))
        assert signed(open_book(hands.book.id)) == notes[-1]
    assert kept_notes(open_book(hands.book.id)) == [(7, notes[0]), (8, notes[-1])]
    holds(hands.book.id)
    assert verify_book(hands.book.id, "seals").signed


def exported(id: str, path: Path) -> int:
    with path.open("wb") as out:
        return export(id, out)


@pytest.mark.django_db
@pytest.mark.parametrize("depth", DEPTHS)
def test_an_exported_book_holds_at_every_depth(tmp_path: Path, depth: str) -> None:
    hands, path = some_weeks(kept_hands()), tmp_path / "book"
    assert exported(hands.book.id, path) == hands.book.tree.size
    of_file, of_book = verify_file(path, depth), verify_book(hands.book.id, depth)
    assert of_file.ok and of_book.ok
    for report in (of_file, of_book):
        assert (report.book, report.depth, report.entries) == (hands.book.id, depth, hands.book.tree.size)
        assert report.signed and report.root == hands.book.seen()[1]
        assert report.attested == {"doorway": report.entries}
        assert sum(report.actions.values()) == (report.entries if depth == "rules" else 0)
        assert report.to_json()["ok"] is True and report.to_json()["wrong"] is None
    assert of_file.words == 0 and of_book.words > 20


@pytest.mark.django_db
def test_exporting_twice_gives_the_same_file(hands: Hands) -> None:
    files = [io.BytesIO(), io.BytesIO()]
    assert [export(hands.book.id, out) for out in files] == [7, 7]
    assert files[0].getvalue() == files[1].getvalue()
    assert b"Amna" not in files[0].getvalue() and b"kitchen" not in files[0].getvalue().lower()


@pytest.mark.django_db
def test_an_empty_book_is_a_book(tmp_path: Path) -> None:
    book, path = found_book(), tmp_path / "book"
    assert exported(book.id, path) == 0
    for depth in DEPTHS:
        report = verify_book(book.id, depth)
        assert report.ok and report.entries == 0 and not report.signed
        report = verify_file(path, depth)
        assert report.ok and report.book == book.id and not report.signed
    with pytest.raises(NoSuchBook):
        exported("a" * 26, path)
    with pytest.raises(NoSuchBook):
        verify_book("a" * 26)
    with pytest.raises(ValueError):
        verify_book(book.id, "deep")


@pytest.mark.django_db
def test_a_checkpoint_signed_while_a_book_was_empty_holds_for_ever() -> None:
    hands = kept_hands()
    signed(open_book(hands.book.id))
    hands.begin()
    signed(open_book(hands.book.id))
    assert [size for size, _ in kept_notes(open_book(hands.book.id))] == [0, 7]
    holds(hands.book.id)


class Interrupted(io.BytesIO):
    """A file during whose writing, line by line, something else happens."""

    def __init__(self, meanwhile: Callable[[], Any]) -> None:
        super().__init__()
        self.meanwhile, self.lines = meanwhile, 0

    def write(self, line: Any) -> int:
        self.lines += 1
        assert self.lines < 20, "it goes on and on, as the book does"
        self.meanwhile()
        return super().write(line)


def test_an_export_is_of_one_moment_whatever_happens_meanwhile(committed: Hands, tmp_path: Path) -> None:
    def act() -> None:
        def elsewhere() -> None:
            committed.book = open_book(committed.book.id, clock=committed.clock)
            committed.does(AMNA, "needs.list_region", label="meanwhile")
            connections.close_all()

        other = threading.Thread(target=elsewhere)
        other.start()
        other.join(30)

    out = Interrupted(act)
    assert export(committed.book.id, out) == 7
    book = BookFile.read(io.BytesIO(out.getvalue()))
    assert len(list(book.entries)) == checkpoint.read(book.note).size == 7
    path = tmp_path / "book"
    path.write_bytes(out.getvalue())
    assert verify_file(path).ok and verify_file(path).signed
    assert open_book(committed.book.id).tree.size == 7 + out.lines
    holds(committed.book.id)


def test_what_is_verified_is_of_one_moment_whatever_happens_meanwhile(
        committed: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody acts between the entries' being read and the head's."""
    checked = verify.check_head

    def act_first(*given: Any) -> None:
        def elsewhere() -> None:
            committed.book = open_book(committed.book.id, clock=committed.clock)
            committed.does(AMNA, "needs.list_region", label="meanwhile")
            connections.close_all()

        other = threading.Thread(target=elsewhere)
        other.start()
        other.join(30)
        checked(*given)

    monkeypatch.setattr(verify, "check_head", act_first)
    report = verify_book(committed.book.id)
    assert report.ok, report.wrong
    assert report.entries == 7 and open_book(committed.book.id).tree.size == 8
