"""A real list comes in: the public catalogue of Distribute Aid, a thousand lines that nobody made for us."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.node import Node
from tests.browser.visitor import Sits, Visitor

pytestmark = pytest.mark.browser


def test_a_public_catalogue_becomes_needs(own_demo: Node, sits: Sits, shared: Path) -> None:
    sheet = shared / "data" / "distributeaid_products.csv"
    idris = sits(own_demo)
    idris.goes_in("Idris")
    before = entries(idris)
    offer_sheet(idris, sheet)
    wanted = look_first(idris)
    assert entries(idris) == before, "looking has changed something"
    offer_sheet(idris, sheet)
    look_first(idris)
    bring_them_in(idris, wanted)
    after = entries(idris)
    assert after >= before + wanted
    offer_sheet(idris, sheet)
    nothing_would_change(idris)
    assert entries(idris) == after


def offer_sheet(idris: Visitor, sheet: Path) -> None:
    """Its headings are not ours: she says which column says how much."""
    idris.turns_to("needs")
    idris.follows("needs/import")
    idris.field("file").set_input_files(sheet)
    idris.sends()
    expect(idris.refused).to_contain_text("needs_items")
    idris.writes(column__quantity="needs_items")
    idris.sends()


def look_first(idris: Visitor) -> int:
    """What would come in, and each line that would not: its number, and why. Nothing is kept so far."""
    told = idris.main.locator("ol.entries > li")
    expect(told.first).to_be_visible()
    for line in told.all()[:10]:
        assert int(line.locator(".num").inner_text()) > 1
        assert len(line.locator("p").inner_text()) > 20
    numbers = idris.main.locator(".numbers dd").all_inner_texts()
    would, same, refused = (int(number.replace(",", "")) for number in numbers)
    assert would > 50
    assert same == 0
    assert would + refused == 1056
    return would


def bring_them_in(idris: Visitor, wanted: int) -> None:
    idris.writes(refused="leave")
    idris.sends()
    expect(idris.refused).to_contain_text(str(wanted))
    idris.turns_to("needs")
    expect(idris.main).to_contain_text("Diaper")


def nothing_would_change(idris: Visitor) -> None:
    """The same list, brought again."""
    numbers = idris.main.locator(".numbers dd").all_inner_texts()
    assert numbers[0] == "0", numbers
    assert int(numbers[1]) > 50, numbers
    expect(idris.main.locator("input[name='step'][value='bring']")).to_have_count(0)


def entries(reader: Visitor) -> int:
    """How many entries the record has."""
    reader.turns_to("record")
    return int(reader.main.locator("ol.entries .num").first.inner_text())
