"""An asking is answered once. A no of either sort lets the same asking rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.consent.resting import rest
from alongside.areas.consent.tables import Asking
from alongside.codes import N_
from alongside.fact import Entered
from alongside.shape import replace
from alongside.tables import Tables
from alongside.words import Kind

OTHER_ASKING = no("other-asking", N_("That asking is about something else."), yours=True,
                  lift=N_("Answer with the same ally and kind, or without naming an asking."))
ANSWERED = no("already-answered", N_("This asking has been answered already."),
              lift=N_("A new yes or no can always be said by itself."))


def unanswerable(asked: Asking, ally: int, kind: Kind) -> Iterable[Refusal]:
    """Why a yes to this ally and kind is no answer to an asking."""
    if asked.answer != "open":
        yield ANSWERED()
    elif asked.ally != ally or not kind.covers(asked.kind):
        yield OTHER_ASKING()


def answer(at: Tables, fact: Any, entry: Entered, how: str) -> None:
    """Close the asking that a fact answers; after "not_now" and "refused" the same asking rests."""
    at.put(replace(at.get(fact.asking), answer=how, answered=entry.day))
    if how != "given":
        rest(at, fact.group, fact.kind, fact.need, entry)
