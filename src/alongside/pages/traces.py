"""Everything of one need, and for each use those who gave for it: from the store back to the promises and
purchases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.checking import stands, unchecked
from alongside.areas.exchange.ledger import Draw, Lot
from alongside.areas.exchange.states import (
    DeliveryState,
    OfferState,
    PromiseState,
    delivery_state,
    offer_state,
    promise_state,
    yes_of,
)
from alongside.areas.exchange.tables import Delivery, Happening, Offer, Promise, Purchase, What
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.codes import KINDS
from alongside.pages.covered import Found, looks, standing
from alongside.pages.desk import Desk
from alongside.pages.gather import look, newest
from alongside.tables import Absent
from alongside.words import Quantity, Ref

EACH_MOST = 20      # of each kind on the page of a need, the newest first


class Offered(NamedTuple):
    """An offer and where it stands."""

    row: Offer
    state: OfferState
    left: Quantity | None


class Promised(NamedTuple):
    """A promise and where it stands."""

    row: Promise
    state: PromiseState
    unchecked: int      # of it waits for a check


class Moved(NamedTuple):
    """A delivery, where it stands, and whether the sheet on which it leaves still holds."""

    row: Delivery
    state: DeliveryState
    holds: bool


@dataclass
class Part:
    """A part of a use: from an ally's promise, or from a purchase and those whose money paid for it."""

    quantity: Quantity
    allies: tuple[Ref[Group], ...]
    bought: bool


@dataclass
class UseOf:
    """A use, and where what was used came from."""

    use: Happening
    parts: list[Part] = field(default_factory=list)


@dataclass
class AllOf:
    """What the page of a need shows, and what has to be told for it."""

    shown: dict[str, Any]
    told: list[Any]


def all_of(desk: Desk, number: int) -> AllOf | None:
    """Four queries, whatever there is; None where there is no such need."""
    at = desk.at
    needs, offers, promises, deliveries, purchases, uses, *rest = at.gather(
        look(Need, number=[number]), newest(Offer, EACH_MOST, need=number),
        newest(Promise, EACH_MOST, need=number, done=[True, False]), newest(Delivery, EACH_MOST, need=number),
        newest(Purchase, EACH_MOST, need=number), newest(Happening, EACH_MOST, need=number, what=What.USE),
        *looks(desk, [number], KINDS))
    if not needs:
        return None
    found, offers = Found(*rest), [offer for offer in offers if offer.seen_by(desk.by, at)]
    numbers = [*(p.number for p in promises), *(d.promise for d in deliveries if d.promise)]
    at.gather(look(Draw, number=[u.number for u in uses]), look(Draw, goes_to=[p.number for p in purchases]),
              *at.missing([*needs, *map(Ref[Consent], numbers), *found.yeses, *offers, *promises, *deliveries,
                           *purchases, desk.entered]))
    one = standing(desk, needs[0], found)
    shown = {"s": one, "need": needs[0], "offers": [_offered(desk, o) for o in offers],
             "promises": [_promised(desk, p, deliveries) for p in promises],
             "deliveries": [_moved(desk, d) for d in deliveries],
             "purchases": purchases, "uses": _traced(desk, uses, purchases)}
    return AllOf(shown, [*needs, *one.yeses, *offers, *promises, *deliveries, *purchases, *uses,
                         *(amounts.of(0) for amounts in one.beside)])


def _offered(desk: Desk, offer: Offer) -> Offered:
    left = offer.quantity.of(offer.left) if offer.quantity else None
    return Offered(offer, offer_state(offer, desk.moment), left)


def _promised(desk: Desk, promise: Promise, deliveries: list[Delivery]) -> Promised:
    yes = desk.at.get(Ref[Consent](promise.number))
    unsent = [d for d in deliveries if d.promise == promise.number and not (d.sent or d.fallen)]
    fallen = [d for d in unsent if not stands(d, desk.at, desk.moment)]
    return Promised(promise, promise_state(promise, yes, desk.moment), unchecked(promise, fallen))


def _moved(desk: Desk, delivery: Delivery) -> Moved:
    state = delivery_state(delivery, yes_of(delivery, desk.at), desk.moment)
    return Moved(delivery, state, stands(delivery, desk.at, desk.moment))


def _traced(desk: Desk, uses: list[Happening], purchases: list[Purchase]) -> list[UseOf]:
    """Where each use came from."""
    at = desk.at
    draws = [draw for use in uses for draw in at.find(Draw, number=use.number)]
    paying = [draw for bought in purchases for draw in at.find(Draw, goes_to=bought.number)]
    at.gather(*at.missing([*(draw.lot for draw in (*draws, *paying)), desk.entered]))
    sources = {at.get(draw.lot).source for draw in (*draws, *paying)}
    at.gather(*at.missing(ref(n) for n in sources for ref in (Ref[Promise], Ref[Purchase])))
    payers: dict[int, list[Ref[Group]]] = {}
    for draw in paying:
        payers.setdefault(draw.goes_to, []).extend(_giver(desk, at.get(draw.lot)))
    traced = [UseOf(use) for use in uses]
    for one in traced:
        for draw in at.find(Draw, number=one.use.number):
            if draw.n:
                lot = at.get(draw.lot)
                given = _giver(desk, lot)
                allies = tuple(dict.fromkeys(given or payers.get(lot.source, [])))
                one.parts.append(Part(one.use.quantity.of(draw.n), allies, bought=not given))
    return traced


def _giver(desk: Desk, lot: Lot) -> list[Ref[Group]]:
    """The ally whose promise a lot came from; nobody for what was bought."""
    try:
        return [desk.at.get(Ref[Promise](lot.source)).ally]
    except Absent:
        return []
