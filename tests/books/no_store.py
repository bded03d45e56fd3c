"""What must be refused of the store: more than is there, and more than is owed. Nothing else stands in its
way."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.books.ledger import Goods, Happening
from tests.books.no import Nos, rule
from tests.books.no_exchange import counted, not_yet, stops
from tests.books.remembered import HOST, MONEY
from tests.books.world import World


def lacking(world: World, goods: Goods, n: int) -> Nos:
    """More than is there."""
    if n > world.ledger.here(goods):
        yield "not-in-store"


def used_thing(world: World, action: Any) -> str:
    """What a use takes: money, else the item that was said, else the kind of help, else what the need is
    for."""
    if action.quantity.is_money:
        return MONEY
    if action.kind and not action.item:
        return str(action.kind)
    return f"item:{int(action.item or world.needs[action.need].item)}"


@rule("exchange.use")
def use(world: World, action: Any, person: int, day: date) -> Nos:
    yield from lacking(world, (used_thing(world, action), action.quantity.unit), action.quantity.n)
    yield from not_yet(action, day)


@rule("exchange.buy")
def buy(world: World, action: Any, person: int, day: date) -> Nos:
    need = world.needs[action.need]
    kind = action.kind or need.kind
    yield from stops(world, person, HOST, kind)
    yield from ["money-not-bought"] if kind == MONEY else counted(world, kind, action.quantity, need)
    if not action.price.is_money:
        yield "price-not-money"
    elif action.payment == "paid":
        yield from lacking(world, (MONEY, action.price.unit), action.price.n)
    if action.receipt is None and (action.no_receipt is None or action.witnesses is None):
        yield "no-proof"
    yield from not_yet(action, day)


@rule("exchange.settle")
def settle(world: World, action: Any, person: int, day: date) -> Nos:
    purchase = world.ledger.purchases[action.purchase]
    if action.quantity.unit != purchase.unit:
        yield "other-unit"
    else:
        if action.quantity.n > purchase.owed:
            yield "more-than-owed"
        yield from lacking(world, (MONEY, purchase.unit), action.quantity.n)
    yield from not_yet(action, day)


def is_price(it: Happening, quantity: Any) -> bool:
    """Of a purchase, money is its price."""
    return it.what == "purchase" and bool(quantity.is_money)


@rule("exchange.correct")
def correct(world: World, action: Any, person: int, day: date) -> Nos:
    it, right = world.ledger.happenings[action.happening], action.quantity
    price = is_price(it, right)
    purchase = world.ledger.purchases[it.number] if price else None
    was, unit = (purchase.price, purchase.unit) if purchase else (it.n, it.goods[1])
    if right.unit != unit:
        yield "other-unit"
    elif right.n == was:
        yield "is-right-already"
    elif right.n > was:
        yield from wants_more(world, it, right, right.n - was)
    elif purchase and purchase.credit and right.n < purchase.paid:
        yield "paid-since"
    elif it.what == "count" and world.ledger.heaps[it.number].left < was - right.n:
        yield "used-since"
    elif it.what == "purchase" and not price and world.ledger.trips[it.number].road < was - right.n:
        yield "counted-since"


def wants_more(world: World, it: Happening, right: Any, more: int) -> Nos:
    """What was taken was more than was written down: it has to be there."""
    if it.what == "use":
        yield from lacking(world, it.goods, more)
    elif it.what == "settlement":
        if more > world.ledger.purchases[it.about].owed:
            yield "more-than-owed"
        yield from lacking(world, (MONEY, right.unit), more)
    elif is_price(it, right) and not world.ledger.purchases[it.number].credit:
        yield from lacking(world, (MONEY, right.unit), more)
