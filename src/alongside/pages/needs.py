"""Needs: the host's living list in its own order, and all that belongs to one of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.needs.tables import Need, Unwanted
from alongside.pages import traces
from alongside.pages.covered import standings
from alongside.pages.desk import Desk, seated
from alongside.pages.gather import look
from alongside.pages.order import in_order

PAGE = 50


@require_safe
@seated
def needs(desk: Desk) -> HttpResponse:
    """The list, fifty at a time, and what is not needed."""
    if desk.inner:
        raise Http404
    rank, number = _asked(desk, "rank"), _asked(desk, "number")
    *parts, unwanted = desk.at.gather(*in_order(PAGE + 1, rank=rank or 0, number=number),
                                      look(Unwanted, ended=False))
    listed = [need for part in parts for need in part]
    shown = standings(desk, listed[:PAGE])
    last = shown[-1].need if len(listed) > PAGE else None
    teller = desk.told([*(s.need for s in shown), *(a.of(0) for s in shown for a in s.beside), *unwanted])
    return desk.page("needs.html", "needs", teller, shown=shown, unwanted=unwanted, later=rank or number,
                     following=_next(last) if last else "", stale=sum(s.stale for s in shown))


@require_safe
@seated
def need(desk: Desk, number: int) -> HttpResponse:
    """One need: its yeses, offers, promises, deliveries, purchases and uses."""
    if desk.inner:
        raise Http404
    all_of = traces.all_of(desk, number)
    if all_of is None:
        raise Http404
    return desk.page("need.html", "needs", desk.told(all_of.told), **all_of.shown)


def _asked(desk: Desk, name: str) -> int | None:
    asked = desk.request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else None


def _next(last: Need) -> str:
    return "?" + urlencode({"rank": last.rank} if last.rank else {"number": last.number})
