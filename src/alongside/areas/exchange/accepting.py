"""What stands in the way of accepting: the offer itself, its yes, and the caps between it and the terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.consent.question import Sought, standing
from alongside.areas.exchange.tables import Offer, OfferAnswer
from alongside.areas.memorandum.question import room, terms_for
from alongside.codes import N_
from alongside.tables import Tables

DAYS_DEFAULT, DAYS_MOST = 90, 365

ONLY_ASKED = no("only-a-question", N_("This is a question. It offers nothing to accept."), rule="3.4",
                yours=True, lift=N_("Name the need, and they can offer; or say no to the question."))
TAKEN_BACK = no("offer-taken-back", N_("This offer was taken back on {day}."), helps="ally",
                lift=N_("They can offer again."))
DECLINED = no("offer-declined", N_("Your group declined this offer on {day}."), helps="ally",
              lift=N_("They can offer again."))
ALL_TAKEN = no("offer-accepted", N_("Nothing of this offer is left to accept."), helps="ally",
               lift=N_("They can offer again."))
OVER = no("offer-over", N_("This offer ended on {day}."), helps="ally", lift=N_("They can offer again."))
COVER_BACK = no("offer-yes-taken-back", N_("Your group took back the yes under which this was offered."),
                rule="L2", yours=True, lift=N_("Say a new yes, and they can offer again."))
OTHER_UNIT = no("other-unit", N_("This is counted in another unit."), yours=True,
                lift=N_("Count as {wanted} does."))
MORE_THAN_LEFT = no("more-than-offered", N_("Only {left} of this offer is left."), yours=True,
                    lift=N_("Accept at most that much."))
BEYOND_GIVEN = no("beyond-given-cap", N_("Yes {consent} has room for {room} more."), rule="1.2", yours=True,
                  lift=N_("Accept at most that much, or say a wider yes."))
PASSED = no("accept-passed", N_("That day has passed."), yours=True, lift=N_("Choose a day from today on."))
TOO_LONG = no("accept-days", N_("A promise stands for at most {days} days."), yours=True,
              lift=N_("Choose an earlier last day."))


def hinders(asked: Any, at: Tables, moment: date) -> Iterable[Refusal]:
    """Every reason why this offer, or so much of it, cannot be accepted."""
    offer = at.get(asked.offer)
    if offer.question:
        yield ONLY_ASKED()
        return
    if gone := _gone(offer, moment):
        yield gone
        return
    if at.get(offer.cover).ended is not None:
        yield COVER_BACK()
    if asked.quantity and asked.quantity.unit != offer.quantity.unit:
        yield OTHER_UNIT(wanted=offer.quantity)
    elif asked.quantity and asked.quantity.n > offer.left:
        yield MORE_THAN_LEFT(left=offer.quantity.of(offer.left))
    if asked.until and asked.until < moment:
        yield PASSED()
    if asked.until and asked.until > moment + timedelta(days=DAYS_MOST):
        yield TOO_LONG(days=DAYS_MOST)


def _gone(offer: Offer, moment: date) -> Refusal | None:
    if offer.answer is OfferAnswer.WITHDRAWN:
        return TAKEN_BACK(day=offer.answered)
    if offer.answer is OfferAnswer.DECLINED:
        return DECLINED(day=offer.answered)
    if offer.answer is OfferAnswer.ACCEPTED:
        return ALL_TAKEN()
    return OVER(day=offer.until) if offer.until < moment else None


def beyond_caps(sought: Sought | None, at: Tables, moment: date) -> Iterable[Refusal]:
    """Every cap from the yes that covers this upwards; that of the terms is for `InTerms` to ask."""
    if sought is None or sought.quantity is None or not sought.quantity.is_money:
        return
    yes, terms = standing(sought, at, moment), terms_for(sought, at, moment)
    while yes is not None and terms is not None:
        if yes.cap is not None and yes.number != terms.number:
            left = room(yes, sought.quantity)
            if left is None or sought.quantity.n > left.n:
                yield BEYOND_GIVEN(consent=yes.number, room=left or yes.cap)
        yes = at.get(yes.leans_on) if yes.leans_on else None
