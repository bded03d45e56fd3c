"""The host's own order of its needs: what it ranked, then what has no place yet, as it was named."""

from __future__ import annotations

from alongside.areas.needs.tables import Need
from alongside.pages.gather import Look


def in_order(most: int, *, rank: int = 0, number: int | None = None) -> list[Look]:
    """The look-ups for the next open needs: behind a rank, or behind a number among those without one."""
    if number is not None:
        return [Look(Need, {"closed": False, "rank": 0}, most, beyond=number)]
    return [Look(Need, {"closed": False}, most, ("rank", "number"), beyond=rank),
            Look(Need, {"closed": False, "rank": 0}, most)]
