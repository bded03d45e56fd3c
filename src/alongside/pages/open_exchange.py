"""What is open between the host and its allies: offers that wait, promises, deliveries; each with what can
be done.

A key that the gate would refuse for this reader is not there. All that the gate looks at is read beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from alongside.action import Refusal
from alongside.areas.consent.question import ancestry
from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.exchange.accept import AcceptOffer
from alongside.areas.exchange.checking import falling, stands, unchecked
from alongside.areas.exchange.ledger import STORE, Balance, Lot, Movement
from alongside.areas.exchange.states import (
    DeliveryState,
    PromiseState,
    delivery_state,
    offer_state,
    promise_state,
    yes_of,
)
from alongside.areas.exchange.tables import Delivery, Offer, Payment, Promise, Purchase
from alongside.areas.needs.tables import Unit
from alongside.areas.safety.tables import Stop
from alongside.pages.desk import Desk
from alongside.pages.gather import look, newest
from alongside.pages.stock import lots_of, named_by
from alongside.words import Ref

EACH_MOST, PURCHASES_MOST = 60, 20
_ROAD = {
    DeliveryState.ON_THE_ROAD,
    DeliveryState.LET_COME,
    DeliveryState.DIVERTED,
    DeliveryState.PARTLY_COUNTED,
    DeliveryState.GOING_BACK,
}
_CHOICES = ("exchange.let_come", "exchange.divert", "exchange.send_back")


@dataclass
class Way:
    """An offer, a promise or a delivery; where it stands; and what its reader can do about it, by action."""

    row: Any
    state: str
    holds: bool = True  # of a checked delivery: whether its sheet still stands
    unchecked: int = 0  # of a promise: what is in no delivery yet
    keys: dict[str, str] = field(default_factory=dict)
    no: Refusal | None = None  # of an offer: why its reader cannot accept any of it


class Open(NamedTuple):
    """The rows behind the page."""

    offers: list[Offer]
    promises: list[Promise]
    deliveries: list[Delivery]
    balances: list[Balance]
    purchases: list[Purchase]
    owed: list[Purchase]
    movements: list[Movement]
    lots: list[Lot] = []  # noqa: RUF012  # never changed


def read(desk: Desk, lines: int, before: int | None) -> Open:
    """Everything of the page, in three queries."""
    at = desk.at
    mine = {"answer": "open"} if desk.by.host else {"ally": [int(desk.by.group)]}
    *rows, _, _ = at.gather(
        newest(Offer, EACH_MOST, **mine),
        newest(Promise, EACH_MOST, done=False),
        newest(Delivery, EACH_MOST, open=True),
        look(Balance, account=STORE),
        newest(Purchase, PURCHASES_MOST),
        newest(Purchase, EACH_MOST, payment=Payment.OWED),
        newest(Movement, lines, before=before),
        look(Stop, open=True),
        look(Unit),
    )
    found = Open(*rows)
    found = found._replace(
        offers=[offer for offer in found.offers if offer.stands(desk.moment)],
        owed=[purchase for purchase in found.owed if purchase.owed],
    )
    covers, lots = _read_behind(desk, found)
    at.gather(*at.missing([*covers, *lots, *(thing for lot in lots for thing in named_by(lot))]))
    return found._replace(lots=lots)


def _read_behind(desk: Desk, found: Open) -> tuple[list[Ref[Consent]], list[Lot]]:
    """What stands behind those rows: the yeses that reach them, what was checked, what is in the store."""
    at, offers = desk.at, found.offers
    promised = [p.number for p in found.promises]
    under = [*promised, *(d.promise for d in found.deliveries if d.promise)]
    covers, lots, *_ = at.gather(
        look(
            Cover,
            ally=[0, *(int(g.number) for g in desk.allies)],
            kind=sorted({one for offer in offers for one in ancestry(offer.kind)}),
            need=[0, *(int(o.need) for o in offers if o.need)],
            open=[True],
        ),
        lots_of(found.balances),
        look(Delivery, promise=promised),
        *at.missing(
            [*map(Ref[Consent], under), *offers, *found.promises, *found.deliveries, *found.purchases]
        ),
    )
    return [Ref[Consent](cover.number) for cover in covers], lots


def offers(desk: Desk, found: Open) -> list[Way]:
    """What is offered and waits: an ally sees her own, as the row itself says."""
    ways = []
    for offer in found.offers:
        if offer.seen_by(desk.by, desk.at):
            keys = _keys(desk, _offer_keys(desk, offer))
            ways.append(
                Way(offer, offer_state(offer, desk.moment), keys=keys, no=_why_not(desk, offer, keys))
            )
    return ways


def promises(desk: Desk, found: Open) -> list[Way]:
    """What was accepted, and is not there yet."""
    ways = []
    for promise in found.promises:
        state = promise_state(promise, desk.at.get(Ref[Consent](promise.number)), desk.moment)
        left = unchecked(promise, falling(promise, desk.at, desk.moment)) if state is PromiseState.OPEN else 0
        if not left and (state is PromiseState.OPEN or promise.sent >= promise.quantity.n):
            continue  # all of it is in deliveries, which are shown by themselves
        keys = {"exchange.check": desk.do("exchange.check", promise=promise.number, next=desk.to("exchange"))}
        ways.append(Way(promise, state, unchecked=left, keys=keys if desk.by.host and left > 0 else {}))
    return ways


def deliveries(desk: Desk, found: Open) -> list[Way]:
    """What may leave, is on the road, or waits for the host's choice."""
    return [moved(desk, delivery) for delivery in found.deliveries]


def moved(desk: Desk, delivery: Delivery) -> Way:
    """One delivery with its keys."""
    state = delivery_state(delivery, yes_of(delivery, desk.at), desk.moment)
    holds = delivery.sheet is None or stands(delivery, desk.at, desk.moment)
    return Way(delivery, state, holds, keys=_keys(desk, _delivery_keys(desk, delivery, state)))


def _offer_keys(desk: Desk, offer: Offer) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    if not desk.by.host:
        yield "exchange.withdraw_offer", {"offer": offer.ref}, {}
        return
    if offer.quantity is not None:
        # If even the smallest part of it would be refused, there is nothing to accept.
        yield "exchange.accept", {"offer": offer.ref}, {"quantity": offer.quantity.of(1)}
    yield "exchange.decline", {"offer": offer.ref}, {}


def _why_not(desk: Desk, offer: Offer, keys: dict[str, str]) -> Refusal | None:
    if not desk.by.host or offer.quantity is None or offer.question or "exchange.accept" in keys:
        return None
    asked = AcceptOffer(offer=offer.ref, quantity=offer.quantity.of(1))
    return next(iter(desk.book.may(asked, desk.by.number)), None)


def _delivery_keys(
    desk: Desk, delivery: Delivery, state: DeliveryState
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    named = {"delivery": delivery.ref}
    if state is DeliveryState.CHECKED:
        yield "exchange.send", named, {}
    if state is DeliveryState.HOST_MUST_CHOOSE and desk.by.host:
        yield from ((choice, named, {}) for choice in _CHOICES)
    if state in _ROAD and desk.by.host:
        yield "exchange.count", named, {"quantity": delivery.quantity}
    if (state in _ROAD or not desk.by.host) and delivery.on_road > 0:
        yield "exchange.report_missing", named, {"quantity": delivery.quantity.of(1)}


def _keys(desk: Desk, asked: Iterator[tuple[str, dict[str, Any], dict[str, Any]]]) -> dict[str, str]:
    """The addresses of those that the gate would let pass; the last values are tried and not put into the
    form."""
    keys = {}
    for action, named, tried in asked:
        # Where it is diverted to is still to be said.
        if action == "exchange.divert" or desk.may(action, **named, **tried):
            answers = {name: int(ref) for name, ref in named.items()}
            keys[action] = desk.do(action, **answers, next=desk.to("exchange"))
    return keys
