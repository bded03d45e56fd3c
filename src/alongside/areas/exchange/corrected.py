"""What putting right writes: lines for the difference, back the way it came. Nothing is typed over."""

from alongside.areas.exchange.correct import PutRight
from alongside.areas.exchange.correcting import is_price
from alongside.areas.exchange.ledger import SELLER, Lot
from alongside.areas.exchange.moving import (
    Goods,
    Line,
    add,
    arrive,
    between,
    give_back,
    take,
    unarrive,
    write,
)
from alongside.areas.exchange.tables import Delivery, Payment, Purchase, What
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Ref


@folds(PutRight)
def put_right(fact, entry, at):
    happening, more = at.get(fact.happening), fact.quantity.n - fact.was.n
    if is_price(happening, fact.quantity):
        lines = change_price(at, at.get(Ref[Purchase](happening.number)), more)
    elif happening.what is What.COUNT:
        lines = change_count(at, happening, more)
    elif happening.what is What.USE:
        lines = change_taken(at, happening, more, Goods(happening.thing, fact.quantity.unit),
                             f"used:{int(happening.need)}")
    elif happening.what is What.SETTLEMENT:
        lines = change_settlement(at, happening, more)
    else:
        lines = change_bought(at, at.get(Ref[Delivery](happening.number)), more)
    kept = happening.quantity if is_price(happening, fact.quantity) else fact.quantity
    at.put(replace(happening, quantity=kept, corrected=entry.number))
    write(at, entry.number, entry.day, lines)


def change_count(at, happening, more):
    """So much more or less came. What is in the store keeps the need it came for."""
    lot, delivery = at.get(Ref[Lot](happening.number)), at.get(happening.delivery)
    at.put(replace(lot, n=lot.n + more, left=lot.left + more, open=lot.left + more > 0))
    return arrive(at, delivery, more, lot.need) if more > 0 else unarrive(at, delivery, -more, lot.need)


def change_taken(at, happening, more, goods, account, goes_to=None):
    """So much more or less was taken from the store."""
    if more > 0:
        return take(at, happening.number, goods, more, happening.need, account, goes_to)
    return give_back(at, happening.number, -more, happening.need, account)


def change_settlement(at, happening, more):
    """So much more or less was paid of what was owed."""
    purchase = at.get(happening.purchase)
    at.put(replace(purchase, paid=purchase.paid + more))
    return change_taken(at, happening, more, Goods("money", happening.quantity.unit),
                        f"owed:{purchase.number}", purchase.number)


def change_price(at, purchase, more):
    """The price was another: money leaves or comes back, or so much more or less is owed."""
    money, paid = Goods("money", purchase.price.unit), purchase.payment is Payment.PAID
    at.put(replace(purchase, price=purchase.price.of(purchase.price.n + more),
                   paid=purchase.paid + more if paid else purchase.paid))
    if paid:
        return change_taken(at, purchase, more, money, SELLER)
    accounts = (f"owed:{purchase.number}", SELLER) if more > 0 else (SELLER, f"owed:{purchase.number}")
    return [Line(*accounts, abs(more), money, purchase.number, purchase.need)]


def change_bought(at, delivery, more):
    """So much more or less was bought; it is on its way, or never was."""
    quantity = delivery.quantity.of(delivery.quantity.n + more)
    purchase = at.get(Ref[Purchase](delivery.number))
    at.put(replace(purchase, quantity=quantity))
    now = add(at, replace(delivery, quantity=quantity))
    accounts = (SELLER, f"road:{now.number}") if more > 0 else (f"road:{now.number}", SELLER)
    return [between(now, *accounts, abs(more))]
