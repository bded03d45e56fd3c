"""What the host said is not needed, or is there too much of, and what it takes back by naming a need."""

from __future__ import annotations

from alongside.areas.consent.question import ancestry
from alongside.areas.needs.tables import Unwanted
from alongside.tables import Tables
from alongside.words import Kind


def unwanted_for(at: Tables, kind: Kind, item: int | None) -> list[Unwanted]:
    """Everything that says that this kind, or this item of it, is not needed.

    "No goods" reaches food; "no coats" does not reach other clothes.
    """
    return [one for above in ancestry(kind) for one in at.find(Unwanted, kind=Kind(above), ended=False)
            if one.item is None or one.item == item]
