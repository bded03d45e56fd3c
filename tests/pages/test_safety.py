"""What has been stopped and how it starts again; of the host's stops an ally hears no more than "not now"."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.pages.kitchen import House, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def test_the_host_sees_what_each_stop_holds(sidra: House) -> None:
    k = sidra.kitchen
    k.act("Amna", "safety.stop", kind="money")
    words = sidra.page("Nuha", "safety").words
    assert "Two stops hold." in words
    assert "Stopped: medicine. Idris said stop." in words
    assert "Nothing waits because of it now." in words
    assert "One promise does not leave because of it." in words


def test_stopping_everything_holds_the_offers_too(sidra: House) -> None:
    sidra.kitchen.act("Amna", "safety.stop")
    words = sidra.page("Idris", "safety").words
    assert "Everything has stopped." in words
    assert "One offer waits because of it." in words


def test_stop_is_one_tap_away_and_never_hidden(sidra: House) -> None:
    for who in ("Amna", "Maren"):
        page = sidra.page(who, "safety")
        assert page.leads_to("safety.stop")
        assert page.leads_to("safety.stop", kind="money")
        assert 'class="button stop"' in page.html
        assert "What goes on all the same" in page.words


def test_whoever_stopped_everything_is_not_asked_again(sidra: House) -> None:
    sidra.kitchen.act("Amna", "safety.stop")
    assert "Stop everything" not in sidra.page("Amna", "safety").words
    assert "Stop everything" in sidra.page("Idris", "safety").words


def test_an_ally_hears_only_not_now(sidra: House) -> None:
    sidra.kitchen.act("Amna", "safety.stop")
    page = sidra.page("Maren", "safety")
    assert "Not now" in page.words
    for told in ("medicine", "Everything has stopped", "Held since", "Amna", "Idris"):
        assert told not in page.words
    assert not page.leads_to("safety.lift")


def test_an_allys_stop_is_seen_by_the_host_and_by_itself(sidra: House) -> None:
    stop = sidra.kitchen.act("Tariq", "safety.stop", kind="money")
    assert "Lantern Street has stopped money on its side." in sidra.page("Amna", "safety").words
    assert not sidra.page("Amna", "safety").leads_to("safety.lift", stop=stop)
    assert sidra.page("Maren", "safety").leads_to("safety.lift", stop=stop)
    assert "Lantern Street has stopped" not in sidra.page("Lucía", "safety").words


def test_a_lifted_stop_is_remembered_by_those_who_knew_it(sidra: House) -> None:
    sidra.kitchen.act("Amna", "safety.lift", stop=sidra.kitchen.numbers["stop"])
    assert "Stops that were lifted" in sidra.page("Idris", "safety").words
    assert "Stops that were lifted" not in sidra.page("Maren", "safety").words
    assert "Nothing has been stopped." in sidra.page("Maren", "safety").words


def test_there_is_no_such_page_in_the_inner_book(sidra: House) -> None:
    assert sidra.page("Amna", "safety", inner=True).status == HTTPStatus.NOT_FOUND
