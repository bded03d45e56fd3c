"""Somebody vouches for every entry, with a key that this book knows, for what that key may vouch for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alongside.record.attest import Key, KeyRing, NotAttested, Signer, asked_message, key_message
from alongside.record.entry import Entry, decode, encode
from alongside.record.exact import Malformed, from_base64, to_base64
from tests.record.cast import (
    AMNA,
    BOOK,
    CLOCK,
    DOORWAY,
    OTHER_BOOK,
    STRANGER,
    Told,
    founded,
    joins,
    rewritten,
    seed,
    small_book,
)

DOORWAY_KEY = to_base64(DOORWAY.public)


def ring_after(told: Told) -> KeyRing:
    """A ring that was fed every entry of a record; raises at the first that does not hold."""
    ring = KeyRing()
    for raw in told.entries:
        ring.admit(Entry.read(raw))
    return ring


def refused(told: Told, match: str, kind: type[Exception] = NotAttested) -> None:
    """The last entry of a record is refused, and the ring stays as it was."""
    ring = KeyRing()
    for raw in told.entries[:-1]:
        ring.admit(Entry.read(raw))
    before = ring.keys
    with pytest.raises(kind, match=match):
        ring.admit(Entry.read(told.entries[-1]))
    assert ring.keys == before


def test_the_messages_are_parts_after_their_lengths() -> None:
    assert asked_message("ab", 12, b"{}") == (
        b"\0\0\0\x12alongside/asked/v1\0\0\0\x02ab\0\0\0\x0212\0\0\0\x02{}"
    )
    assert key_message("ab", "clock", b"k" * 32) == (
        b"\0\0\0\x10alongside/key/v1\0\0\0\x02ab\0\0\0\x05clock\0\0\0\x20" + b"k" * 32
    )


def test_a_signer_is_its_private_bytes_and_its_role() -> None:
    again = Signer.load(AMNA.by, AMNA.private)
    assert again.public == AMNA.public and again.by == "member"
    assert again.attest(BOOK, 2, b"{}") == AMNA.attest(BOOK, 2, b"{}")
    assert Signer.make("doorway").public != Signer.make("doorway").public
    attested = decode(AMNA.attest(BOOK, 2, b"{}"))
    assert encode(attested) == AMNA.attest(BOOK, 2, b"{}") and attested["by"] == "member"
    assert AMNA.private.hex() not in repr(AMNA) and to_base64(AMNA.private) not in repr(vars(type(AMNA)))


def test_a_signer_has_a_role_that_entries_know() -> None:
    with pytest.raises(Malformed):
        Signer.make("person")
    with pytest.raises(ValueError):
        Signer.load("member", b"short")


def test_the_founding_entry_brings_the_keys_that_attest_it_and_all_after() -> None:
    ring = ring_after(small_book(5))
    assert [(key.by, key.joined, key.left) for key in ring.keys] == [("doorway", 1, None), ("clock", 1, None)]


def test_a_key_that_never_joined_vouches_for_nothing() -> None:
    told = founded()
    told.say(by=STRANGER)
    refused(told, "not a valid key")
    alone = Told()
    alone.say()
    refused(alone, "not a valid key")


def test_a_key_cannot_let_itself_in() -> None:
    told = founded()
    told.say(by=STRANGER, keys_joined=[joins(STRANGER)])
    refused(told, "not a valid key")


def test_a_key_may_attest_from_the_entry_after_it_joined() -> None:
    told = founded()
    told.say(keys_joined=[joins(AMNA, "consent.*")])
    told.say("consent.withdraw", by=AMNA)
    assert ring_after(told).keys[-1] == Key("member", AMNA.public, frozenset(["consent.*"]), None, 2)


def test_a_key_attests_its_own_leaving_and_nothing_after() -> None:
    told = founded()
    told.say(keys_joined=[joins(AMNA)])
    told.say(by=AMNA, keys_left=[to_base64(AMNA.public)])
    assert ring_after(told).keys[-1].left == 3
    told.say(by=AMNA)
    refused(told, "not a valid key")


def test_a_key_that_left_does_not_come_back_with_its_old_proof() -> None:
    told = founded()
    told.say(keys_joined=[joins(AMNA)])
    told.say(keys_left=[to_base64(AMNA.public)])
    told.say(keys_joined=[joins(AMNA)])
    refused(told, "does not come back", Malformed)


@pytest.mark.parametrize(
    "item", [joins(DOORWAY), joins(Signer.load("node", DOORWAY.private))], ids=["again", "as node"]
)
def test_a_key_joins_once_in_one_role(item: dict[str, Any]) -> None:
    told = founded()
    told.say(keys_joined=[item])
    refused(told, "joins a book once", Malformed)
    both = founded()
    both.say(keys_joined=[joins(AMNA), joins(AMNA, "consent.*")])
    refused(both, "joins a book once", Malformed)


@pytest.mark.parametrize(
    "left",
    [[to_base64(AMNA.public)], [DOORWAY_KEY, DOORWAY_KEY], DOORWAY_KEY, [1], None, [[DOORWAY_KEY]], {}],
    ids=str,
)
def test_only_valid_keys_leave_and_once(left: Any) -> None:
    told = founded()
    told.say(keys_left=left)
    refused(told, "keys_left", Malformed)


def test_a_key_neither_leaves_before_it_joined_nor_twice() -> None:
    told = founded()
    told.say(keys_joined=[joins(AMNA)], keys_left=[to_base64(AMNA.public)])
    refused(told, "keys_left", Malformed)
    twice = founded()
    for _ in range(2):
        twice.say(keys_left=[to_base64(CLOCK.public)])
    refused(twice, "keys_left", Malformed)


def test_verbs_limit_what_a_key_may_attest() -> None:
    for action, verbs, may in [
        ("consent.lapse", ["consent.lapse"], True),
        ("consent.lapse", ["needs.name", "consent.*"], True),
        ("consent.lapse", ["*"], True),
        ("consent.withdraw", ["consent.lapse"], False),
        ("consents.lapse", ["consent.*"], False),
        ("needs.name", ["consent.*", "needs.rank"], False),
    ]:
        told = founded()
        told.say(keys_joined=[joins(AMNA, *verbs)])
        told.say(action, by=AMNA)
        if may:
            ring_after(told)
        else:
            refused(told, "may not attest")


def test_verbs_bind_the_founding_entry_too() -> None:
    told = Told()
    told.say("partnership.found", keys_joined=[joins(DOORWAY, "consent.*")])
    refused(told, "may not attest")


def test_a_member_key_attests_for_its_member_only() -> None:
    told = founded()
    told.say(keys_joined=[joins(AMNA, member=2)])
    told.say(by=AMNA, author=2)
    assert ring_after(told).keys[-1].member == 2
    told.say(by=AMNA, author=3)
    refused(told, "member 2 only")


def test_a_role_cannot_be_claimed() -> None:
    told = founded()
    told.say(by=Signer.load("member", DOORWAY.private))
    refused(told, "joined as doorway")


def attested_otherwise(change: Callable[[dict[str, Any]], object]) -> Told:
    """A record whose last entry was changed after it was attested."""
    told = small_book()
    told.entries[-1] = rewritten(told.entries[-1], change)
    return told


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e["asked"]["fields"].update(item=99),
        lambda e: e["asked"].update(action="consent.refuse"),
        lambda e: e["asked"].update(version=2),
        lambda e: e["asked"].update(words={}),
        lambda e: e["asked"].update(asked_id="0" * 32),
        lambda e: e["asked"]["seen"].update(size=1),
        lambda e: e.update(author=3),
        lambda e: e.update(book=OTHER_BOOK),
        lambda e: e["attested"].update(sig=to_base64(b"\0" * 64)),
    ],
)
def test_a_signature_binds_what_was_asked_book_and_author(change: Callable[[dict[str, Any]], object]) -> None:
    refused(attested_otherwise(change), "signature")


def test_a_signature_does_not_bind_what_the_node_adds() -> None:
    # What the documents say, too: number, day, rules and fact are held by the tree, and judged by the rules.
    ring_after(attested_otherwise(lambda e: e.update(number=9, day="2030-01-01", rules=7)))
    ring_after(attested_otherwise(lambda e: e["fact"]["fields"].update(item=99)))


def test_a_second_spelling_of_a_signature_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493

    def again(whole: dict[str, Any]) -> None:
        signature = from_base64(whole["attested"]["sig"], "sig")
        larger = int.from_bytes(signature[32:], "little") + order
        whole["attested"]["sig"] = to_base64(signature[:32] + larger.to_bytes(32, "little"))

    refused(attested_otherwise(again), "signature")


@pytest.mark.parametrize(
    "proof",
    [
        DOORWAY.proof(BOOK),
        AMNA.proof(OTHER_BOOK),
        Signer.load("node", AMNA.private).proof(BOOK),
        to_base64(b"\0" * 64),
    ],
    ids=["another key's", "of another book", "of another role", "of nothing"],
)
def test_a_key_joins_only_with_its_own_proof_for_this_book_and_role(proof: str) -> None:
    told = founded()
    told.say(keys_joined=[{**joins(AMNA), "proof": proof}])
    refused(told, "prove")


@pytest.mark.parametrize(
    "public",
    [
        b"\1" + b"\0" * 31,
        b"\0" * 32,
        b"\xec" + b"\xff" * 30 + b"\x7f",
        b"\xee" + b"\xff" * 30 + b"\x7f",
        b"\5" * 31,
    ],
)
def test_keys_that_are_no_keys_do_not_join(public: bytes) -> None:
    told = founded()
    told.say(keys_joined=[{**joins(AMNA), "key": to_base64(public)}])
    refused(told, "key|Ed25519", Malformed)


def test_bytes_that_are_no_point_do_not_join() -> None:
    told = founded()
    told.say(keys_joined=[{**joins(AMNA), "key": to_base64(b"\2" + b"\0" * 31)}])
    refused(told, "prove")


GOOD = joins(AMNA, member=2)


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        "keys",
        [None],
        [[]],
        [{}],
        [{**GOOD, "more": 1}],
        *[[{k: v for k, v in GOOD.items() if k != name}] for name in ("by", "key", "proof", "verbs")],
        [{**GOOD, "by": "person"}],
        [{**GOOD, "by": []}],
        [{**GOOD, "key": 1}],
        [{**GOOD, "key": "?"}],
        [{**GOOD, "proof": None}],
        [{**GOOD, "proof": "AAAA"}],
        [{**GOOD, "verbs": []}],
        [{**GOOD, "verbs": "*"}],
        [{**GOOD, "verbs": ["consent"]}],
        [{**GOOD, "verbs": ["**"]}],
        [{**GOOD, "verbs": ["*.withdraw"]}],
        [{**GOOD, "verbs": [1]}],
        [{**GOOD, "member": 0}],
        [{**GOOD, "member": None}],
        [{**GOOD, "member": True}],
    ],
)
def test_what_joins_has_one_form(listed: Any) -> None:
    told = founded()
    told.say(keys_joined=listed)
    refused(told, ".", Malformed)


def test_a_ring_is_taken_up_where_it_was_kept() -> None:
    told = founded()
    told.say(keys_left=[to_base64(CLOCK.public)])
    kept = KeyRing(ring_after(told).keys)
    told.say()
    kept.admit(Entry.read(told.entries[-1]))
    told.say("consent.lapse", by=CLOCK)
    with pytest.raises(NotAttested):
        kept.admit(Entry.read(told.entries[-1]))


def test_seeds_make_different_people() -> None:
    assert len({seed(name) for name in ("Amna", "doorway", "clock")}) == 3
