"""What waits for somebody: for a member of the host what only the host can do, for an ally what only she can.

Nothing is due that its reader cannot act on. What an ally may not know, a stop of the host above all, waits
for nobody here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from alongside.areas.consent.tables import Asking, Consent, Cover, How
from alongside.areas.exchange.checking import stands, unchecked
from alongside.areas.exchange.states import DeliveryState, PromiseState, delivery_state, promise_state, yes_of
from alongside.areas.exchange.tables import Delivery, Offer, OfferAnswer, Promise
from alongside.areas.needs.tables import Need
from alongside.areas.safety.tables import Stop
from alongside.pages.desk import Desk
from alongside.pages.gather import look, newest
from alongside.pages.order import in_order
from alongside.words import Quantity, Ref

DAYS_NEAR = 14
READ_MOST = 200         # of each kind: what is older and still open is found on its own page
CHOICES = ("let_come", "divert", "send_back")
_COMING = frozenset((DeliveryState.ON_THE_ROAD, DeliveryState.PARTLY_COUNTED, DeliveryState.LET_COME,
                     DeliveryState.DIVERTED))


@dataclass
class Due:
    """One thing that waits: its kind names its sentences (`due.html`), `keys` where it is done, by name."""

    kind: str
    day: date
    row: Any
    href: str
    keys: dict[str, str] = field(default_factory=dict)
    need: Need | None = None
    quantity: Quantity | None = None
    since: bool = False         # the day is when it began to wait; otherwise when it comes
    until: date | None = None


class Open(NamedTuple):
    """Everything open in a book that somebody could have to do with."""

    stops: list[Stop]           # those that the reader may know of
    not_now: bool               # for an ally: the host has stopped something, which is all she hears of it
    askings: list[Asking]
    offers: list[Offer]
    deliveries: list[Delivery]
    promises: list[Promise]
    yeses: list[Consent]
    needs: list[Need]


def read(desk: Desk) -> Open:
    """Two queries, whatever there is."""
    at = desk.at
    stops, askings, offers, deliveries, promises, covers, *needs = at.gather(
        look(Stop, open=True), newest(Asking, READ_MOST, answer="open"),
        newest(Offer, READ_MOST, answer=OfferAnswer.OPEN), newest(Delivery, READ_MOST, open=True),
        newest(Promise, READ_MOST, done=False), newest(Cover, READ_MOST, open=True), *in_order(50))
    under = [Ref[Consent](number) for number in dict.fromkeys(c.number for c in covers)]
    leaning = [Ref[Consent](promise.number) for promise in promises]
    leaning += [Ref[Consent](delivery.promise) for delivery in deliveries if delivery.promise]
    listed = [need for part in needs for need in part]
    at.gather(*at.missing([*askings, *offers, *deliveries, *promises, *listed, *under, *leaning]))
    seen = [row for row in (*stops, *askings, *offers) if row.seen_by(desk.by, at)]
    not_now = not desk.by.host and any(stop.host for stop in stops)
    return Open([s for s in seen if isinstance(s, Stop)], not_now, [a for a in seen if isinstance(a, Asking)],
                [o for o in seen if isinstance(o, Offer) and o.stands(desk.moment)], deliveries, promises,
                [yes for yes in map(at.get, under) if yes.seen_by(desk.by, at)], listed)


def people_waiting(desk: Desk, found: Open) -> list[Due]:
    """Whoever waits for the reader: first where she alone can choose, then the longest wait."""
    if not desk.by.host:
        return sorted(_may_leave(desk, found), key=_day)
    others = (_askings, _seconds, _offers, _checks, _counts)
    waiting = [due for wait in others for due in wait(desk, found)]
    return [*_to_choose(desk, found), *sorted(waiting, key=_day)]


def dates_near(desk: Desk, found: Open) -> list[Due]:
    """What ends within two weeks, or has ended and waits to be said again."""
    mine = (_yeses_end, _stale, _sheets_end) if desk.by.host else (_yeses_end, _must_leave, _offers_end)
    return sorted((due for near in mine for due in near(desk, found)), key=_day)


def _day(due: Due) -> date:
    return due.day


def _near(desk: Desk, day: date) -> bool:
    return desk.moment <= day <= desk.moment + timedelta(days=DAYS_NEAR)


def _do(desk: Desk, action: str, **answers: object) -> str:
    return desk.do(action, **answers, next=desk.to("today"))


def _need(desk: Desk, row: Any) -> Need | None:
    return desk.at.get(row.need) if row.need else None


def _stands(desk: Desk, promise: Promise) -> bool:
    yes = desk.at.get(Ref[Consent](promise.number))
    return promise_state(promise, yes, desk.moment) is PromiseState.OPEN


def _state(desk: Desk, delivery: Delivery) -> DeliveryState:
    return delivery_state(delivery, yes_of(delivery, desk.at), desk.moment)


def _checked(desk: Desk, delivery: Delivery) -> bool:
    """Whether it has not left and the host's check for it still holds."""
    unsent = delivery.sent is None and delivery.fallen is None
    return unsent and stands(delivery, desk.at, desk.moment)


# For a member of the host

def _to_choose(desk: Desk, found: Open) -> Iterator[Due]:
    for delivery in found.deliveries:
        if _state(desk, delivery) is DeliveryState.HOST_MUST_CHOOSE:
            keys = {how: _do(desk, f"exchange.{how}", delivery=delivery.number) for how in CHOICES}
            yield Due("choose", delivery.sent or desk.moment, delivery, "", keys, _need(desk, delivery),
                      delivery.quantity.of(delivery.on_road), since=True)


def _askings(desk: Desk, found: Open) -> Iterator[Due]:
    for asking in found.askings:
        href = f"{desk.to('consents')}#a{asking.number}"
        yield Due("asking", asking.asked, asking, href, {}, _need(desk, asking), since=True)


def _seconds(desk: Desk, found: Open) -> Iterator[Due]:
    for yes in found.yeses:
        waits = yes.how is How.FIRST_YES and not yes.alone and yes.seconded is None
        if waits and yes.last_day() >= desk.moment and yes.by != desk.by.number:
            href = _do(desk, "consent.second", consent=yes.number)
            yield Due("second", yes.said, yes, href, since=True, until=yes.last_day())


def _offers(desk: Desk, found: Open) -> Iterator[Due]:
    for offer in found.offers:
        decline = _do(desk, "exchange.decline", offer=offer.number)
        if offer.question or offer.quantity is None:
            keys = {"name": _do(desk, "needs.name", kind=offer.kind), "decline": decline}
            yield Due("question", offer.said, offer, "", keys, since=True, until=offer.until)
        else:
            keys = {"accept": _do(desk, "exchange.accept", offer=offer.number), "decline": decline}
            yield Due("offer", offer.said, offer, desk.to("need", offer.need), keys, _need(desk, offer),
                      offer.quantity.of(offer.left), since=True, until=offer.until)


def _checks(desk: Desk, found: Open) -> Iterator[Due]:
    for promise in (promise for promise in found.promises if _stands(desk, promise)):
        unsent = [d for d in found.deliveries if d.promise == promise.number and not (d.sent or d.fallen)]
        fallen = [d for d in unsent if not stands(d, desk.at, desk.moment)]
        if (left := unchecked(promise, fallen)) > 0:
            href = _do(desk, "exchange.check", promise=promise.number)
            yield Due("check", promise.said, promise, href, {}, _need(desk, promise),
                      promise.quantity.of(left), since=True)


def _counts(desk: Desk, found: Open) -> Iterator[Due]:
    for delivery in found.deliveries:
        if _state(desk, delivery) in _COMING:
            href = _do(desk, "exchange.count", delivery=delivery.number)
            yield Due("count", delivery.sent or desk.moment, delivery, href, {}, _need(desk, delivery),
                      delivery.quantity.of(delivery.on_road), since=True)


def _stale(desk: Desk, found: Open) -> Iterator[Due]:
    for need in found.needs:
        if need.stale(desk.moment) or _near(desk, need.fresh_until()):
            href = _do(desk, "needs.confirm", need=need.number)
            yield Due("stale", need.fresh_until(), need, href, {}, need, since=need.stale(desk.moment))


def _sheets_end(desk: Desk, found: Open) -> Iterator[Due]:
    for delivery in (delivery for delivery in found.deliveries if _checked(desk, delivery)):
        sheet = desk.at.get(delivery.sheet) if delivery.sheet else None
        if sheet and _near(desk, sheet.good_until):
            href = _do(desk, "exchange.check", promise=delivery.promise)
            yield Due("sheet", sheet.good_until, delivery, href, {}, _need(desk, delivery), delivery.quantity)


# For whoever a yes was said to, and for those who said it

def _yeses_end(desk: Desk, found: Open) -> Iterator[Due]:
    for yes in found.yeses:
        last = yes.last_day()
        if yes.stands(desk.moment) and _near(desk, last):
            if yes.how is not How.OPENED:
                yield Due("yes_ends", last, yes, desk.to("consent", yes.number))
            elif desk.by.host:
                href = _do(desk, "needs.open", need=yes.need, kinds=list(yes.kinds))
                yield Due("closing", last, yes, href, {}, _need(desk, yes))
            else:
                yield Due("closing", last, yes, desk.to("need", yes.need), {}, _need(desk, yes))


# For a member of an ally

def _may_leave(desk: Desk, found: Open) -> Iterator[Due]:
    stops = desk.at.find(Stop, open=True)
    for delivery in found.deliveries:
        held = any(stop.holds(desk.by.group, delivery.kind) for stop in stops)
        mine = delivery.ally == desk.by.group and _checked(desk, delivery) and not held
        if mine and delivery.sheet and _state(desk, delivery) is DeliveryState.CHECKED:
            sheet, href = desk.at.get(delivery.sheet), _do(desk, "exchange.send", delivery=delivery.number)
            yield Due("leave", sheet.said, delivery, href, {}, _need(desk, delivery), delivery.quantity,
                      since=True, until=sheet.good_until)


def _must_leave(desk: Desk, found: Open) -> Iterator[Due]:
    for promise in found.promises:
        left = promise.quantity.n - promise.sent
        mine = promise.ally == desk.by.group and left > 0 and _near(desk, promise.until)
        if mine and _stands(desk, promise):
            yield Due("must_leave", promise.until, promise, desk.to("need", promise.need), {},
                      _need(desk, promise), promise.quantity.of(left))


def _offers_end(desk: Desk, found: Open) -> Iterator[Due]:
    for offer in found.offers:
        if offer.quantity and offer.need and _near(desk, offer.until):
            yield Due("offer_ends", offer.until, offer, desk.to("need", offer.need), {}, _need(desk, offer),
                      offer.quantity.of(offer.left))
