"""Somebody at a browser: she follows links, answers questions by their names, and presses what she sees.

Whatever her browser complains about is kept; a test ends by asking that there was nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser.node import Node

REFUSED, UNCLEAR = 409, 422     # a form comes back with these; Chromium writes them into its console, too


class Visitor:
    """One person in one browser of her own."""

    def __init__(self, context: BrowserContext, node: Node) -> None:
        self.context, self.node, self.language = context, node, "en"
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.answer: Response | None = None
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    # Where she goes

    def comes(self, path: str = "") -> None:
        """By an address that she knows."""
        self.page.goto(self.node.address + path.lstrip("/"))
        self._looks()

    def goes_in(self, name: str) -> None:
        """From the front page of the demo, by one click."""
        self.comes()
        self.presses(self.page.locator(".cast li", has_text=name).get_by_role("button"))
        expect(self.heading).to_contain_text(name)

    def goes_out(self) -> None:
        """Sign out, from whichever page it is."""
        self.presses(self.page.locator("form[action='/sign-out'] button"))
        expect(self.page.locator("form[action='/sign-in']").first).to_be_attached()

    def becomes(self, name: str) -> None:
        """The telephone is handed on."""
        self.goes_out()
        self.goes_in(name)

    def turns_to(self, name: str) -> None:
        """One of the pages that every page lists; the address ends like this."""
        self.presses(self.page.locator(f"nav.pages a[href='{self.book}{name}']"))

    def follows(self, *parts: str, near: str = "") -> None:
        """The first link on the page whose address holds all of this; `near` is something its line says."""
        self.presses(self.link(*parts, near=near).first)

    def presses(self, key: Locator) -> None:
        """Something that leads to another page. On a small screen, the list of pages is opened first."""
        if not key.is_visible() and key.locator("xpath=ancestor::nav[@id='pages']").count():
            self.page.locator("a[href='#pages']").click()
        with self.page.expect_navigation():
            key.click()
        self._looks()

    def _looks(self) -> None:
        """Each page she lands on is in her language and fits her window."""
        language, direction, *wide = self.page.evaluate(LOOKS)
        if (language, direction) != (self.language, "rtl" if self.language == "ar" else "ltr"):
            self.complaints.append(f"in {language}, {direction}: {self.page.url}")
        self.complaints += [f"too wide, {part}: {self.page.url}" for part in wide]

    # What she sees

    @property
    def book(self) -> str:
        """Where the book begins that she is in."""
        found = re.match(r"/b/[^/]+/", urlsplit(self.page.url).path)
        assert found, f"not in a book: {self.page.url}"
        return found[0]

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.locator("main")

    @property
    def heading(self) -> Locator:
        """What the page is called."""
        return self.main.locator("h1")

    @property
    def kept(self) -> Locator:
        """What she just did, as the page says it."""
        return self.main.get_by_role("status")

    @property
    def refused(self) -> Locator:
        """Why it was not done."""
        return self.main.get_by_role("alert")

    def link(self, *parts: str, near: str = "") -> Locator:
        """Links by what their address holds."""
        whole = "".join(f"[href*='{part}']" for part in parts)
        within = self.main.locator("li", has_text=near) if near else self.main
        return within.locator(f"a{whole}")

    def item(self, number: int | str) -> Locator:
        """The line of the record, or of the ledger, that has this number."""
        return self.main.locator("ol.entries > li").filter(
            has=self.page.locator(".num").get_by_text(str(number), exact=True))

    # What she does

    def writes(self, **answers: str) -> None:
        """Answers by the names of their fields; `__` stands for the dot in a name."""
        for name, answer in answers.items():
            field = self.field(name.replace("__", "."))
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                field.and_(self.page.locator(f"[value='{answer}']")).check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(answer)
            else:
                field.fill(answer)

    def picks(self, name: str, label: str) -> str:
        """One of a list, by a word that its line holds. Returns its number."""
        option = self.field(name).locator("option", has_text=label).first
        value = option.get_attribute("value") or ""
        self.field(name).select_option(value)
        return value

    def field(self, name: str) -> Locator:
        """A field of the form, opened first where its answer was given by the link."""
        named = f"[name='{name}']:not([type='hidden'])"
        field = self.main.locator(f"form.asks {named}")
        closed = self.main.locator("details:not([open])", has=self.page.locator(named))
        if closed.count():
            closed.first.locator("summary").first.click()
        return field

    def sends(self) -> int:
        """Press the form's own button. Returns the number of the entry, or 0 if it came back."""
        self.presses(self.main.locator("form.asks button").first)
        done = parse_qs(urlsplit(self.page.url).query).get("done", ["0"])[0]
        return int(done)

    def does(self, **answers: str) -> int:
        """Answer, send, and read that it is kept."""
        self.writes(**answers)
        number = self.sends()
        assert number, f"not kept: {self.main.inner_text()[:800]}"
        expect(self.kept).to_be_visible()
        return number

    # What her browser says

    def _console(self, message: ConsoleMessage) -> None:
        came_back = any(f"status of {status} " in message.text for status in (REFUSED, UNCLEAR))
        if message.type in ("error", "warning") and not came_back:
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.node.address, "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.answer = response
        if response.status >= 400 and response.status not in (REFUSED, UNCLEAR):
            self.complaints.append(f"{response.status}: {response.url}")


def too_wide(page: Page) -> list[Any]:
    """What reaches beyond the edge of the window."""
    return list(page.evaluate(LOOKS))[2:]


Sits = Callable[..., Visitor]

# Language and direction, and whatever is too wide: not what scrolls within itself, or is hidden.
LOOKS = """() => {
    const root = document.documentElement, wide = root.clientWidth, found = [];
    if (root.scrollWidth > wide) found.push(['page', root.scrollWidth]);
    const apart = e => e.closest('.aside, .skip, .sprite, nav.pages');
    const scrolls = e => e && e !== document.body
        && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    for (const e of document.body.querySelectorAll('*')) {
        const box = e.getBoundingClientRect();
        const beyond = box.width && box.height && (box.right > wide + 1 || box.left < -1);
        if (beyond && !apart(e) && !scrolls(e.parentElement))
            found.push([e.tagName, e.getAttribute('class'), Math.round(box.left), Math.round(box.right),
                        e.textContent.trim().slice(0, 40)]);
    }
    return [root.lang, root.dir, ...found.slice(0, 5)];
}"""
