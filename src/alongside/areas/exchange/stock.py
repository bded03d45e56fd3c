"""What is in the store. Nothing is used, spent or put right that is not there."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.action import Refusal, no
from alongside.areas.exchange.ledger import STORE, Balance
from alongside.codes import N_
from alongside.tables import Tables
from alongside.words import Quantity

NOT_THERE = no("not-in-store", N_("Only {here} of this is in the store."), rule="4.5", yours=True,
               lift=N_("Take at most that much, or count first what arrived."))


def in_store(at: Tables, thing: str, unit: str) -> int:
    """How much of a thing is here."""
    held = at.first(Balance, account=STORE, thing=thing, unit=unit)
    return held.n if held else 0


def lacking(at: Tables, thing: str, wanted: Quantity) -> Iterable[Refusal]:
    """The no to taking more than is there."""
    here = in_store(at, thing, wanted.unit)
    if wanted.n > here:
        yield NOT_THERE(here=wanted.of(here))
