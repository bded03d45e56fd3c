"""Anybody here says stop, alone, at once and without a reason. What moves waits; a no or a count never does.

A host member's stop holds the kind for all. An ally's stop holds what its own group gives. Whoever stopped
something that the host then started again needs another host member to stop it for the same thing once more.
"""

from datetime import timedelta

from alongside.action import Action, Free, asks, no
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import anybody_here
from alongside.areas.safety.tables import Stop
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Kind, Ref

SAME_DAYS = 30      # for so long a stop to the same kind is for the same thing, unless she says otherwise
ALREADY_STOPPED = no("already-stopped", N_("You said stop to this already, and it still holds: stop {stop}."),
                     lift=N_("Nothing needs to be done."))
SAME_AGAIN = no("stopped-before", N_("You stopped this before, and your group started it again on {day}."),
                rule="Living 10", yours=True, helps="host",
                lift=N_("Say that something new happened, or ask another member of your group to say stop."))


class KindStopped(Fact):
    says = "{by} said stop to {kind}."
    group: Ref[Group]
    host: bool
    kind: Kind


class AllStopped(Fact):
    says = "{by} said stop to everything."
    group: Ref[Group]
    host: bool


class SayStop(Action):
    title = N_("Say stop")
    happens = N_("At once: nothing of this is offered, accepted or sent. If you are of the host group, by"
                 " anybody; otherwise by your own group. Nobody asks you why. What arrived is still counted.")
    undo = N_("Two people of the host group start it again. An ally lifts its own stop.")
    kind: Kind | None = asks("Stop what?", hint=N_("Everything, if you leave it open."), optional=True)
    new: bool = asks("If you stopped this before: has something new happened since?", default=False)

    who = anybody_here
    needs = Free("Stopping needs nobody's yes.")
    within = Free("No memorandum can keep anybody from saying stop.")
    unless = Free("A stop never stands in the way of another.")

    def check(self, by, at, moment):
        for stop in at.find(Stop, by=by.number, open=True):
            if stop.kind == self.kind:
                yield ALREADY_STOPPED(stop=stop.number)
        for stop in at.find(Stop, by=by.number, open=False) if by.host and not self.new else ():
            if stop.overlaps(self.kind) and moment <= stop.lifted + timedelta(days=SAME_DAYS):
                yield SAME_AGAIN(day=stop.lifted)

    def becomes(self, by, at, moment):
        if self.kind is None:
            return AllStopped(group=by.group, host=by.host)
        return KindStopped(group=by.group, host=by.host, kind=self.kind)


@folds(KindStopped)
def keep_stop(fact, entry, at):
    at.put(standing(fact, entry, fact.kind))


@folds(AllStopped)
def keep_whole_stop(fact, entry, at):
    at.put(standing(fact, entry, None))


def standing(fact, entry, kind):
    """The row of a stop that was just said."""
    return Stop(number=entry.number, group=fact.group, host=fact.host, kind=kind, by=entry.author,
                said=entry.day, first_lift=None, lifted=None, open=True)
