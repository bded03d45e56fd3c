"""One way to make a page: a template, the reader who asked, and what the page is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from alongside.languages.locale import LANGUAGES, Reader
from alongside.pages.jinja import reading
from alongside.people.middleware import Asking


class Reading(Asking):
    """A request that has passed `who_asks` and `reads`."""

    reader: Reader


def reader_of(request: HttpRequest) -> Reader:
    """The reader of a request; English where trouble came before anybody could ask."""
    return getattr(request, "reader", None) or Reader()


def render(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page. Every page knows its reader, who is signed in, and who keeps the machine.

    `nav` is the list of pages of a book, `quick` what stays under the thumb: (address, label, whether it is
    this page).
    """
    reader = reader_of(request)
    given = {
        "reader": reader,
        "account": getattr(request, "account", None),
        "languages": list(LANGUAGES.values()),
        "keeper": settings.ALONGSIDE_KEEPER,
        "country": settings.ALONGSIDE_COUNTRY,
        "idle_minutes": settings.ALONGSIDE_IDLE_MINUTES,
        "nav": (),
        "quick": (),
        "whose": "",
        **context,
    }
    with reading(reader):
        return HttpResponse(get_template(template).render(given, request), status=status)
