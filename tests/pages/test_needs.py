"""The living list in the host's own order, and everything of one need, down to who gave what was used."""

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


def test_the_list_is_in_the_hosts_own_order(sidra: House) -> None:
    words = sidra.page("Amna", "needs").words
    names = ("Sorghum", "Belts for", "Water salts", "Bookkeeping", "Without a place", "Pots", "Diesel")
    places = [words.index(name) for name in names]
    assert places == sorted(places)
    assert "Seven needs, in the order of Sidra Lanes Kitchen. One is stale" in words


def test_a_need_is_told_beside_its_bar(sidra: House) -> None:
    page = sidra.page("Amna", "needs")
    assert "38 of 40 sacks of 50 kg came. 4 went into use." in page.words
    assert "Missing: 2 sacks of 50 kg, and no blame." in page.words
    assert "110 of 300 packets came. On the way: 90 packets." in page.words
    assert "Promised: 2 pieces." in page.words
    assert "stale since 28 April" in page.words
    assert '<rect class="here" x="0%" width="95%"' in page.html


def test_what_is_not_needed_stands_below_with_its_reason(sidra: House) -> None:
    words = sidra.page("Lucía", "needs").words
    assert "clothes" in words.partition("What is not needed")[2]
    assert "Sorting them would take the room the grain needs." in words


def test_the_host_keeps_its_list(sidra: House) -> None:
    page, n = sidra.page("Idris", "needs"), sidra.kitchen.numbers
    assert page.leads_to("needs.name")
    assert page.leads_to("needs.not_needed")
    assert page.leads_to("needs.rank", need=n["Diesel"])
    assert page.leads_to("needs.confirm", need=n["Pots"])
    assert not page.leads_to("needs.open", need=n["Pots"])      # it is stale: confirm it first
    assert not page.leads_to("needs.open", need=n["Sorghum"])   # it is open


def test_an_ally_may_offer_only_what_has_a_yes(sidra: House) -> None:
    page, n = sidra.page("Maren", "needs"), sidra.kitchen.numbers
    assert page.leads_to("exchange.offer", need=n["Sorghum"], kind="goods.food")
    assert page.leads_to("exchange.offer", need=n["Diesel"], kind="goods.energy")
    assert not page.leads_to("exchange.offer", need=n["Pots"])
    assert any(link.endswith(f"/may?kind=goods.cooking&need={n['Pots']}") for link in page.links)
    assert not any("/do/needs/" in link for link in page.links)


def test_an_ally_is_not_shown_a_key_that_a_stop_would_refuse(sidra: House) -> None:
    sidra.kitchen.act("Idris", "safety.stop", kind="goods.energy")
    page = sidra.page("Maren", "needs")
    assert not page.leads_to("exchange.offer", need=sidra.kitchen.numbers["Diesel"])
    assert "stop" not in page.words.lower()


def test_a_yes_to_another_ally_opens_nothing(sidra: House) -> None:
    k = sidra.kitchen
    k.act("Amna", "needs.confirm", need=k.numbers["Pots"])
    k.act("Amna", "needs.open", need=k.numbers["Pots"], ally=k.numbers["Río Claro"])
    pots = {"need": k.numbers["Pots"]}
    assert sidra.page("Lucía", "needs").leads_to("exchange.offer", **pots, kind="goods.cooking")
    maren = sidra.page("Maren", "needs")
    assert not maren.leads_to("exchange.offer", **pots, kind="goods.cooking")
    assert maren.leads_to("exchange.offer", **pots, kind="money")      # her first yes carries that


def test_fifty_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    k.numbers["sacks"] = k.act("Amna", "needs.list_unit", label="sacks")
    for n in range(1, 121):
        k.need(f"Thing {n:03}", "goods.food", n, "sacks", rank=n if n <= 70 else 0)
    k.day, sidra = k.today, House(k, monkeypatch)
    seen: list[str] = []
    path = "needs"
    for _ in range(4):
        page = sidra.page("Amna", path)
        seen += [f"Thing {n:03}" for n in range(1, 121) if f">Thing {n:03}<" in page.html]
        onward = [link for link in page.links if "/needs?" in link]
        if not onward:
            break
        path = "needs" + onward[0].partition("/needs")[2]
    assert seen == [f"Thing {n:03}" for n in range(1, 121)]


def test_an_empty_list_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    k.day = k.today
    assert "Nothing is on your list yet." in House(k, monkeypatch).page("Amna", "needs").words


# One need

def test_a_use_leads_back_to_those_who_gave(sidra: House) -> None:
    words = sidra.page("Lucía", f"needs/{sidra.kitchen.numbers['Sorghum']}").words
    assert "4 sacks of 50 kg used, for 180 people." in words
    assert "It came from: 4 sacks of 50 kg, bought near home with money from Lantern Street." in words


def test_money_that_was_used_leads_back_to_its_giver(sidra: House) -> None:
    words = sidra.page("Amna", f"needs/{sidra.kitchen.numbers['Bookkeeping']}").words
    assert "It came from: 100 crowns from Lantern Street." in words


def test_an_offer_is_seen_by_the_host_and_by_whoever_made_it(sidra: House) -> None:
    path, offer = f"needs/{sidra.kitchen.numbers['Bookkeeping']}", sidra.kitchen.numbers["offer"]
    host, own, other = sidra.page("Amna", path), sidra.page("Maren", path), sidra.page("Lucía", path)
    assert host.leads_to("exchange.accept", offer=offer)
    assert host.leads_to("exchange.decline", offer=offer)
    assert own.leads_to("exchange.withdraw_offer", offer=offer)
    for page in (host, own):
        assert "In the evenings, by voice." in page.words
    assert "In the evenings" not in other.html
    assert "5 hours" not in other.words


def test_what_is_on_the_road_is_counted_or_chosen_here(sidra: House) -> None:
    n = sidra.kitchen.numbers
    assert sidra.page("Idris", f"needs/{n['Water salts']}").leads_to("exchange.count")
    page = sidra.page("Idris", f"needs/{n['Diesel']}")
    assert page.leads_to("exchange.let_come", delivery=n["to choose"])
    assert not sidra.page("Lucía", f"needs/{n['Diesel']}").leads_to("exchange.let_come")
    page = sidra.page("Maren", f"needs/{n['Belts for the pump']}")
    assert page.leads_to("exchange.send", delivery=n["to send"])


def test_a_need_that_is_not_there_is_not_there(sidra: House) -> None:
    assert sidra.page("Amna", "needs/99999").status == HTTPStatus.NOT_FOUND
    assert sidra.page("Amna", f"needs/{sidra.kitchen.numbers['offer']}").status == HTTPStatus.NOT_FOUND
    assert sidra.page("Amna", "needs", inner=True).status == HTTPStatus.NOT_FOUND


def test_the_figures_run_from_the_side_where_reading_starts(sidra: House) -> None:
    english, arabic = sidra.page("Amna", "needs").html, sidra.page("Amna", "needs", language="ar").html
    assert '<rect class="here" x="0%"' in english
    assert '<rect class="here" x="5%"' in arabic      # 95 % of the sorghum, from the right
