"""The story of the demo gone on with, as its people would do it: from a question to what was used, and to a
yes that is taken back."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.node import Node, alongside
from tests.browser.visitor import REFUSED, Sits, Visitor

pytestmark = pytest.mark.browser
CROWNS = "XTS"
PROMISED, UNSENT = (re.compile(f"shovels.*{what}", re.S | re.I) for what in ("promise", "delivery"))
ON_THE_ROAD = re.compile("belt.*delivery", re.S | re.I)


def test_from_a_question_to_what_was_used(own_demo: Node, sits: Sits) -> None:
    house = sits(own_demo)
    house.goes_in("Maren")
    ask_about_film(house)
    ask_about_money(house)
    done = [offer_money(house)]
    house.becomes("Nuha")
    done.append(accept_a_part(house))
    house.becomes("Idris")
    done.append(check_the_way(house))
    house.becomes("Maren")
    done.append(send_it(house))
    house.becomes("Idris")
    done += count_and_use(house)
    read_the_record(house, done)
    verified(own_demo)


def test_a_yes_is_taken_back(own_demo: Node, sits: Sits) -> None:
    maren, amna = sits(own_demo), sits(own_demo)
    maren.goes_in("Maren")
    amna.goes_in("Amna")
    words = open_an_offer(maren)
    take_back_the_first_yes(amna)
    nothing_more_is_kept_of(maren, words)
    what_stopped(amna)
    let_it_come(amna)
    amna.becomes("Idris")
    amna.turns_to("exchange")
    amna.follows("do/exchange/count", near="belt")
    amna.does(quantity="2", final="yes")
    amna.turns_to("exchange")
    expect(amna.main.locator("li").filter(has_text=ON_THE_ROAD)).to_have_count(0)
    verified(own_demo)


def ask_about_film(maren: Visitor) -> None:
    """The host has said “not now” to it already: she reads why, and what is wanted instead."""
    maren.turns_to("may")
    maren.writes(kind="media")
    maren.sends()
    answer = maren.page.locator("#answer")
    expect(answer).to_be_visible()
    expect(maren.page.locator(".ask")).not_to_have_class(re.compile("yes"))
    reasons = maren.page.locator(".ask dd").all_inner_texts()
    assert len(reasons) >= 2, reasons
    assert all(reasons), "a reason without words"
    expect(maren.link("do/exchange/offer", "kind=money").first).to_be_visible()


def ask_about_money(maren: Visitor) -> None:
    """Under the first yes, until a day, and only so much of it."""
    maren.turns_to("may")
    maren.writes(kind="money")
    maren.picks("need", "Sorghum")
    maren.sends()
    expect(maren.page.locator(".ask.yes #answer")).to_contain_text(
        re.compile(r"consent \d+, until \w+ \d+ \w+")
    )
    expect(maren.page.locator(".ask.yes")).to_contain_text("2,000 crowns")


def offer_money(maren: Visitor) -> int:
    """From the answer to the form, which knows already what was asked."""
    maren.turns_to("may")
    maren.writes(kind="money")
    maren.picks("need", "Water salts")
    maren.sends()
    maren.follows("do/exchange/offer")
    expect(maren.heading).to_contain_text("Water salts")
    number = maren.does(quantity="90", quantity__unit=CROWNS, words="From the bake sale, once more.")
    expect(maren.kept).to_contain_text("90 crowns")
    return number


def accept_a_part(nuha: Visitor) -> int:
    """It waits on her Today, and she takes two thirds of it."""
    nuha.follows("do/exchange/accept", near="90 crowns")
    expect(nuha.main.locator("blockquote")).to_contain_text("once more")
    return nuha.does(quantity="60")


def check_the_way(idris: Visitor) -> int:
    """Nothing leaves before the host has looked."""
    idris.follows("do/exchange/check", near="60 crowns")
    return idris.does(supply="yes", way_safe="yes", backup="It waits in the next town.")


def send_it(maren: Visitor) -> int:
    maren.follows("do/exchange/send", near="60 crowns")
    number = maren.sends()
    assert number
    return number


def count_and_use(idris: Visitor) -> list[int]:
    """Less came than was sent. Nobody is blamed, and what came is used."""
    idris.follows("do/exchange/count", near="60 crowns")
    counted = idris.does(quantity="54", final="no")
    idris.turns_to("exchange")
    idris.follows("do/exchange/report_missing", near="Water salts")
    missing = idris.does(quantity="6", words="It was short when it came. No blame.")
    idris.turns_to("exchange")
    idris.follows("do/exchange/use")
    idris.picks("need", "Water salts")
    return [counted, missing, idris.does(quantity="30", quantity__unit=CROWNS, people="40")]


def read_the_record(reader: Visitor, done: list[int]) -> None:
    """Every step is a sentence: who, and how much."""
    reader.turns_to("record")
    told = [("Lantern Street", "90"), ("Nuha", "60"), ("Idris", "60"), ("Lantern Street", "60"),
            ("Idris", "54"), ("Idris", "6"), ("Idris", "30")]
    assert done == sorted(done)
    for number, (who, amount) in zip(done, told, strict=True):
        line = reader.item(number)
        expect(line).to_contain_text(who)
        expect(line).to_contain_text(f"{amount} crowns")
    reader.item(done[0]).locator("a").last.click()
    expect(reader.heading).to_be_visible()
    expect(reader.main).to_contain_text("From the bake sale, once more.")


def open_an_offer(maren: Visitor) -> str:
    """She writes while the yes still stands, and does not send yet."""
    words = "Six more hands in our street, and what they earned on Sunday."
    maren.turns_to("needs")
    maren.link("needs/").filter(has_text="Water salts").click()
    maren.follows("do/exchange/offer")
    maren.writes(kind="money", quantity="120", quantity__unit=CROWNS, conditions="None at all.", words=words)
    return words


def take_back_the_first_yes(amna: Visitor) -> None:
    """Two taps: one that shows what it stops, one that does it."""
    amna.turns_to("consents")
    amna.follows("do/consent/withdraw")
    stops = amna.main.locator("ul.plain").first
    for thing in ("shovels", "belt", "500 crowns"):
        expect(stops).to_contain_text(thing, ignore_case=True)
    assert amna.sends()
    expect(amna.kept).to_be_visible()
    expect(amna.link("do/consent/withdraw")).to_have_count(0)


def nothing_more_is_kept_of(maren: Visitor, words: str) -> None:
    """Her offer comes back with the reason, what happened meanwhile, and every word of hers."""
    assert maren.sends() == 0
    assert maren.answer and maren.answer.status == REFUSED
    expect(maren.refused).to_be_visible()
    expect(maren.refused).to_contain_text("Amna")
    assert maren.field("quantity").input_value() == "120"
    assert maren.field("quantity.unit").input_value() == CROWNS
    assert maren.field("conditions").input_value() == "None at all."
    assert maren.field("words").input_value() == words
    maren.turns_to("")
    expect(maren.link("do/exchange/send")).to_have_count(0)


def what_stopped(amna: Visitor) -> None:
    """What has not left does not leave; what is on the road waits for her."""
    amna.turns_to("exchange")
    for row, said in ((PROMISED, "stopped"), (UNSENT, "does not leave"), (ON_THE_ROAD, "its yes has ended")):
        expect(amna.main.locator("li").filter(has_text=row)).to_contain_text(said)
    for choice in ("let_come", "divert", "send_back"):
        expect(amna.link(f"do/exchange/{choice}", near="belt")).to_have_count(1)


def let_it_come(amna: Visitor) -> None:
    """It is the first thing on her Today."""
    amna.turns_to("")
    amna.follows("do/exchange/let_come", near="belt")
    assert amna.sends()
    amna.turns_to("exchange")
    expect(amna.main.locator("li").filter(has_text=ON_THE_ROAD)).to_contain_text("may come")


def verified(node: Node) -> None:
    """By another process: nothing was altered, and every entry was permitted."""
    answer = alongside("verify", "--data", node.data, "--depth", "rules", "--json")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert json.loads(answer.stdout)
