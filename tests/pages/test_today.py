"""Today asks for what its reader can do: first safety, then people who wait, then dates, and then it ends."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from alongside.areas.consent.tables import Consent
from alongside.areas.needs.tables import Need
from tests.pages.kitchen import House, Kitchen, browser_of, busy, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = Kitchen()
    kitchen.accounts()
    kitchen.day = kitchen.today
    return House(kitchen, monkeypatch)


# What waits for a member of the host

def test_it_counts_in_words_and_ends(sidra: House) -> None:
    words = sidra.page("Nuha").words
    assert words.startswith("Tuesday 12 May Hello, Nuha. One thing is about safety."
                            " Seven things wait for you. Seven dates are near.")
    assert words.endswith("That is all. Nothing else needs you today.")
    assert words.index("Safety first") < words.index("People waiting") < words.index("Dates")


def test_every_kind_of_waiting_leads_to_where_it_is_done(sidra: House) -> None:
    page, n = sidra.page("Nuha"), sidra.kitchen.numbers
    for how in ("let_come", "divert", "send_back"):
        assert page.leads_to(f"exchange.{how}", delivery=n["to choose"])
    assert page.leads_to("exchange.accept", offer=n["offer"])
    assert page.leads_to("exchange.decline", offer=n["offer"])
    assert page.leads_to("exchange.decline", offer=n["question"])
    assert page.leads_to("needs.name", kind="goods.school")
    assert page.leads_to("consent.second", consent=n["waiting yes"])
    assert page.leads_to("exchange.check", promise=n["to check"])
    assert page.leads_to("needs.confirm", need=n["Pots"])
    assert any(link.endswith(f"#a{n['asking']}") for link in page.links)
    assert "Lantern Street offers 5 hours of Bookkeeping." in page.words
    assert "Río Claro sent 90 packets of Water salts." in page.words


def test_what_only_the_host_can_choose_comes_first(sidra: House) -> None:
    words = sidra.page("Idris").words
    assert words.index("You choose what becomes of delivery") < words.index("Río Claro sent 90 packets")


def test_nobody_is_asked_to_say_her_own_yes_twice(sidra: House) -> None:
    waiting = sidra.kitchen.numbers["waiting yes"]
    assert not sidra.page("Amna").leads_to("consent.second", consent=waiting)
    assert sidra.page("Idris").leads_to("consent.second", consent=waiting)


def test_a_stop_says_what_lifts_it(sidra: House) -> None:
    stop = sidra.kitchen.numbers["stop"]
    assert "Nuha has said that it may start again. If you say so too, it does." in sidra.page("Amna").words
    assert sidra.page("Amna").leads_to("safety.lift", stop=stop)
    assert "It takes one more person of your group." in sidra.page("Nuha").words
    assert not sidra.page("Nuha").leads_to("safety.lift", stop=stop)


def test_the_dates_of_two_weeks(sidra: House) -> None:
    words = sidra.page("Amna").words
    assert "since 28 April Is it still so: Pots?" in words
    assert "The yes to money, food and tools and parts from Lantern Street ends." in words
    assert "Your check of what may leave for Belts for the pump ends." in words
    assert "Sorghum is open to offers until then." not in words     # that is thirty days off


def test_a_stale_need_waits_since_it_went_stale(sidra: House) -> None:
    sidra.kitchen.act("Amna", "needs.confirm", need=sidra.kitchen.numbers["Pots"])
    assert "Is it still so: Pots?" not in sidra.page("Amna").words


# What waits for a member of an ally

def test_an_ally_hears_of_a_stop_of_the_host_only_not_now(sidra: House) -> None:
    words = sidra.page("Maren").words
    assert "Something has to wait for now." in words
    assert "Not now" in words
    for told in ("medicine", "Stopped", "Held since", "said stop", "Safety first", "Idris"):
        assert told not in words


def test_an_ally_sees_its_own_part_and_nobody_elses(sidra: House) -> None:
    n = sidra.kitchen.numbers
    maren, lucia = sidra.page("Maren"), sidra.page("Lucía")
    assert maren.leads_to("exchange.send", delivery=n["to send"])
    assert "Ready to leave: 2 pieces of Belts for the pump." in maren.words
    assert "Your offer ends: 5 hours of Bookkeeping." in maren.words
    assert not lucia.leads_to("exchange.send", delivery=n["to send"])
    assert "Bookkeeping" not in lucia.words
    for link in maren.links + lucia.links:
        assert "/do/needs/" not in link
        assert "/do/exchange/accept" not in link


def test_what_a_stop_holds_does_not_wait_for_an_ally(sidra: House) -> None:
    sidra.kitchen.act("Idris", "safety.stop", kind="goods.tools")
    page = sidra.page("Maren")
    assert not page.leads_to("exchange.send", delivery=sidra.kitchen.numbers["to send"])
    assert "Ready to leave" not in page.words


def test_an_ally_lifts_its_own_stop(sidra: House) -> None:
    stop = sidra.kitchen.act("Maren", "safety.stop", kind="money")
    assert sidra.page("Tariq").leads_to("safety.lift", stop=stop)
    assert "money" not in sidra.page("Lucía").words
    assert "Stopped: money." not in sidra.page("Amna").words      # she cannot lift it


# A new book, and a quiet one

def test_a_new_book_says_what_to_do_first(new: House) -> None:
    page = new.page("Amna")
    assert "This book is new. A few steps make it yours." in page.words
    assert page.leads_to("needs.name")
    assert page.leads_to("partnership.admit", group=1)
    assert page.leads_to("partnership.invite")
    assert any(link.endswith("/import") for link in page.links)


def test_a_step_that_is_done_is_gone(new: House) -> None:
    new.kitchen.admit("Nuha")
    unit = new.kitchen.act("Amna", "needs.list_unit", label="sacks")
    new.kitchen.act("Amna", "needs.name", kind="goods.food", label="Sorghum", quantity=[4, f"u{unit}"])
    page = new.page("Amna")
    assert not page.leads_to("partnership.admit")
    assert not page.leads_to("needs.name")
    assert page.leads_to("partnership.invite")
    new.kitchen.join("Maren", "Lantern Street")
    assert "A few steps" not in new.page("Amna").words


def test_nobody_is_shown_a_step_that_is_not_hers(new: House) -> None:
    new.kitchen.admit("Idris")
    seat(new.kitchen, "Idris")
    page = new.page("Idris")
    assert page.leads_to("needs.name")
    assert not page.leads_to("partnership.invite")


def test_a_quiet_day_says_so(sidra: House) -> None:
    sidra.kitchen.days_ago(-400)
    sidra.kitchen.act("Amna", "safety.lift", stop=sidra.kitchen.numbers["stop"])
    words = sidra.page("Lucía").words
    assert "Nothing needs you today." in words
    assert words.endswith("That is all.")


# What was just done

def test_what_was_just_done_is_said_on_top_to_whoever_did_it(sidra: House) -> None:
    need = sidra.kitchen.numbers["Sorghum"]
    kept = "Kept Amna named a need: 40 sacks of 50 kg, food."
    assert sidra.page("Amna", f"?done={need}").words.startswith(kept)
    for done in (f"?done={need}", "?done=99999", "?done=x", "?done=-1", f"?done={'9' * 40}"):
        assert "Kept" not in sidra.page("Nuha", done).words


def test_what_is_done_from_here_leads_back_and_is_gone(sidra: House) -> None:
    browser, waiting = browser_of("Nuha"), sidra.kitchen.numbers["waiting yes"]
    link = next(link for link in sidra.page("Nuha").links if "/do/consent/second" in link)
    form = browser.get(link).content.decode()
    fields = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form))
    answer = browser.post(link.partition("?")[0], {**fields, "consent": waiting})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    back = answer["Location"].partition(f"/b/{sidra.kitchen.shared.id}/")[2]
    page = sidra.page("Nuha", back)
    assert page.words.startswith("Kept Nuha said it too: yes to transport and storage space from Río Claro.")
    assert not page.leads_to("consent.second", consent=waiting)


# The inner book

def test_the_inner_book_has_its_own_today(sidra: House) -> None:
    words = sidra.page("Amna", inner=True).words
    assert "The session of Monday 11 May is still open." in words
    assert "Lantern Street" not in words
    assert sidra.page("Maren", inner=True).status == HTTPStatus.NOT_FOUND


def test_a_new_inner_book_begins_with_listening(new: House) -> None:
    page = new.page("Amna", inner=True)
    assert page.leads_to("listening.call")
    assert page.leads_to("partnership.admit", group=1)


# Who gets in

def test_a_stranger_is_led_to_the_door(sidra: House) -> None:
    answer = Client(headers={"host": "localhost"}).get(f"/b/{sidra.kitchen.shared.id}/")
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"].startswith("/sign-in?next=/b/")


# However much there is

def test_many_things_cost_no_more(sidra: House) -> None:
    k = sidra.kitchen
    for n in range(60):
        k.act("Maren", "exchange.offer", need=k.numbers["Sorghum"], kind="money", quantity=[1000 + n, "XTS"])
    words = sidra.page("Amna").words
    assert "66 things wait for you." in words
    assert "56 more things wait. They come up here when these are done." in words


@pytest.mark.parametrize("who", ["Amna", "Maren"])
def test_every_page_costs_little_even_after_something_was_done(sidra: House, who: str) -> None:
    """`House` holds each page to its queries and bytes; here they are all asked, at their dearest."""
    k = sidra.kitchen
    done = k.act("Amna", "needs.confirm", need=k.numbers["Pots"]) if who == "Amna" else k.numbers["question"]
    yeses = [row.number for row in k.shared.tables.all(Consent)]
    paths = ["", "partnership", "needs", "consents", "safety", *(f"consents/{n}" for n in yeses),
             *(f"needs/{need.number}" for need in k.shared.tables.all(Need))]
    for path in paths:
        page = sidra.page(who, f"{path}?done={done}")
        assert ("Kept" in page.words) == (page.status == HTTPStatus.OK)
