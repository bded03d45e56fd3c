"""An offer answers a need that is open, fresh and wanted. Anything else can be asked as a question (3.4).

For a need an ally offers the need's own kind, counted as the need is; or money, in any currency; or what
helps it along: transport, storage, skills, counted in any unit of the book.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.consent.ask import RESTS
from alongside.areas.consent.tables import REST_DAYS, Rest
from alongside.areas.exchange.tables import Offer, OfferAnswer
from alongside.areas.memorandum.question import NEEDS_MEMORANDUM
from alongside.areas.needs.tables import Item, Need
from alongside.areas.needs.wanted import unwanted_for
from alongside.areas.partnership.tables import Member
from alongside.codes import N_, NEVER_BY_FIRST_YES
from alongside.tables import Tables
from alongside.words import Kind, Quantity, Ref

HELPS = ("transport", "storage", "skills")

NO_NEED = no("offer-without-need", N_("An offer answers a need of the host group."), rule="3.4", yours=True,
             lift=N_("Choose a need, or ask it as a question."))
NO_QUANTITY = no("offer-of-how-much", N_("This does not say how much you offer."), rule="3.4", yours=True,
                 lift=N_("Give an amount."))
NOT_A_QUESTION = no("not-a-question", N_("This names a need, so it is an offer."), yours=True,
                    lift=N_("Offer it, or leave the need out and ask."))
ASKED_OPEN = no("question-open", N_("You have asked this already: question {offer}."), rule="Living 11",
                lift=N_("Wait for the host group’s answer."), helps="host")
CLOSED = no("need-closed", N_("Need {need} has been set aside."), rule="1.1", helps="host",
            lift=N_("Look at what is needed now."))
STALE = no("need-stale", N_("Nobody has confirmed need {need} since {day}. It takes no new offers."),
           rule="1.1", helps="host", lift=N_("The host group confirms it again."))
UNWANTED = no("not-needed", N_("The host group has put {kind} on its list of what is not needed."),
              rule="1.1", helps="host",
              lift=N_("Look at what is needed instead. Only the host group changes its list."))
OTHER_KIND = no("other-kind", N_("What is missing there is {wanted}, not {kind}."), rule="3.4", yours=True,
                lift=N_("Offer what is missing, or money, or what helps it along, or ask a question."))
MONEY_IN_MONEY = no("counted-otherwise", N_("{kind} is not counted like this."), yours=True,
                    lift=N_("Count money in a currency, and everything else in a unit of this book."))
NEED_COUNTS = no("counted-as-need", N_("This need is counted in another unit."), yours=True,
                 lift=N_("Count as the need does: {wanted}."))


class NotReserved:
    """Not one of the kinds that only a memorandum can carry. An offer may exceed a cap; accepting may not."""

    says = N_("Not a kind that waits for a memorandum.")

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Pictures, visits, stories and data wait."""
        sought = asked.sought(by, at)
        if sought and any(Kind(never).covers(sought.kind) for never in NEVER_BY_FIRST_YES):
            yield NEEDS_MEMORANDUM(kind=sought.kind)


def unfit(asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
    """Every reason why an offer answers no need, or why a question need not be asked."""
    if asked.question:
        yield from _answered(asked.kind, by, at, moment)
        if asked.need is not None:
            yield NOT_A_QUESTION()
    elif asked.need is None:
        yield NO_NEED()
    else:
        need = at.get(asked.need)
        if need.closed:
            yield CLOSED(need=need.number)
        elif need.stale(moment):
            yield STALE(need=need.number, day=need.confirmed)
        if asked.quantity is None:
            yield NO_QUANTITY()
        else:
            yield from miscounted(asked.kind, asked.quantity, need)
        if not _helps(asked.kind) and not need.kind.covers(asked.kind):
            yield OTHER_KIND(kind=asked.kind, wanted=need.kind)
    item = item_of(asked.kind, at.get(asked.need)) if asked.need else None
    if unwanted := unwanted_for(at, asked.kind, item):
        yield UNWANTED(kind=unwanted[0].kind)


def miscounted(kind: Kind, quantity: Quantity, need: Need) -> Iterable[Refusal]:
    """Money in a currency; the need's own kind as the need counts; everything else in a unit of the book."""
    if quantity.is_money != (kind == "money"):
        yield MONEY_IN_MONEY(kind=kind)
    elif item_of(kind, need) and quantity.unit != need.quantity.unit:
        yield NEED_COUNTS(wanted=need.quantity)


def item_of(kind: Kind, need: Need) -> Ref[Item] | None:
    """The need's item, if this kind is what is missing; money and what helps along have none."""
    return need.item if kind != "money" and need.kind.covers(kind) else None


def _helps(kind: Kind) -> bool:
    return kind == "money" or any(Kind(one).covers(kind) for one in HELPS)


def _answered(kind: Kind, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
    """A question is asked once; after a no it rests, like any asking."""
    resting = at.first(Rest, ally=by.group, kind=kind, need=0)
    until = [resting.until] if resting and resting.until else []
    for one in at.find(Offer, ally=by.group, kind=kind, question=True):
        if one.stands(moment):
            yield ASKED_OPEN(offer=one.number)
        if one.answer is OfferAnswer.DECLINED and one.answered:
            until.append(one.answered + timedelta(days=REST_DAYS))
    if until and moment <= max(until):
        yield RESTS(until=max(until))
