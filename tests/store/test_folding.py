"""The row tables are disposable: in another shape they are made anew, and say what they said."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.store import folding, schema
from alongside.store.books import open_book
from alongside.store.folding import ensure_tables, refold
from alongside.store.rows import SqlTables
from alongside.store.schema import all_rows, compiled
from alongside.store.sql import here
from alongside.tables import digest
from tests.kernel.cast import AMNA, Hands, some_weeks
from tests.store.cast import holds, kept_hands

pytestmark = pytest.mark.django_db


@pytest.fixture
def weeks(db: None) -> Hands:
    return some_weeks(kept_hands())


def in_another_shape() -> None:
    """As a version before this one left it: one table lacks a column, one is no more, and one is gone."""
    db = here()
    db.run("DROP TABLE row_consent_consent")
    db.run("CREATE TABLE row_consent_consent (book VARCHAR(26), number BIGINT, PRIMARY KEY (book, number))")
    db.run("CREATE TABLE row_stories_story (book VARCHAR(26), number BIGINT)")
    db.run("DROP TABLE row_needs_need")
    db.run("UPDATE row_shape SET shape = 'other'")


def test_tables_of_another_shape_are_folded_anew(weeks: Hands) -> None:
    other = kept_hands().begin()
    books = [weeks.book.id, other.book.id]
    before = [digest(SqlTables(id)) for id in books]
    in_another_shape()
    ensure_tables()
    assert [digest(SqlTables(id)) for id in books] == before
    for id in books:
        holds(id)
    assert not here().rows("SELECT name FROM sqlite_master WHERE name = 'row_stories_story'")
    assert weeks.does(AMNA, "needs.list_region", label="B") == weeks.book.tree.size
    holds(weeks.book.id)


def test_tables_of_this_shape_are_left_alone(weeks: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> int:
        raise AssertionError("folded for nothing")

    monkeypatch.setattr(folding, "refold", never)
    ensure_tables()
    ensure_tables()
    holds(weeks.book.id)


def test_the_shape_tells_every_change_of_a_row() -> None:
    """What the digest is made of: names, types, keys and look-ups of every table."""
    said = "\n".join(statement for row in all_rows() for statement in compiled(row).create)
    for row in all_rows():
        for field in row.shape():
            assert f'"{field.name}" ' in said
        for way in (row.key, *row.found_by):
            assert f'(book, {", ".join(f"{chr(34)}{name}{chr(34)}" for name in way)}' in said
    assert schema.shape() == here().one("SELECT shape FROM row_shape")[0]


def test_what_cannot_be_folded_leaves_the_tables_as_they_were(weeks: Hands) -> None:
    before = digest(SqlTables(weeks.book.id))
    db = here()
    db.run("UPDATE row_shape SET shape = 'other'")
    db.run("UPDATE book_entry SET raw = CAST('{}' AS BLOB) WHERE book = ? AND number = 9", (weeks.book.id,))
    with pytest.raises(Exception):  # noqa: B017  # whatever it is, it is told
        ensure_tables()
    assert digest(SqlTables(weeks.book.id)) == before
    assert db.one("SELECT shape FROM row_shape") == ("other",)


def test_a_long_book_is_folded_in_pieces(weeks: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(SqlTables(weeks.book.id))
    monkeypatch.setattr(folding, "_FLUSH_EVERY", 3)
    monkeypatch.setattr(folding, "_REMEMBERED_MOST", 5)
    for row in all_rows():
        here().run(f"DELETE FROM {compiled(row).table}")
    assert refold(weeks.book.id) == open_book(weeks.book.id).tree.size
    assert digest(SqlTables(weeks.book.id)) == before
    holds(weeks.book.id)


def test_folding_anew_tells_nobody_twice(weeks: Hands) -> None:
    jobs = here().one("SELECT COUNT(*) FROM book_job")
    in_another_shape()
    ensure_tables()
    assert here().one("SELECT COUNT(*) FROM book_job") == jobs
