"""An ally asks "May we?". Asking moves nothing, and a no costs nothing."""

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.resting import count_asking
from alongside.areas.consent.tables import Asking, Rest
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import ally_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Ref, Sealed

RESTS = no("asking-rests", N_("The host group said no to this. The asking rests until {until}."),
           rule="Living 11", helps="host", lift=N_("Wait, or let the host invite you to ask."))


class ConsentAsked(Fact):
    says = "{group} asked whether it may: {kind}."
    group: Ref[Group]
    kind: Kind
    need: Ref[Need] | None = None


class Ask(Action):
    title = N_("Ask whether you may")
    happens = N_("The host group sees that you ask, and answers yes, not now, or no. Any of them is a good"
                 " answer.")
    undo = N_("You can say at any time that you no longer ask.")
    kind: Kind = asks("What would you like to do?")
    need: Ref[Need] | None = asks("For which need?", optional=True)
    words: Sealed = asks("What do you want to say to the host?", to=Audience.PAIR, optional=True, long=True)

    who = ally_member
    needs = Free("Asking is how a yes begins.")
    within = Free("Anything may be asked.")
    unless = Free("A stop holds what moves, not who may be talked to.")

    def check(self, by, at, moment):
        resting = at.first(Rest, ally=by.group, kind=self.kind, need=int(self.need or 0))
        if resting and resting.until and moment <= resting.until:
            yield RESTS(until=resting.until)

    def becomes(self, by, at, moment):
        return ConsentAsked(group=by.group, kind=self.kind, need=self.need)


@folds(ConsentAsked)
def keep_asking(fact, entry, at):
    times = count_asking(at, fact.group, fact.kind, fact.need, entry)
    at.put(Asking(number=entry.number, ally=fact.group, kind=fact.kind, need=fact.need, asked=entry.day,
                  answer="open", answered=None, times=times))
