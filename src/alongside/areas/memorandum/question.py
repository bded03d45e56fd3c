"""Do the terms in force allow this? Until there is a memorandum, they are the first yes and its bounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.consent.question import Sought, covers_of
from alongside.areas.consent.tables import Consent, How
from alongside.areas.partnership.tables import Member
from alongside.codes import N_, NEVER_BY_FIRST_YES
from alongside.tables import Tables
from alongside.words import Kind, Quantity

NO_TERMS = no("no-terms", N_("There are no terms yet under which {kind} could come from this ally."),
              rule="2.1", helps="host", lift=N_("The host group says a first yes, or signs a memorandum."))
NEEDS_MEMORANDUM = no("needs-memorandum", N_("A first yes never carries {kind}. It waits for a memorandum."),
                      rule="Living 2", helps="host", lift=N_("A memorandum that both have signed."))
BEYOND_CAP = no("beyond-cap", N_("The terms have room for {room} more."), rule="Living 2", yours=True,
                lift=N_("Take at most that much, or agree on wider terms."))


def terms_for(sought: Sought, at: Tables, moment: date) -> Consent | None:
    """The terms in force between the host and an ally that reach this: with the most room, then the
    longest."""
    live = [c for c in covers_of(sought, at) if c.how is How.FIRST_YES and c.stands(moment)]
    return max(live, key=lambda c: (_room_for(c, sought.quantity), c.last_day(), -c.number)) if live else None


def _room_for(terms: Consent, quantity: Quantity | None) -> int:
    if quantity is None or not quantity.is_money:
        return 0        # only money is bounded by a cap
    left = room(terms, quantity)
    return -1 if left is None else left.n


def room(terms: Consent, quantity: Quantity) -> Quantity | None:
    """How much more money may be accepted under these terms; None where they do not bound it."""
    if terms.cap is None or not quantity.is_money or quantity.unit != terms.cap.unit:
        return None
    return terms.cap.of(max(0, terms.cap.n - terms.used))


class InTerms:
    """Within the memorandum, or the first yes that stands in for it, and under its cap."""

    says = N_("Within the memorandum, or within the first yes until there is one.")

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Which bound it would break."""
        sought = asked.sought(by, at)
        if sought is None:
            return ()
        if any(Kind(never).covers(sought.kind) for never in NEVER_BY_FIRST_YES):
            return (NEEDS_MEMORANDUM(kind=sought.kind),)
        terms = terms_for(sought, at, moment)
        if terms is None:
            return (NO_TERMS(kind=sought.kind),)
        if sought.quantity and sought.quantity.is_money:
            left = room(terms, sought.quantity)
            if left is None or sought.quantity.n > left.n:
                return (BEYOND_CAP(room=left or terms.cap),)
        return ()
