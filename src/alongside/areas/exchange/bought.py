"""What a purchase writes: money to the seller, or a debt, and a delivery that is on its way at once."""

from alongside.areas.exchange.buy import Bought
from alongside.areas.exchange.ledger import SELLER, thing_of
from alongside.areas.exchange.moving import Goods, Line, between, take, write
from alongside.areas.exchange.tables import Delivery, Happening, Payment, Purchase, What
from alongside.fold import folds


@folds(Bought)
def keep_purchase(fact, entry, at):
    asked, number = entry.asked, entry.number
    paid = fact.price.n if fact.payment is Payment.PAID else 0
    at.put(Purchase(
        number=number, need=fact.need, kind=fact.kind, item=fact.item, quantity=fact.quantity,
        price=fact.price, payment=fact.payment, paid=paid, related=fact.related, seller=asked.seller,
        receipt=asked.receipt, no_receipt=asked.no_receipt, witnesses=asked.witnesses, day=fact.happened_on))
    delivery = Delivery(
        number=number, promise=None, ally=None, need=fact.need, kind=fact.kind, item=fact.item,
        quantity=fact.quantity, region=fact.region, local=True, sheet=None, sent=fact.happened_on)
    at.put(delivery)
    at.put(Happening(
        number=number, what=What.PURCHASE, need=fact.need, delivery=delivery.ref, quantity=fact.quantity,
        thing=thing_of(fact.kind, fact.item), day=fact.happened_on, by=entry.author))
    money = Goods("money", fact.price.unit)
    pays = (take(at, number, money, paid, fact.need, SELLER) if paid
            else [Line(f"owed:{number}", SELLER, fact.price.n, money, number, fact.need)])
    write(at, number, fact.happened_on, [*pays, between(delivery, SELLER, f"road:{number}", fact.quantity.n)])
