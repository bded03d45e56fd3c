"""An action that exists only while a test runs: somebody would move something, and is asked every question.

It stands for whatever leans on a yes, so that the gate's questions are tried without any area's own rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alongside.action import ACTIONS, Action, asks
from alongside.areas.consent.question import Covered, Sought
from alongside.areas.memorandum.question import InTerms
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import anybody_here
from alongside.areas.safety.question import NotStopped
from alongside.codes import N_
from alongside.fact import FACTS, Fact
from alongside.words import Kind, Quantity, Ref


class Tried(Fact):
    says = "{by} tried it: {kind}."
    kind: Kind


class Try(Action):
    """Move a kind: an ally its own, the host the one of the ally it names."""

    called = "trial.move"
    title = N_("Try it")
    kind: Kind = asks("What?")
    ally: Ref[Group] | None = asks("From whom?", optional=True)
    need: Ref[Need] | None = asks("For which need?", optional=True)
    quantity: Quantity | None = asks("How much?", optional=True)

    who = anybody_here
    needs = Covered()
    within = InTerms()
    unless = NotStopped()

    def sought(self, by: Any, at: Any) -> Sought:
        return Sought(self.ally or by.group, self.kind, self.need, self.quantity)

    def becomes(self, by: Any, at: Any, moment: Any) -> Tried:
        return Tried(kind=self.kind)


class TryNow(Try):
    """The same under rules 1 only."""

    called = "trial.move_by_old_rules"
    before = 2


class TryLater(Try):
    """The same from rules 2 on."""

    called = "trial.move_by_new_rules"
    since = 2


_TRIALS = {(kind.called, kind.version): kind for kind in (Try, TryNow, TryLater)}
_TRIED = ("Tried", 1)


def _forget() -> None:
    for key in _TRIALS:
        ACTIONS.pop(key, None)
    FACTS.pop(_TRIED, None)


@contextmanager
def trials() -> Iterator[None]:
    """While this lasts, the trial actions are known; afterwards no other test and no document sees them."""
    ACTIONS.update(_TRIALS)
    FACTS[_TRIED] = Tried
    try:
        yield
    finally:
        _forget()


_forget()
