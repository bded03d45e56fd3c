"""One offer, promise, delivery or purchase with its whole story: from the giver to what it became."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.ledger import Draw, Lot
from alongside.areas.exchange.states import (
    OfferState,
    PromiseState,
    offer_state,
    promise_state,
)
from alongside.areas.exchange.tables import Delivery, Happening, Offer, Promise, Purchase, What
from alongside.areas.needs.tables import Need
from alongside.areas.safety.tables import Stop
from alongside.pages.desk import Desk
from alongside.pages.figures import Strand, bar
from alongside.pages.gather import look
from alongside.pages.open_exchange import Way, moved
from alongside.words import Quantity, Ref


@dataclass
class Became:
    """A part that was taken from the store: for a use, or for a purchase and what became of that."""

    n: Quantity
    use: Happening | None = None
    purchase: Purchase | None = None
    came: Quantity | None = None  # of what was bought
    used: Quantity | None = None


@dataclass
class Given:
    """What was promised or bought, and everything that became of it."""

    of: Promise | Purchase
    whole: Quantity
    state: PromiseState | None = None
    way: list[Way] = field(default_factory=list)
    counts: list[Happening] = field(default_factory=list)
    became: list[Became] = field(default_factory=list)
    here: int = 0
    strands: list[Strand] = field(default_factory=list)

    @property
    def sums(self) -> dict[str, int]:
        """How much of it is where."""
        rows = [way.row for way in self.way]
        return {
            "way": sum(d.on_road for d in rows),
            "missing": sum(d.missing for d in rows),
            "returned": sum(d.returned for d in rows),
            "came": sum(d.arrived for d in rows),
        }


@dataclass
class Story:
    """The chain, from its beginning; `about` is the row of the number that was asked for."""

    about: Any
    need: Need | None
    offer: Offer | None = None
    offered: OfferState | None = None
    given: list[Given] = field(default_factory=list)


def story_of(desk: Desk, number: int) -> Story | None:
    """Five queries, whatever there is; None where there is nothing of that number that the reader may see."""
    at = desk.at
    offers, promises, found, bought, _ = at.gather(
        look(Offer, number=[number]),
        look(Promise, number=[number]),
        look(Delivery, number=[number]),
        look(Purchase, number=[number]),
        look(Stop, open=True),
    )
    about = next(iter((*offers, *promises, *bought, *found)), None)
    if about is None or not about.seen_by(desk.by, at):
        return None
    if isinstance(about, Offer) and about.need:
        promises, *_ = at.gather(look(Promise, need=[about.need], done=[True, False]), *at.missing([about]))
        promises = [p for p in promises if p.offer == number]
    elif isinstance(about, Delivery) and about.promise:
        (promises,) = at.gather(look(Promise, number=[about.promise]))
    given = _given(desk, [*promises, *bought])
    offer = about if isinstance(about, Offer) else at.get(promises[0].offer) if promises else None
    if offer is not None and not offer.seen_by(desk.by, at):
        offer = None
    need = at.first(Need, number=int(about.need)) if about.need else None
    return Story(about, need, offer, offer_state(offer, desk.moment) if offer else None, given)


def things(story: Story) -> list[Any]:
    """What has to be told."""
    told: list[Any] = [story.about, story.need, story.offer, *(g.of for g in story.given)]
    for given in story.given:
        told += [way.row for way in given.way] + given.counts
        told += [one for became in given.became for one in (became.n, became.purchase, became.came)]
    return [one for one in told if one is not None]


def _given(desk: Desk, roots: list[Promise | Purchase]) -> list[Given]:
    at, numbers = desk.at, [root.number for root in roots]
    consents = [Ref[Consent](root.number) for root in roots if isinstance(root, Promise)]
    deliveries, lots, *_ = at.gather(
        look(Delivery, promise=numbers),
        look(Lot, source=numbers),
        look(Delivery, number=numbers),
        *at.missing([*consents, *roots]),
    )
    deliveries += [at.get(Ref[Delivery](root.number)) for root in roots if isinstance(root, Purchase)]
    draws, *_ = at.gather(
        look(Draw, lot=[lot.number for lot in lots]),
        look(Happening, delivery=[d.number for d in deliveries]),
        *at.missing(deliveries),
    )
    ends = sorted({draw.goes_to for draw in draws} | {draw.number for draw in draws})
    at.gather(
        look(Happening, number=ends),
        look(Purchase, number=ends),
        look(Delivery, number=ends),
        look(Lot, source=ends),
    )
    return [_one(desk, root, [d for d in deliveries if d.source == root.number]) for root in roots]


def _one(desk: Desk, root: Promise | Purchase, deliveries: list[Delivery]) -> Given:
    at, promise = desk.at, root if isinstance(root, Promise) else None
    state = promise_state(promise, at.get(Ref[Consent](promise.number)), desk.moment) if promise else None
    lots = at.find(Lot, source=root.number)
    given = Given(
        root, root.quantity, state, [moved(desk, d) for d in deliveries], here=sum(lot.left for lot in lots)
    )
    for delivery in deliveries:
        given.counts += [h for h in at.find(Happening, delivery=delivery.number) if h.what is What.COUNT]
    given.became = [
        _became(desk, draw, root.quantity) for lot in lots for draw in at.find(Draw, lot=lot.number) if draw.n
    ]
    sums = given.sums
    left = max(0, promise.quantity.n - promise.sent) if promise and state is PromiseState.OPEN else 0
    given.strands = bar(
        here=sums["came"], way=sums["way"], said=left, of=root.quantity.n, mirrored=desk.mirrored
    )
    return given


def _became(desk: Desk, draw: Draw, of: Quantity) -> Became:
    at, use = desk.at, desk.at.first(Happening, number=draw.number)
    if use is not None and use.what is What.USE:
        return Became(of.of(draw.n), use=use)
    bought = at.first(Purchase, number=draw.goes_to)
    if bought is None:
        return Became(of.of(draw.n))
    delivery, lots = at.get(Ref[Delivery](bought.number)), at.find(Lot, source=bought.number)
    used = sum(lot.n - lot.left for lot in lots)
    return Became(of.of(draw.n), None, bought, bought.quantity.of(delivery.arrived), bought.quantity.of(used))
