"""What was heard in the host's own sessions. It lies in the inner book: no ally sees even that it was."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from alongside.areas.partnership.tables import Member, RoleName
from alongside.areas.partnership.who import holds
from alongside.tables import Row, Tables
from alongside.words import Ref, Sealed


class FindingKind(StrEnum):
    """What somebody said in a session (3.2)."""

    NEED = "need"           # what is missing
    WORKS = "works"         # what works already
    RISK = "risk"           # what is dangerous
    DO_NOT = "do_not"       # what nobody should do here


class Sensitivity(StrEnum):
    """How far a finding may go (3.3). It goes nowhere by itself; only the host ever widens it."""

    PUBLIC = "public"
    NETWORK = "network"
    CIRCLE = "circle"
    SEALED = "sealed"


class Heard(StrEnum):
    """What a session has to say to one of the questions that it owes an answer."""

    FOUND = "found"
    NOTHING_SAID = "nothing_said"
    NOT_ASKED = "not_asked"


class Session(Row):
    """One listening session, called, led and owned by the host."""

    found_by = (("closed",),)
    number: int
    by: int                         # who called it
    facilitator: Ref[Member]
    languages: tuple[str, ...]
    on: date
    hour: str | None
    recording: bool
    place: Sealed | None
    missing: Sealed | None          # who was missing, and why
    needs: int                      # findings so far, by kind
    works: int
    risks: int
    do_nots: int
    heard_works: Heard | None       # how the session answered, once it is closed
    heard_risks: Heard | None
    closed: bool
    ended: date | None


class Finding(Row):
    """One thing that was said, in its own words."""

    found_by = (("session",),)
    number: int
    session: Ref[Session]
    kind: FindingKind
    statement: Sealed | None
    priority: int | None
    sensitivity: Sensitivity
    by: int

    def seen_by(self, by: Member, at: Tables) -> bool:
        """The group; what is sealed, only who wrote it down and the stewards."""
        return self.sensitivity is not Sensitivity.SEALED or self.by == by.number or holds(
            at, by.number, RoleName.STEWARD)
