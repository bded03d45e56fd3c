"""Who may read somebody's words: computed from the same rows that decide who may act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alongside.areas.partnership.tables import Member, RoleName
from alongside.areas.partnership.who import holds
from alongside.shape import Shape
from alongside.tables import Tables
from alongside.words import Audience, Sealed


def may_read(sealed: Sealed, ally: int | None, by: Member, at: Tables) -> bool:
    """Whether a member may read these words, which stand in something that concerns `ally` (None: no ally).

    Narrowest first; an audience that nobody knows is nobody's.
    """
    if sealed.audience == Audience.BOOK:
        return True
    if sealed.audience == Audience.PAIR:
        return by.host or (ally is not None and ally == by.group)
    if sealed.audience == Audience.GROUP:
        return by.host if ally is None else ally == by.group
    if sealed.audience == Audience.STEWARDS:
        return by.host and holds(at, by.number, RoleName.STEWARD)
    return False


def readable(things: Iterable[Any], by: Member, at: Tables) -> Iterator[str]:
    """The commitments in these rows and facts that a member may read."""
    for thing in things:
        if isinstance(thing, Sealed):
            if may_read(thing, None, by, at):
                yield thing.commitment
        elif isinstance(thing, Shape):
            values = thing.__dict__
            ally = values.get("ally", values.get("group"))
            for value in values.values():
                if isinstance(value, Sealed) and may_read(value, ally, by, at):
                    yield value.commitment
