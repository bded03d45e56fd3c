"""From a giver to a use, and back (4.5). Its trace and what is not used yet make up a contribution."""

from __future__ import annotations

from typing import NamedTuple

from alongside.areas.exchange.ledger import Draw, Lot
from alongside.areas.exchange.tables import Delivery, Happening, Promise, Purchase, What
from alongside.tables import Tables
from alongside.words import Quantity, Ref


class Used(NamedTuple):
    """A part that was used."""

    n: int
    use: Ref[Happening]
    need: int


class Spent(NamedTuple):
    """A part that paid `n` of the price of a purchase, and what became of all that was bought."""

    n: int
    purchase: Ref[Purchase]
    price: Quantity
    goods: Trace


class Trace(NamedTuple):
    """What became of a promise, or of what was bought. `amount` = promised, and what came beyond it."""

    amount: Quantity
    not_sent: int
    on_the_road: int
    here: int
    missing: int
    returned: int
    used: tuple[Used, ...]
    spent: tuple[Spent, ...]

    @property
    def traced(self) -> int:
        """How much is accounted for: used, spent, missing or sent back."""
        return sum(u.n for u in self.used) + sum(s.n for s in self.spent) + self.missing + self.returned

    @property
    def unused(self) -> int:
        """How much is not used yet."""
        return self.not_sent + self.on_the_road + self.here


class Paid(NamedTuple):
    """A part of a price, and the promise it came from."""

    n: int
    promise: Ref[Promise]
    ally: int


class Origin(NamedTuple):
    """Where a part of a use came from: an ally's promise, or a purchase and those whose money paid for it.

    What of a price is still owed was paid by nobody yet; `paid` then adds up to less than the price.
    """

    n: int
    lot: Ref[Lot]
    delivery: Ref[Delivery]
    promise: Ref[Promise] | None
    ally: int | None
    purchase: Ref[Purchase] | None
    price: Quantity | None
    paid: tuple[Paid, ...]


def trace(at: Tables, promise: Ref[Promise]) -> Trace:
    """From what an ally promised to what became of it."""
    given = at.get(promise)
    return _trace(at, given, given.number, max(given.quantity.n, given.sent) + given.more,
                  max(0, given.quantity.n - given.sent))


def _trace(at: Tables, of: Promise | Delivery, source: int, amount: int, not_sent: int) -> Trace:
    used, spent, here = [], [], 0
    for lot in at.find(Lot, source=source):
        here += lot.left
        for draw in at.find(Draw, lot=lot.number):
            if draw.n:
                taken = at.get(Ref[Happening](draw.number))
                if taken.what is What.USE:
                    used.append(Used(draw.n, taken.ref, taken.need))
                else:
                    spent.append(_spent(at, draw))
    return Trace(of.quantity.of(amount), not_sent, of.on_road, here, of.missing, of.returned, tuple(used),
                 tuple(spent))


def _spent(at: Tables, draw: Draw) -> Spent:
    purchase = at.get(Ref[Purchase](draw.goes_to))
    bought = at.get(Ref[Delivery](draw.goes_to))
    goods = _trace(at, bought, bought.number, bought.quantity.n + bought.more, 0)
    return Spent(draw.n, purchase.ref, purchase.price, goods)


def back(at: Tables, use: Ref[Happening]) -> tuple[Origin, ...]:
    """From a use to everybody who gave for it."""
    return tuple(_origin(at, draw) for draw in at.find(Draw, number=use) if draw.n)


def _origin(at: Tables, draw: Draw) -> Origin:
    lot = at.get(draw.lot)
    delivery = at.get(Ref[Delivery](at.get(Ref[Happening](lot.number)).delivery or 0))
    if delivery.promise:
        return Origin(draw.n, lot.ref, delivery.ref, delivery.promise, delivery.ally, None, None, ())
    purchase = at.get(Ref[Purchase](delivery.number))
    paid = payers(at, purchase.number)
    return Origin(draw.n, lot.ref, delivery.ref, None, None, purchase.ref, purchase.price, paid)


def payers(at: Tables, purchase: int) -> tuple[Paid, ...]:
    """Whose money paid for a purchase, in the order in which it was taken."""
    paid = []
    for draw in at.find(Draw, goes_to=purchase):
        if draw.n:
            giver = at.get(Ref[Promise](at.get(draw.lot).source))
            paid.append(Paid(draw.n, giver.ref, giver.ally))
    return tuple(paid)
