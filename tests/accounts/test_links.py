"""A link opens once. Looking at it, as messengers do, uses nothing up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alongside.people.links import forget, give_back, look, make_link, use
from alongside.people.models import Link

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


def test_looking_changes_nothing_and_using_closes_it() -> None:
    token = make_link("invitation", "b" * 26, 31, days=3, now=NOON)
    for _ in range(5):
        assert look(token, NOON)
    link = look(token, NOON) or pytest.fail("no link")
    assert (link.purpose, link.book, link.number) == ("invitation", "b" * 26, 31)
    assert use(link, NOON)
    assert look(token, NOON) is None


def test_of_two_who_use_it_at_once_one_gets_in() -> None:
    token = make_link("admission", "b" * 26, 4, now=NOON)
    one, other = look(token, NOON), look(token, NOON)
    assert one and other
    assert [use(one, NOON), use(other, NOON)] == [True, False]


def test_it_runs_out() -> None:
    token = make_link("setup", days=2, now=NOON)
    link = look(token, NOON + timedelta(days=1)) or pytest.fail("no link")
    assert look(token, NOON + timedelta(days=2)) is None
    assert not use(link, NOON + timedelta(days=2))


def test_what_was_refused_opens_once_more() -> None:
    token = make_link("setup", now=NOON)
    link = look(token, NOON) or pytest.fail("no link")
    use(link, NOON)
    give_back(link)
    assert look(token, NOON)


def test_only_the_newest_set_up_link_opens() -> None:
    older = make_link("setup")
    forget("setup")
    assert look(older) is None
    assert look(make_link("setup"))


def test_the_token_is_not_in_the_database() -> None:
    token = make_link("setup")
    assert token not in str(list(Link.objects.values()))
    assert look(Link.objects.get().digest) is None


def test_a_link_is_for_something_we_know() -> None:
    with pytest.raises(ValueError, match="setup, invitation, admission"):
        make_link("anything")
