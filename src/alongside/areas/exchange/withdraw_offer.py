"""An ally takes back what it offered and the host has not accepted. What was accepted stays a promise."""

from alongside.action import Action, Free, asks, no
from alongside.areas.exchange.tables import Offer, OfferAnswer
from alongside.areas.exchange.who import offerer
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Kind, Ref, Sealed

ANSWERED = no("offer-answered", N_("Offer {offer} has its answer already."),
              lift=N_("Nothing needs to be done."))


class OfferWithdrawn(Fact):
    says = "{ally} took back what was not accepted of {offer}: {kind}."
    offer: Ref[Offer]
    ally: Ref[Group]
    need: Ref[Need] | None = None
    kind: Kind


class WithdrawOffer(Action):
    title = N_("Take back an offer")
    happens = N_("What was not accepted of it is no longer on offer. What was accepted stays a promise.")
    undo = N_("You can offer it again.")
    offer: Ref[Offer] = asks("Which offer do you take back?")
    reason: Sealed = asks("Do you want to say why?", to=Audience.PAIR, optional=True, long=True)

    who = offerer
    needs = Free("Stopping one's own part needs nobody's yes.")
    within = Free("No memorandum can make anybody go on offering.")
    unless = Free("A safety hold must never keep a no from being heard.")

    def check(self, by, at, moment):
        if at.get(self.offer).answer is not OfferAnswer.OPEN:
            yield ANSWERED(offer=self.offer)

    def becomes(self, by, at, moment):
        offer = at.get(self.offer)
        return OfferWithdrawn(offer=offer.ref, ally=offer.ally, need=offer.need, kind=offer.kind)


@folds(OfferWithdrawn)
def close_own_offer(fact, entry, at):
    at.put(replace(at.get(fact.offer), answer=OfferAnswer.WITHDRAWN, answered=entry.day))
