"""What was heard in the host's own sessions stays in its inner book, by kind and in its own words."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.pages.kitchen import House, Kitchen, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def test_an_open_session_with_what_was_said(sidra: House) -> None:
    page, session = sidra.page("Idris", "listening", inner=True), sidra.kitchen.numbers["session"]
    assert "The session of Monday 11 May" in page.words
    assert "What is missing Pots: the big ones leak. urgency 2" in page.words
    assert "Monday 11 May, 17:30" in page.words
    assert page.leads_to("listening.find", session=session)
    assert page.leads_to("listening.close", session=session)
    assert page.leads_to("listening.call")


def test_closed_ones_say_what_was_heard(sidra: House) -> None:
    words = sidra.page("Nuha", "listening", inner=True).words
    assert "2 things are missing. One thing works. One thing is dangerous." in words


def test_a_closed_session_whole(sidra: House) -> None:
    page = sidra.page("Nuha", "listening", inner=True)
    onward = next(link for link in page.links if "/listening?session=" in link)
    words = sidra.page("Nuha", "listening?" + onward.partition("?")[2], inner=True).words
    assert "Do not film anybody who waits." in words
    assert "The road by the bridge, after dark." in words     # she wrote it
    assert "The night shift." in words
    assert words.index("What is missing") < words.index("What works") < words.index("What is dangerous")


def test_what_is_sealed_is_for_its_writer_and_the_stewards(sidra: House) -> None:
    path = "listening?session=4"
    assert "The road by the bridge" in sidra.page("Amna", path, inner=True).words
    page = sidra.page("Idris", path, inner=True)
    assert "The road by the bridge" not in page.html
    assert "One more thing was said that only its writer and the stewards can read." in page.words


def test_no_ally_sees_even_that_it_took_place(sidra: House) -> None:
    assert sidra.page("Maren", "listening", inner=True).status == HTTPStatus.NOT_FOUND
    for who in ("Maren", "Amna"):
        assert sidra.page(who, "listening").status == HTTPStatus.NOT_FOUND
    assert "istening" not in sidra.page("Maren").html


def test_a_number_that_is_no_session_changes_nothing(sidra: House) -> None:
    for asked in ("999999", "x", "-1"):
        page = sidra.page("Amna", f"listening?session={asked}", inner=True)
        assert "Pots: the big ones leak." in page.words


def test_many_findings_cost_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    session = k.act("Amna", "listening.call", book=k.inner, facilitator=1, languages=["ar"], on=k.today)
    for n in range(120):
        k.act("Amna", "listening.find", book=k.inner, session=session, kind="need",
              statement=f"Thing {n:03} " * 20)
    k.day = k.today
    assert "Thing 119" in House(k, monkeypatch).page("Amna", "listening", inner=True).words
