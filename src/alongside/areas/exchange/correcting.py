"""What stands in the way of putting an entry right: never the mistake itself, only what leans on it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.exchange.accepting import OTHER_UNIT
from alongside.areas.exchange.ledger import Lot
from alongside.areas.exchange.settle import MORE_THAN_OWED
from alongside.areas.exchange.stock import lacking
from alongside.areas.exchange.tables import Delivery, Happening, Payment, Purchase, What
from alongside.codes import N_
from alongside.tables import Tables
from alongside.words import Quantity, Ref

IS_RIGHT = no("is-right-already", N_("That is what stands there."), lift=N_("Nothing needs to be done."))
USED_SINCE = no("used-since", N_("Only {left} of this count is in the store; the rest was used or spent."),
                rule="4.5", yours=True, lift=N_("Put right first what was used or bought from it."))
COUNTED_SINCE = no("counted-since", N_("Only {left} of this purchase has not been counted."), rule="4.5",
                   yours=True, lift=N_("Put right the count first."))
PAID_SINCE = no("paid-since", N_("{paid} of this has been paid already."), rule="4.5", yours=True,
                lift=N_("Put right the payment first."))


def is_price(happening: Happening, right: Quantity) -> bool:
    """Whether it is the price of a purchase that is put right, rather than how much was bought."""
    return happening.what is What.PURCHASE and right.is_money


def stated(at: Tables, happening: Happening, right: Quantity) -> Quantity:
    """What stands there now, in the place of what is right."""
    return at.get(Ref[Purchase](happening.number)).price if is_price(happening, right) else happening.quantity


def hinders(asked: Any, at: Tables) -> Iterable[Refusal]:
    """Every reason why this cannot be put right like this."""
    happening, right = at.get(asked.happening), asked.quantity
    was = stated(at, happening, right)
    difference = right.n - was.n
    if right.unit != was.unit:
        yield OTHER_UNIT(wanted=was)
    elif difference == 0:
        yield IS_RIGHT()
    elif difference < 0:
        yield from _less(at, happening, right, -difference)
    else:
        yield from _more(at, happening, right, difference)


def _less(at: Tables, happening: Happening, right: Quantity, less: int) -> Iterable[Refusal]:
    if happening.what is What.COUNT:
        lot = at.get(Ref[Lot](happening.number))
        if lot.left < less:
            yield USED_SINCE(left=right.of(lot.left))
    elif is_price(happening, right):
        purchase = at.get(Ref[Purchase](happening.number))
        if purchase.payment is Payment.OWED and right.n < purchase.paid:
            yield PAID_SINCE(paid=right.of(purchase.paid))
    elif happening.what is What.PURCHASE:
        delivery = at.get(Ref[Delivery](happening.number))
        if delivery.on_road < less:
            yield COUNTED_SINCE(left=right.of(delivery.on_road))


def _more(at: Tables, happening: Happening, right: Quantity, more: int) -> Iterable[Refusal]:
    if happening.what is What.USE:
        yield from lacking(at, happening.thing, right.of(more))
    elif happening.what is What.SETTLEMENT:
        owed = at.get(happening.purchase).owed if happening.purchase else 0
        if more > owed:
            yield MORE_THAN_OWED(owed=right.of(owed))
        yield from lacking(at, "money", right.of(more))
    elif is_price(happening, right) and at.get(Ref[Purchase](happening.number)).payment is Payment.PAID:
        yield from lacking(at, "money", right.of(more))
