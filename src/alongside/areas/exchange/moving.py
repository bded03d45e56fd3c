"""How amounts move: off from the giver, into the store, out of the oldest lot first. Only folds come here.

Each function writes the sums of its rows and returns its lines; `write` keeps an entry's lines all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from alongside.areas.exchange.ledger import SELLER, STORE, Balance, Draw, Lot, Movement, Progress, thing_of
from alongside.areas.exchange.tables import Delivery, Promise
from alongside.areas.needs.tables import Need
from alongside.shape import replace
from alongside.tables import Row, Tables
from alongside.words import Ref


class Goods(NamedTuple):
    """What a line moves: which thing, in which unit."""

    thing: str
    unit: str


class Line(NamedTuple):
    """A line on its way into the ledger: `need` for its end in the store, `used_for` for the other end."""

    from_account: str
    to_account: str
    n: int
    goods: Goods
    source: int
    need: Ref[Need]
    used_for: Ref[Need] | None = None


def write(at: Tables, number: int, day: date, lines: Iterable[Line]) -> None:
    """Keep the lines of an entry, and let balances and progress follow."""
    for line, one in enumerate((one for one in lines if one.n), 1):
        outside = one.used_for or one.need
        at.put(Movement(number=number, line=line, from_account=one.from_account, to_account=one.to_account,
                        thing=one.goods.thing, unit=one.goods.unit, n=one.n, source=one.source, need=outside,
                        day=day))
        stages: dict[Ref[Need], dict[str, int]] = {}
        for account, n in ((one.from_account, -one.n), (one.to_account, one.n)):
            balance(at, account, one.goods, n)
            if stage := _stage(account, one.goods):
                stages.setdefault(one.need if account == STORE else outside, {})[stage] = n
        for need, steps in stages.items():
            advance(at, need, one.goods, **steps)


def balance(at: Tables, account: str, goods: Goods, n: int) -> None:
    """Add to what an account holds."""
    before = at.first(Balance, account=account, thing=goods.thing, unit=goods.unit)
    at.put(replace(before, n=before.n + n) if before
           else Balance(account=account, thing=goods.thing, unit=goods.unit, n=n))


def advance(at: Tables, need: Ref[Need], goods: Goods, **steps: int) -> None:
    """Add to the stages of a need's progress."""
    before = at.first(Progress, need=need, thing=goods.thing, unit=goods.unit)
    if before is None:
        before = Progress(need=need, thing=goods.thing, unit=goods.unit)
    at.put(replace(before, **_sums(before, steps)))


def _sums(row: Row, more: dict[str, int]) -> dict[str, int]:
    return {name: row.__dict__[name] + n for name, n in more.items()}


def _stage(account: str, goods: Goods) -> str | None:
    if account == SELLER:
        return "used" if goods.thing == "money" else None       # money at the seller's is spent
    return _STAGES.get(account.partition(":")[0])


_STAGES = {"store": "here", "road": "on_the_way", "used": "used", "missing": "missing",
           "returned": "returned"}


def goods_of(delivery: Delivery) -> Goods:
    """What a delivery brings."""
    return Goods(thing_of(delivery.kind, delivery.item), delivery.quantity.unit)


def between(delivery: Delivery, from_account: str, to_account: str, n: int,
            stored_for: Ref[Need] | None = None) -> Line:
    """A line of a delivery. What is in the store keeps the need it came for, wherever the rest goes."""
    return Line(from_account, to_account, n, goods_of(delivery), delivery.source, stored_for or delivery.need,
                delivery.need)


def origin(delivery: Delivery) -> str:
    """The account that a delivery comes from."""
    return f"giver:{int(delivery.ally)}" if delivery.ally else SELLER


def add(at: Tables, delivery: Delivery, *, sent: int = 0, checked: int = 0, **sums: int) -> Delivery:
    """Add to the sums of a delivery, and to those of its promise."""
    now = replace(delivery, **_sums(delivery, sums))
    now = replace(now, open=now.on_road > 0 if now.sent else now.fallen is None)
    at.put(now)
    if now.promise:
        promise = at.get(now.promise)
        promise = replace(promise, **_sums(promise, {**sums, "sent": sent, "checked": checked}))
        at.put(replace(promise, done=promise.sent >= promise.quantity.n and promise.on_road == 0))
    return now


def set_out(at: Tables, delivery: Delivery, day: date) -> tuple[Delivery, list[Line]]:
    """A checked delivery is on the road from now on, and its promise that much nearer to being kept."""
    promise, n = at.get(Ref[Promise](delivery.source)), delivery.quantity.n
    still_to_send = max(0, promise.quantity.n - promise.sent)
    advance(at, promise.need, goods_of(delivery), promised=-min(n, still_to_send))
    again = n if delivery.fallen else 0         # it fell away, and came all the same
    now = add(at, replace(delivery, sent=day, fallen=None), sent=n, checked=again)
    return now, [between(now, origin(now), f"road:{now.number}", n)]


def arrive(at: Tables, delivery: Delivery, n: int, stored_for: Ref[Need] | None = None) -> list[Line]:
    """What was counted comes off the road, then out of what was missing or sent back; the rest is more."""
    road = min(n, delivery.on_road)
    missing = min(n - road, delivery.missing)
    returned = min(n - road - missing, delivery.returned)
    more = n - road - missing - returned
    add(at, delivery, arrived=n, missing=-missing, returned=-returned, more=more)
    return [between(delivery, f"road:{delivery.number}", STORE, road, stored_for),
            between(delivery, f"missing:{delivery.number}", STORE, missing, stored_for),
            between(delivery, went_back_to(delivery), STORE, returned, stored_for),
            between(delivery, origin(delivery), STORE, more, stored_for)]


def unarrive(at: Tables, delivery: Delivery, n: int, stored_for: Ref[Need]) -> list[Line]:
    """So much was counted that had not come: what came as more first, the rest is on the road again."""
    more = min(n, delivery.more)
    add(at, delivery, arrived=-n, more=-more)
    return [between(delivery, STORE, origin(delivery), more, stored_for),
            between(delivery, STORE, f"road:{delivery.number}", n - more, stored_for)]


def went_back_to(delivery: Delivery) -> str:
    """The account of what was sent back."""
    return f"returned:{int(delivery.ally)}" if delivery.ally else f"returned:{SELLER}"


def take(at: Tables, number: int, goods: Goods, n: int, need: Ref[Need], to_account: str,
         goes_to: int | None = None) -> list[Line]:
    """Take from the oldest lots: first from those that came for this need, then from any."""
    lines, line = [], len(at.find(Draw, number=number))
    while n:
        lot = (at.first(Lot, thing=goods.thing, unit=goods.unit, need=need, open=True)
               or at.first(Lot, thing=goods.thing, unit=goods.unit, open=True))
        if lot is None:
            raise ArithmeticError("more was taken than is there: a check let through what it must refuse")
        some, line = min(n, lot.left), line + 1
        at.put(replace(lot, left=lot.left - some, open=lot.left > some))
        at.put(Draw(number=number, line=line, lot=lot.ref, n=some, goes_to=goes_to or number))
        lines.append(Line(STORE, to_account, some, goods, lot.source, lot.need, need))
        n -= some
    return lines


def give_back(at: Tables, number: int, n: int, need: Ref[Need], from_account: str) -> list[Line]:
    """Put back into their lots what was taken last, the last first."""
    lines = []
    for draw in reversed(at.find(Draw, number=number)):
        if some := min(n, draw.n):
            lot = at.get(draw.lot)
            at.put(replace(lot, left=lot.left + some, open=True))
            at.put(replace(draw, n=draw.n - some))
            goods = Goods(lot.thing, lot.unit)
            lines.append(Line(from_account, STORE, some, goods, lot.source, lot.need, need))
            n -= some
    return lines
