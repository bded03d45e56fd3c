"""A purchase is proved by its receipt, or by why there is none and who saw it ("Living with the rules" 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.exchange.fitting import miscounted
from alongside.areas.exchange.stock import lacking
from alongside.areas.exchange.tables import Payment
from alongside.areas.needs.tables import Need
from alongside.codes import N_
from alongside.tables import Tables
from alongside.words import Kind

NO_PROOF = no("no-proof", N_("This purchase has no proof yet."), rule="Living 5", yours=True,
              lift=N_("Say what the receipt says, or why there is none and which two people saw it."))
NOT_A_PRICE = no("price-not-money", N_("A price is an amount of money."), yours=True,
                 lift=N_("Choose a currency."))
NOT_BOUGHT = no("money-not-bought", N_("Money is not bought for a need."), yours=True,
                lift=N_("Say what was bought with it."))


def kind_of(asked: Any, need: Need) -> Kind:
    """What was bought: the need's own kind unless the buyer says otherwise."""
    return asked.kind or need.kind


def hinders(asked: Any, at: Tables) -> Iterable[Refusal]:
    """Every reason why a purchase cannot be written like this."""
    need = at.get(asked.need)
    kind = kind_of(asked, need)
    if kind == "money":
        yield NOT_BOUGHT()
    else:
        yield from miscounted(kind, asked.quantity, need)
    if not asked.price.is_money:
        yield NOT_A_PRICE()
    elif asked.payment is Payment.PAID:
        yield from lacking(at, "money", asked.price)
    if asked.receipt is None and (asked.no_receipt is None or asked.witnesses is None):
        yield NO_PROOF()
