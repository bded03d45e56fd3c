"""What a count writes: a lot in the store that keeps its giver. What nobody wrote down as sent was sent."""

from alongside.areas.exchange.count import DeliveryCounted
from alongside.areas.exchange.ledger import Lot
from alongside.areas.exchange.moving import arrive, goods_of, set_out, write
from alongside.areas.exchange.tables import Happening, What
from alongside.fold import folds
from alongside.shape import replace


@folds(DeliveryCounted)
def keep_count(fact, entry, at):
    delivery, n = at.get(fact.delivery), fact.quantity.n
    delivery, lines = set_out(at, delivery, fact.happened_on) if delivery.sent is None else (delivery, [])
    lines += arrive(at, replace(delivery, final=delivery.final or fact.final), n)
    goods = goods_of(delivery)
    at.put(Lot(number=entry.number, source=delivery.source, need=delivery.need, thing=goods.thing,
               unit=goods.unit, n=n, left=n, open=n > 0))
    at.put(Happening(number=entry.number, what=What.COUNT, need=delivery.need, delivery=delivery.ref,
                     thing=goods.thing, quantity=fact.quantity, day=fact.happened_on, by=entry.author,
                     proof=entry.asked.witness))
    write(at, entry.number, fact.happened_on, lines)
