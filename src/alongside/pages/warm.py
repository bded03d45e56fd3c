"""What a form tells beside its questions, where its verb deserves more: `do/<area>.<verb>.html` shows it.

Each function takes the desk and the questions, and gives the values for its template and what has to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alongside.areas.consent.question import Sought, standing
from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.ledger import STORE, Balance
from alongside.areas.exchange.tables import Delivery, Offer
from alongside.areas.memorandum.question import room, terms_for
from alongside.areas.needs.tables import Need
from alongside.doorways.inputs import Input
from alongside.pages.desk import Desk
from alongside.pages.leaning import leaning_on
from alongside.pages.read_ahead import covers_ahead
from alongside.words import Kind, Quantity, Ref

Told = tuple[dict[str, Any], list[Any]]
Inputs = Mapping[str, Input]


def _offer(desk: Desk, inputs: Inputs) -> Told:
    """The need, the yes that covers it, and the room that is left under it."""
    need = _chosen(desk, inputs, "need", Need)
    kind = Kind(inputs["kind"].value) if any(o.chosen for o in inputs["kind"].options) else None
    cover, left = None, None
    if need is not None and kind is not None and not desk.by.host:
        covers_ahead(desk, [desk.by.group], [kind], [need.number])
        sought = Sought(desk.by.group, kind, need.ref, None)
        cover = standing(sought, desk.at, desk.moment)
        left = _room(desk, sought, kind)
    return (
        {"need": need, "kind": kind, "cover": cover, "room": left},
        [one for one in (need, cover, left) if one is not None],
    )


def _accept(desk: Desk, inputs: Inputs) -> Told:
    """The offer with all that was said with it, and the room that is left for it."""
    offer = _chosen(desk, inputs, "offer", Offer)
    need, left = None, None
    if offer is not None and offer.need is not None and offer.quantity is not None:
        covers_ahead(desk, [offer.ally], [offer.kind], [offer.need])
        need = desk.at.first(Need, number=int(offer.need))
        sought = Sought(offer.ally, offer.kind, offer.need, offer.quantity.of(offer.left))
        left = _room(desk, sought, offer.kind)
    return (
        {"offer": offer, "need": need, "room": left},
        [one for one in (offer, need, left) if one is not None],
    )


def _room(desk: Desk, sought: Sought, kind: Kind) -> Quantity | None:
    """How much more money the terms have room for; None where that is no question."""
    terms = terms_for(sought, desk.at, desk.moment) if kind == "money" else None
    return room(terms, terms.cap) if terms is not None and terms.cap is not None else None


def _withdraw(desk: Desk, inputs: Inputs) -> Told:
    """What taking it back would stop now."""
    yes = _chosen(desk, inputs, "consent", Consent)
    on = leaning_on(desk, yes.number) if yes is not None else None
    return {"on": on}, on.told(desk.at) if on is not None else []


def _count(desk: Desk, inputs: Inputs) -> Told:
    """The delivery: how much is still on the road."""
    delivery = _chosen(desk, inputs, "delivery", Delivery)
    left, need = None, None
    if delivery is not None:
        left = delivery.quantity.of(delivery.on_road if delivery.sent else delivery.quantity.n)
        need = desk.at.first(Need, number=int(delivery.need))
    return (
        {"delivery": delivery, "left": left, "need": need},
        [one for one in (delivery, left, need) if one is not None],
    )


def _box(desk: Desk, inputs: Inputs) -> Told:
    """The money that can be spent."""
    found = [
        Quantity(held.n, held.unit)
        for held in desk.at.find(Balance, account=STORE)
        if held.thing == "money" and held.n > 0
    ]
    return {"box": found}, list(found)


def _chosen(desk: Desk, inputs: Inputs, name: str, row: Any) -> Any:
    """The row that a question names, if the reader may see it: only such stand among its options."""
    number = next((int(option.value) for option in inputs[name].options if option.chosen), 0)
    return desk.at.get(Ref[row](number)) if number else None


WARM: dict[str, Callable[[Desk, Inputs], Told]] = {
    "consent.withdraw": _withdraw,
    "exchange.accept": _accept,
    "exchange.buy": _box,
    "exchange.count": _count,
    "exchange.offer": _offer,
    "exchange.settle": _box,
}
