"""Where an offer, a promise or a delivery stands on a day. Asked of the rows every time, never stored.

A yes that was taken back or has ended stops what has not left, and hands the host the choice over what is
on the road: at once, and without any fold here. Gate, pages, feeds and exports all ask these functions.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.tables import Choice, Delivery, Offer, OfferAnswer, Promise
from alongside.tables import Tables
from alongside.words import Quantity, Ref


class OfferState(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    PART_ACCEPTED = "part_accepted"     # and the rest is still on offer
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVER = "over"                       # its last day passed


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"                 # its yes was taken back
    LAPSED = "lapsed"                   # its last day passed


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    CHECKED = "checked"                 # it may leave
    STOPPED = "stopped"                 # it has not left, and may not
    ON_THE_ROAD = "on_the_road"
    HOST_MUST_CHOOSE = "host_must_choose"
    LET_COME = "let_come"
    DIVERTED = "diverted"
    GOING_BACK = "going_back"
    PARTLY_COUNTED = "partly_counted"   # more is expected
    COUNTED = "counted"
    MISSING = "missing"                 # no more is expected, and not all of it came


def offer_state(offer: Offer, moment: date) -> OfferState:
    """Where an offer or a question stands; whether a yes still covers it is for the gate to say."""
    if offer.answer is not OfferAnswer.OPEN:
        return OfferState(offer.answer.value)
    if moment > offer.until:
        return OfferState.OVER
    if offer.question or offer.quantity is None or offer.left == offer.quantity.n:
        return OfferState.OPEN
    return OfferState.PART_ACCEPTED


def promise_state(promise: Promise, consent: Consent, moment: date) -> PromiseState:
    """Where a promise stands under the yes of its own number (`yes_of`)."""
    if promise.done:
        return PromiseState.DONE
    if consent.ended is not None:
        return PromiseState.STOPPED
    return PromiseState.OPEN if consent.stands(moment) else PromiseState.LAPSED


def delivery_state(delivery: Delivery, consent: Consent | None, moment: date) -> DeliveryState:
    """Where a delivery stands; `consent` is None for what was bought near home, which needs nobody's yes."""
    stands = consent is None or consent.stands(moment)
    if delivery.sent is None:
        return DeliveryState.CHECKED if stands and delivery.fallen is None else DeliveryState.STOPPED
    if delivery.returned:
        return DeliveryState.GOING_BACK
    if delivery.on_road == 0 or delivery.final:
        return DeliveryState.MISSING if delivery.on_road or delivery.missing else DeliveryState.COUNTED
    if not stands and not _answers(delivery, consent):
        return DeliveryState.HOST_MUST_CHOOSE
    if delivery.choice is Choice.SENT_BACK:
        return DeliveryState.GOING_BACK     # a count was put right: it did not come after all
    if delivery.arrived:
        return DeliveryState.PARTLY_COUNTED
    return DeliveryState(delivery.choice.value) if delivery.choice else DeliveryState.ON_THE_ROAD


def _answers(delivery: Delivery, consent: Consent | None) -> bool:
    """Whether the host chose after its yes was taken back; what it chose before was about something else."""
    if delivery.chosen is None or consent is None:
        return False
    return consent.ended_by is None or delivery.chosen > consent.ended_by


def yes_of(of: Promise | Delivery, at: Tables) -> Consent | None:
    """The yes that a promise or a delivery stands under, or None for what was bought near home."""
    number = of.number if isinstance(of, Promise) else of.promise
    return at.get(Ref[Consent](number)) if number else None


def still_promised(at: Tables, need: int, moment: date) -> list[tuple[Promise, Quantity]]:
    """The promises for a need that still stand, each with what of it has not been sent."""
    found = []
    for promise in at.find(Promise, need=need, done=False):
        left, consent = promise.quantity.n - promise.sent, at.get(Ref[Consent](promise.number))
        if left > 0 and promise_state(promise, consent, moment) is PromiseState.OPEN:
            found.append((promise, promise.quantity.of(left)))
    return found
