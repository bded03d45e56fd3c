"""What is open, what is here, and the ledger; and each thing from its giver to what it became."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from alongside.areas.exchange.tables import Delivery, Offer, Promise, Purchase
from tests.pages.asked import address
from tests.pages.kitchen import House, Kitchen, browser_of, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def test_what_the_host_must_choose_is_said_first(sidra: House) -> None:
    page, n = sidra.page("Amna", "exchange"), sidra.kitchen.numbers
    assert "One thing on the road waits for the choice of Sidra Lanes Kitchen." in page.words
    assert "on the road, and its yes has ended" in page.words
    for way in ("let_come", "divert", "send_back"):
        assert page.leads_to(f"exchange.{way}", delivery=n["to choose"])


def test_an_ally_is_offered_no_choice_of_the_hosts(sidra: House) -> None:
    page, n = sidra.page("Lucía", "exchange"), sidra.kitchen.numbers
    for verb in (
        "let_come",
        "divert",
        "send_back",
        "count",
        "check",
        "accept",
        "decline",
        "buy",
        "use",
        "settle",
    ):
        assert f"/do/exchange/{verb}" not in page.html
    assert page.leads_to("exchange.report_missing", delivery=n["to choose"])


def test_a_key_that_the_gate_would_refuse_is_not_there_and_why(sidra: House) -> None:
    page, n = sidra.page("Amna", "exchange"), sidra.kitchen.numbers
    assert not page.leads_to("exchange.accept", offer=n["offer"])
    assert "It cannot be accepted yet: There are no terms yet under which bookkeeping" in page.words
    sidra.kitchen.first_yes("Lantern Street", ["skills"], 0, sidra.kitchen.ahead(5))
    assert sidra.page("Amna", "exchange").leads_to("exchange.accept", offer=n["offer"])


def test_a_checked_delivery_can_be_sent_by_its_giver_until_a_stop(sidra: House) -> None:
    n = sidra.kitchen.numbers
    assert sidra.page("Maren", "exchange").leads_to("exchange.send", delivery=n["to send"])
    assert not sidra.page("Lucía", "exchange").leads_to("exchange.send", delivery=n["to send"])
    sidra.kitchen.act("Nuha", "safety.stop")
    assert not sidra.page("Maren", "exchange").leads_to("exchange.send", delivery=n["to send"])


def test_an_offer_is_for_the_host_and_whoever_made_it(sidra: House) -> None:
    number = sidra.kitchen.numbers["offer"]
    for who, sees in (("Amna", True), ("Tariq", True), ("Maren", True), ("Lucía", False)):
        assert (f"offer {number}" in sidra.page(who, "exchange").words) == sees, who
        status = sidra.page(who, f"exchange/{number}").status
        assert status == (HTTPStatus.OK if sees else HTTPStatus.NOT_FOUND), who


def test_what_is_here_is_counted_and_has_its_age(sidra: House) -> None:
    words = sidra.page("Amna", "exchange").words
    assert "In the box: 200 crowns." in words
    assert "34 sacks of 50 kg of Sorghum the first of it counted 12 days ago" in words


def test_money_of_two_currencies_stays_two(sidra: House) -> None:
    k = sidra.kitchen
    k.first_yes("Río Claro", ["money"], 50_000, k.ahead(9))
    k.act("Amna", "needs.open", need=k.numbers["Diesel"], kinds=["money"], until=k.ahead(9))
    yes = k.act(
        "Amna",
        "consent.first_yes",
        ally=k.numbers["Río Claro"],
        kinds=["money"],
        cap=[90_000, "EUR"],
        until=k.ahead(20),
    )
    k.act("Nuha", "consent.second", consent=yes)
    promise = k.promise("Lucía", "Diesel", "money", [7_000, "EUR"])
    k.act("Idris", "exchange.count", delivery=k.sent("Lucía", promise), quantity=[7_000, "EUR"])
    assert "In the box: 70 euros and 200 crowns." in sidra.page("Maren", "exchange").words


def test_what_is_owed_is_said_and_can_be_paid(sidra: House) -> None:
    k = sidra.kitchen
    bought = k.act(
        "Idris",
        "exchange.buy",
        need=k.numbers["Diesel"],
        kind="goods.energy",
        price=[9_000, "XTS"],
        quantity=[20, f"u{k.numbers['litres']}"],
        payment="owed",
        related=True,
        receipt="blue tin",
    )
    page = sidra.page("Amna", "exchange")
    assert "One purchase is not paid yet." in page.words and "90 crowns is still owed" in page.words
    assert page.leads_to("exchange.settle", purchase=bought)
    assert "/do/exchange/settle" not in sidra.page("Maren", "exchange").html


def test_the_ledger_is_open_to_all_and_goes_back_to_its_beginning(sidra: House) -> None:
    seen: list[str] = []
    for who in ("Amna", "Lucía"):
        path, lines = "exchange", []
        while path:
            page = sidra.page(who, path)
            ledger = page.html.split('class="entries"', 1)[1]
            lines += [part.split("</span>")[0] for part in ledger.split('<span class="num">')[1:]]
            older = [link for link in page.links if "?before=" in link]
            path = (
                older[0].partition("/exchange")[2] and "exchange" + older[0].partition("/exchange")[2]
                if older
                else ""
            )
        seen.append(" ".join(lines))
    assert seen[0] == seen[1] and seen[0].count(" ") + 1 == len(
        list(
            sidra.kitchen.shared.db.rows(
                "SELECT number FROM row_exchange_movement WHERE book = ?", (sidra.kitchen.shared.id,)
            )
        )
    )


def test_money_is_followed_to_what_it_bought_and_what_that_became(sidra: House) -> None:
    at = sidra.kitchen.shared.tables
    promise = next(p for p in at.all(Promise) if p.quantity == (120_000, "XTS"))
    words = sidra.page("Maren", f"exchange/{promise.number}").words
    for said in (
        "1,200 crowns from Lantern Street",
        "Sidra Lanes Kitchen accepted 1,200 crowns.",
        "1,200 crowns counted.",
        "paid for 40 sacks of 50 kg of Sorghum.",
        "38 sacks of 50 kg came, and 4 of it went into use.",
    ):
        assert said in words
    bought = next(iter(at.all(Purchase)))
    story = sidra.page("Lucía", f"exchange/{bought.number}").words
    for said in (
        "bought near home, for 1,400 crowns.",
        "38 sacks of 50 kg of Sorghum counted.",
        "Missing: 2 sacks of 50 kg, and no blame.",
        "4 sacks of 50 kg used for Sorghum, for 180 people.",
        "In the store, not used yet: 34 sacks of 50 kg.",
    ):
        assert said in story
    assert "blue tin" not in story and "blue tin" in sidra.page("Idris", f"exchange/{bought.number}").words


def test_every_number_of_the_exchange_has_its_story(sidra: House) -> None:
    at = sidra.kitchen.shared.tables
    for row in (Offer, Promise, Delivery, Purchase):
        for one in at.all(row):
            page = sidra.page("Amna", f"exchange/{one.number}")
            assert page.status == HTTPStatus.OK and f"/record/{one.number}" in page.html, (
                row.__name__,
                one.number,
            )


@pytest.mark.parametrize("number", [0, 1, 4, 999_999])
def test_what_is_no_giving_is_nothing_here(sidra: House, number: int) -> None:
    assert sidra.page("Amna", f"exchange/{number}").status == HTTPStatus.NOT_FOUND


def test_a_new_exchange_says_that_nothing_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    kitchen.accounts()
    words = House(kitchen, monkeypatch).page("Amna", "exchange").words
    for said in (
        "Nothing is open between you now.",
        "The box is empty.",
        "Nothing is in the store.",
        "Nothing has moved yet.",
    ):
        assert said in words
    assert browser_of("Amna").get(f"/b/{kitchen.inner.id}/exchange").status_code == HTTPStatus.NOT_FOUND


def test_it_costs_the_same_when_there_is_much_more(sidra: House) -> None:
    k = sidra.kitchen
    k.first_yes("Lantern Street", ["money"], 10_000_000, k.ahead(20))
    for n in range(30):
        k.promise("Maren", "Sorghum", "money", [1_000 + n, "XTS"])
    for n in range(10):
        k.act("Maren", "exchange.offer", need=k.numbers["Sorghum"], kind="money", quantity=[500 + n, "XTS"])
    page = sidra.page("Amna", "exchange")  # held to its queries and bytes by `House`
    assert page.words.count("waits for a check") >= 30
    assert browser_of("Maren").get(address(sidra, "exchange")).status_code == HTTPStatus.OK
