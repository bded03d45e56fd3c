"""How the partnership stands, in one sentence, and where the money came from and went."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from alongside.areas.exchange.ledger import Movement
from alongside.pages import flows
from alongside.pages.figures import Flow
from tests.pages.kitchen import House, Kitchen, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def flowing(kitchen: Kitchen, *, whole: bool = True) -> flows.Currency:
    lines = [line for line in kitchen.shared.tables.all(Movement) if line.thing == flows.MONEY]
    return flows.currencies(kitchen.shared.tables, lines, whole)[0]


def test_one_sentence(sidra: House) -> None:
    assert ("Ten weeks alongside. One of seven needs is covered. A stop is being looked after."
            in sidra.page("Amna", "partnership").words)
    assert "Something has to wait for now." in sidra.page("Maren", "partnership").words


def test_numbers_and_their_words(sidra: House) -> None:
    words = sidra.page("Lucía", "partnership").words
    assert "needs covered 1 of 7" in words
    assert "of the money spent was spent near home 93%" in words
    assert "days until the next yes ends 10" in words


def test_an_ally_reads_nothing_of_a_stop(sidra: House) -> None:
    for told in ("medicine", "Held since", "said stop"):
        assert told not in sidra.page("Maren", "partnership").words


def test_who_is_here_and_who_looks_after_what(sidra: House) -> None:
    words = sidra.page("Maren", "partnership").words
    assert "Amna, Nuha and Idris steward: Amna" in words
    assert "Maren and Tariq" in words


def test_only_a_steward_invites_and_admits(sidra: House) -> None:
    amna, nuha, maren = (sidra.page(who, "partnership") for who in ("Amna", "Nuha", "Maren"))
    assert amna.leads_to("partnership.invite")
    assert amna.leads_to("partnership.admit", group=sidra.kitchen.numbers["Río Claro"])
    for page in (nuha, maren):
        assert not any("/do/partnership/" in link for link in page.links)


def test_a_place_that_is_kept_is_the_hosts_to_see(sidra: House) -> None:
    sidra.kitchen.act("Amna", "partnership.invite", name_of_group="Mwangaza")
    assert "Mwangaza a place is kept until Tuesday 26 May" in sidra.page("Nuha", "partnership").words
    assert "Mwangaza" not in sidra.page("Maren", "partnership").html


# The river

def test_the_river_is_told_as_a_table_too(sidra: House) -> None:
    words = sidra.page("Lucía", "partnership").words
    assert "In all: 1,700 crowns." in words
    assert "Lantern Street Sorghum 1,400" in words
    assert "Lantern Street Still in the box 200" in words
    assert "All 1,700" in words


def test_everything_that_was_given_is_somewhere(sidra: House) -> None:
    k = sidra.kitchen
    ally = ("ally", k.numbers["Lantern Street"])
    assert set(flowing(k).flows) == {
        Flow(ally, ("need", k.numbers["Sorghum"]), 140_000),
        Flow(ally, ("need", k.numbers["Bookkeeping"]), 10_000), Flow(ally, flows.BOX, 20_000)}


def test_what_is_on_the_way_and_what_is_missing_are_shown(sidra: House) -> None:
    k = sidra.kitchen
    sent = k.sent("Maren", k.numbers["to check"])
    assert Flow(("ally", k.numbers["Lantern Street"]), flows.WAY, 40_000) in flowing(k).flows
    k.act("Idris", "exchange.report_missing", delivery=sent, quantity=[15_000, "XTS"])
    k.act("Idris", "exchange.count", delivery=sent, quantity=[25_000, "XTS"])
    found = {flow.use: flow.amount for flow in flowing(k).flows}
    assert (found[flows.MISSING], found[flows.BOX], flows.WAY in found) == (15_000, 45_000, False)


def test_what_was_bought_on_credit_is_the_hosts_own_strand(sidra: House) -> None:
    k = sidra.kitchen
    bought = k.act("Idris", "exchange.buy", need=k.numbers["Sorghum"], kind="goods.food",
                   price=[50_000, "XTS"], quantity=[10, f"u{k.numbers['sacks of 50 kg']}"], payment="owed",
                   related=False,
                   receipt="In the blue tin")
    owed = Flow(flows.CREDIT, ("need", k.numbers["Sorghum"]), 50_000, own=True)
    assert owed in flowing(k).flows
    k.act("Idris", "exchange.settle", purchase=bought, quantity=[20_000, "XTS"])
    found = flowing(k)
    amounts = {(flow.source, flow.use): flow.amount for flow in found.flows}
    assert amounts[flows.CREDIT, ("need", k.numbers["Sorghum"])] == 30_000
    assert amounts[("ally", k.numbers["Lantern Street"]), ("need", k.numbers["Sorghum"])] == 160_000
    assert found.near == 190_000


def test_of_a_long_book_only_what_began_in_sight_flows(sidra: House) -> None:
    k = sidra.kitchen
    lines = [line for line in k.shared.tables.all(Movement) if line.thing == flows.MONEY]
    later = [line for line in lines if line.day.isoformat() > "2026-04-01"]
    [found] = flows.currencies(k.shared.tables, later, whole=False)
    assert all(flow.amount > 0 for flow in found.flows)
    assert found.total <= 120_000


# Books that are new

def test_before_there_is_an_ally(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    k.day = k.today
    words = House(k, monkeypatch).page("Amna", "partnership").words
    assert "Sidra Lanes Kitchen, and no ally yet." in words
    assert "Nobody has said a yes yet. Nothing moves before that." in words
    assert "Where it came from" not in words


def test_there_is_no_such_page_in_the_inner_book(sidra: House) -> None:
    assert sidra.page("Amna", "partnership", inner=True).status == HTTPStatus.NOT_FOUND
