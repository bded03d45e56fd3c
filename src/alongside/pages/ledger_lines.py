"""The open ledger in words: what left one place and came to another, and which promise or purchase it
belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.areas.exchange.ledger import SELLER, STORE, Movement
from alongside.areas.exchange.tables import Delivery, Purchase
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.tables import Group
from alongside.codes import N_
from alongside.languages.pieces import Piece, said
from alongside.languages.sentences import Teller
from alongside.pages.desk import Desk
from alongside.pages.stock import thing_in
from alongside.words import Kind, Quantity, Ref

LINES = 12
# How a place of the ledger is called; what stands behind its colon is a number.
_PLACES: dict[str, str] = {
    "giver": N_("{name}"),
    "missing": N_("what is missing"),
    "owed": N_("what is owed for purchase {number}"),
    "returned": N_("what went back"),
    "road": N_("the road"),
    SELLER: N_("a seller near home"),
    STORE: N_("the store"),
    "used": N_("use for {name}"),
}


@dataclass
class Line:
    """One line: the same amount leaves one place and joins another."""

    number: int
    day: date
    thing: Ref[Item] | Kind
    quantity: Quantity
    source: int
    one: tuple[str, int]
    other: tuple[str, int]

    def places(self, teller: Teller, desk: Desk) -> tuple[Piece, Piece]:
        """From where, to where."""
        return _place(self.one, teller, desk), _place(self.other, teller, desk)


def lines(movements: list[Movement], most: int) -> tuple[list[Line], int | None]:
    """The lines of the ledger, and the entry before which older ones stand, if there may be any.

    An entry is never parted between two pages.
    """
    older = None
    if len(movements) == most:
        last = movements[-1].number
        movements = [m for m in movements if m.number != last] or movements
        older = movements[-1].number
    found = [
        Line(
            m.number,
            m.day,
            thing_in(m.thing),
            Quantity(m.n, m.unit),
            m.source,
            _parted(m.from_account),
            _parted(m.to_account),
        )
        for m in movements
    ]
    return found, older


def named(lines: list[Line]) -> list[object]:
    """What has to be told for them."""
    rows: dict[str, Any] = {
        "giver": Ref[Group],
        "used": Ref[Need],
        "road": Ref[Delivery],
        "owed": Ref[Purchase],
    }
    return [
        value
        for line in lines
        for value in (
            line.thing,
            line.quantity,
            *(rows[name](number) for name, number in (line.one, line.other) if name in rows and number),
        )
    ]


def _parted(account: str) -> tuple[str, int]:
    name, _, number = account.partition(":")
    return name, int(number) if number.isdecimal() else 0


def _place(place: tuple[str, int], teller: Teller, desk: Desk) -> Piece:
    name, number = place
    ref = (
        Ref[Group](number)
        if name == "giver"
        else desk.at.get(Ref[Need](number)).item
        if name == "used"
        else number
    )
    return teller.piece(_PLACES.get(name, name), name=ref, number=said(desk.reader.digits(number)))
