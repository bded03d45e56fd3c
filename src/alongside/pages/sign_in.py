"""Signing in: a name and a passphrase, or in the demo one click. What was wrong is said; which of the
two is not."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from alongside.codes import N_
from alongside.pages.render import Reading, render
from alongside.people import accounts, sessions
from alongside.people.cast import may_sign_in_with_one_click
from alongside.people.cookies import private_enough, put_token, token_in
from alongside.people.members import books_of
from alongside.people.models import Account
from alongside.people.pace import TooSoon, network_of
from alongside.people.passphrase import Busy

BUSY = N_("Many people are signing in at this moment. Please try again in half a minute.")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and its answer."""
    if request.method != "POST":
        asked = cast(Reading, request)
        return HttpResponseRedirect(home(asked.account)) if asked.account else page(request)
    if not private_enough(request):
        return page(request, status=403)
    name = request.POST.get("name", "")
    account, problem, status = recognised(request, name, request.POST.get("passphrase", ""))
    if account is None:
        return page(request, status=status, name=name, problem=problem)
    return opened(request, account, wanted(request))


@require_POST
def one_click(request: HttpRequest) -> HttpResponse:
    """Go in as one of the demo's cast."""
    if not may_sign_in_with_one_click(request):
        raise Http404
    chosen = request.POST.get("account", "")
    account = get_object_or_404(Account, pk=int(chosen) if chosen.isascii() and chosen.isdigit() else 0)
    return opened(request, account)


def recognised(request: HttpRequest, name: str, passphrase: str) -> tuple[Account | None, str, int]:
    """The account, or what went wrong as a sentence and a status."""
    reader = cast(Reading, request).reader
    try:
        found = accounts.recognise(name, passphrase, network=network_of(_address(request)))
    except TooSoon as wait:
        says = reader.ngettext("Please wait %(num)s second, then try again.",
                               "Please wait %(num)s seconds, then try again.", wait.seconds)
        return None, says % {"num": reader.number(wait.seconds)}, 429
    except Busy:
        return None, reader.gettext(BUSY), 503
    if found is None:
        return None, reader.gettext("This name and this passphrase do not belong together."), 403
    return found, "", 200


def home(account: Account) -> str:
    """Where she lands: in the book that she came to first; her shelf shows the others."""
    books = books_of(account)
    return f"/b/{books[0].book}/" if books else "/"


def wanted(request: HttpRequest) -> str:
    """The page of a book that she was on her way to, and nothing that only looks like one."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    return to if to.startswith("/b/") and url_has_allowed_host_and_scheme(to, None) else ""


def opened(request: HttpRequest, account: Account, to: str = "") -> HttpResponse:
    """Signed in. A session this browser had before is ended, so that none is left behind."""
    if before := token_in(request):
        accounts.sign_out(before)
    response = HttpResponseRedirect(to or home(account))
    put_token(request, response, sessions.begin(account)[0])
    return response


def page(request: HttpRequest, *, status: int = 200, name: str = "", problem: str = "") -> HttpResponse:
    """The form by itself. A name that was typed is kept, a passphrase never."""
    return render(request, "sign-in.html", status=status, name=name, problem=problem, to=wanted(request),
                  private=private_enough(request))


def _address(request: HttpRequest) -> str:
    """Where the connection comes from. Behind a proxy of ours, that is what the proxy itself added last."""
    carried = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.ALONGSIDE_PROXY else ""
    address: str = carried.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return address
