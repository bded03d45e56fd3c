"""An entry has exactly its nine members, and its bytes are made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.entry import (
    BYTES_MAX,
    Entry,
    Malformed,
    commitment,
    compose,
    decode,
    encode,
    leaf_hash,
    new_book_id,
)
from alongside.record.exact import to_base64
from tests.record.cast import BOOK, DOORWAY, OTHER_BOOK, examples, rewritten, seed, small_book
from tests.record.test_canonical import OBJECTS

RAW = small_book().entries[-1]


def test_reading_gives_every_member() -> None:
    entry = Entry.read(RAW)
    assert (entry.number, entry.book, entry.day, entry.author, entry.rules) == (
        3,
        BOOK,
        date(2025, 3, 2),
        2,
        1,
    )
    assert entry.asked["action"] == "consent.withdraw" and entry.asked["words"]["reason"]["language"] == "ar"
    assert entry.attested["by"] == "doorway" and entry.fact["fact"] == "ConsentWithdrawn"
    assert entry.raw == RAW and entry.asked_bytes == encode(entry.asked)


def test_reading_again_what_was_kept_gives_the_same() -> None:
    for raw in small_book(4).entries:
        assert Entry.again(raw) == Entry.read(raw)


@examples(50)
@given(OBJECTS, OBJECTS, st.integers(1, 2**53 - 1), st.dates())
def test_composing_equals_encoding_the_whole(
    plain: dict[str, Any], fields: dict[str, Any], number: int, day: date
) -> None:
    asked = {**Entry.read(RAW).asked, "fields": plain}
    fact = {"fact": "NeedNamed", "version": 1, "fields": fields}
    attested = DOORWAY.attest(BOOK, 7, encode(asked))
    raw = compose(
        book=BOOK,
        number=number,
        day=day,
        author=7,
        rules=2,
        asked=encode(asked),
        attested=attested,
        fact=encode(fact),
    )
    whole = {
        "v": 1,
        "book": BOOK,
        "number": number,
        "day": day.isoformat(),
        "author": 7,
        "rules": 2,
        "asked": asked,
        "attested": decode(attested),
        "fact": fact,
    }
    assert raw == encode(whole) == rfc8785.dumps(whole)
    read = Entry.read(raw)
    assert read.asked_bytes == encode(asked) and read.day == day


def test_the_signed_bytes_are_those_in_the_entry_whatever_became_of_the_dict() -> None:
    entry = Entry.read(RAW)
    signed = entry.asked_bytes
    entry.asked["fields"]["item"] = 1_000_000
    assert entry.asked_bytes == signed


def test_the_end_of_what_was_asked_cannot_be_forged_from_inside() -> None:
    # An asking may hold objects that look like the rest of an entry.
    asked = {
        **Entry.read(RAW).asked,
        "fields": {"a": 1, "attested": {"by": "member"}, "text": ',"attested":{"by":'},
    }
    attested = DOORWAY.attest(BOOK, 1, encode(asked))
    raw = compose(
        book=BOOK,
        number=1,
        day=date(2025, 1, 1),
        author=1,
        rules=1,
        asked=encode(asked),
        attested=attested,
        fact=encode({"fact": "F", "version": 1, "fields": {"attested": {}}}),
    )
    assert Entry.read(raw).asked_bytes == encode(asked)


def parts(**changed: Any) -> dict[str, Any]:
    entry = Entry.read(RAW)
    good = {
        "book": BOOK,
        "number": 3,
        "day": entry.day,
        "author": 2,
        "rules": 1,
        "asked": entry.asked_bytes,
        "attested": encode(entry.attested),
        "fact": encode(entry.fact),
    }
    return {**good, **changed}


def test_composing_is_bounded_in_size_exactly() -> None:
    room = BYTES_MAX - len(compose(**parts(fact=b'{"fact":"F","fields":{"a":""},"version":1}')))

    def fact(size: int) -> bytes:
        return b'{"fact":"F","fields":{"a":"' + b"x" * size + b'"},"version":1}'

    assert Entry.read(compose(**parts(fact=fact(room)))).number == 3
    with pytest.raises(Malformed, match="65535"):
        compose(**parts(fact=fact(room + 1)))


def test_composing_does_not_write_what_reading_would_refuse_as_too_deep() -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' * levels + b"1" + b"}" * levels

    def fact(levels: int) -> bytes:
        return b'{"fact":"F","fields":' + nested(levels) + b',"version":1}'

    assert Entry.read(compose(**parts(fact=fact(30)))).number == 3
    with pytest.raises(Malformed, match="deeper"):
        compose(**parts(fact=fact(31)))


@pytest.mark.parametrize(
    "changed",
    [
        {"book": BOOK.upper()},
        {"book": BOOK[:-1]},
        {"book": '","x":"'},
        {"number": 0},
        {"author": 0},
        {"rules": -1},
        {"number": True},
    ],
    ids=str,
)
def test_composing_refuses_members_out_of_form(changed: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        compose(**parts(**changed))


def test_composing_refuses_what_a_later_unicode_could_normalise_otherwise() -> None:
    unassigned = chr(0x378)
    text = encode({"fact": "F", "version": 1, "fields": {"a": unassigned}})
    with pytest.raises(Malformed, match="no character yet"):
        compose(**parts(fact=text))
    assert decode(text)["fields"]["a"] == unassigned  # a reader takes what an other's newer Unicode may know


def put(*path: str) -> Callable[[object], Callable[[dict[str, Any]], None]]:
    """Return a change that puts a value at a path of an entry."""

    def to(value: object) -> Callable[[dict[str, Any]], None]:
        def change(whole: dict[str, Any]) -> None:
            for step in path[:-1]:
                whole = whole[step]
            whole[path[-1]] = value

        return change

    return to


OBJECT_PATHS = [(), ("asked",), ("attested",), ("fact",), ("asked", "seen"), ("asked", "words", "reason")]
NOT_COUNTS = [0, -1, True, None, "1", [1]]
HASH = to_base64(b"\xff" * 32)
NOT_HASHES = [
    "",
    HASH[:-1],
    HASH + "=",
    HASH[:-2] + "9=",
    HASH.replace("/", "_"),
    HASH + "\n",
    " " + HASH[1:],
    to_base64(b"\xff" * 31),
    to_base64(b"\xff" * 33),
    None,
    1,
]
SIGNATURE = to_base64(b"\xff" * 64)
WRONG_VALUES: dict[tuple[str, ...], list[Any]] = {
    ("v",): [0, 2, True, "1", None],
    ("book",): [
        "",
        BOOK.upper(),
        BOOK[:-1],
        BOOK + "a",
        BOOK[:-1] + "b",
        "1" + BOOK[1:],
        BOOK + "\n",
        None,
        7,
    ],
    ("number",): NOT_COUNTS,
    ("author",): NOT_COUNTS,
    ("rules",): NOT_COUNTS,
    ("asked", "version"): NOT_COUNTS,
    ("fact", "version"): NOT_COUNTS,
    ("asked", "seen", "size"): [-1, True, None, "0"],
    ("day",): [
        "2025-02-29",
        "2025-13-01",
        "2025-00-10",
        "0000-01-01",
        "20250301",
        "2025-3-1",
        "2025-W09-6",
        "2025-03-01T00:00",
        "2025-03-01\n",
        "٢٠٢٥-٠٣-٠١",
        "",
        None,
        20250301,
    ],
    ("asked", "asked_id"): ["", "A" * 32, "g" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", None],
    ("asked", "action"): [
        "withdraw",
        "Consent.withdraw",
        "consent.withdraw.all",
        "consent.",
        ".withdraw",
        "consent.with draw",
        "consent.withdraw\n",
        "9consent.x",
        "a" * 65 + ".b",
        None,
    ],
    ("asked", "fields"): [[], None, "fields", 1],
    ("asked", "words"): [[], None, "a person's words", {"reason": None}, {"Reason": {}}, {"": {}}],
    ("asked", "seen", "root"): NOT_HASHES,
    ("asked", "words", "reason", "commitment"): NOT_HASHES,
    ("attested", "key"): NOT_HASHES,
    ("asked", "words", "reason", "language"): ["", "AR", "a", "ar_EG", "the language of my mother", None],
    ("asked", "words", "reason", "audience"): ["", "Pair", "everyone at home", None],
    ("attested", "by"): ["", "Doorway", "person", None, []],
    ("attested", "sig"): ["", SIGNATURE[:-3] + "9==", SIGNATURE[:-1], to_base64(b"\xff" * 63), HASH, None],
    ("fact", "fact"): ["", "consentWithdrawn", "Consent Withdrawn", "9", "A" * 65, None],
    ("fact", "fields"): [[], None, "fields"],
    ("asked",): [None, [], "asked"],
    ("attested",): [None, []],
    ("fact",): [None, []],
    ("asked", "seen"): [None, []],
}


@pytest.mark.parametrize("path", WRONG_VALUES, ids=".".join)
def test_reading_refuses_a_member_out_of_form(path: tuple[str, ...]) -> None:
    for value in WRONG_VALUES[path]:
        with pytest.raises(Malformed):
            Entry.read(rewritten(RAW, put(*path)(value)))


@pytest.mark.parametrize("name", ["", "Reason", "a reason", "9", "re-ason", "r" * 65, "reason\n"])
def test_words_stand_under_the_name_of_their_question(name: str) -> None:
    words = Entry.read(RAW).asked["words"]["reason"]
    with pytest.raises(Malformed, match="field's name"):
        Entry.read(rewritten(RAW, put("asked", "words")({name: words})))


@pytest.mark.parametrize("path", OBJECT_PATHS, ids=str)
def test_reading_refuses_a_member_too_many_or_missing(path: tuple[str, ...]) -> None:
    holder = decode(RAW)
    for step in path:
        holder = holder[step]
    for name in holder:

        def take(whole: dict[str, Any], name: str = name) -> None:
            for step in path:
                whole = whole[step]
            del whole[name]

        with pytest.raises(Malformed, match="exactly"):
            Entry.read(rewritten(RAW, take))
    with pytest.raises(Malformed, match="exactly"):
        Entry.read(rewritten(RAW, put(*path, "zzz")("a place for words that nobody checks")))


def test_no_refusal_repeats_what_was_sent() -> None:
    said = "where we sleep tonight"
    for path in WRONG_VALUES:
        with pytest.raises(Malformed) as refusal:
            Entry.read(rewritten(RAW, put(*path)(said)))
        assert said not in str(refusal.value)


def test_every_truncation_and_every_flipped_bit_is_refused_or_changes_the_leaf() -> None:
    for end in range(len(RAW)):
        with pytest.raises(Malformed):
            Entry.read(RAW[:end])
    for place in range(len(RAW)):
        flipped = bytearray(RAW)
        flipped[place] ^= 1
        try:
            entry = Entry.read(bytes(flipped))
        except Malformed:
            continue
        assert leaf_hash(entry.raw) != leaf_hash(RAW)


def test_leaf_hash_is_that_of_rfc_6962() -> None:
    # The hash of an empty leaf, as certificate logs know it.
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(RAW) == hashlib.sha256(b"\0" + RAW).digest()


@examples(60)
@given(st.binary(min_size=16, max_size=16))
def test_a_book_id_is_26_letters_that_entries_take(chance: bytes) -> None:
    book = new_book_id(lambda n: chance[:n])
    assert len(book) == 26 and Entry.read(rewritten(RAW, put("book")(book))).book == book


def test_a_book_id_is_rfc_4648_base32() -> None:
    assert new_book_id(lambda n: b"foobarfoobarfoob"[:n]) == "mzxw6ytboj" + "tg633cmfzgm33pmi"


def test_a_commitment_hashes_each_part_after_its_length() -> None:
    def lp(part: bytes) -> bytes:
        return len(part).to_bytes(4, "big") + part

    text = "لا أريد"
    said = (
        lp(b"alongside/words/v1")
        + lp(BOOK.encode())
        + lp(b"consent.withdraw/reason")
        + lp(seed("s"))
        + lp(text.encode())
    )
    assert commitment(book=BOOK, field="consent.withdraw/reason", salt=seed("s"), text=text) == to_base64(
        hashlib.sha256(said).digest()
    )


def test_a_commitment_is_another_for_another_book_field_salt_or_text() -> None:
    same = {"book": BOOK, "field": "a.b/c", "salt": seed("s"), "text": "yes"}
    others = [
        {"book": OTHER_BOOK},
        {"field": "a.b/d"},
        {"salt": seed("t")},
        {"text": "no"},
        {"field": "a.b", "text": "/cyes"},
    ]
    made = {commitment(**{**same, **other}) for other in [{}, *others]}  # type: ignore[arg-type]
    assert len(made) == 1 + len(others)


def test_a_commitment_refuses_short_salts_and_broken_text() -> None:
    with pytest.raises(Malformed, match="32"):
        commitment(book=BOOK, field="a.b/c", salt=b"short", text="yes")
    with pytest.raises(Malformed, match="surrogate"):
        commitment(book=BOOK, field="a.b/c", salt=seed("s"), text="\ud83d")
