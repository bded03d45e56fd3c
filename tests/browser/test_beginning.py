"""A group that nobody has heard of begins: from the link that an empty house prints to its first yes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.node import serving
from tests.browser.visitor import REFUSED, UNCLEAR, Sits, Visitor

pytestmark = pytest.mark.browser
WORDS = "river lamp seven almonds"
ROPE = "A rope for the well"


def test_from_an_empty_house_to_a_first_yes(tmp_path: Path, sits: Sits) -> None:
    with serving("serve", tmp_path / "data") as node:
        printed = re.search(r"http://\S+/(join/\S+)", node.said)
        assert printed, node.said
        safiya = sits(node)
        move_in(safiya, printed[1])
        name_a_need(safiya)
        hers = admit_a_second(safiya)
        badr = sits(node, width=360)
        take_a_place(badr, hers)
        theirs = invite_an_ally(safiya)
        ola = sits(node)
        come_alongside(ola, theirs)
        ola_may_not_yet(ola)
        say_the_first_yes(safiya)
        second_it(badr)
        ola_may_now(ola)
        the_links_open_nothing_more(sits(node), printed[1], hers, theirs)


def joins(visitor: Visitor, link: str, name: str, **more: str) -> None:
    """Open a link, look at it twice as messengers do, and choose a name and a passphrase."""
    visitor.comes(link)
    visitor.comes(link)
    for field, answer in {"name": name, "passphrase": WORDS, "again": WORDS, **more}.items():
        visitor.main.locator(f"form [name='{field}']").first.fill(answer)
    visitor.presses(visitor.main.locator("form[action='/join'] button").first)


def move_in(safiya: Visitor, link: str) -> None:
    """The first one here founds a group, and both of its books are there. A slip loses nothing."""
    names = {"name_of_group": "The well keepers", "your_name": "Safiya"}
    joins(safiya, link, "Safiya", **{**names, "again": "river lamp seven"})
    expect(safiya.refused).to_be_visible()
    assert safiya.answer and safiya.answer.status == UNCLEAR
    expect(safiya.main.locator("[name='name_of_group']")).to_have_value("The well keepers")
    joins(safiya, link, "Safiya", **names)
    expect(safiya.heading).to_contain_text("Safiya")
    safiya.comes()
    expect(safiya.link("/b/")).to_have_count(2)
    expect(safiya.main).to_contain_text("The well keepers")
    safiya.presses(safiya.link("/b/").first)


def name_a_need(safiya: Visitor) -> None:
    """Today says what to begin with. A new book counts nothing yet: first she says how she counts."""
    safiya.follows("do/needs/name")
    safiya.follows("do/needs/list_unit")
    safiya.writes(label="pieces")
    assert safiya.sends()
    pieces = safiya.picks("quantity.unit", "pieces")
    safiya.does(kind="goods.tools", label=ROPE, rank="1", quantity="2", quantity__unit=pieces)
    safiya.turns_to("needs")
    expect(safiya.main).to_contain_text(ROPE)


def admit_a_second(safiya: Visitor) -> str:
    """Nobody should carry this alone."""
    safiya.turns_to("")
    safiya.follows("do/partnership/admit")
    safiya.writes(name="Badr")
    return link_given(safiya)


def invite_an_ally(safiya: Visitor) -> str:
    safiya.turns_to("")
    safiya.follows("do/partnership/invite")
    safiya.writes(name_of_group="Harbour Street")
    return link_given(safiya)


def link_given(safiya: Visitor) -> str:
    """It is shown this once, and stands in no address."""
    safiya.presses(safiya.main.locator("form.asks button").first)
    link = safiya.main.locator("code").inner_text().removeprefix(safiya.node.address)
    assert link.startswith("join/")
    assert link not in safiya.page.url
    return link


def take_a_place(badr: Visitor, link: str) -> None:
    joins(badr, link, "Badr")
    expect(badr.heading).to_contain_text("Badr")
    badr.turns_to("needs")
    expect(badr.main).to_contain_text(ROPE)


def come_alongside(ola: Visitor, link: str) -> None:
    joins(ola, link, "Ola", name_of_group="Harbour Street", your_name="Ola")
    expect(ola.heading).to_contain_text("Ola")


def ola_may_not_yet(ola: Visitor) -> None:
    """Before the first yes the answer is no, and an offer is refused; both say why."""
    ola.turns_to("may")
    ola.writes(kind="goods.tools")
    ola.picks("need", ROPE)
    ola.sends()
    expect(ola.page.locator("#answer")).to_be_visible()
    expect(ola.page.locator(".ask.yes")).to_have_count(0)
    asked = ola.page.url.partition("?")[2]
    ola.comes(f"{ola.book}do/exchange/offer?{asked}")
    ola.writes(quantity="2")
    ola.picks("quantity.unit", "pieces")
    assert ola.sends() == 0
    assert ola.answer and ola.answer.status == REFUSED
    expect(ola.refused).to_be_visible()


def say_the_first_yes(safiya: Visitor) -> None:
    """Safiya alone is not enough: it waits for a second person."""
    safiya.turns_to("consents")
    safiya.follows("do/consent/first_yes")
    safiya.picks("ally", "Harbour Street")
    safiya.does(kinds="goods.tools", cap="500", cap__unit="EUR", until=str(date.today() + timedelta(days=20)))
    safiya.turns_to("consents")
    expect(safiya.link("do/consent/second")).to_have_count(0)


def second_it(badr: Visitor) -> None:
    """It waits on his Today."""
    badr.turns_to("")
    badr.follows("do/consent/second")
    assert badr.sends()
    badr.turns_to("consents")
    expect(badr.main.locator("#live")).to_be_visible()


def ola_may_now(ola: Visitor) -> None:
    """The same question has another answer, and the offer is taken."""
    ola.turns_to("may")
    ola.writes(kind="goods.tools")
    ola.picks("need", ROPE)
    ola.sends()
    expect(ola.page.locator(".ask.yes")).to_be_visible()
    ola.follows("do/exchange/offer")
    ola.picks("quantity.unit", "pieces")
    ola.does(quantity="2")


def the_links_open_nothing_more(stranger: Visitor, *links: str) -> None:
    """Each of them has opened once."""
    for link in links:
        stranger.comes(link)
        assert stranger.answer and stranger.answer.status == 404
        expect(stranger.main.locator("form[action='/join']")).to_have_count(0)
    stranger.complaints.clear()
