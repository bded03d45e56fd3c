"""The link that lets somebody in: shown once, to whoever made the place for her, and kept nowhere.

No address ever carries it but its own. If it was lost, a new one can be made; the old one then opens nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.areas.partnership.tables import Invitation, Member
from alongside.pages.desk import Desk, seated
from alongside.people.links import make_link
from alongside.people.members import account_of
from alongside.people.models import Link
from alongside.words import Ref

PURPOSES = {"partnership.invite": "invitation", "partnership.admit": "admission"}
ADMISSION_DAYS = 14


class Place(NamedTuple):
    """What somebody was asked into: her own place, or a place for a group; how long its link stands."""

    purpose: str
    row: Invitation | Member
    days: int


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def link(desk: Desk, number: int) -> HttpResponse:
    """A place that nobody has taken yet: a new link can be made for it."""
    place = _place(desk, number)
    if place is None:
        raise Http404
    if desk.request.method == "POST":
        Link.objects.filter(purpose=place.purpose, book=desk.book.id, number=number).delete()
        return _page(desk, place, _make(desk, place))
    return _page(desk, place)


def made_link(desk: Desk, number: int, purpose: str) -> HttpResponse:
    """The page after an invitation or an admission. Sent twice, the link is not made a second time."""
    place = _place(desk, number)
    if place is None:
        raise Http404
    there = Link.objects.filter(purpose=purpose, book=desk.book.id, number=number).exists()
    return _page(desk, place, "" if there else _make(desk, place))


def _place(desk: Desk, number: int) -> Place | None:
    """The place of that number, if it still waits and the reader may let somebody in."""
    if not desk.steward:
        return None
    invitation = desk.at.first(Invitation, number=number)
    if invitation is not None:
        days = (invitation.until - desk.moment).days + 1
        return Place("invitation", invitation, days) if invitation.accepted is None and days > 0 else None
    member = desk.at.first(Member, number=number)
    if member is None or member.left is not None or account_of(desk.book.id, number) is not None:
        return None
    return Place("admission", member, ADMISSION_DAYS)


def _make(desk: Desk, place: Place) -> str:
    token = make_link(place.purpose, desk.book.id, place.row.number, place.days)
    return desk.request.build_absolute_uri(reverse("look", args=(token,)))


def _page(desk: Desk, place: Place, address: str = "") -> HttpResponse:
    row = place.row
    named = row.name if isinstance(row, Invitation) else Ref[Member](row.number)
    until = timezone.now().date() + timedelta(days=place.days)
    return desk.page(
        "link.html",
        "" if desk.inner else "partnership",
        desk.told([row]),
        place=place,
        named=named,
        address=address,
        until=until,
    )
