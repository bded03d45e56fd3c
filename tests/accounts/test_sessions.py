"""A session lasts a quarter of an hour after the last thing she did, and never longer than half a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alongside.node import settings as ours
from alongside.people import sessions
from alongside.people.accounts import create_account, sign_out, sign_out_everywhere
from alongside.people.models import Account, Session

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.fixture
def nuha() -> Account:
    return create_account("Nuha", "river lamp seven almonds")


def test_it_slides_while_she_is_there(nuha: Account) -> None:
    token, _ = sessions.begin(nuha, NOON)
    for minutes in range(10, 120, 10):
        assert sessions.find(token, NOON + timedelta(minutes=minutes))
    assert sessions.find(token, NOON + timedelta(minutes=110 + 16)) is None


def test_it_ends_when_she_is_idle_and_is_then_gone(nuha: Account) -> None:
    token, _ = sessions.begin(nuha, NOON)
    assert sessions.find(token, NOON + timedelta(minutes=15))
    assert sessions.find(token, NOON + timedelta(minutes=31)) is None
    assert not Session.objects.exists()
    assert sessions.find(token, NOON) is None


def test_it_ends_after_twelve_hours_however_busy_she_is(nuha: Account) -> None:
    token, _ = sessions.begin(nuha, NOON)
    at = NOON
    while at < NOON + timedelta(hours=12):
        assert sessions.find(token, at)
        at += timedelta(minutes=10)
    assert sessions.find(token, NOON + timedelta(hours=12, minutes=1)) is None


def test_a_keeper_can_tighten_it(nuha: Account, settings: object) -> None:
    settings.ALONGSIDE_IDLE_MINUTES = 5         # type: ignore[attr-defined]
    token, _ = sessions.begin(nuha, NOON)
    assert sessions.find(token, NOON + timedelta(minutes=6)) is None


def test_a_keeper_cannot_loosen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_IDLE_MINUTES", "600")
    assert ours._at_most("ALONGSIDE_IDLE_MINUTES", 15) == 15
    monkeypatch.setenv("ALONGSIDE_IDLE_MINUTES", "5")
    assert ours._at_most("ALONGSIDE_IDLE_MINUTES", 15) == 5


def test_signing_out_ends_this_one_and_everywhere_ends_all(nuha: Account) -> None:
    here, there = sessions.begin(nuha)[0], sessions.begin(nuha)[0]
    sign_out(here)
    assert sessions.find(here) is None
    assert sessions.find(there)
    sessions.begin(nuha)
    assert sign_out_everywhere(nuha) == 2
    assert sessions.find(there) is None


def test_a_guessed_or_broken_token_finds_nothing(nuha: Account) -> None:
    sessions.begin(nuha)
    for token in ("", "x", "x" * 100_000, "\ud800", Session.objects.get().digest):
        assert sessions.find(token) is None


def test_what_has_run_out_is_swept_out(nuha: Account) -> None:
    sessions.begin(nuha, NOON)
    sessions.begin(nuha, NOON + timedelta(hours=1))
    assert Session.objects.count() == 1
