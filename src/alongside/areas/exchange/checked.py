"""What a check writes: a sheet, and a delivery that may leave. "Not safe" closes every sheet for that way."""

from alongside.areas.exchange.check import DeliveryChecked, WayNotSafe
from alongside.areas.exchange.tables import Delivery, Promise, Sheet
from alongside.fold import folds
from alongside.shape import replace


@folds(DeliveryChecked)
def make_delivery(fact, entry, at):
    if fact.sheet is None:
        at.put(sheet_of(fact, entry, fact.good_until, safe=True))
    let_fall(fact, entry, at)
    promise: Promise = at.get(fact.promise)
    at.put(replace(promise, checked=promise.checked + fact.quantity.n))
    at.put(Delivery(
        number=entry.number, promise=fact.promise, ally=fact.ally, need=promise.need, kind=promise.kind,
        item=promise.item, quantity=fact.quantity, region=fact.region, local=False,
        sheet=fact.sheet or entry.number, sent=None))


@folds(WayNotSafe)
def hold_back(fact, entry, at):
    at.put(sheet_of(fact, entry, entry.day, safe=False))
    let_fall(fact, entry, at)
    same_way = [at.get(at.get(one).sheet) for one in fact.falls]
    same_way += at.find(Sheet, place=int(fact.region), open=True) if fact.region else []
    for sheet in same_way:
        at.put(replace(sheet, open=False))


def let_fall(fact, entry, at):
    """What was checked before and has not left makes room in its promise."""
    for one in fact.falls:
        delivery = at.get(one)
        at.put(replace(delivery, fallen=entry.number, open=False))
        promise = at.get(fact.promise)
        at.put(replace(promise, checked=promise.checked - delivery.quantity.n))


def sheet_of(fact, entry, good_until, *, safe):
    """The sheet as it was answered."""
    asked = entry.asked
    return Sheet(number=entry.number, promise=fact.promise, kind=fact.kind, region=fact.region,
                 place=int(fact.region or 0), supply=asked.supply, safe=safe, good_until=good_until,
                 backup=asked.backup, said=entry.day, open=safe)
