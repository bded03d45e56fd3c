"""What leans on a yes: what would stop if it were taken back, and what would become the host's choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from alongside.areas.consent.tables import Consent, How
from alongside.areas.exchange.states import PromiseState, promise_state
from alongside.areas.exchange.tables import Delivery, Offer, OfferAnswer, Promise
from alongside.pages.desk import Desk
from alongside.pages.gather import look, newest
from alongside.tables import Tables
from alongside.words import Quantity, Ref

LEVELS = 3          # a first yes, a yes given within it, an acceptance
OFFERS_READ_MOST = 200


class Part(NamedTuple):
    """So much of a promise or a delivery."""

    of: Promise | Delivery
    quantity: Quantity


@dataclass
class Leaning:
    """A yes and everything above it."""

    consent: Consent
    yeses: list[Consent] = field(default_factory=list)      # that lean on it and are not ended
    not_sent: list[Part] = field(default_factory=list)      # promised: it stops
    on_road: list[Part] = field(default_factory=list)       # it becomes the host's choice
    offers: list[Offer] = field(default_factory=list)       # that could be accepted no more

    @property
    def nothing(self) -> bool:
        """Whether taking it back would stop nothing that has begun."""
        return not (self.yeses or self.not_sent or self.on_road or self.offers)

    def told(self, at: Tables) -> list[Any]:
        """What has to be told to show it."""
        parts = [*((part.of, part.quantity) for part in (*self.not_sent, *self.on_road)),
                 *((offer, offer.quantity) for offer in self.offers)]
        yeses = [self.consent, *self.yeses]
        needs = [*(of.need for of, _ in parts), *(yes.need for yes in yeses)]
        return [*yeses, *(quantity for _, quantity in parts), *(at.get(need).item for need in needs if need)]


def leaning_on(desk: Desk, number: int) -> Leaning | None:
    """What leans on a yes now; None where there is none that the reader may see."""
    at, accepted, found = desk.at, [], []
    first, offers, *above = at.gather(
        look(Consent, number=[number]), newest(Offer, OFFERS_READ_MOST, answer=OfferAnswer.OPEN),
        look(Consent, leans_on=[number]), look(Consent, under=[number]))
    if not first or not first[0].seen_by(desk.by, at):
        return None
    deliveries: list[Delivery] = []
    for _ in range(LEVELS):
        level = [c for c in {c.number: c for some in above for c in some}.values() if c not in found]
        kept = [c.number for c in (*first, *level) if c.how is How.ACCEPTED and c.number not in accepted]
        numbers = [c.number for c in level if c.how is not How.ACCEPTED]
        if not kept and not numbers:
            break
        found, accepted = [*found, *level], [*accepted, *kept]
        *above, _, sent = at.gather(
            look(Consent, leans_on=numbers), look(Consent, under=numbers), look(Promise, number=kept),
            look(Delivery, promise=kept), *at.missing([*first, *level, *offers, desk.entered]))[:4]
        deliveries += sent
    on = Leaning(first[0], [c for c in found if c.ended is None and c.how is not How.ACCEPTED])
    return _sum(desk, on, accepted, deliveries, offers)


def _sum(desk: Desk, on: Leaning, accepted: list[int], deliveries: list[Delivery],
         offers: list[Offer]) -> Leaning:
    standing = set()
    for number in sorted(accepted):
        promise, yes = desk.at.get(Ref[Promise](number)), desk.at.get(Ref[Consent](number))
        if promise_state(promise, yes, desk.moment) is PromiseState.OPEN:
            standing.add(number)
            if (left := promise.quantity.n - promise.sent) > 0:
                on.not_sent.append(Part(promise, promise.quantity.of(left)))
    sent = [delivery for delivery in deliveries if delivery.promise in standing and delivery.on_road > 0]
    on.on_road += [Part(delivery, delivery.quantity.of(delivery.on_road)) for delivery in sent]
    covers = {on.consent.number, *(yes.number for yes in on.yeses)}
    waiting = [offer for offer in offers if offer.cover in covers and offer.stands(desk.moment)]
    on.offers += [offer for offer in waiting if offer.seen_by(desk.by, desk.at)]
    return on
