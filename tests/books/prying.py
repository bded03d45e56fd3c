"""What an ally hears must not depend on what is between the host and another ally.

Its book is made anew without any row that it may not see. If the gate then answers otherwise, the difference
tells it what is hidden; only a stop may show, and then as "not now" and nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside import gate
from alongside.action import Action, Refusal
from alongside.areas.consent.tables import Consent, Cover, Rest
from alongside.areas.partnership.tables import Member
from alongside.tables import ROWS, MemoryTables, Row, Tables
from alongside.words import Ref


def blind(by: Member, at: Tables) -> MemoryTables:
    """A book with only the rows that somebody may see."""
    seen = MemoryTables()
    for kind in ROWS.values():
        for row in at.all(kind):
            if shown(row, by, at):
                seen.put(row)
    return seen


def shown(row: Row, by: Member, at: Tables) -> bool:
    """Whether somebody may see a row. A yes takes its covers along, and a no is between two."""
    if isinstance(row, Cover):
        return at.get(Ref[Consent](row.number)).seen_by(by, at)
    if isinstance(row, Rest):
        return by.host or row.ally == by.group
    return row.seen_by(by, at)


def tells_nothing(action: Action, person: int, at: Tables, day: date, said: tuple[Refusal, ...]) -> None:
    """What an ally was told is what it would be told if the hidden did not exist."""
    if said == (gate.NOT_NOW(),):
        return
    by = gate.asker_or_outside(person, at)
    heard: Any
    try:
        heard = gate.ask(action, person, blind(by, at), day)
    except LookupError as wrong:
        heard = f"a rule looked for what is hidden: {wrong}"
    assert heard == said, f"{action.called} tells {person} of what is hidden: {said}, and without it {heard}"
