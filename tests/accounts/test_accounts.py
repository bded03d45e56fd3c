"""Nuha signs in with her name and passphrase, however her phone types them. Nobody else does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from alongside.people import accounts, passphrase
from alongside.people.accounts import NameTaken, create_account, recognise, sign_in
from alongside.people.models import Account
from alongside.people.names import UnusableName
from alongside.people.pace import TooSoon, network_of
from alongside.people.passphrase import Busy, UnusablePassphrase, Work, normal, verifier

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
FOUR_WORDS = "river lamp seven almonds"


def test_she_signs_in_and_the_token_is_not_in_the_database() -> None:
    nuha = create_account("Nuha", FOUR_WORDS, "ar", now=NOON)
    token, session = sign_in("Nuha", FOUR_WORDS, now=NOON) or pytest.fail("not signed in")
    assert session.account == nuha
    assert len(token) >= 43     # 32 bytes
    assert token not in str(list(session.__class__.objects.values()))


@pytest.mark.parametrize("typed", ["nuha", " NUHA ", "Nuha\u00a0"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    create_account("Nuha", FOUR_WORDS)
    assert recognise(typed, FOUR_WORDS)


def test_a_name_is_one_name_composed_or_not() -> None:
    create_account("Lucía", FOUR_WORDS)
    assert recognise("Luci\u0301a", FOUR_WORDS)
    with pytest.raises(NameTaken):
        create_account("LUCI\u0301A", FOUR_WORDS)


@pytest.mark.parametrize(("name", "why"), [("  ", "empty"), ("x" * 81, "long"), ("Nu\u202eha", "marks"),
                                           ("Nu\u0000ha", "marks"), ("Nu\u200fha", "marks")])
def test_some_names_cannot_be_kept(name: str, why: str) -> None:
    with pytest.raises(UnusableName) as refused:
        create_account(name, FOUR_WORDS)
    assert refused.value.code == why


def test_a_wrong_passphrase_and_an_unknown_name_are_the_same_no() -> None:
    create_account("Nuha", FOUR_WORDS)
    assert sign_in("Nuha", "river lamp eight almonds") is None
    assert sign_in("Nobody", FOUR_WORDS) is None
    assert sign_in("", "") is None


def test_an_unknown_name_costs_a_run_too(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[bytes] = []
    monkeypatch.setattr(accounts, "verifier", lambda stretched, *_: runs.append(stretched) or b"x" * 32)
    assert recognise("Nobody at all", FOUR_WORDS) is None
    assert len(runs) == 1


def test_an_enormous_passphrase_is_nobodys_and_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    create_account("Nuha", FOUR_WORDS)
    monkeypatch.setattr(accounts, "verifier", lambda *_: pytest.fail("a run was made"))
    assert recognise("Nuha", "x" * 1_000_000) is None
    assert recognise("Nuha", "ﷺ" * 300) is None       # 900 bytes that NFKC makes 10,000
    with pytest.raises(UnusablePassphrase):
        create_account("Amna", "x" * 1025)


@pytest.mark.parametrize("words", [
    "🌿🪔🧵 three things 🫖", "نهر وقنديل وسبع لوزات", "👩🏽‍🌾 family 👨‍👩‍👧", "ﬁve ﬁne ﬁgs ﬁrst",
])
def test_emoji_and_words_from_the_right_are_passphrases(words: str) -> None:
    create_account("Nuha", words)
    assert recognise("Nuha", words)
    assert recognise("Nuha", words + "!") is None


@pytest.mark.parametrize(("one", "other"), [
    ("سبع لوزات ٧٧ قنديل", "سبع لوزات 77 قنديل"),               # an Arabic keyboard's digits, a Latin one's
    ("five figs café lamp", "five figs cafe\u0301 lamp"),
    ("نهر وقنديل وسبع لوزات", "\u200fنهر وقنديل\u200e وسبع لوزات "),   # marks a keyboard slips in
])
def test_the_same_passphrase_from_another_keyboard(one: str, other: str) -> None:
    create_account("Nuha", one)
    assert recognise("Nuha", other)


def test_capitals_and_inner_spaces_count() -> None:
    create_account("Nuha", FOUR_WORDS)
    assert recognise("Nuha", FOUR_WORDS.title()) is None
    assert recognise("Nuha", FOUR_WORDS.replace(" ", "")) is None


@pytest.mark.parametrize(("words", "why"), [("short one", "short"), ("nuha of nahr samra", "name"),
                                            ("half \ud800 character", "broken")])
def test_some_passphrases_cannot_be_taken(words: str, why: str) -> None:
    with pytest.raises(UnusablePassphrase) as refused:
        create_account("Nuha of Nahr Samra", words)
    assert refused.value.code == why
    assert not Account.objects.exists()


def test_two_accounts_with_one_passphrase_do_not_look_alike() -> None:
    one, other = create_account("Nuha", FOUR_WORDS), create_account("Amna", FOUR_WORDS)
    assert bytes(one.verifier) != bytes(other.verifier)
    assert bytes(one.salt) != bytes(other.salt)


def test_an_account_keeps_the_work_it_was_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    create_account("Nuha", FOUR_WORDS)
    monkeypatch.setattr(accounts.Work, "__defaults__", (128, 2, 1))
    assert recognise("Nuha", FOUR_WORDS)


def test_the_real_work_is_as_slow_as_it_is_said_to_be() -> None:
    assert Work() == Work(memory_kib=64 * 1024, passes=3, lanes=1)
    assert len(verifier(normal(FOUR_WORDS), b"s" * 16, Work())) == 32


def test_at_most_two_runs_at_once_and_the_rest_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "WAIT_SECONDS_MAX", 0.05)
    monkeypatch.setattr(passphrase, "_RUNS", threading.BoundedSemaphore(2))
    for _ in range(2):
        passphrase._RUNS.acquire()
    with pytest.raises(Busy):
        verifier(b"words", b"s" * 16, Work(64, 1, 1))
    passphrase._RUNS.release()
    assert verifier(b"words", b"s" * 16, Work(64, 1, 1))


def test_guessing_is_slowed_and_the_owner_elsewhere_is_not() -> None:
    create_account("Nuha", FOUR_WORDS)
    cafe, home = network_of("203.0.113.77"), network_of("198.51.100.4")
    for _ in range(5):
        assert recognise("Nuha", "a guess of somebody", network=cafe, now=NOON) is None
    with pytest.raises(TooSoon) as wait:
        recognise("Nuha", FOUR_WORDS, network=cafe, now=NOON)
    assert wait.value.seconds == 1
    assert recognise("Nuha", FOUR_WORDS, network=home, now=NOON)
    assert recognise("Nuha", FOUR_WORDS, network=cafe, now=NOON + timedelta(seconds=31))


def test_nobody_waits_longer_than_half_a_minute() -> None:
    now = NOON
    for _ in range(60):
        try:
            recognise("Nuha", "a guess of somebody", network="n", now=now)
        except TooSoon as wait:
            assert wait.seconds <= 30
            now += timedelta(seconds=wait.seconds)


def test_a_network_is_coarse_and_an_address_is_not_kept() -> None:
    assert network_of("203.0.113.77") == network_of("203.0.113.200") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2ff::1") == network_of("2001:db8:1:200::2")
    assert network_of("not an address") == ""
    recognise("Nuha", "a guess", network=network_of("203.0.113.77"))
    kept = repr(vars(accounts.SIGN_IN))
    assert "203.0.113" not in kept
    assert "nuha" not in kept.lower().replace("_name", "")
