"""The one road from what was typed to what happens: read it, prepare it, hand it to the book.

A page and the command line both come through here, so the same asking gives the same entry either way.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from alongside import gate
from alongside.act import Book, prepare
from alongside.action import ACTIONS, Action, Asks, Refusal
from alongside.areas.partnership.tables import Member
from alongside.doorways.fields import Read, Typed, fault, read
from alongside.languages.reading import Reads
from alongside.record.attest import Signer
from alongside.words import Sealed, Unclear

_ASKED_ID = re.compile("[0-9a-f]{32}")


class Done(NamedTuple):
    """It happened, and is this entry."""

    number: int


class Refusals(NamedTuple):
    """The gate said no; every reason, the most useful first."""

    refusals: tuple[Refusal, ...]


class Faults(NamedTuple):
    """It cannot be read. A sentence by question, in the reader's language."""

    faults: dict[str, str]


class Yes(NamedTuple):
    """The gate would say yes to this."""

    action: Action


Answer = Done | Refusals | Faults


def action_called(area: str, verb: str) -> type[Action] | None:
    """The newest version of an action that a person can be asked for; None for any other name."""
    versions = [kind for (called, _), kind in ACTIONS.items() if called == f"{area}.{verb}"]
    if not versions:
        return None
    newest = max(versions, key=lambda kind: kind.version)
    # What a doorway must bring along has a road of its own: founding, coming in, the clock.
    brought = [f for f in newest.shape() if isinstance(f.default, Asks) and f.default.brought]
    return None if any(not f.default.optional for f in brought) else newest


def member_in(book: Book, author: int | None) -> Member | None:
    """The row of a member who has not left; None for anybody else."""
    return gate.asker(author, book.tables) if author is not None else None


def new_asked_id() -> str:
    """What makes asking twice the same as asking once: random, and in the form from its first sight."""
    return secrets.token_hex(16)


def is_asked_id(text: str) -> bool:
    """Whether a form brought back what it was given."""
    return _ASKED_ID.fullmatch(text) is not None


def ask_through(book: Book, kind: type[Action], typed: Typed, *, author: int, asked_id: str, signer: Signer,
                reader: Reads, random: Callable[[int], bytes] = secrets.token_bytes) -> Answer:
    """Ask for an action with what was typed. Nothing is written unless it is `Done`."""
    if member_in(book, author) is None:
        # Before anything is read: even a fault would tell a stranger what there is.
        return Refusals((gate.UNSEEN(),))
    found = read(kind, typed, book.tables, reader)
    if found.faults:
        return Faults(found.faults)
    try:
        # A row may hold its number as a reference; an entry holds plain numbers.
        asking = prepare(kind, found.plain, found.texts, book=book, author=int(author), asked_id=asked_id,
                         signer=signer, random=random)
    except Unclear as wrong:
        return Faults({wrong.field: fault(wrong, reader)})
    try:
        return Done(book.act(asking))
    except gate.Refused as refused:
        return Refusals(refused.refusals)


def may_through(book: Book, kind: type[Action], typed: Typed, *, author: int,
                reader: Reads) -> Yes | Refusals | Faults:
    """May we? The gate's answer to what was typed; stored nowhere. Words need not be written yet."""
    if member_in(book, author) is None:
        return Refusals((gate.UNSEEN(),))
    found = read(kind, typed, book.tables, reader)
    words = {field.name for field in kind.shape() if field.sealed}
    if faults := {name: says for name, says in found.faults.items() if name not in words}:
        return Faults(faults)
    try:
        action = supposed(kind, found)
    except Unclear as wrong:
        return Faults({wrong.field: fault(wrong, reader)})
    return gate_says(book, action, author)


def supposed(kind: type[Action], found: Read) -> Action:
    """The action as it would be asked. Rules see of words only that they are given, so a stand-in will do."""
    plain: Mapping[str, Any] = found.plain
    asked = {field.name for field in kind.shape() if field.sealed and (
        field.name in found.texts or not field.default.optional)}
    words = {name: Sealed("-", "en", kind.questions()[name].to.value)._asdict() for name in asked}
    action = kind.from_json({**plain, **words})
    action.bounds()
    return action


def gate_says(book: Book, action: Action, author: int) -> Yes | Refusals:
    """The gate's answer, stored nowhere."""
    refusals = book.may(action, author)
    return Refusals(refusals) if refusals else Yes(action)
