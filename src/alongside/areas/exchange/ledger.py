"""The ledger: every step of the exchange moves an amount from one account to another, and from giver to use.

Accounts are short codes: `giver:3 road:57 store used:31 missing:57 returned:3 seller owed:60`.
"""

from __future__ import annotations

from datetime import date

from alongside.areas.needs.tables import Need
from alongside.tables import Row
from alongside.words import Ref

STORE, SELLER = "store", "seller"


class Movement(Row):
    """One line of the ledger: the same amount leaves one account and joins another, so every line balances.

    `source` is the promise or the purchase that it is traced to.
    """

    key = ("number", "line")
    found_by = (("source",),)
    number: int
    line: int
    from_account: str
    to_account: str
    thing: str                  # `item:7`, or a kind for what has no item: `money`, `transport`
    unit: str
    n: int
    source: int
    need: Ref[Need]
    day: date


class Balance(Row):
    """What an account holds of a thing. What givers and sellers gave stands there as less than nothing."""

    key = ("account", "thing", "unit")
    account: str
    thing: str
    unit: str
    n: int


class Progress(Row):
    """How far a need is: what is promised and not yet sent, on the way, here, used, missing, sent back.

    `promised` counts promises that have stopped or lapsed too; `states.still_promised` leaves them out.
    """

    key = ("need", "thing", "unit")
    need: Ref[Need]
    thing: str
    unit: str
    promised: int = 0
    on_the_way: int = 0
    here: int = 0
    used: int = 0               # of money: spent
    missing: int = 0
    returned: int = 0


class Lot(Row):
    """What one count brought into the store, called by its number. The oldest open lot is used first."""

    found_by = (("thing", "unit", "open"), ("thing", "unit", "need", "open"), ("source",))
    number: int
    source: int
    need: Ref[Need]
    thing: str
    unit: str
    n: int
    left: int
    open: bool                  # something of it is left


class Draw(Row):
    """How much a use, a purchase or a settlement took from a lot, as it stands now."""

    key = ("number", "line")
    found_by = (("lot",), ("goes_to",))
    number: int
    line: int
    lot: Ref[Lot]
    n: int
    goes_to: int                # the use, or the purchase that it paid for


def thing_of(kind: str, item: int | None) -> str:
    """The short code of what is moved: its item, or its kind where it has none."""
    return f"item:{int(item)}" if item else str(kind)
