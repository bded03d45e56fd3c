"""Partnership: in one sentence how it stands; then needs, yeses, the river of money, and who is here."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.consent.tables import Consent, Cover, How
from alongside.areas.exchange.ledger import Movement
from alongside.areas.exchange.tables import Promise
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group, Invitation, Member, Role, RoleName
from alongside.areas.safety.tables import Stop
from alongside.codes import CURRENCIES, N_
from alongside.languages.sentences import Teller
from alongside.pages import flows
from alongside.pages.consents import SAID, Yes, once
from alongside.pages.covered import Standing, standings
from alongside.pages.desk import Desk, seated
from alongside.pages.figures import River, river, timeline
from alongside.pages.gather import look, newest
from alongside.pages.order import in_order
from alongside.words import Quantity, Ref

NEEDS_READ, NEEDS_SHOWN = 50, 5
COVERS_READ, YESES_SHOWN, OVER_SHOWN = 200, 6, 2
LINES_READ, RIVERS_MOST = 500, 2


@dataclass
class Here:
    """A group, its people, and who of them holds which role."""

    group: Group
    people: tuple[Ref[Member], ...]
    roles: list[tuple[RoleName, tuple[Ref[Member], ...]]]


@dataclass
class Stream:
    """One currency's river, with the names of its ends."""

    river: River
    names: dict[Hashable, str]
    total: Quantity
    unit: str
    decimals: int


class Found(NamedTuple):
    """What was read for the page."""

    stops: list[Stop]
    standing: list[Standing]        # the needs, in the host's order
    more: bool                      # and there are more of them
    yeses: list[Yes]                # that the reader may see, the newest first
    said: list[Consent]             # the last that were said
    lines: list[Movement]           # of money
    currencies: list[flows.Currency]
    places: list[Invitation]


@require_safe
@seated
def partnership(desk: Desk) -> HttpResponse:
    """The page."""
    if desk.inner:
        raise Http404
    found = _read(desk)
    held = [stop for stop in found.stops if stop.group == desk.by.group]
    shown, yeses = found.standing[:NEEDS_SHOWN], _shown(found)
    teller = desk.told([*(s.need for s in shown), *(amounts.of(0) for s in shown for amounts in s.beside),
                        *(yes.consent for yes in yeses), *held, *found.places,
                        *(line.need for line in found.lines)])
    return desk.page(
        "partnership.html", "partnership", teller, held=held, alone=len(desk.people(desk.host)) == 1,
        not_now=not desk.by.host and any(stop.host for stop in found.stops), weeks=_weeks(desk),
        shown=shown, count=len(found.standing), more=found.more,
        covered=sum(s.covered for s in found.standing), stale=sum(s.stale for s in found.standing),
        yeses=yeses, line=timeline([yes.span for yes in yeses], desk.moment, mirrored=desk.mirrored),
        next_end=min((yes.left for yes in found.yeses if yes.state == "live"), default=None),
        currency=found.currencies[:1],
        streams=[_stream(desk, one, teller) for one in found.currencies[:RIVERS_MOST]], places=found.places,
        groups=[_here(desk, group) for group in (desk.host, *desk.allies)])


def _read(desk: Desk) -> Found:
    """Three queries, whatever there is."""
    at = desk.at
    stops, covers, said, lines, invitations, *needs = at.gather(
        look(Stop, open=True), newest(Cover, COVERS_READ, open=True),
        newest(Consent, OVER_SHOWN * 4, how=list(SAID)), newest(Movement, LINES_READ), look(Invitation),
        *in_order(NEEDS_READ + 1))
    listed = [need for part in needs for need in part]
    under = [Ref[Consent](number) for number in dict.fromkeys(cover.number for cover in covers)]
    money = [line for line in lines if line.thing == flows.MONEY]
    standing = standings(desk, listed[:NEEDS_READ], *under, *said, *(line.need for line in money),
                         *(Ref[Promise](line.source) for line in money),
                         *(Ref[Need](cover.need) for cover in covers), desk.entered)
    currencies = flows.currencies(at, money, len(lines) < LINES_READ)
    places = [one for one in invitations if one.accepted is None and one.until >= desk.moment]
    places = [one for one in places if one.seen_by(desk.by, at)]
    seen = [yes for yes in once(map(at.get, under), said) if yes.seen_by(desk.by, at)]
    yeses = [Yes.of(yes, desk.moment) for yes in seen]
    return Found(stops, standing, len(listed) > NEEDS_READ, yeses, said, money, currencies, places)


def _weeks(desk: Desk) -> int:
    """Since the first ally came in."""
    return (desk.moment - min((g.joined for g in desk.allies), default=desk.moment)).days // 7


def _shown(found: Found) -> list[Yes]:
    """The yeses that wait or end soonest, terms before openings, and the last that ended."""
    live = [yes for yes in found.yeses if yes.state != "over"]
    live.sort(key=lambda yes: (yes.consent.how is How.OPENED, yes.left))
    over = [yes for yes in found.yeses if yes.state == "over" and yes.consent in found.said]
    return live[:YESES_SHOWN] + over[:OVER_SHOWN]


def _here(desk: Desk, group: Group) -> Here:
    people = tuple(person.ref for person in desk.people(group))
    held = [role for role in desk.at.all(Role) if role.ended is None and role.member in people]
    return Here(group, people, [(name, tuple(role.member for role in held if role.role is name))
                                for name in dict.fromkeys(role.role for role in held)])


def _stream(desk: Desk, one: flows.Currency, teller: Teller) -> Stream:
    drawn = river(one.flows, mirrored=desk.mirrored)
    names = {bank.name: _name(desk, bank.name, teller) for bank in (*drawn.sources, *drawn.uses)}
    unit = teller.currency(one.unit).plain
    return Stream(drawn, names, Quantity(one.total, one.unit), unit, CURRENCIES[one.unit])


def _name(desk: Desk, of: Hashable, teller: Teller) -> str:
    if isinstance(of, tuple):
        kind, number = of
        ref = Ref[Group](number) if kind == "ally" else desk.at.get(Ref[Need](number)).item
        return teller.value(ref).plain
    return desk.reader.gettext({flows.CREDIT: N_("On credit"), flows.BOX: N_("Still in the box"),
                                flows.WAY: N_("On the way"), flows.MISSING: N_("Missing")}[str(of)])
