"""After a no, an asking rests for thirty days, so that a no needs to be said only once.

That is from "Living with the rules" 11.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from alongside.areas.consent.tables import REST_DAYS, Rest
from alongside.fact import Entered
from alongside.shape import replace
from alongside.tables import Tables


def rest(at: Tables, ally: int, kind: str, need: int | None, entry: Entered) -> None:
    """Let this ally's asking for this kind and need rest."""
    key = _key(ally, kind, need)
    until = entry.day + timedelta(days=REST_DAYS)
    before = at.first(Rest, **key)
    at.put(replace(before, until=until, by=entry.number) if before
           else Rest(**key, until=until, by=entry.number, times=0))


def count_asking(at: Tables, ally: int, kind: str, need: int | None, entry: Entered) -> int:
    """Count one more asking for this, and say how many there were."""
    key = _key(ally, kind, need)
    before = at.first(Rest, **key)
    times = (before.times if before else 0) + 1
    at.put(replace(before, times=times) if before else Rest(**key, until=None, by=entry.number, times=times))
    return times


def _key(ally: int, kind: str, need: int | None) -> dict[str, Any]:
    return {"ally": int(ally), "kind": str(kind), "need": int(need or 0)}
