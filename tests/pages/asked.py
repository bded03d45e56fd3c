"""A form as somebody fills it in: opened, answered and sent, with everything that it carried."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from tests.pages.kitchen import House, Page, browser_of

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def carried(page: Page) -> dict[str, str]:
    """What a form sends back unchanged."""
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page.html)}


def address(house: House, path: str, *, inner: bool = False) -> str:
    """The whole address of a page of a book."""
    return f"/b/{(house.kitchen.inner if inner else house.kitchen.shared).id}/{path}"


def form(house: House, who: str, action: str, query: str = "", *, inner: bool = False) -> Page:
    """A form as it opens."""
    return house.page(who, f"do/{action.replace('.', '/')}{query}", inner=inner)


def send(house: House, who: str, action: str, query: str = "", *, inner: bool = False, **typed: Any) -> Any:
    """Open a form, answer it and send it. `unit` in a name stands for its point: `quantity__unit`."""
    return post(
        house, who, action, {**carried(form(house, who, action, query, inner=inner)), **typed}, inner=inner
    )


def post(
    house: House,
    who: str,
    action: str,
    typed: dict[str, Any],
    *,
    inner: bool = False,
    client: Client | None = None,
) -> Any:
    """Send a form."""
    data = {name.replace("__", "."): value for name, value in typed.items()}
    return (client or browser_of(who)).post(
        address(house, f"do/{action.replace('.', '/')}", inner=inner), data
    )


def words(response: Any) -> str:
    """What an answer says, without its marks."""
    return Page(response.status_code, response.content.decode(), [], 0).words
