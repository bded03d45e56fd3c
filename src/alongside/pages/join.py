"""A link is looked at as often as messengers like, and opens once, when somebody has chosen her name and
passphrase.

The token stands in the address only while the link is looked at. It is sent back in the form, so that no
address of a later page, and nobody's history beyond the link itself, carries it.
"""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.codes import N_
from alongside.pages import sign_in
from alongside.pages.joining import JOININGS, NotJoined
from alongside.pages.render import Reading, render
from alongside.people import accounts, links
from alongside.people.cookies import private_enough
from alongside.people.models import Account, Link
from alongside.people.names import UnusableName, written
from alongside.people.passphrase import Busy, UnusablePassphrase, chosen

Problems = list[tuple[str, str]]

NAME_IS = {
    "empty": N_("Write the name you go by here."),
    "long": N_("A name can have at most 80 letters."),
    "marks": N_("This name holds hidden marks. Please type it again by hand."),
}
PASSPHRASE_IS = {
    "short": N_("A passphrase needs at least ten letters. Four or five words are best."),
    "long": N_("This passphrase is too long to keep apart from others. A few words are enough."),
    "name": N_("The passphrase cannot be your name: it is the first thing anybody would try."),
    "broken": N_("This passphrase holds half a character. Please type it again."),
}


@require_safe
def look(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for. Looking changes nothing."""
    link = links.look(token)
    return _page(request, token, link) if link else _closed(request)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Open the link: there is an account, the link is used up, and its purpose is carried out."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    token = request.POST.get("token", "")
    link = links.look(token)
    if link is None:
        return _closed(request)
    if not private_enough(request):
        return _page(request, token, link, status=403)
    if "known" in request.POST:
        return _known(request, token, link)
    signed_in = cast(Reading, request).account
    wrong = [] if signed_in else _account_wrong(request)
    if problems := wrong + JOININGS[link.purpose].wrong(request, link):
        return _page(request, token, link, problems, status=422)
    account = signed_in or _new(request)
    if isinstance(account, list):
        return _page(request, token, link, account, status=422)
    return _opened(request, token, link, account, is_new=signed_in is None)


def _known(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """Somebody who lives here already signs in first, and finds the link again."""
    name = request.POST.get("known-name", "")
    account, problem, status = sign_in.recognised(request, name, request.POST.get("known-passphrase", ""))
    if account is None:
        return _page(request, token, link, [("known-name", problem)], status=status)
    return sign_in.opened(request, account, reverse("look", args=(token,)))


def _account_wrong(request: HttpRequest) -> Problems:
    reader, problems = cast(Reading, request).reader, []
    name, passphrase = request.POST.get("name", ""), request.POST.get("passphrase", "")
    try:
        name = written(name)
    except UnusableName as wrong:
        problems.append(("name", reader.gettext(NAME_IS[wrong.code])))
    try:
        chosen(passphrase, name)
        if passphrase != request.POST.get("again", ""):
            problems.append(("again", reader.gettext("The two passphrases are not the same.")))
    except UnusablePassphrase as wrong:
        problems.append(("passphrase", reader.gettext(PASSPHRASE_IS[wrong.code])))
    return problems


def _new(request: HttpRequest) -> Account | Problems:
    """A new account, or why there is none."""
    reader = cast(Reading, request).reader
    try:
        return accounts.create_account(request.POST.get("name", ""), request.POST.get("passphrase", ""),
                                       reader.language)
    except accounts.NameTaken:
        return [("name", reader.gettext("Somebody here has this name already. Add something to yours, so "
                                        "that people can tell you apart."))]
    except Busy:
        return [("", reader.gettext(sign_in.BUSY))]


def _opened(request: HttpRequest, token: str, link: Link, account: Account, is_new: bool) -> HttpResponse:
    """Use the link up, then do what it is for. If the book refuses, it is as if nobody had come."""
    if not links.use(link):
        _undo(account, is_new)
        return _closed(request)
    try:
        to = JOININGS[link.purpose].joins(request, link, account)
    except NotJoined as refused:
        links.give_back(link)
        _undo(account, is_new)
        return _page(request, token, link, list(refused.problems), status=422)
    except BaseException:
        links.give_back(link)
        _undo(account, is_new)
        raise
    return sign_in.opened(request, account, to)


def _undo(account: Account, is_new: bool) -> None:
    if is_new:
        with transaction.atomic():
            account.delete()


def _page(request: HttpRequest, token: str, link: Link, problems: Problems | None = None, *,
          status: int = 200) -> HttpResponse:
    wrong = dict(problems or [])
    return render(request, "join.html", status=status, token=token, link=link, joining=JOININGS[link.purpose],
                  typed=request.POST, problems=problems or [], wrong=wrong, private=private_enough(request))


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "closed.html", status=404)
