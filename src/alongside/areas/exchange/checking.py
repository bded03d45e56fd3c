"""The host's short sheet before anything moves: answered once for a way and a kind, used while it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.consent.question import LeansOn
from alongside.areas.exchange.accepting import OTHER_UNIT
from alongside.areas.exchange.tables import Delivery, Promise
from alongside.areas.partnership.tables import Member
from alongside.codes import N_
from alongside.tables import Tables

DAYS_DEFAULT, DAYS_MOST = 7, 30

UNANSWERED = no("sheet-unanswered", N_("Is there supply near home, is the way safe? Both want an answer."),
                rule="4.1", yours=True, lift=N_("Answer both, or name a sheet that still stands."))
TWICE = no("sheet-and-answers", N_("You named a sheet and gave new answers too."), yours=True,
           lift=N_("Give new answers, or name the sheet and nothing else."))
OTHER_WAY = no("sheet-other-way", N_("Sheet {sheet} is for another way or another kind."), rule="1.4",
               yours=True, lift=N_("Answer the sheet for this way."))
SHEET_OVER = no("sheet-over", N_("Sheet {sheet} does not stand any more."), rule="1.4", helps="host",
                lift=N_("The host group checks again."))
GOOD_PASSED = no("sheet-passed", N_("That day has passed."), yours=True,
                 lift=N_("Choose a day from today on."))
GOOD_TOO_LONG = no("sheet-days", N_("A sheet is good for at most {days} days."), rule="1.4", yours=True,
                   lift=N_("Choose an earlier last day. You can check again."))
ALL_CHECKED = no("more-than-promised", N_("Only {left} of this promise is not in a delivery yet."),
                 yours=True, lift=N_("Check at most that much."))
_STANDS = LeansOn()


def hinders(asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
    """Every reason why this sheet cannot be kept. That a way is not safe can always be said."""
    if asked.way_safe is False:
        return
    promise = at.get(asked.promise)
    yield from _sheet(asked, promise, at, moment) if asked.sheet else _answers(asked, moment)
    yield from _STANDS(asked, by, at, moment)
    left = unchecked(promise, falling(promise, at, moment))
    if asked.quantity and asked.quantity.unit != promise.quantity.unit:
        yield OTHER_UNIT(wanted=promise.quantity)
    elif left < (asked.quantity.n if asked.quantity else 1):
        yield ALL_CHECKED(left=promise.quantity.of(left))


def _answers(asked: Any, moment: date) -> Iterable[Refusal]:
    if asked.supply is None or asked.way_safe is None:
        yield UNANSWERED()
    if asked.good_until and asked.good_until < moment:
        yield GOOD_PASSED()
    if asked.good_until and asked.good_until > moment + timedelta(days=DAYS_MOST):
        yield GOOD_TOO_LONG(days=DAYS_MOST)


def _sheet(asked: Any, promise: Promise, at: Tables, moment: date) -> Iterable[Refusal]:
    sheet = at.get(asked.sheet)
    if (asked.supply, asked.way_safe, asked.good_until, asked.backup) != (None, None, None, None):
        yield TWICE()
    if sheet.kind != promise.kind or sheet.region is None or asked.region not in (None, sheet.region):
        yield OTHER_WAY(sheet=sheet.number)
    if not sheet.stands(moment):
        yield SHEET_OVER(sheet=sheet.number)


def falling(promise: Promise, at: Tables, moment: date, *, unsafe: bool = False) -> list[Delivery]:
    """What was checked and not sent, and falls away: its sheet is over, or the way is not safe."""
    return [d for d in at.find(Delivery, promise=promise.number) if d.sent is None and d.fallen is None
            and (unsafe or not stands(d, at, moment))]


def stands(delivery: Delivery, at: Tables, moment: date) -> bool:
    """Whether a delivery may be sent on its sheet that day."""
    return delivery.sheet is not None and at.get(delivery.sheet).stands(moment)


def unchecked(promise: Promise, falls: list[Delivery]) -> int:
    """How much of a promise can be in a new delivery."""
    return promise.quantity.n - promise.checked + sum(d.quantity.n for d in falls)
