"""What was stopped starts again. For the host two of its people say so; a host of one says it alone.

The first who says so is written down, and the stop holds on; with the second it ends. Whoever said stop may
be one of the two. An ally's own stop is lifted by anybody of that ally, and by nobody else.
"""

from alongside.action import Action, Free, Who, asks, no
from alongside.areas.partnership.tables import host_members
from alongside.areas.safety.tables import Stop
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Ref

LIFTED = no("already-lifted", N_("This stop was lifted on {day}."), lift=N_("Nothing needs to be done."))
OTHER_PERSON = no("lift-by-another", N_("You have said already that it may start again. It takes one more."),
                  rule="6.5", helps="host", lift=N_("Ask another member of your group."))

same_side = Who(N_("a member of the group that said stop"),
                lambda asked, by, at, moment: at.get(asked.stop).group == by.group)


class LiftSaid(Fact):
    says = "{by} said that what {stop} holds may start again. It takes one more of the host group."
    stop: Ref[Stop]


class StopLifted(Fact):
    says = "{by} lifted {stop}. What it held may start again."
    stop: Ref[Stop]


class Lift(Action):
    title = N_("Start again")
    happens = N_("The host group starts again once two of its people have said so, or one if it is one"
                 " person. An ally’s own stop ends at once.")
    undo = N_("Anybody can say stop again.")
    stop: Ref[Stop] = asks("Which stop is lifted?")

    who = same_side
    needs = Free("Starting again is for those who stopped.")
    within = Free("No memorandum can make anybody start again.")
    unless = Free("Lifting is how a stop ends; another stop goes on holding by itself.")

    def check(self, by, at, moment):
        stop = at.get(self.stop)
        if not stop.open:
            yield LIFTED(day=stop.lifted)
        elif stop.first_lift == by.number and two_are_needed(stop, at):
            yield OTHER_PERSON()

    def becomes(self, by, at, moment):
        stop = at.get(self.stop)
        if stop.first_lift is None and two_are_needed(stop, at):
            return LiftSaid(stop=self.stop)
        return StopLifted(stop=self.stop)


def two_are_needed(stop, at):
    """Whether a second person of the host has to say so too."""
    return stop.host and len(host_members(at)) > 1


@folds(LiftSaid)
def keep_first(fact, entry, at):
    at.put(replace(at.get(fact.stop), first_lift=entry.author))


@folds(StopLifted)
def end_stop(fact, entry, at):
    at.put(replace(at.get(fact.stop), lifted=entry.day, open=False))
