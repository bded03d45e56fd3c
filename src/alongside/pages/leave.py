"""Leaving. A person can go at any moment, from one browser or from all of them, slowly or in one tap."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alongside.pages.render import Reading, render
from alongside.people import accounts
from alongside.people.cookies import drop_token, token_in


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session."""
    accounts.sign_out(token_in(request))
    return _gone(request, "/", '"cache", "storage"')


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of hers: for a telephone that was lost or taken."""
    if account := cast(Reading, request).account:
        accounts.sign_out_everywhere(account)
    return _gone(request, "/", '"cache", "storage"')


# Leaving quickly is a form and not a link to an empty page, because a link would leave her signed in:
# whoever takes the telephone next presses "back" and reads. The stylesheet blanks the page at the moment of
# the tap, before any answer, so that a bad line does not keep it in view. No form token is asked for: a
# refusal page at that moment would be worse than anything a forged request can do, which is to sign
# somebody out; and the session's cookie is strict, so another site's request does not even carry it.
# "cache" is left out of what is cleared, since some browsers take seconds over it before they show
# anything; signed-in pages are in no cache.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def quick_leave(request: HttpRequest) -> HttpResponse:
    """End the session, forget the cookies, and show a page that says nothing. Honest limit: the history
    keeps addresses."""
    if request.method != "POST":
        return render(request, "empty.html")
    accounts.sign_out(token_in(request))
    return _gone(request, "/quick-leave", '"cookies", "storage"')


def _gone(request: HttpRequest, to: str, clear: str) -> HttpResponse:
    response = HttpResponseRedirect(to)
    drop_token(request, response)
    response.headers["Clear-Site-Data"] = clear
    return response
