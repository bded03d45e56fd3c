"""The host declines an offer, or says no to a question. It needs no reason; no other help depends on it."""

from alongside.action import Action, Free, asks
from alongside.areas.exchange.tables import Offer, OfferAnswer
from alongside.areas.exchange.withdraw_offer import ANSWERED
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Kind, Ref, Sealed


class OfferDeclined(Fact):
    says = "{by} declined {offer}: {kind}."
    offer: Ref[Offer]
    ally: Ref[Group]
    need: Ref[Need] | None = None
    kind: Kind


class DeclineOffer(Action):
    title = N_("Decline an offer")
    happens = N_("They see your no. What you accepted before, and everything else, goes on as it was.")
    undo = N_("They can offer it again, and you can name it as a need.")
    offer: Ref[Offer] = asks("Which offer do you decline?")
    reason: Sealed = asks("Do you want to say why? Nobody may ask you to.", to=Audience.PAIR, optional=True,
                          long=True)

    who = host_member
    needs = Free("A no needs nobody's yes.")
    within = Free("No memorandum can bind anybody to accept.")
    unless = Free("A safety hold must never keep a no from being heard.")

    def check(self, by, at, moment):
        if at.get(self.offer).answer is not OfferAnswer.OPEN:
            yield ANSWERED(offer=self.offer)

    def becomes(self, by, at, moment):
        offer = at.get(self.offer)
        return OfferDeclined(offer=offer.ref, ally=offer.ally, need=offer.need, kind=offer.kind)


@folds(OfferDeclined)
def close_declined(fact, entry, at):
    at.put(replace(at.get(fact.offer), answer=OfferAnswer.DECLINED, answered=entry.day))
