"""The core of the story on an old phone, in Arabic: a narrow screen, no script, Eastern digits.

The demo's people and things keep the names that they have in the book; what the page itself says is Arabic.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.node import Node
from tests.browser.visitor import REFUSED, Sits, Visitor

pytestmark = pytest.mark.browser
WORDS = "من بيع المخبوزات يوم السبت، كما في كل أسبوع."
CONDITIONS = "بلا شروط."
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_asked_given_and_taken_back(own_demo: Node, sits: Sits) -> None:
    maren, host = (sits(own_demo, width=360, java_script_enabled=False) for _ in range(2))
    for each, name in ((maren, "Maren"), (host, "Nuha")):
        turn_to_arabic(each)
        each.goes_in(name)
    may_we(maren)
    offer = make_an_offer(maren)
    accepted = accept_a_part(host)
    host.becomes("Idris")
    checked = check_the_way(host)
    open_the_next_offer(maren)
    host.becomes("Amna")
    taken = take_back_the_first_yes(host)
    the_next_offer_is_refused(maren)
    host.turns_to("record")
    for number in (offer, accepted, checked, taken):
        expect(host.item(in_eastern(number))).to_be_visible()


def in_eastern(number: int) -> str:
    return str(number).translate(EASTERN)


def turn_to_arabic(visitor: Visitor) -> None:
    """By the link at the foot of the page; from then on every page is Arabic, read from the right."""
    visitor.comes()
    visitor.language = "ar"
    visitor.presses(visitor.page.locator("footer a[hreflang='ar']"))


def may_we(maren: Visitor) -> None:
    maren.turns_to("may")
    maren.writes(kind="media")
    maren.sends()
    expect(maren.page.locator("#answer")).to_have_text(re.compile("[\u0600-\u06ff]"))
    maren.turns_to("may")
    maren.writes(kind="money")
    maren.picks("need", "Water salts")
    maren.sends()
    expect(maren.page.locator(".ask.yes #answer")).to_have_text(re.compile("[٠-٩]+"))


def make_an_offer(maren: Visitor) -> int:
    """Amounts can be typed in the digits of her keyboard."""
    maren.follows("do/exchange/offer")
    number = maren.does(quantity="٩٠", quantity__unit="XTS", words=WORDS)
    expect(maren.kept).to_contain_text("٩٠")
    expect(maren.kept).not_to_contain_text(re.compile("[0-9]"))
    return number


def accept_a_part(nuha: Visitor) -> int:
    nuha.turns_to("")
    nuha.follows("do/exchange/accept", near="٩٠")
    expect(nuha.main.locator("blockquote")).to_contain_text(WORDS)
    number = nuha.does(quantity="٦٠")
    expect(nuha.kept).to_contain_text("٦٠")
    return number


def check_the_way(idris: Visitor) -> int:
    idris.follows("do/exchange/check", near="٦٠")
    return idris.does(supply="yes", way_safe="yes", backup="تنتظر في البلدة المجاورة.")


def open_the_next_offer(maren: Visitor) -> None:
    """She writes while the yes still stands, and does not send yet."""
    maren.turns_to("may")
    maren.writes(kind="money")
    maren.picks("need", "Water salts")
    maren.sends()
    maren.follows("do/exchange/offer")
    maren.writes(quantity="٧٠", quantity__unit="XTS", conditions=CONDITIONS, words=WORDS)


def take_back_the_first_yes(amna: Visitor) -> int:
    """Two taps. What it stops is said before, and is so afterwards."""
    amna.turns_to("consents")
    amna.follows("do/consent/withdraw")
    expect(amna.main.locator("ul.plain").first).to_contain_text("٦٠")
    taken = amna.sends()
    assert taken
    expect(amna.kept).to_be_visible()
    expect(amna.link("do/consent/withdraw")).to_have_count(0)
    amna.turns_to("exchange")
    for choice in ("let_come", "divert", "send_back"):
        expect(amna.link(f"do/exchange/{choice}")).to_have_count(1)
    expect(amna.link("do/exchange/check")).to_have_count(0)
    return taken


def the_next_offer_is_refused(maren: Visitor) -> None:
    """Every word is still there, as it was typed; the amount in whichever digits the page writes."""
    assert maren.sends() == 0
    assert maren.answer and maren.answer.status == REFUSED
    expect(maren.refused).to_be_visible()
    expect(maren.refused.locator("h2")).to_have_text(re.compile("[\u0600-\u06ff]"))
    assert maren.field("quantity").input_value() in ("٧٠", "70")
    assert maren.field("conditions").input_value() == CONDITIONS
    assert maren.field("words").input_value() == WORDS
    assert maren.field("words").get_attribute("dir") == "rtl"
