"""Which words a sentence is said with: a page opens them at once, and only those that its reader may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from alongside.action import Refusal
from alongside.areas.needs.tables import Item, Region, Unit
from alongside.areas.partnership.audience import may_read
from alongside.areas.partnership.tables import Group, Member, Role, RoleName, host_members
from alongside.fact import Entered
from alongside.shape import Shape
from alongside.tables import Absent, Row, Tables
from alongside.words import Quantity, Ref, Sealed

# A row that has a name of its own is called by it.
NAMED: dict[type[Row], str] = {Group: "name", Member: "name", Item: "label", Unit: "label", Region: "label"}
# What tells two rows of one kind apart when somebody has to choose between them, in this order.
DETAILS = ("item", "kind", "kinds", "quantity", "cap", "ally", "group", "need", "until")
_HELPERS_MOST = 5


class Wanted(NamedTuple):
    """Words that something is said with, and which ally it concerns, which decides who may read them."""

    sealed: Sealed
    ally: int | None


def needed(things: Iterable[Any], at: Tables) -> Iterator[Sealed]:
    """The words that these values, facts, entries and refusals are said with.

    A `Ref` stands for itself and for what tells it apart from its like.
    """
    return (one.sealed for one in wanted(things, at))


def wanted(things: Iterable[Any], at: Tables, ally: int | None = None) -> Iterator[Wanted]:
    """The same, each with the ally that it concerns."""
    for thing in things:
        if isinstance(thing, Sealed):
            yield Wanted(thing, ally)
        elif isinstance(thing, Entered):
            yield from wanted((Ref[Member](thing.author), thing.fact), at)
        elif isinstance(thing, Refusal):
            yield from wanted(thing.params.values(), at)
            yield from wanted((member.ref for member in helpers(thing.no.helps, at)), at)
        elif isinstance(thing, Ref):
            yield from _wanted_for(thing, at)
        elif isinstance(thing, Quantity):
            if not thing.is_money:
                yield from wanted((Ref[Unit](thing.unit_number or 0),), at)
        elif isinstance(thing, Shape):
            yield from wanted(thing.__dict__.values(), at, _concerns(thing))
        elif isinstance(thing, (tuple, list)):
            yield from wanted(thing, at, ally)


def readable_by(by: Member, things: Iterable[Any], at: Tables) -> set[str]:
    """The commitments among what is needed that a member may read."""
    return {one.sealed.commitment for one in wanted(things, at) if may_read(one.sealed, one.ally, by, at)}


def name_of(ref: Ref[Any], at: Tables) -> Sealed | None:
    """The words that a row is called by, if it has any and is there."""
    if (attribute := NAMED.get(ref.row)) is None:
        return None
    try:
        name: Sealed | None = at.get(ref).__dict__[attribute]
    except Absent:
        return None
    return name


def helpers(role: str, at: Tables) -> list[Member]:
    """The people behind a role that can help. None where they are too many to name."""
    if role not in {"host", "steward"} or at.first(Group, host=True) is None:
        return []
    found = host_members(at)
    if role == "steward":
        stewards = {r.member for r in at.find(Role, role=RoleName.STEWARD) if r.ended is None}
        found = [member for member in found if member.number in stewards]
    return found if len(found) <= _HELPERS_MOST else []


def _wanted_for(ref: Ref[Any], at: Tables) -> Iterator[Wanted]:
    try:
        row = at.get(ref)
    except Absent:
        return
    if attribute := NAMED.get(ref.row):
        yield from wanted((row.__dict__[attribute],), at, _concerns(row))
    else:
        yield from wanted((row.__dict__.get(name) for name in DETAILS if name != "need"), at, _concerns(row))


def _concerns(shape: Shape) -> int | None:
    values = shape.__dict__
    return values.get("ally", values.get("group"))
