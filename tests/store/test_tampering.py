"""Somebody with the database in her hands changes one thing. Whoever verifies is told, and where.

What cannot be found out is written down here too, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from alongside.audit import replay
from alongside.record.entry import Entry, commitment, encode, leaf_hash
from alongside.record.tree import Tree
from alongside.store import beside
from alongside.store.beside import check_tables
from alongside.store.books import NoSuchBook, open_book
from alongside.store.checkpoints import signed
from alongside.store.folding import refold
from alongside.store.report import NotHeld
from alongside.store.schema import all_rows, compiled
from alongside.store.sql import here
from alongside.store.verify import Wrong, verify_book
from alongside.tables import MemoryTables
from tests.kernel.cast import AMNA, Hands, some_weeks
from tests.store.cast import holds, kept_hands, undone

pytestmark = pytest.mark.django_db
ANY = "any"     # an entry's number, or none, that says nothing about the rightness of the finding


class Tampering(NamedTuple):
    """One statement, and the entry that is to be named (None: no entry's fault)."""

    does: str
    params: tuple[Any, ...] = ()
    names: Any = None


@pytest.fixture
def weeks(db: None) -> Hands:
    hands = some_weeks(kept_hands())
    signed(open_book(hands.book.id))
    hands.does(AMNA, "needs.list_region", label="the last one")
    holds(hands.book.id)
    return hands


def found(id: str, depth: str = "rules") -> Wrong | None:
    return verify_book(id, depth).wrong


def not_found(id: str, tampered: Iterator[Tampering] | list[Tampering], depth: str = "rules",
              verify: Callable[[str, str], Wrong | None] = found) -> list[str]:
    """What was not found out, or was laid at another entry's door."""
    missed = []
    for one in tampered:
        with undone():
            assert here().run(one.does, one.params) != 0, f"{one.does} changed nothing"
            wrong = verify(id, depth)
            if wrong is None or (one.names is not ANY and wrong.number != one.names):
                missed.append(f"{one.does} {one.params} -> {wrong}, not {one.names}")
    assert verify(id, depth) is None
    return missed


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]


# The entries


def entry_columns(id: str) -> Iterator[Tampering]:
    last = open_book(id).tree.size
    for number, raw, leaf, author, asked_id, fingerprint in here().rows(
            "SELECT number, raw, leaf, author, asked_id, fingerprint FROM book_entry WHERE book = ?", (id,)):
        if number % 9 and number != last:
            continue
        of = "WHERE book = ? AND number = ?", (id, number)
        for column, value in (
                ("leaf", flipped(leaf, number % 32)), ("leaf", b""), ("leaf", leaf.hex()), ("leaf", 0),
                ("author", author + 1), ("author", -author), ("author", str(author) + "x"),
                ("asked_id", asked_id[::-1]), ("asked_id", ""), ("asked_id", asked_id.encode()),
                ("fingerprint", flipped(fingerprint, 9)), ("fingerprint", b""), ("fingerprint", "x"),
                ("raw", raw.decode()), ("raw", b""), ("raw", raw + b" "), ("raw", raw[:-1]), ("raw", 7),
                ("raw", b"\xff"), ("raw", raw.replace(b'"v":1', b'"v":2'))):
            yield Tampering(f"UPDATE book_entry SET {column} = ? {of[0]}", (value, *of[1]), number)
        # What lies at a number that is no entry's is beyond all that was walked.
        for other, names in ((0, number), (-number, number), (last + 5, number), (number + 0.5, number),
                             ("x", number)):
            yield Tampering(f"UPDATE book_entry SET number = ? {of[0]}", (other, *of[1]),
                            None if number == last and other in (0, -number) else names)
        yield Tampering(f"DELETE FROM book_entry {of[0]}", of[1], None if number == last else number)


def test_every_column_of_an_entry(weeks: Hands) -> None:
    assert not_found(weeks.book.id, entry_columns(weeks.book.id), "seals") == []


def entry_bytes(id: str) -> Iterator[Tampering]:
    """A bit of every member of an entry, its hash made to fit."""
    for number, raw in here().rows("SELECT number, raw FROM book_entry WHERE book = ?", (id,)):
        if number in (1, 9, 15, open_book(id).tree.size):
            starts = [raw.index(b'"%b":' % name) for name in (
                b"asked", b"attested", b"author", b"book", b"day", b"fact", b"number", b"rules")]
            for start, end in zip(starts, [*starts[1:], len(raw) - 6], strict=True):
                for place in sorted({start + 2, (start + end) // 2, end - 3}):
                    yield from changed(number, raw, place, raw[start:start + 6] == b'"day":', id)


def changed(number: int, raw: bytes, place: int, of_its_day: bool, id: str) -> Iterator[Tampering]:
    leaf = leaf_hash(flipped(raw, place))
    # Nobody signs the day of an entry but the checkpoint and whoever comes after: they tell, and later.
    yield Tampering("UPDATE book_entry SET raw = ?, leaf = ? WHERE book = ? AND number = ?",
                    (flipped(raw, place), leaf, id, number), ANY if of_its_day else number)


def test_every_part_of_an_entry(weeks: Hands) -> None:
    assert not_found(weeks.book.id, entry_bytes(weeks.book.id)) == []


def test_entries_that_were_added(weeks: Hands) -> None:
    id, last = weeks.book.id, weeks.book.tree.size
    copied = ("INSERT INTO book_entry (book, number, raw, leaf, author, asked_id, fingerprint)"
              " SELECT book, ?, raw, leaf, author, 'x', fingerprint FROM book_entry"
              " WHERE book = ? AND number = 9")
    assert not_found(id, [Tampering(copied, (number, id), names) for number, names in (
        (0, None), (-3, None), (last + 1, last + 1), (last + 9, last + 1), (4.5, 5), ("x", last + 1))]) == []


def test_entries_that_are_put_in_another_order(weeks: Hands) -> None:
    id = weeks.book.id
    with undone():
        for number, other in ((9, -10), (10, 9), (-10, 10)):
            here().run("UPDATE book_entry SET number = ? WHERE book = ? AND number = ?", (other, id, number))
        assert found(id) == Wrong(9, "This should be entry 9, but it says that it is 10.")


def test_an_entry_of_another_book(weeks: Hands) -> None:
    other, id = kept_hands().begin().book.id, weeks.book.id
    with undone():
        raw, leaf = here().one("SELECT raw, leaf FROM book_entry WHERE book = ? AND number = 5", (other,))
        here().run("UPDATE book_entry SET raw = ?, leaf = ? WHERE book = ? AND number = 5", (raw, leaf, id))
        wrong = found(id)
        assert wrong is not None and wrong.number == 5
    with undone():      # a whole record, kept under another book's name
        here().run("DELETE FROM book_entry WHERE book = ?", (id,))
        here().run("UPDATE book_entry SET book = ? WHERE book = ?", (id, other))
        wrong = found(id)
        assert wrong is not None and wrong.number == 1


def rewritten(id: str, number: int, change: Callable[[bytes], bytes]) -> None:
    """Change an entry, and all that can be made to fit without a key: hash, head, tables."""
    db = here()
    raw = change(db.one("SELECT raw FROM book_entry WHERE book = ? AND number = ?", (id, number))[0])
    db.run("UPDATE book_entry SET raw = ?, leaf = ? WHERE book = ? AND number = ?",
           (raw, leaf_hash(raw), id, number))
    tree = Tree()
    for (leaf,) in db.rows("SELECT leaf FROM book_entry WHERE book = ? ORDER BY number", (id,)):
        tree.append(leaf)
    last = Entry.read(db.rows("SELECT raw FROM book_entry WHERE book = ? ORDER BY number", (id,))[-1][0])
    db.run("UPDATE book_head SET size = ?, frontier = ?, last_day = ? WHERE book = ?",
           (tree.size, b"".join(tree.frontier), last.day.isoformat(), id))
    for row in all_rows():
        db.run(f"DELETE FROM {compiled(row).table} WHERE book = ?", (id,))
    refold(id)


def test_whoever_rewrites_all_that_needs_no_key(weeks: Hands) -> None:
    id, size = weeks.book.id, weeks.book.tree.size

    def more_money(raw: bytes) -> bytes:
        assert raw.count(b"200000") == 2        # asked and fact
        head, _, fact = raw.partition(b'"fact":')
        return head + b'"fact":' + fact.replace(b"200000", b"900000")

    def a_day_later(raw: bytes) -> bytes:
        return raw.replace(b'"day":"2026-01-28"', b'"day":"2026-01-29"')

    with undone():
        rewritten(id, 10, more_money)
        wrong = found(id)
        assert wrong is not None and wrong.number == 10 and "does not become" in wrong.sentence
        seals = found(id, "seals")      # which know nothing of rules: the next author saw another record
        assert seals is not None and seals.number == 11
    with undone():
        signed(open_book(id))
        rewritten(id, size, a_day_later)
        wrong = found(id)
        assert wrong is not None and wrong.number is None and "checkpoint" in wrong.sentence
    with undone():
        rewritten(id, size, a_day_later)
        # Nobody had signed it yet, and nobody has come after: only whoever remembers it could tell.
        assert found(id) is None
    with undone():
        here().run("DELETE FROM book_entry WHERE book = ? AND number = ?", (id, size))
        here().run("DELETE FROM vault_words WHERE book = ? AND number = ?", (id, size))
        rewritten(id, size - 1, lambda raw: raw)
        # Nor is an end that was cut off missed here. The next checkpoint shown to another node would tell.
        assert found(id) is None


# The head


HEAD = {
    "size": [1, 0, "x", -5, 2**62], "last_day": ["2026-01-27", "2026-01-29", None, "yesterday", 7],
    "frontier": [b"", "x", 10**12, b"f" * 96, b"f" * 95], "shape": ["other", ""],
}


def test_every_column_of_the_head(weeks: Hands) -> None:
    id, size = weeks.book.id, weeks.book.tree.size
    frontier, secret = here().one("SELECT frontier, secret FROM book_head WHERE book = ?", (id,))
    change = "UPDATE book_head SET {} = ? WHERE book = ?"
    tampered = [Tampering(change.format(column), (value, id)) for column, values in HEAD.items()
                for value in values]
    tampered += [Tampering(change.format("size"), (size + n, id)) for n in (-1, 1)]
    tampered += [Tampering(change.format("frontier"), (value, id)) for value in (
        flipped(frontier, 5), frontier[:-32], frontier[:-1], frontier[32:] + frontier[:32])]
    # Fingerprints are made with it: the first that does not fit any more is the first entry's.
    tampered += [Tampering(change.format("secret"), (value, id), 1) for value in (flipped(secret, 3), b"")]
    tampered += [Tampering(change.format("secret"), (value, id)) for value in ("x", 10**12)]
    assert not_found(id, tampered, "seals") == []
    with undone():      # without its head there is no book
        here().run("UPDATE book_head SET book = ? WHERE book = ?", ("a" * 26, id))
        with pytest.raises(NoSuchBook):
            verify_book(id)


# The words


def word_columns(id: str) -> Iterator[Tampering]:
    for n, (committed, number, salt, text, field) in enumerate(here().rows(
            "SELECT commitment, number, salt, text, field FROM vault_words WHERE book = ? ORDER BY number",
            (id,))):
        if n % 5:
            continue
        for column, value in (
                ("text", text + "."), ("text", ""), ("text", text.encode()), ("text", 7),
                ("salt", flipped(salt, 7)), ("salt", b""), ("salt", salt.hex()), ("salt", 32),
                ("field", field + "s"), ("field", "consent.ask/other"), ("field", 7), ("language", "ar"),
                ("language", ""), ("audience", "book" if "name" not in field else "pair"), ("audience", ""),
                ("number", number + 1), ("number", 999), ("number", "x")):
            yield Tampering(f"UPDATE vault_words SET {column} = ? WHERE book = ? AND commitment = ?",
                            (value, id, committed), number)
        # Words that lie under no entry's commitment lie there for the entry that they name.
        other = committed[::-1]
        yield Tampering("UPDATE vault_words SET commitment = ? WHERE book = ? AND commitment = ?",
                        (other, id, committed), number)


def test_every_column_of_the_words(weeks: Hands) -> None:
    assert not_found(weeks.book.id, word_columns(weeks.book.id), "seals") == []


def test_words_that_were_added(weeks: Hands) -> None:
    id, salt = weeks.book.id, b"s" * 32
    add = ("INSERT INTO vault_words (book, commitment, number, field, salt, text, language, audience)"
           " VALUES (?, ?, ?, 'consent.ask/words', ?, 'May we?', 'en', 'pair')")
    honest = commitment(book=id, field="consent.ask/words", salt=salt, text="May we?")
    assert not_found(id, [Tampering(add, (id, honest, number, salt), number)
                          for number in (1, 8, 12, 999, 0)], "seals") == []


def test_words_that_were_moved_to_another_entry(weeks: Hands) -> None:
    id, db = weeks.book.id, here()
    ones = db.rows("SELECT commitment, number, text, salt, field FROM vault_words WHERE book = ?"
                   " AND field = 'consent.ask/words' ORDER BY number", (id,))
    (one, first, *mine), (other, _, *theirs) = ones
    put = ("UPDATE vault_words SET text = ?, salt = ?, field = ? WHERE book = ? AND commitment = ?")
    with undone():
        db.run(put, (*theirs, id, one))
        db.run(put, (*mine, id, other))
        wrong = found(id, "seals")
        assert wrong is not None and wrong.number == first
    with undone():      # with their commitments and all
        db.run("UPDATE vault_words SET number = ? WHERE book = ? AND commitment = ?", (first, id, other))
        wrong = found(id, "seals")
        assert wrong is not None and wrong.number == ones[1][1]


def test_words_that_are_gone_are_erased_words(weeks: Hands) -> None:
    """An erasure leaves just this: a commitment that opens to nothing. That is what it is for."""
    id = weeks.book.id
    with undone():
        assert here().run("DELETE FROM vault_words WHERE book = ? AND number > 3", (id,)) > 9
        report = verify_book(id)
        assert report.ok and report.words == 4
        # Where all that was said is gone, nothing can be said about how it was asked either.
        here().run("UPDATE book_entry SET fingerprint = ? WHERE book = ? AND number = 8", (b"x", id))
        assert verify_book(id).ok
        # Where nothing was said, all of it is still there.
        silent = next(Entry.read(raw).number for raw in open_book(id).entries()
                      if not Entry.read(raw).asked["words"])
        here().run("UPDATE book_entry SET fingerprint = ? WHERE book = ? AND number = ?", (b"x", id, silent))
        wrong = found(id)
        assert wrong is not None and wrong.number == silent


# The checkpoints


def test_every_column_of_a_checkpoint(weeks: Hands) -> None:
    id, size = weeks.book.id, weeks.book.tree.size
    note = signed(open_book(id))
    other = signed(kept_hands().begin().book)       # of another book, by the same key of this node
    lines = note.split("\n")
    tampered = [Tampering(f"UPDATE book_checkpoint SET {column} = ? WHERE book = ? AND size = ?",
                          (value, id, size), None) for column, value in (
        ("note", note.replace(lines[2], lines[2][::-1])), ("note", note.replace(id, "a" * 26)),
        ("note", note.replace(f"\n{size}\n", f"\n{size - 1}\n")), ("note", note[:-5] + "AAAA\n"),
        ("note", lines[0]), ("note", ""), ("note", other), ("note", b"x"), ("note", 7), ("note", note + "x"),
        ("note", note.encode()), ("size", size - 2), ("size", size + 1), ("size", 0), ("size", "x"))]
    assert not_found(id, tampered, "seals") == []
    with undone():
        # A checkpoint that is gone is signed again when it is needed; whoever was shown it still has it.
        here().run("DELETE FROM book_checkpoint WHERE book = ?", (id,))
        assert verify_book(id).ok and not verify_book(id).signed
    with undone():
        # Lines by keys that we do not know are other nodes', and say nothing here.
        line = "— somebody.example/else " + "A" * 92 + "\n"
        here().run("UPDATE book_checkpoint SET note = ? WHERE book = ? AND size = ?", (note + line, id, size))
        assert verify_book(id).ok


# The tables


def altered(value: Any, column: str) -> list[Any]:
    if isinstance(value, int):
        return [value + 1, -value - 1, "x", value + 0.5, None]
    if value is None:
        return [0, 1, "x"] if column != "TEXT" else ["", "x", "2026-01-01"]
    return [value + "x", value[:-1], None, value.encode(), value + " "]


def row_columns(id: str, row: Any) -> Iterator[Tampering]:
    made, names = compiled(row), [f.name for f in row.shape()]
    where = f"WHERE book = ? AND {' AND '.join(f'{chr(34)}{name}{chr(34)} = ?' for name in row.key)}"
    rows = [dict(zip(names, one, strict=True)) for one in here().rows(made.all, (id,))]
    for one in rows[-1:]:
        here_is, number = (id, *(one[name] for name in row.key)), one.get("number")
        for field in row.shape():
            taken = [r[field.name] for r in rows] + [None] if field.name in row.key else []
            for value in altered(one[field.name], field.codec.column):
                if value not in taken:      # the database itself refuses a key twice, or none
                    yield Tampering(f'UPDATE {made.table} SET "{field.name}" = ? {where}', (value, *here_is),
                                    ANY if taken else number)
        yield Tampering(f"DELETE FROM {made.table} {where}", here_is, number)
        if "number" in row.key:
            others = ", ".join(f'"{n}"' for n in names if n != "number")
            for added in (0, 997):
                yield Tampering(f"INSERT INTO {made.table} (book, number, {others})"
                                f" SELECT book, {added}, {others} FROM {made.table} {where}", here_is, added)


def test_every_column_of_every_table(weeks: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    replayed, book = replay(map(Entry.read, weeks.book.entries()), MemoryTables()), open_book(weeks.book.id)

    def table_alone(id: str, depth: str) -> Wrong | None:
        """The part of a verification that looks at one row table: the rest stays as it was."""
        try:
            with monkeypatch.context() as one:
                one.setattr(beside, "all_rows", lambda: [row])
                check_tables(replayed, book)
        except NotHeld as wrong:
            return wrong.wrong
        except here().error as wrong:
            return Wrong(None, str(wrong))
        return None

    id, without = weeks.book.id, []
    for row in all_rows():
        if here().rows(compiled(row).all, (id,)):
            assert not_found(id, row_columns(id, row), verify=table_alone) == []
            wrong = not_found(id, [next(row_columns(id, row))], "state")
            assert wrong == []
        else:
            without.append(row.__name__)
    assert without == ["Finding", "Session"], "these had no row, and should have"


def test_a_text_that_is_no_text_is_told_and_crashes_nobody(weeks: Hands) -> None:
    id = weeks.book.id
    assert not_found(id, [
        Tampering("UPDATE row_needs_need SET kind = CAST(x'ff' AS TEXT) WHERE book = ?", (id,)),
        Tampering("UPDATE vault_words SET text = CAST(x'ff' AS TEXT) WHERE book = ?", (id,)),
        Tampering("UPDATE book_entry SET asked_id = CAST(x'ff' AS TEXT) WHERE book = ? AND number = 3",
                  (id,)),
        Tampering("UPDATE book_checkpoint SET note = CAST(x'ff' AS TEXT) WHERE book = ?", (id,)),
    ], "state") == []


def test_what_is_no_evidence_is_not_verified(weeks: Hands) -> None:
    """Jobs and the name of the tables' shape are a node's housekeeping: they say nothing of what happened."""
    id = weeks.book.id
    with undone():
        here().run("INSERT INTO book_job (book, number, kind, payload) VALUES (?, 3, 'notice', '{}')", (id,))
        here().run("UPDATE row_shape SET shape = 'other'")      # the tables are folded anew at the next start
        holds(id)
    with undone():
        # Whoever has the database has the secret too, and can make fingerprints: they tell retries apart, and
        # an old secret from a new one. What was said is held by commitments, which need no secret.
        here().run("UPDATE book_head SET secret = ? WHERE book = ?", (b"s" * 32, id))
        book = open_book(id)
        for raw in book.entries():
            entry = Entry.read(raw)
            asked = entry.asked
            words = book.vault.open([w["commitment"] for w in asked["words"].values()])
            said = {f"{asked['action']}/{name}": [words[w["commitment"]].text, w["language"]]
                    for name, w in asked["words"].items()}
            made = book.fingerprint(encode([asked["action"], asked["version"], asked["fields"], said]))
            here().run("UPDATE book_entry SET fingerprint = ? WHERE book = ? AND number = ?",
                       (made, id, entry.number))
        holds(id)
