"""How a form begins: with what a link answers, and with the unit that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from alongside.action import Action
from alongside.areas.exchange.tables import Delivery, Happening, Offer, Promise, Purchase
from alongside.areas.needs.tables import Need
from alongside.doorways.fields import questions_of
from alongside.doorways.inputs import Input, Option
from alongside.pages.desk import Desk
from alongside.words import Quantity

# Rows whose own unit is the only one in which the question can be answered, by the question that names them.
_ONE_UNIT: dict[str, str] = {
    "exchange.accept": "offer",
    "exchange.check": "promise",
    "exchange.count": "delivery",
    "exchange.report_missing": "delivery",
    "exchange.settle": "purchase",
    "needs.confirm": "need",
}
_ROWS: dict[str, Any] = {
    "delivery": Delivery,
    "happening": Happening,
    "need": Need,
    "offer": Offer,
    "promise": Promise,
    "purchase": Purchase,
}
# A price is money, and what was bought is not: then only half of the units is worth listing.
BOUNDS: dict[str, dict[str, str]] = {
    "exchange.buy": {"price": "money", "quantity": "own"},
    "exchange.settle": {"quantity": "money"},
    "consent.first_yes": {"cap": "money"},
    "consent.give": {"cap": "money"},
}


def begun(desk: Desk, kind: type[Action], query: QueryDict) -> QueryDict:
    """The answers of a link, with the unit in which the row that it names is counted."""
    begun = query.copy()
    asked = {question.name: question.widget for question in questions_of(kind)}
    if asked.get("quantity") == "quantity" and "quantity.unit" not in begun and query.get("kind") != "money":
        for name in _ROWS:
            if name in asked and (counted := _counted(desk, name, query.get(name, ""))):
                begun["quantity.unit"] = counted.unit
                break
    return begun


def counted_in(kind: type[Action], inputs: Mapping[str, Input]) -> dict[str, Option]:
    """The one unit in which a question can be answered, where the row that was chosen leaves no other."""
    row = inputs.get(_ONE_UNIT.get(kind.called, ""))
    if row is None or not any(option.chosen for option in row.options):
        return {}
    return {one.name: unit for one in inputs.values() for unit in one.units if unit.chosen}


def _counted(desk: Desk, name: str, number: str) -> Quantity | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        return None
    row = desk.at.first(_ROWS[name], number=int(number))
    if row is None or not row.seen_by(desk.by, desk.at):
        return None
    counted: Quantity | None = row.price if name == "purchase" else row.quantity
    return counted
