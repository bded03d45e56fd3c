"""What codes are called: roles, audiences, ways a yes came about, and the numbered things of a book.

A row or a list of answers that is new to a book gets its line here; a test names it until it has one.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from alongside.action import ACTIONS
from alongside.areas.consent.tables import How
from alongside.areas.exchange.tables import What
from alongside.areas.listening.tables import Heard
from alongside.areas.partnership.tables import RoleName
from alongside.codes import N_
from alongside.words import Audience, BookKind

# How a person calls a row by its number. Where it has a name that she can read, the name is said instead.
ROW_NAMES: dict[str, str] = {
    "Account": N_("account {number}"),
    "Asking": N_("asking {number}"),
    "Charter": N_("the founding of this book"),
    "Circle": N_("circle {number}"),
    "Clause": N_("clause {number}"),
    "Consent": N_("consent {number}"),
    "Cover": N_("consent {number}"),
    "Decision": N_("decision {number}"),
    "Delivery": N_("delivery {number}"),
    "Finding": N_("finding {number}"),
    "Group": N_("group {number}"),
    "Happening": N_("entry {number}"),
    "Invitation": N_("invitation {number}"),
    "Item": N_("item {number}"),
    "Member": N_("member {number}"),
    "Movement": N_("movement {number}"),
    "Need": N_("need {number}"),
    "Offer": N_("offer {number}"),
    "Pending": N_("what waits, {number}"),
    "Promise": N_("promise {number}"),
    "Purchase": N_("purchase {number}"),
    "Question": N_("question {number}"),
    "Reflection": N_("reflection {number}"),
    "Region": N_("region {number}"),
    "Role": N_("role {number}"),
    "Session": N_("session {number}"),
    "Sheet": N_("check {number}"),
    "Stop": N_("stop {number}"),
    "Unit": N_("unit {number}"),
    "Unwanted": N_("what is not needed, {number}"),
    "Version": N_("version {number}"),
}

_CODES: dict[type[StrEnum], dict[str, str]] = {
    BookKind: {BookKind.SHARED: N_("shared book"), BookKind.INNER: N_("inner book")},
    RoleName: {
        RoleName.STEWARD: N_("steward"), RoleName.KEEPER: N_("keeper"), RoleName.DEPUTY: N_("deputy"),
        RoleName.ELDER: N_("elder"),
    },
    How: {
        How.OPENED: N_("a need was opened to offers"), How.FIRST_YES: N_("a first yes"),
        How.GIVEN: N_("a yes was given"), How.ACCEPTED: N_("an offer was accepted"),
    },
    Heard: {
        Heard.FOUND: N_("something was said"), Heard.NOTHING_SAID: N_("nothing was said about it"),
        Heard.NOT_ASKED: N_("it was not asked"),
    },
    What: {
        What.COUNT: N_("a count"), What.USE: N_("a use"), What.PURCHASE: N_("a purchase"),
        What.SETTLEMENT: N_("a payment"),
    },
    Audience: {
        Audience.STEWARDS: N_("the stewards of your group"),
        Audience.GROUP: N_("your own group"),
        Audience.PAIR: N_("the host group and the ally it is about"),
        Audience.BOOK: N_("everybody in this book"),
    },
}

# Who can help, as a refusal names it.
HELPS: dict[str, str] = {
    "ally": N_("the ally group"),
    "host": N_("the host group"),
    "steward": N_("a steward of the host group"),
}


def label_of(code: StrEnum) -> str:
    """The message for one code of a list of answers.

    What an action's own question calls its answers serves for the record too, so that it is written once.
    """
    for labels in (_CODES, _choices()):
        if label := labels.get(type(code), {}).get(code):
            return label
    return code.value.replace("_", " ")


def is_labelled(kind: type[StrEnum]) -> bool:
    """Whether every code of a list has words of its own."""
    known = _CODES.get(kind, {}).keys() | _choices().get(kind, {}).keys()
    return all(code in known for code in kind)


@cache
def _choices() -> dict[type[StrEnum], dict[str, str]]:
    found: dict[type[StrEnum], dict[str, str]] = {}
    for action in ACTIONS.values():
        for question in action.questions().values():
            for answer, label in (question.choices or {}).items():
                if isinstance(answer, StrEnum):
                    found.setdefault(type(answer), {}).setdefault(answer, label)
    return found
