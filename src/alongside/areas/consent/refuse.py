"""The host says no to an asking. It owes nobody a reason, and the same is not asked again for thirty days."""

from alongside.action import Action, Free, asks
from alongside.areas.consent.answering import ANSWERED, answer
from alongside.areas.consent.tables import Asking
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Ref, Sealed


class ConsentRefused(Fact):
    says = "{by} said no to {group}: {kind}."
    asking: Ref[Asking]
    group: Ref[Group]
    kind: Kind
    need: Ref[Need] | None = None


class Refuse(Action):
    title = N_("Say no")
    happens = N_("They see your no. The same asking rests for thirty days unless you invite it.")
    undo = N_("You can say yes later, whenever you wish.")
    asking: Ref[Asking] = asks("Which asking do you answer?")
    reason: Sealed = asks("Do you want to say why? Nobody may ask you to.", to=Audience.PAIR, optional=True,
                          long=True)

    who = host_member
    needs = Free("A no needs nobody's yes.")
    within = Free("No memorandum can bind anybody to say yes.")
    unless = Free("A safety hold must never keep a no from being heard.")

    def check(self, by, at, moment):
        if at.get(self.asking).answer != "open":
            yield ANSWERED()

    def becomes(self, by, at, moment):
        asked = at.get(self.asking)
        return ConsentRefused(asking=asked.ref, group=asked.ally, kind=asked.kind, need=asked.need)


@folds(ConsentRefused)
def let_it_rest(fact, entry, at):
    answer(at, fact, entry, "refused")
