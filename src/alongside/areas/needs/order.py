"""The host's own order of its needs: one place, one need. Putting one in moves the others along."""

from __future__ import annotations

from alongside.areas.needs.tables import RANKS_MOST, Need
from alongside.shape import replace
from alongside.tables import Tables


def put_in_order(at: Tables, need: Need, rank: int) -> None:
    """Give a need its place (0: none). What followed its old place moves up, what stands at the new, down."""
    at.put(replace(need, rank=0))
    if need.rank:
        _close_up(at, need.rank)
    if rank:
        _make_room(at, rank)
        at.put(replace(need, rank=rank))


def _close_up(at: Tables, left: int) -> None:
    for rank in range(left, RANKS_MOST):
        below = at.first(Need, closed=False, rank=rank + 1)
        if below is None:
            return
        at.put(replace(below, rank=rank))


def _make_room(at: Tables, rank: int) -> None:
    moving: list[Need] = []
    while below := at.first(Need, closed=False, rank=rank + len(moving)):
        moving.append(below)
    for one in reversed(moving):
        at.put(replace(one, rank=one.rank + 1 if one.rank < RANKS_MOST else 0))
