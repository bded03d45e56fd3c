"""What moves once something of the exchange happened: from heap to heap, and nothing out of nowhere."""

from __future__ import annotations

from datetime import timedelta

from tests.books.ledger import Happening, Heap, Promise, Purchase, Sheet, Trip
from tests.books.no_store import is_price, used_thing
from tests.books.remembered import MONEY, Yes
from tests.books.then import Did, effect
from tests.books.world import World


@effect("exchange.accept")
def accept(world: World, did: Did) -> None:
    action, it = did.action, world.offers[did.action.offer]
    assert it.need and it.quantity, "a question was accepted"
    n = action.quantity.n if action.quantity else it.left
    much = it.quantity._replace(n=n)
    cover, terms = (
        world.living(it.ally, it.kind, it.need, did.day, much),
        world.terms(it.ally, it.kind, did.day, much),
    )
    assert cover and terms, "accepted without a yes, or without terms"
    until = action.until or did.day + timedelta(days=90)
    world.yeses[did.number] = Yes(did.number, "accepted", it.ally, (it.kind,), it.need, None, did.day, until,
                                  did.by, leans=(cover.number, terms.number))
    goods = (f"item:{it.item}" if it.item else it.kind, it.quantity.unit)
    world.ledger.promises[did.number] = Promise(
        did.number, it.number, it.ally, it.need, it.kind, goods, n, until
    )
    it.taken += n
    if it.left == 0 or not it.asks_again:
        it.answer = "accepted"


@effect("exchange.check")
def check(world: World, did: Did) -> None:
    action, ledger = did.action, world.ledger
    promise, unsafe = ledger.promises[action.promise], action.way_safe is False
    n = action.quantity.n if action.quantity else ledger.unchecked(promise.number, did.day)
    falling = ledger.falling(promise.number, did.day, all_of_it=unsafe)
    for trip in falling:
        trip.fell = True
    region = int(action.region) if action.region else None
    if unsafe:
        for sheet in ledger.sheets.values():
            if sheet.number in [t.sheet for t in falling] or (region and sheet.region == region):
                sheet.safe = False
        ledger.sheets[did.number] = Sheet(did.number, promise.kind, region, did.day, False)
        return
    sheet = ledger.sheets.get(action.sheet)
    if sheet is None:
        until = action.good_until or did.day + timedelta(days=7)
        sheet = ledger.sheets[did.number] = Sheet(did.number, promise.kind, region, until, True)
    ledger.trips[did.number] = Trip(did.number, promise.number, promise.ally, promise.need, promise.kind,
                                    promise.goods, n, sheet.region, sheet.number)


@effect("exchange.send")
def send(world: World, did: Did) -> None:
    world.ledger.trips[did.action.delivery].leave()


@effect("exchange.count")
def count(world: World, did: Did) -> None:
    ledger, n = world.ledger, did.action.quantity.n
    trip = ledger.trips[did.action.delivery]
    if not trip.sent:
        trip.leave()
    trip.come(n)
    trip.final = trip.final or did.action.final
    ledger.heaps[did.number] = Heap(did.number, trip.source, trip.need, trip.goods, n, n)
    ledger.happenings[did.number] = Happening(did.number, "count", trip.need, trip.goods, n, trip.number)


@effect("exchange.report_missing")
def report_missing(world: World, did: Did) -> None:
    trip = world.ledger.trips[did.action.delivery]
    trip.road -= did.action.quantity.n
    trip.missing += did.action.quantity.n


@effect("exchange.let_come")
def let_come(world: World, did: Did) -> None:
    world.ledger.trips[did.action.delivery].chose = (did.number, "let_come")


@effect("exchange.divert")
def divert(world: World, did: Did) -> None:
    trip = world.ledger.trips[did.action.delivery]
    trip.need, trip.chose = int(did.action.need or trip.need), (did.number, "diverted")
    trip.region = int(did.action.region) if did.action.region else trip.region


@effect("exchange.send_back")
def send_back(world: World, did: Did) -> None:
    trip = world.ledger.trips[did.action.delivery]
    trip.returned, trip.road, trip.chose = trip.returned + trip.road, 0, (did.number, "sent_back")


@effect("exchange.buy")
def buy(world: World, did: Did) -> None:
    action, ledger, number = did.action, world.ledger, did.number
    need, price, credit = world.needs[action.need], action.price, action.payment == "owed"
    kind = str(action.kind or need.kind)
    item = world.item_of(kind, need)
    goods = (f"item:{item}" if item else kind, action.quantity.unit)
    region = int(action.region) if action.region else None
    trip = Trip(number, None, None, need.number, kind, goods, action.quantity.n, region)
    trip.leave()
    ledger.trips[number] = trip
    ledger.purchases[number] = Purchase(
        number, need.number, price.n, price.unit, credit, 0 if credit else price.n
    )
    ledger.happenings[number] = Happening(number, "purchase", need.number, goods, trip.n, number)
    if not credit:
        ledger.take(number, (MONEY, price.unit), price.n, need.number)


@effect("exchange.settle")
def settle(world: World, did: Did) -> None:
    ledger, n = world.ledger, did.action.quantity.n
    purchase = ledger.purchases[did.action.purchase]
    goods = (MONEY, purchase.unit)
    purchase.paid += n
    ledger.take(did.number, goods, n, purchase.need)
    ledger.happenings[did.number] = Happening(
        did.number, "settlement", purchase.need, goods, n, purchase.number
    )


@effect("exchange.use")
def use(world: World, did: Did) -> None:
    action, need = did.action, int(did.action.need)
    goods = (used_thing(world, action), action.quantity.unit)
    world.ledger.take(did.number, goods, action.quantity.n, need)
    world.ledger.happenings[did.number] = Happening(did.number, "use", need, goods, action.quantity.n)


@effect("exchange.correct")
def correct(world: World, did: Did) -> None:
    ledger, right = world.ledger, did.action.quantity
    it = ledger.happenings[did.action.happening]
    if is_price(it, right):
        correct_price(world, it, right.n)
        return
    more, it.n = right.n - it.n, right.n
    if it.what == "count":
        heap, trip = ledger.heaps[it.number], ledger.trips[it.about]
        heap.n, heap.left = heap.n + more, heap.left + more
        if more > 0:
            trip.come(more)
        else:
            trip.not_come(-more)
    elif it.what == "purchase":
        trip = ledger.trips[it.number]
        trip.n, trip.road = trip.n + more, trip.road + more
    else:
        if it.what == "settlement":
            ledger.purchases[it.about].paid += more
        ledger.move(it.number, it.goods, more, it.need)


def correct_price(world: World, it: Happening, right: int) -> None:
    """The price was another: what was paid follows at once, unless it is owed."""
    purchase = world.ledger.purchases[it.number]
    more, purchase.price = right - purchase.price, right
    if not purchase.credit:
        purchase.paid = right
        world.ledger.move(it.number, (MONEY, purchase.unit), more, it.need)
