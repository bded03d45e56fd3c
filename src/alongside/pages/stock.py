"""What is in the store: by thing and region, and since when; the money in the box; what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.areas.exchange.ledger import Balance, Lot
from alongside.areas.exchange.tables import Happening
from alongside.areas.needs.tables import Item, Need, Region
from alongside.pages.desk import Desk
from alongside.pages.gather import Look, newest
from alongside.words import Kind, Quantity, Ref

LOTS_MOST = 500


@dataclass
class Pile:
    """So much of one thing in one region; `oldest` is when the first of it was counted, if that is known."""

    thing: Ref[Item] | Kind
    region: Ref[Region] | None
    quantity: Quantity
    oldest: date | None = None


def thing_in(code: str) -> Ref[Item] | Kind:
    """What a line of the ledger moves: "item:7", or a kind."""
    name, _, number = code.partition(":")
    return Ref[Item](int(number)) if name == "item" else Kind(code)


def box(balances: list[Balance]) -> list[Quantity]:
    """The money that is there, by currency."""
    return [Quantity(held.n, held.unit) for held in balances if held.thing == "money" and held.n]


def lots_of(balances: list[Balance]) -> Look:
    """The look-up of what is in the store, but money."""
    held = [one for one in balances if one.thing != "money" and one.n]
    return newest(Lot, LOTS_MOST, thing=[h.thing for h in held], unit=[h.unit for h in held], open=True)


def named_by(lot: Lot) -> list[Ref[Any]]:
    """What a lot is told with: what it is, for which need it came, and when it was counted."""
    thing = thing_in(lot.thing)
    return [lot.need, Ref[Happening](lot.number), *([thing] if isinstance(thing, Ref) else [])]


def piles(desk: Desk, balances: list[Balance], lots: list[Lot]) -> list[Pile]:
    """What is there but money. Of more lots than a page can tell, the sums alone."""
    if len(lots) == LOTS_MOST:
        held = [one for one in balances if one.thing != "money" and one.n]
        return [Pile(thing_in(h.thing), None, Quantity(h.n, h.unit)) for h in held]
    found: dict[tuple[str, str, int], Pile] = {}
    for lot in sorted(lots, key=lambda lot: lot.number):
        region = desk.at.get(Ref[Need](lot.need)).region
        key = (lot.thing, lot.unit, int(region or 0))
        pile = found.setdefault(key, Pile(thing_in(lot.thing), region, Quantity(0, lot.unit)))
        pile.quantity = pile.quantity.of(pile.quantity.n + lot.left)
        counted = desk.at.get(Ref[Happening](lot.number)).day
        pile.oldest = min(pile.oldest or counted, counted)
    return list(found.values())
