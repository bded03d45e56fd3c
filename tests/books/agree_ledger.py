"""The ledger beside the heaps: nothing below nothing, every line balances, every trail adds up (L4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from alongside.areas.exchange.ledger import Balance, Lot, Movement, Progress
from alongside.areas.exchange.tables import Happening, Promise, Purchase, What
from alongside.areas.exchange.tracing import Trace, back, payers, trace
from alongside.tables import Tables
from alongside.words import Ref
from tests.books.ledger import Ledger
from tests.books.remembered import MONEY
from tests.books.world import World

OUTSIDE = ("giver:", "seller", "owed:")     # what they gave stands there as less than nothing
STAGES = ("promised", "on_the_way", "here", "used", "missing", "returned")


def agree_on_heaps(world: World, at: Tables) -> None:
    """Each count's heap, each thing in the store, each need's progress, each debt."""
    ledger = world.ledger
    assert {
        lot.number: (lot.source, lot.need, (lot.thing, lot.unit), lot.n, lot.left) for lot in at.all(Lot)
    } == {n: (h.source, h.need, h.goods, h.n, h.left) for n, h in ledger.heaps.items()}
    assert {h.number: (h.what, h.need, h.quantity.n) for h in at.all(Happening)} == {
        n: (h.what, h.need, h.n) for n, h in ledger.happenings.items()}
    assert {p.number: (p.price.n, p.paid) for p in at.all(Purchase)} == {
        n: (p.price, p.paid) for n, p in ledger.purchases.items()}
    held = {(b.account, b.thing, b.unit): b.n for b in at.all(Balance) if b.n}
    assert held == heaps_of(ledger), "what the accounts hold"
    far = {(p.need, p.thing, p.unit): tuple(p.__dict__[s] for s in STAGES) for p in at.all(Progress)}
    assert {key: n for key, n in far.items() if any(n)} == progress(ledger), "how far the needs are"


def heaps_of(ledger: Ledger) -> dict[tuple[str, str, str], int]:
    """What each account must hold, were it counted anew."""
    held: Counter[tuple[str, ...]] = Counter()
    for heap in ledger.heaps.values():
        held["store", *heap.goods] += heap.left
    for trip in ledger.trips.values():
        giver = f"giver:{trip.ally}" if trip.ally else "seller"
        held[giver, *trip.goods] -= trip.n + trip.more if trip.sent else 0
        held[f"road:{trip.number}", *trip.goods] += trip.road
        held[f"missing:{trip.number}", *trip.goods] += trip.missing
        held[f"returned:{trip.ally or 'seller'}", *trip.goods] += trip.returned
    for purchase in ledger.purchases.values():
        held["seller", MONEY, purchase.unit] += purchase.price
        held[f"owed:{purchase.number}", MONEY, purchase.unit] -= purchase.owed
    for use in ledger.happenings.values():
        if use.what == "use":
            held[f"used:{use.need}", *use.goods] += use.n
    return {key: n for key, n in held.items() if n}  # type: ignore[misc]  # three words each


def progress(ledger: Ledger) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """How far each need must be, were it counted anew."""
    far: dict[tuple[Any, ...], Counter[str]] = {}

    def add(need: int, goods: tuple[str, str], **stages: int) -> None:
        far.setdefault((need, *goods), Counter()).update(stages)

    for promise in ledger.promises.values():
        add(promise.need, promise.goods, promised=max(0, promise.n - ledger.sent(promise.number)))
    for trip in ledger.trips.values():
        add(trip.need, trip.goods, on_the_way=trip.road, missing=trip.missing, returned=trip.returned)
    for heap in ledger.heaps.values():
        add(heap.need, heap.goods, here=heap.left)
    for use in ledger.happenings.values():
        if use.what == "use":
            add(use.need, use.goods, used=use.n)
    for purchase in ledger.purchases.values():
        add(purchase.need, (MONEY, purchase.unit), used=purchase.price)
    return {key: n for key, one in far.items() if any(n := tuple(one[s] for s in STAGES))}


def agree_on_whole(at: Tables) -> None:
    """Every line takes as much as it gives; no store, road or use ever holds less than nothing."""
    moved: Counter[tuple[str, str, str]] = Counter()
    for line in at.all(Movement):
        assert line.n > 0 and line.from_account != line.to_account, line
        moved[line.from_account, line.thing, line.unit] -= line.n
        moved[line.to_account, line.thing, line.unit] += line.n
    for held in at.all(Balance):
        assert moved[held.account, held.thing, held.unit] == held.n, f"the lines do not make up {held}"
        assert held.n <= 0 if held.account.startswith(("giver:", "owed:")) else (
            held.n >= 0 or held.account.startswith(OUTSIDE)), f"below nothing: {held}"
    for lot in at.all(Lot):
        assert 0 <= lot.left <= lot.n and lot.open == (lot.left > 0), lot
    for far in at.all(Progress):
        assert all(far.__dict__[stage] >= 0 for stage in STAGES), f"less than nothing: {far}"


def agree_on_trails(world: World, at: Tables) -> None:
    """What became of a promise and what is not used yet make up its amount, and each use leads back."""
    ledger = world.ledger
    for promise in at.all(Promise):
        trail, trips = trace(at, promise.ref), ledger.trips_of(promise.number)
        amount = max(promise.quantity.n, ledger.sent(promise.number)) + sum(t.more for t in trips)
        assert trail.traced + trail.unused == trail.amount.n == amount, (
            f"the trail of {promise.number}: {trail}"
        )
        whole(trail)
        used, spent = taken_of(ledger, promise.number)
        assert sum_up((u.use, u.n) for u in trail.used) == used, "what of a promise was used"
        assert sum(s.n for s in trail.spent) == spent, "what of a promise was spent"
    for number, it in ledger.happenings.items():
        if it.what == What.USE:
            assert sum(o.n for o in back(at, Ref[Happening](number))) == it.n, f"where use {number} came from"
    for number, purchase in ledger.purchases.items():
        assert sum(p.n for p in payers(at, number)) == purchase.paid, f"who paid for {number}"


def whole(trail: Trace) -> None:
    """What was bought with it is traced as well, however often it was sold on."""
    for one in trail.spent:
        assert one.goods.traced + one.goods.unused == one.goods.amount.n, (
            f"the trail of purchase {one.purchase}"
        )
        whole(one.goods)


def taken_of(ledger: Ledger, source: int) -> tuple[dict[int, int], int]:
    """How much of what came from a promise was used, by use; and how much was spent."""
    took = [(number, n) for number, draws in ledger.taken.items() for heap, n in draws
            if ledger.heaps[heap].source == source]
    uses = {n for n, it in ledger.happenings.items() if it.what == "use"}
    return sum_up(one for one in took if one[0] in uses), sum(n for number, n in took if number not in uses)


def sum_up(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How much in all under each number; what comes to nothing is left out."""
    sums: Counter[int] = Counter()
    for number, n in pairs:
        sums[number] += n
    return {number: n for number, n in sums.items() if n}
