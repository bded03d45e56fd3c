"""Every page that a host and an ally can reach from where they land, in two languages and at two widths.

The pages are found by following every link, so that a new page is tested once something leads to it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.node import Node
from tests.browser.visitor import Sits, Visitor, too_wide

pytestmark = pytest.mark.browser
PAGE_BYTES, FORM_BYTES = 20_000, 14_000
OF_EACH_MOST = 2        # of needs, of consents, of things given; of each form one
EYES = Axe()
AXE = {"resultTypes": ["violations"], "preload": False,
       "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["Amna", "Maren"])
def test_every_page(demo: Node, sits: Sits, name: str, language: str) -> None:
    # One of them reads in the dark, so that both inks are looked at.
    visitor = sits(demo, width=360, color_scheme="dark" if language == "ar" else "light")
    visitor.comes()
    visitor.language = language
    visitor.comes(f"?language={language}")
    visitor.goes_in(name)
    wrong, found = [], 0
    for found, address in enumerate(addresses(visitor), 1):
        # Looking takes time, so each page is looked at in one of the two languages.
        looks = found % 2 == (language == "ar")
        wrong += [f"{address}: {fault}" for fault in faults(visitor, address, looks=looks)]
    assert not wrong, "\n".join(wrong)
    assert found > 20, "so few pages were found that the links must be broken"


def addresses(visitor: Visitor) -> Iterator[str]:
    """What can be reached by links alone: one or two of each kind of page. Each is opened before the next."""
    waiting, seen, kinds = ["/"], set(), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in seen or kinds[kind] >= (1 if is_form(address) else OF_EACH_MOST):
            continue
        seen.add(address)
        kinds[kind] += 1
        yield address
        assert visitor.answer
        waiting += [link.partition("#")[0] for link in links(visitor.answer.text())]


def links(html: str) -> list[str]:
    found = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', html)]
    return [link for link in found if link.startswith("/") and not link.startswith("/static/")]


def kind_of(address: str) -> str:
    """The same for every need, for every entry, and for every way to open one form."""
    whole = urlsplit(address)
    asked = sorted(name for name, _ in parse_qsl(whole.query) if name != "next")
    asked = [] if is_form(address) else asked
    return re.sub(r"/\d+", "/N", whole.path) + "?" + "&".join(asked)


def is_form(address: str) -> bool:
    return "/do/" in address


def faults(visitor: Visitor, address: str, *, looks: bool = True) -> list[str]:
    """What is wrong with one page: its answer, how it fits, what axe finds, what the keyboard reaches."""
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 800})
    visitor.comes(address)
    assert visitor.answer
    headers = visitor.answer.all_headers()
    found = [] if visitor.answer.status == 200 else [f"answered {visitor.answer.status}"]
    if "default-src 'none'" not in headers.get("content-security-policy", ""):
        found.append("no content security policy")
    if "no-store" not in headers.get("cache-control", ""):
        found.append("may be kept")
    size, most = len(gzip.compress(visitor.answer.body(), 6)), FORM_BYTES if is_form(address) else PAGE_BYTES
    if size > most:
        found.append(f"{size} bytes packed, at most {most}")
    found += by_axe(visitor) if looks else []
    page.keyboard.press("Tab")
    if page.locator("a.skip:focus").count() != 1:
        found.append("the first Tab does not reach the skip link")
    page.set_viewport_size({"width": 1280, "height": 800})
    return [*found, *(f"too wide at 1280: {part}" for part in too_wide(page))]


def by_axe(visitor: Visitor) -> list[str]:
    """What somebody who cannot see, or cannot see well, would stumble over."""
    return [f"{one['impact']}: {one['id']}, {one['help']}: {one['nodes'][0]['html'][:160]}"
            for one in EYES.run(visitor.page, options=AXE).response["violations"]
            if one["impact"] in ("serious", "critical")]


def test_leaving_quickly(demo: Node, sits: Sits) -> None:
    """One tap on any page: signed out, and a page that says nothing. Going back shows nothing either."""
    amna = sits(demo, width=360)
    amna.goes_in("Amna")
    amna.turns_to("needs")
    address = amna.page.url.removeprefix(demo.address)
    amna.presses(amna.page.locator("form.leave button"))
    assert amna.page.url == f"{demo.address}quick-leave"
    body = amna.page.locator("body").inner_text()
    for word in ("Alongside", "Sidra", "Amna", "Sorghum"):
        assert word not in body + amna.page.title()
    assert not [c for c in amna.context.cookies() if "session" in c["name"]]
    amna.page.go_back()
    expect(amna.page.locator("body")).not_to_contain_text("Sorghum")
    amna.comes(address)
    expect(amna.page.locator("form[action='/sign-in']")).to_be_visible()


def test_a_stranger_finds_her_language(demo: Node, sits: Sits) -> None:
    """Chosen at the foot of the first page, and kept on the next."""
    stranger = sits(demo, width=360)
    stranger.comes()
    for language in ("ar", "es", "fr", "pt", "sw", "en"):
        stranger.language = language
        stranger.presses(stranger.page.locator(f"footer a[hreflang='{language}']"))
        wrong = faults(stranger, "") + faults(stranger, "sign-in", looks=False)
        assert not wrong, (language, wrong)
