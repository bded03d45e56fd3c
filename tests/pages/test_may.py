"""May we? The answer that holds today, before anything is packed. Looking asks nobody and keeps nothing."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest

from alongside.store.books import open_book
from alongside.store.sql import Sql
from tests.pages.asked import address
from tests.pages.kitchen import House, Kitchen, browser_of, busy

pytestmark = pytest.mark.django_db
FORM_BYTES = 14_000


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def test_it_begins_with_a_question_in_plain_words(sidra: House) -> None:
    page = sidra.page("Maren", "may")
    assert page.weight <= FORM_BYTES
    for said in (
        "What would you like to do?",
        "Give money",
        "Send goods",
        "Come and visit",
        "For which need?",
        "When?",
    ):
        assert said in page.html
    assert 'method="get"' in page.html and '<h2 class="answer"' not in page.html


def test_coats_hear_a_kind_no_and_what_is_wanted_instead(sidra: House) -> None:
    page = sidra.page("Maren", "may?kind=goods.clothes")
    words = page.words
    assert "Not these, thank you." in words
    assert words.index("put clothes on its list of what is not needed") < words.index(
        "Nobody here has said yes"
    )
    assert "The rule Rule 1.1" in words and "Who can help the host group: Amna, Nuha and Idris" in words
    assert "What is wanted instead Sorghum, 40 sacks of 50 kg Offer this" in words
    assert page.leads_to("exchange.offer", need=sidra.kitchen.numbers["Sorghum"], kind="goods.food")
    assert page.leads_to("consent.ask", kind="goods.clothes")


def test_a_stale_need_is_not_wanted_instead(sidra: House) -> None:
    assert (
        "Pots"
        not in sidra.page("Maren", "may?kind=goods.clothes")
        .words.split("What is wanted instead")[1]
        .split("Ask about")[0]
    )


def test_a_film_crew_waits_for_a_memorandum(sidra: House) -> None:
    words = sidra.page("Maren", "may?kind=media").words
    assert "Not before a memorandum." in words or "Not yet." in words
    assert "Yes, under" not in words


def test_a_yes_names_its_consent_its_day_and_the_room(sidra: House) -> None:
    page = sidra.page("Maren", f"may?kind=money&need={sidra.kitchen.numbers['Sorghum']}")
    assert "Yes, under consent" in page.words and "until" in page.words
    assert "Up to 2,000 crowns: 1,600 crowns accepted, room for 400 crowns." in page.words
    assert page.leads_to("exchange.offer", need=sidra.kitchen.numbers["Sorghum"], kind="money")
    assert 'href="#yes"' in page.html


def test_without_a_need_the_first_that_fits_is_tried(sidra: House) -> None:
    page = sidra.page("Maren", "may?kind=goods.tools")
    assert "Yes, under consent" in page.words
    assert page.leads_to(
        "exchange.offer", need=sidra.kitchen.numbers["Belts for the pump"], kind="goods.tools"
    )


def test_a_day_after_the_yes_has_ended_is_no_yes(sidra: House) -> None:
    k = sidra.kitchen
    late, soon = k.ahead(60).isoformat(), k.ahead(2).isoformat()
    asked = f"may?kind=money&need={k.numbers['Sorghum']}"
    assert "Today yes, but not on" in sidra.page("Maren", f"{asked}&when={late}").words
    assert "Today yes" not in sidra.page("Maren", f"{asked}&when={soon}").words


def test_what_cannot_be_read_is_said_and_kept(sidra: House) -> None:
    yesterday = (sidra.kitchen.today - timedelta(days=1)).isoformat()
    for query, said in (
        ("kind=", "This must be answered."),
        ("kind=money&quantity=lots&quantity.unit=XTS", "in digits"),
        (f"kind=money&when={yesterday}", "That day has passed."),
        ("kind=money&when=soon", "Write the day"),
    ):
        page = sidra.page("Maren", f"may?{query}")
        assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY and said in page.words, query
        assert "Yes, under" not in page.words


def test_of_a_stop_an_ally_hears_not_now_and_nothing_else(sidra: House) -> None:
    sidra.kitchen.act("Nuha", "safety.stop")
    need = sidra.kitchen.numbers["Sorghum"]
    words = sidra.page("Maren", f"may?kind=money&need={need}").words
    assert "Not now." in words and "Stop" not in words and "stop" not in words
    host = sidra.page(
        "Nuha", f"may?ally={sidra.kitchen.numbers['Lantern Street']}&kind=money&need={need}"
    ).words
    assert "Not now." in host and "lift" not in host.split("What would lift it")[0]


def test_a_member_of_the_host_sees_what_an_ally_would_see(sidra: House) -> None:
    bare = sidra.page("Nuha", "may").words
    assert "Choose an ally, and see what it would see." in bare
    seen = sidra.page("Nuha", f"may?ally={sidra.kitchen.numbers['Lantern Street']}&kind=goods.clothes")
    assert "This is what somebody of Lantern Street sees today." in seen.words
    assert "Not these, thank you." in seen.words and "/do/" not in seen.html, "the keys are the ally's"


def test_an_ally_cannot_look_through_anothers_eyes(sidra: House) -> None:
    n = sidra.kitchen.numbers
    asked = f"may?ally={n['Lantern Street']}&kind=money&need={n['Diesel']}"
    assert "Yes, under" in sidra.page("Maren", asked).words
    assert "Yes, under" not in sidra.page("Lucía", asked).words


def test_looking_writes_nothing(sidra: House, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    run = Sql.run
    monkeypatch.setattr(
        Sql,
        "run",
        lambda self, statement, params=(): written.append(statement) or run(self, statement, params),
    )
    before = open_book(sidra.kitchen.shared.id).tree.size
    sidra.page("Maren", "may?kind=goods.clothes")
    assert open_book(sidra.kitchen.shared.id).tree.size == before and not written


def test_it_has_no_place_in_an_inner_book(sidra: House) -> None:
    assert browser_of("Nuha").get(address(sidra, "may", inner=True)).status_code == HTTPStatus.NOT_FOUND


def test_a_host_without_allies_is_told_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    kitchen.accounts()
    assert "No ally has come in yet." in House(kitchen, monkeypatch).page("Amna", "may").words
