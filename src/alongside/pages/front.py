"""The first page: what this is, for whoever knocks; and the way in, for whoever lives here."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from alongside.pages.books import shelf
from alongside.pages.render import Reading, render
from alongside.people import cast as demo
from alongside.people.cookies import private_enough


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Her only book's Today, her shelf of books, or the front page for a stranger."""
    asked = cast(Reading, request)
    if asked.account is None:
        return stranger(request)
    books = shelf(asked.account, asked.reader)
    if len(books) == 1:
        return HttpResponseRedirect(f"/b/{books[0].book}/")
    return render(request, "books.html", books=books)


def stranger(request: HttpRequest, *, status: int = 200, name: str = "", problem: str = "") -> HttpResponse:
    """The front page, with the demo's cast where there is one, and the form to sign in."""
    one_click = demo.may_sign_in_with_one_click(request)
    return render(request, "front.html", status=status, name=name, problem=problem,
                  cast=demo.cast() if one_click else [], private=private_enough(request))
