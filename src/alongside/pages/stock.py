"""What is in the store: by thing and region, and since when; the money in the box; what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.exchange.ledger import Balance, Lot
from alongside.areas.exchange.tables import Happening
from alongside.areas.needs.tables import Item, Need, Region
from alongside.pages.desk import Desk
from alongside.pages.gather import newest
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


def piles(desk: Desk, balances: list[Balance]) -> list[Pile]:
    """What is there but money, in two queries: the lots, and when each was counted."""
    held = [one for one in balances if one.thing != "money" and one.n]
    if not held:
        return []
    (lots,) = desk.at.gather(
        newest(Lot, LOTS_MOST, thing=[h.thing for h in held], unit=[h.unit for h in held], open=True)
    )
    desk.at.gather(
        *desk.at.missing(
            [lots, *(thing_in(h.thing) for h in held), *(Ref[Happening](lot.number) for lot in lots)]
        )
    )
    found: dict[tuple[str, str, int], Pile] = {}
    for lot in sorted(lots, key=lambda lot: lot.number):
        region = desk.at.get(Ref[Need](lot.need)).region
        key = (lot.thing, lot.unit, int(region or 0))
        pile = found.setdefault(key, Pile(thing_in(lot.thing), region, Quantity(0, lot.unit)))
        pile.quantity = pile.quantity.of(pile.quantity.n + lot.left)
        counted = desk.at.get(Ref[Happening](lot.number)).day
        pile.oldest = min(pile.oldest or counted, counted)
    return list(found.values()) if len(lots) < LOTS_MOST else [
        Pile(thing_in(h.thing), None, Quantity(h.n, h.unit)) for h in held]
