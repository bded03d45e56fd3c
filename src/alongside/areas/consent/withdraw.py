"""The host takes back a yes, for any reason or none.

From this moment nothing new may lean on it. What already happened stays in the record; what leaned on it
and has not left stops in the same step, and what is on the road becomes the host's choice.
"""

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.covering import end
from alongside.areas.consent.resting import rest
from alongside.areas.consent.tables import Consent
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Ref, Sealed

ALREADY_ENDED = no("already-taken-back", N_("It has already been taken back."),
                   lift=N_("Nothing needs to be done."))


class ConsentWithdrawn(Fact):
    says = "{by} took back the yes to {kinds}."
    consent: Ref[Consent]
    ally: Ref[Group] | None
    kinds: tuple[Kind, ...]
    need: Ref[Need] | None


class WithdrawConsent(Action):
    title = N_("Take back a yes")
    happens = N_("At once: nothing new may lean on it, and what has not left stops. What is on the road waits"
                 " for your choice. What arrived is still counted.")
    undo = N_("You can say a new yes whenever you wish. This one stays ended.")
    consent: Ref[Consent] = asks("Which consent do you take back?")
    reason: Sealed = asks("Do you want to say why? Nobody may ask you to.", to=Audience.PAIR, optional=True,
                          long=True)

    who = host_member
    needs = Free("Taking back a yes needs nobody's yes.")
    within = Free("No memorandum can bind anybody to keep saying yes.")
    unless = Free("A safety hold must never keep a no from being heard.")

    def check(self, by, at, moment):
        if at.get(self.consent).ended:
            yield ALREADY_ENDED()

    def becomes(self, by, at, moment):
        given = at.get(self.consent)
        return ConsentWithdrawn(consent=given.ref, ally=given.ally, kinds=given.kinds, need=given.need)


@folds(ConsentWithdrawn)
def end_consent(fact, entry, at):
    end(at, at.get(fact.consent), entry.day, entry.number)
    for kind in fact.kinds if fact.ally else ():
        rest(at, fact.ally, kind, fact.need, entry)
