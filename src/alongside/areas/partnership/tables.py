"""Groups and the people in them. One group is the host; whose struggle it is, leads."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from alongside.shape import Shape
from alongside.tables import Row, Tables
from alongside.words import BookKind, Ref, Sealed


class RoleName(StrEnum):
    """What a person is asked to look after. One person can hold several."""

    STEWARD = "steward"
    KEEPER = "keeper"
    DEPUTY = "deputy"
    ELDER = "elder"


class Key(Shape):
    """A key that may vouch for askings, with the proof that whoever joined it holds it (docs/record.md)."""

    by: str
    key: str
    proof: str
    verbs: tuple[str, ...]


class Charter(Row):
    """What a book was founded with: its kind, the host's offset from UTC, and the rules now in force."""

    number: int
    kind: BookKind
    offset_minutes: int
    rules: int


class Group(Row):
    """A host or ally group. `number` is the entry that founded or invited it."""

    found_by = (("host",),)
    number: int
    host: bool
    name: Sealed | None
    joined: date


class Member(Row):
    """A person in this book. What she may do here is decided by this row and by nothing else."""

    found_by = (("group",),)
    number: int
    group: Ref[Group]
    host: bool
    name: Sealed | None
    joined: date
    left: date | None

    @classmethod
    def outside(cls, number: int) -> Member:
        """Somebody who has no row yet: a founder, or the one who holds an invitation."""
        return cls(number=number, group=Ref[Group](0), host=False, name=None, joined=date.min, left=None)


class Role(Row):
    """A role somebody holds, from a day on."""

    found_by = (("member",), ("role",), ("member", "role"))
    number: int
    member: Ref[Member]
    role: RoleName
    from_day: date
    ended: date | None


class Invitation(Row):
    """A place kept for a group abroad until a day. The group will be called by this number."""

    number: int
    name: Sealed | None
    until: date
    accepted: date | None

    def seen_by(self, by: Member, at: Tables) -> bool:
        """The host's own, and whoever holds it."""
        return by.host or by.number == self.number


def charter_of(at: Tables) -> Charter | None:
    """The charter of a founded book; None before its first entry."""
    return at.first(Charter, number=1)


def host_of(by: Member, at: Tables) -> bool:
    """Whether somebody belongs to the host group."""
    return by.host


def host_group(at: Tables) -> Group:
    """The host group of a founded book."""
    return at.find(Group, host=True)[0]


def host_members(at: Tables) -> list[Member]:
    """The host's people who have not left."""
    return [m for m in at.find(Member, group=host_group(at).ref) if m.left is None]
