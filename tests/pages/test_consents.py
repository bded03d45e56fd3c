"""Every yes through time, who asks, and what would stop if one yes were taken back."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from alongside.areas.consent.tables import Consent, How
from tests.pages.kitchen import House, Kitchen, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def test_live_waiting_and_over(sidra: House) -> None:
    words = sidra.page("Nuha", "consents").words
    assert words.index("Waiting for a second person") < words.index("Live") < words.index("Over")
    assert "First yes to transport and storage space" in words.partition(" Live ")[0]
    assert "First yes to money, food and tools and parts" in words
    assert "Up to 2,000 crowns: 1,600 crowns accepted, room for 400 crowns." in words
    assert "9 days left" in words
    assert "taken back on Thursday 7 May" in words


def test_the_host_takes_back_and_says_it_too(sidra: House) -> None:
    waiting = sidra.kitchen.numbers["waiting yes"]
    page = sidra.page("Nuha", "consents")
    assert page.leads_to("consent.second", consent=waiting)
    assert page.leads_to("consent.withdraw", consent=waiting)
    assert page.leads_to("consent.first_yes")
    assert not sidra.page("Amna", "consents").leads_to("consent.second", consent=waiting)


def test_an_ally_sees_its_own_yeses_and_has_no_keys_of_the_host(sidra: House) -> None:
    page = sidra.page("Maren", "consents")
    assert "First yes to money, food and tools and parts" in page.words
    assert "First yes to water and salts" not in page.words
    assert "transport" not in page.words
    assert not any("/do/consent/" in link for link in page.links)


def test_an_asking_comes_with_its_words_and_three_good_answers(sidra: House) -> None:
    asking, page = sidra.kitchen.numbers["asking"], sidra.page("Amna", "consents")
    assert "Podemos enseñar la reparación por voz, dos tardes." in page.words
    assert '<bdi lang="es">Podemos' in page.html
    assert page.leads_to("consent.not_now", asking=asking)
    assert page.leads_to("consent.refuse", asking=asking)
    assert page.leads_to("consent.first_yes", ally=sidra.kitchen.numbers["Río Claro"], kinds="skills.repair")


def test_within_the_terms_the_yes_is_a_plain_one(sidra: House) -> None:
    k = sidra.kitchen
    asking = k.act("Maren", "consent.ask", kind="money")
    assert sidra.page("Amna", "consents").leads_to("consent.give", asking=asking, kind="money")


def test_what_waits_for_a_memorandum_has_no_yes_yet(sidra: House) -> None:
    k = sidra.kitchen
    k.act("Lucía", "consent.ask", kind="visit")
    page = sidra.page("Amna", "consents")
    assert "A yes to this waits for a memorandum." in page.words
    assert not page.leads_to("consent.first_yes", kinds="visit")


def test_an_asking_is_between_the_host_and_who_asks(sidra: House) -> None:
    assert "Podemos" in sidra.page("Lucía", "consents").words
    maren = sidra.page("Maren", "consents")
    assert "Podemos" not in maren.html
    assert "You ask about" not in maren.words
    assert "You ask about repair." in sidra.page("Lucía", "consents").words
    assert "A crew of three" in sidra.page("Tariq", "consents").words


def test_after_a_no_it_says_until_when_it_rests(sidra: House) -> None:
    k = sidra.kitchen
    k.act("Nuha", "consent.refuse", asking=k.numbers["asking"])
    words = sidra.page("Lucía", "consents").words
    assert "No to Río Claro: repair." in words
    assert "The same asking rests until Thursday 11 June." in words


def test_older_ones_are_a_page_further(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    k.join("Maren", "Lantern Street")
    for _ in range(30):
        yes = k.first_yes("Lantern Street", ["money"], 1, k.day, second=False)
        k.act("Amna", "consent.withdraw", consent=yes)
    k.day, sidra = k.today, House(k, monkeypatch)
    page, seen = sidra.page("Amna", "consents"), 0
    seen += page.words.count("First yes to money")
    onward = [link for link in page.links if "before=" in link]
    page = sidra.page("Amna", "consents?" + onward[0].partition("?")[2])
    assert seen + page.words.count("First yes to money") == 30
    assert not any("before=" in link for link in page.links)


def test_those_that_last_longest_are_a_page_further(monkeypatch: pytest.MonkeyPatch) -> None:
    k = Kitchen()
    k.accounts()
    k.numbers["sacks"] = k.act("Amna", "needs.list_unit", label="sacks")
    k.day = k.today
    for n in range(45):
        k.act("Amna", "needs.open", need=k.need(f"Thing {n:02}", "goods.food", 1, "sacks"), until=k.ahead(n))
    house = House(k, monkeypatch)
    first, second = house.page("Amna", "consents").words, house.page("Amna", "consents?from=40").words
    assert "45 yeses are live." in first
    assert ("Thing 39" in first, "Thing 40" in first) == (True, False)
    assert ("Thing 39" in second, "Thing 40" in second) == (False, True)
    assert "Nothing can be offered" not in house.page("Amna", "consents?from=999").words


# One yes

def test_it_tells_what_taking_it_back_would_stop(sidra: House) -> None:
    k = sidra.kitchen
    yes = k.first_yes("Río Claro", ["goods.cooking"], 0, k.ahead(5), second=False)
    assert "Nothing leans on it now." in sidra.page("Nuha", f"consents/{yes}").words
    live = _first_yes_to_lantern_street(sidra)
    page = sidra.page("Nuha", f"consents/{live}")
    assert "What taking it back would stop" in page.words
    assert "2 pieces of Belts for the pump, promised by Lantern Street and not sent" in page.words
    assert "400 crowns for Sorghum, promised by Lantern Street and not sent" in page.words
    assert page.leads_to("consent.withdraw", consent=live)


def test_what_is_on_the_road_would_be_the_hosts_choice(sidra: House) -> None:
    opened = next(n for n in _open_yeses(sidra) if "Water salts" in sidra.page("Amna", f"consents/{n}").words)
    words = sidra.page("Amna", f"consents/{opened}").words
    assert "90 packets of Water salts, on the road you would choose what becomes of it" in words


def test_what_it_would_stop_is_what_it_stops(sidra: House) -> None:
    k, yes = sidra.kitchen, _first_yes_to_lantern_street(sidra)
    k.act("Nuha", "consent.withdraw", consent=yes)
    words = sidra.page("Amna", f"needs/{k.numbers['Belts for the pump']}").words
    assert "stopped: its yes was taken back" in words
    assert "What taking it back would stop" not in sidra.page("Amna", f"consents/{yes}").words


def test_nobody_elses_yes_is_there(sidra: House) -> None:
    yes = _first_yes_to_lantern_street(sidra)
    assert sidra.page("Tariq", f"consents/{yes}").status == HTTPStatus.OK
    assert not sidra.page("Tariq", f"consents/{yes}").leads_to("consent.withdraw")
    assert sidra.page("Lucía", f"consents/{yes}").status == HTTPStatus.NOT_FOUND
    assert sidra.page("Amna", "consents/99999").status == HTTPStatus.NOT_FOUND


def _first_yes_to_lantern_street(sidra: House) -> int:
    rows = sidra.kitchen.shared.tables.find(Consent, how=How.FIRST_YES)
    return next(row.number for row in rows if row.stands(sidra.kitchen.day) and "goods.tools" in row.kinds)


def _open_yeses(sidra: House) -> list[int]:
    return [row.number for row in sidra.kitchen.shared.tables.find(Consent, how=How.OPENED) if row.need]
