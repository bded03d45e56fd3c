"""What stands behind a link: moving into a new house, a group's invitation, or a person's admission.

The page of a link, the account and the closing of the link are the same for all of them (`join.py`). What a
purpose adds is registered here: its words, its own questions, and what it does once there is an account.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from alongside.codes import N_
from alongside.people.models import Account, Link


class NotJoined(Exception):
    """The book said no. `problems` are (field or "", sentence) in the reader's language; the link opens
    once more."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("not joined")
        self.problems = problems


def _nothing_more(request: HttpRequest, link: Link, account: Account) -> str:
    return "/"


def _no_problems(request: HttpRequest, link: Link) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True)
class Joining:
    """One purpose.

    `questions` is a template with its own fields, put below the name and passphrase (it sees `link` and
    `typed`); `wrong` finds what is wrong with their answers before anything is made, as (field, sentence);
    `joins` does what the link is for, adds the membership, and returns the address to go on to, or raises
    `NotJoined`.
    """

    title: str
    explains: str
    does: str
    questions: str = ""
    wrong: Callable[[HttpRequest, Link], list[tuple[str, str]]] = _no_problems
    joins: Callable[[HttpRequest, Link, Account], str] = _nothing_more


JOININGS: dict[str, Joining] = {
    "setup": Joining(
        title=N_("You are the first one here."),
        explains=N_("This machine is empty. Choose how you will sign in; then the first group is made, "
                    "and you are in it."),
        does=N_("Move in"),
    ),
    "invitation": Joining(
        title=N_("Your group is invited."),
        explains=N_("A community group would like to walk alongside yours. Joining promises nothing yet: "
                    "what may happen between you is agreed afterwards, one yes at a time."),
        does=N_("Join"),
    ),
    "admission": Joining(
        title=N_("You are invited in."),
        explains=N_("Somebody in your group has made a place for you here. Choose how you will sign in."),
        does=N_("Join"),
    ),
}


def register(purpose: str, joining: Joining) -> None:
    """Say what links of a purpose lead to. Called once at import, by whoever knows the books."""
    JOININGS[purpose] = joining
