"""What somebody would sensibly do next with what was offered, is on the road, or is in the store."""

from __future__ import annotations

from datetime import timedelta

from tests.books.drawn import Hand
from tests.books.ledger import Trip
from tests.books.remembered import MONEY
from tests.books.scenes import Given, scene, somebody_of


@scene("exchange.accept")
def accept(hand: Hand) -> Given | None:
    offers = [o for o in hand.world.offers.values() if not o.question]
    left = [o for o in offers if o.answer == "open" and o.until >= hand.day]
    if not left:
        return None
    one = hand.pick(offers if hand.one_in(8) else left)
    terms = hand.world.terms(one.ally, one.kind, hand.day)
    room = terms.cap.n - hand.world.accepted_under(terms.number) if terms and terms.cap else one.left
    n = hand.pick((None, hand.near(one.left), hand.near(room), max(1, min(one.left, room))))
    assert one.quantity
    return {"offer": one.number, "quantity": None if n is None else [n, one.quantity.unit],
            "until": hand.pick((None, hand.day + timedelta(days=hand.pick((5, 0, 1)))))}


@scene("exchange.check")
def check(hand: Hand) -> Given | None:
    world = hand.world
    left = [p for p in world.ledger.promises.values() if not world.gone(world.yeses[p.number])]
    if not left:
        return None
    free = [p for p in left if world.ledger.unchecked(p.number, hand.day) > 0]
    promise = hand.pick(free if free and not hand.one_in(6) else left)
    n = hand.near(max(1, world.ledger.unchecked(promise.number, hand.day)))
    region = hand.pick((None, *world.regions))
    given: Given = {
        "promise": promise.number,
        "quantity": hand.pick((None, [n, promise.goods[1]])),
        "supply": "no",
        "way_safe": not hand.one_in(4),
        "region": region,
        "sheet": None,
        "backup": None,
        "good_until": hand.pick((None, hand.day + timedelta(days=hand.pick((0, 30))))),
    }
    sheets = [s.number for s in world.ledger.sheets.values() if s.kind == promise.kind and s.region]
    if sheets and hand.one_in(3):
        given |= {
            "sheet": hand.pick(sheets),
            "supply": None,
            "way_safe": None,
            "good_until": None,
            "region": None,
        }
    return given


def a_trip(hand: Hand, *, sent: bool) -> Trip | None:
    """A delivery that is on the road; or one that has not left."""
    trips = [t for t in hand.world.ledger.trips.values() if (t.road if sent else not t.sent)]
    return hand.pick(trips[::-1]) if trips else None


@scene("exchange.send")
def send(hand: Hand) -> Given | None:
    trip = a_trip(hand, sent=False) or (a_trip(hand, sent=True) if hand.one_in(4) else None)
    if trip is None or trip.ally is None:
        return None
    return {"delivery": trip.number, "by": somebody_of(hand, trip.ally), "happened_on": None}


@scene("exchange.count")
def count(hand: Hand) -> Given | None:
    lost = [t for t in hand.world.ledger.trips.values() if t.missing or t.returned]
    trip = hand.pick(lost) if lost and hand.one_in(3) else a_trip(hand, sent=not hand.one_in(8))
    if not trip:
        return None
    n = hand.near(hand.pick((trip.road, trip.road + trip.missing, trip.road + trip.returned)) or trip.n, 0)
    return {
        "delivery": trip.number,
        "quantity": [n, trip.goods[1]],
        "final": hand.one_in(4),
        "happened_on": None,
    }


@scene("exchange.report_missing")
def report_missing(hand: Hand) -> Given | None:
    trip = a_trip(hand, sent=True)
    if not trip:
        return None
    by = [*hand.world.hosts(), *(hand.people_of(trip.ally) if trip.ally else ())]
    return {"delivery": trip.number, "quantity": [hand.near(trip.road), trip.goods[1]], "happened_on": None,
            "by": hand.pick(by)}


@scene("exchange.let_come", "exchange.send_back")
def choose(hand: Hand) -> Given | None:
    trip = a_trip(hand, sent=True)
    return {"delivery": trip.number} if trip else None


@scene("exchange.divert")
def divert(hand: Hand) -> Given | None:
    trip = a_trip(hand, sent=True)
    if not trip:
        return None
    return {"delivery": trip.number, "need": hand.pick((*hand.world.needs, None)),
            "region": hand.pick((None, *hand.world.regions))}


@scene("exchange.use")
def use(hand: Hand) -> Given | None:
    heaps = [h for h in hand.world.ledger.heaps.values() if h.left]
    if not heaps:
        return None
    heap = hand.pick(heaps)
    thing, unit = heap.goods
    item = int(thing[5:]) if thing.startswith("item:") else None
    kind = None if item or thing == MONEY else thing
    need = heap.need if not hand.one_in(3) else hand.pick(hand.world.needs)
    n = hand.near(hand.pick((heap.left, hand.world.ledger.here(heap.goods), 2)))
    return {"need": need, "quantity": [n, unit], "item": item, "kind": kind, "happened_on": None}


@scene("exchange.buy")
def buy(hand: Hand) -> Given | None:
    needs = [n for n in hand.world.needs.values() if n.kind != MONEY]
    if not needs:
        return None
    need, here = hand.pick(needs), hand.world.ledger.here((MONEY, "XTS"))
    payment = hand.pick(("paid", "owed")) if here else "owed"
    proof: Given = hand.pick(({"receipt": "no 7"}, {"no_receipt": "lost", "witnesses": "two who saw it"}))
    return {"need": need.number, "quantity": [hand.pick((5, 2)), need.quantity.unit], "payment": payment,
            "kind": hand.pick((None, None, "transport", "goods")), "happened_on": None, **proof,
            "price": [hand.near(here) if here and payment == "paid" else hand.pick((10, 60)), "XTS"]}


@scene("exchange.settle")
def settle(hand: Hand) -> Given | None:
    owed = [p for p in hand.world.ledger.purchases.values() if p.owed]
    if not owed:
        return None
    one = hand.pick(owed)
    n = hand.near(hand.pick((one.owed, max(1, min(one.owed, hand.world.ledger.here((MONEY, one.unit)))))))
    return {"purchase": one.number, "quantity": [n, one.unit], "happened_on": None}


@scene("exchange.correct")
def correct(hand: Hand) -> Given | None:
    if not hand.world.ledger.happenings:
        return None
    one = hand.pick(hand.world.ledger.happenings.values())
    n, unit = one.n, one.goods[1]
    if one.what == "purchase" and not hand.one_in(3):
        purchase = hand.world.ledger.purchases[one.number]
        n, unit = purchase.price, purchase.unit
    return {
        "happening": one.number,
        "quantity": [hand.pick((max(0, n - 1), n + 1, 0, hand.near(n, 0))), unit],
    }
