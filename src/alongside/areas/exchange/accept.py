"""The host accepts an offer, all or a part. Accepting is the yes for that much, under its own number."""

from datetime import date, timedelta

from alongside.action import Action, Free, asks
from alongside.areas.consent.question import Sought, standing
from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.accepting import DAYS_DEFAULT, beyond_caps, hinders
from alongside.areas.exchange.ledger import thing_of
from alongside.areas.exchange.moving import Goods, advance
from alongside.areas.exchange.tables import AMOUNT_MOST, IfPart, Offer, OfferAnswer, Promise
from alongside.areas.memorandum.question import InTerms, terms_for
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.areas.safety.question import NotStopped
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Kind, Quantity, Ref


class OfferAccepted(Fact):
    says = "{by} accepted {quantity} of {offer}."
    offer: Ref[Offer]
    ally: Ref[Group]
    kind: Kind
    need: Ref[Need]
    item: Ref[Item] | None = None
    quantity: Quantity
    leans_on: Ref[Consent]
    under: Ref[Consent]
    until: date


class AcceptOffer(Action):
    title = N_("Accept an offer")
    happens = N_("It is promised, on the conditions of the offer and no others. It leaves after your check.")
    undo = N_("You can take it back at any moment: what has not left stops, the rest waits for your choice.")
    offer: Ref[Offer] = asks("Which offer do you accept?")
    quantity: Quantity | None = asks("How much of it?", hint=N_("All that is left, if you leave it open."),
                                     optional=True, least=1, most=AMOUNT_MOST)
    until: date | None = asks("By when must it be sent?", hint=N_("Within ninety days if you leave it open."),
                              optional=True)

    who = host_member
    needs = Free("Accepting is the yes.")
    within = InTerms()
    unless = NotStopped()

    def sought(self, by, at):
        offer = at.get(self.offer)
        if offer.question:
            return None
        return Sought(offer.ally, offer.kind, offer.need, self.quantity or offer.quantity.of(offer.left))

    def check(self, by, at, moment):
        yield from hinders(self, at, moment)
        yield from beyond_caps(self.sought(by, at), at, moment)

    def becomes(self, by, at, moment):
        sought, offer = self.sought(by, at), at.get(self.offer)
        cover, terms = standing(sought, at, moment), terms_for(sought, at, moment)
        assert cover and terms      # `InTerms` has found them
        return OfferAccepted(offer=offer.ref, ally=offer.ally, kind=offer.kind, need=offer.need,
                             item=offer.item, quantity=sought.quantity, leans_on=cover.ref, under=terms.ref,
                             until=self.until or moment + timedelta(days=DAYS_DEFAULT))


@folds(OfferAccepted)
def keep_promise(fact, entry, at):
    offer, n = at.get(fact.offer), fact.quantity.n
    closed = offer.left == n or offer.if_part is IfPart.STAYS
    at.put(replace(offer, left=offer.left - n, answer=OfferAnswer.ACCEPTED if closed else OfferAnswer.OPEN,
                   answered=entry.day if closed else None))
    at.put(Promise(number=entry.number, offer=fact.offer, ally=fact.ally, need=fact.need, kind=fact.kind,
                   item=fact.item, quantity=fact.quantity, said=entry.day, until=fact.until))
    advance(at, fact.need, Goods(thing_of(fact.kind, fact.item), fact.quantity.unit), promised=n)
