"""What is offered, promised, checked, sent, bought, counted and used.

No row says whether a promise still stands: that is asked with its yes and a day (`states.py`). Every sum is
folded from what happened; nobody ever types one.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from alongside.areas.consent.tables import Consent
from alongside.areas.needs.tables import Item, Need, Region
from alongside.areas.partnership.tables import Group
from alongside.tables import Row, Tables
from alongside.words import Kind, Quantity, Ref, Sealed

AMOUNT_MOST = 10**14    # of one entry, in the smallest step; so no sum of a book outgrows its column


class IfPart(StrEnum):
    """What becomes of the rest when only a part of an offer is accepted."""

    STAYS = "stays"             # it stays with the ally: the first acceptance closes the offer
    ASK_AGAIN = "ask_again"     # it stays on offer until the last day


class OfferAnswer(StrEnum):
    """What became of an offer. That its last day passed is never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Supply(StrEnum):
    """Is this to be had near home? (4.1)"""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"


class Choice(StrEnum):
    """What the host chose for a delivery on the road."""

    LET_COME = "let_come"
    DIVERTED = "diverted"
    SENT_BACK = "sent_back"


class Payment(StrEnum):
    """How something was bought."""

    PAID = "paid"
    OWED = "owed"


class NoReceipt(StrEnum):
    """Why there is no receipt. Two people who saw it stand in for one ("Living with the rules" 5)."""

    NONE_WRITTEN = "none_written"
    LOST = "lost"
    NOT_SAFE = "not_safe"


class What(StrEnum):
    """What kind of happening can be put right."""

    COUNT = "count"
    USE = "use"
    PURCHASE = "purchase"
    SETTLEMENT = "settlement"


class Offer(Row):
    """An ally would give a kind, for a need. A question names no need, and moves nothing."""

    found_by = (("ally",), ("need",), ("answer",), ("ally", "kind", "question"))
    number: int
    ally: Ref[Group]
    need: Ref[Need] | None
    kind: Kind
    item: Ref[Item] | None
    quantity: Quantity | None
    left: int                   # what was not accepted
    cover: Ref[Consent] | None  # the yes under which it was offered
    said: date
    until: date
    if_part: IfPart
    conditions: Sealed | None
    words: Sealed | None
    question: bool
    answer: OfferAnswer
    answered: date | None

    def seen_by(self, by: Any, at: Tables) -> bool:
        """The host, and who offers: what was not accepted is nobody else's to compare."""
        return bool(by.host or self.ally == by.group)

    def stands(self, moment: date) -> bool:
        """Whether it can still be accepted, as far as the offer itself goes."""
        return self.answer is OfferAnswer.OPEN and moment <= self.until


class Promise(Row):
    """What was accepted of an offer, called by the acceptance's number, as is the yes it stands under."""

    found_by = (("ally",), ("need", "done"), ("done",))
    number: int
    offer: Ref[Offer]
    ally: Ref[Group]
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None
    quantity: Quantity
    said: date
    until: date                 # the last day by which it may be sent
    checked: int = 0            # in deliveries that have not fallen away
    sent: int = 0
    arrived: int = 0            # what was counted, with what came beyond what was sent
    missing: int = 0
    returned: int = 0
    more: int = 0               # what came beyond what was sent
    done: bool = False          # all of it was sent, and nothing is on the road

    @property
    def on_road(self) -> int:
        """How much was sent and has neither come nor gone missing nor back."""
        return self.sent + self.more - self.arrived - self.missing - self.returned


class Sheet(Row):
    """The host's short sheet before anything moves: is there supply near home, is the way safe? (1.4, 4.1)"""

    found_by = (("place", "open"),)
    number: int
    promise: Ref[Promise]
    kind: Kind
    region: Ref[Region] | None
    place: int                  # the region's number, 0 for none
    supply: Supply | None
    safe: bool
    good_until: date
    backup: Sealed | None
    said: date
    open: bool                  # no later sheet said that the way there is not safe

    def stands(self, moment: date) -> bool:
        """Whether something may be sent on it that day."""
        return self.safe and self.open and moment <= self.good_until


class Delivery(Row):
    """A part of a promise on its way: goods, money and hours alike. Its place is a region, never finer.

    What the host bought near home is one too, `local`, under the number of the purchase and of no promise.
    """

    found_by = (("promise",), ("need",), ("open",))
    number: int
    promise: Ref[Promise] | None
    ally: Ref[Group] | None
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None
    quantity: Quantity
    region: Ref[Region] | None
    local: bool
    sheet: Ref[Sheet] | None
    fallen: int | None = None   # the later sheet in whose favour it fell away before it was sent
    sent: date | None
    final: bool = False         # whoever counts expects no more of it
    choice: Choice | None = None
    chosen: int | None = None   # the entry that chose
    arrived: int = 0
    missing: int = 0
    returned: int = 0
    more: int = 0
    open: bool = True           # something of it can still come

    @property
    def on_road(self) -> int:
        """How much was sent and has neither come nor gone missing nor back."""
        left = self.quantity.n + self.more - self.arrived - self.missing - self.returned
        return left if self.sent else 0

    @property
    def source(self) -> int:
        """The promise or the purchase that all of it is traced to."""
        return self.promise or self.number


class Purchase(Row):
    """What the host bought for a need, near home. What was bought on credit is owed (`owed`)."""

    found_by = (("need",), ("payment",))
    number: int
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None
    quantity: Quantity
    price: Quantity
    payment: Payment
    paid: int                   # of the price, so far
    related: bool               # seller and buyer are
    seller: Sealed | None
    receipt: Sealed | None
    no_receipt: NoReceipt | None
    witnesses: Sealed | None
    day: date

    @property
    def owed(self) -> int:
        """How much of the price has not been paid."""
        return self.price.n - self.paid


class Happening(Row):
    """A count, a use, a purchase or a settlement, as it stands after everything that put it right."""

    found_by = (("need", "what"), ("delivery",))
    number: int
    what: What
    need: Ref[Need]
    delivery: Ref[Delivery] | None = None   # of a count, and of a purchase
    purchase: Ref[Purchase] | None = None   # of a settlement
    thing: str
    quantity: Quantity
    people: int = 0                         # reached by a use; 0: not said
    day: date
    by: int
    proof: Sealed | None = None             # who counted too, or what a receipt says
    corrected: int | None = None            # the entry that last put it right
