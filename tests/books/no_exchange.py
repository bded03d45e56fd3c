"""What must be refused of the exchange. What happened can be written down; a no is heard; the rest needs a
yes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.books.ledger import Trip
from tests.books.no import Nos, rule, too_far, waits_for_memorandum, within_terms
from tests.books.remembered import HELP_ALONG, HOST, MONEY, Amount, Need, reaches
from tests.books.states import trip_state
from tests.books.world import World


def stops(world: World, person: int, ally: int, kind: str) -> Nos:
    """Every stop in the way, as the one who asks would be told of it."""
    for one in world.held(ally, kind):
        if one.group == HOST:
            yield "stopped"
        else:
            yield "stopped-by-us" if one.group == world.people[person] else "stopped-by-ally"


def not_yet(action: Any, day: date) -> Nos:
    if action.happened_on and action.happened_on > day:
        yield "not-happened-yet"


def counted(world: World, kind: str, quantity: Any, need: Need) -> Nos:
    """Money in a currency, what is missing as the need counts it, anything else in any unit of the book."""
    if quantity.is_money != (kind == MONEY):
        yield "counted-otherwise"
    elif world.item_of(kind, need) and quantity.unit != need.quantity.unit:
        yield "counted-as-need"


@rule("exchange.offer")
def offer(world: World, action: Any, person: int, day: date) -> Nos:
    ally = world.people[person]
    if action.question:
        yield from question(world, action, ally, day)
    elif action.need is None:
        yield "offer-without-need"
    else:
        need = world.needs[action.need]
        if not world.living(ally, action.kind, action.need, day):
            yield world.why_no_yes(ally, action.kind, action.need, day)
        if waits_for_memorandum(action.kind):
            yield "needs-memorandum"
        yield from stops(world, person, ally, action.kind)
        if need.stale(day):
            yield "need-stale"
        yield from ["offer-of-how-much"] if action.quantity is None else counted(
            world, action.kind, action.quantity, need)
        if not reaches(need.kind, action.kind) and not any(reaches(h, action.kind) for h in HELP_ALONG):
            yield "other-kind"
    item = world.item_of(action.kind, world.needs[action.need]) if action.need else None
    if world.not_wanted(action.kind, item):
        yield "not-needed"
    if action.stands_until and action.stands_until < day + timedelta(days=3):
        yield "offer-too-soon"


def question(world: World, action: Any, ally: int, day: date) -> Nos:
    """A question is asked once, and rests after a no like any asking."""
    same = [o for o in world.offers.values() if o.question and (o.ally, o.kind) == (ally, action.kind)]
    if any(o.answer == "open" and day <= o.until for o in same):
        yield "question-open"
    if world.rests(ally, action.kind, None, day):
        yield "asking-rests"
    if action.need is not None:
        yield "not-a-question"


@rule("exchange.accept")
def accept(world: World, action: Any, person: int, day: date) -> Nos:
    it = world.offers[action.offer]
    if it.question:
        yield "only-a-question"
        return
    much = Amount(*action.quantity) if action.quantity else it.quantity._replace(n=it.left)
    yield from within_terms(world, it.ally, it.kind, much, day)
    yield from stops(world, person, it.ally, it.kind)
    cover, terms = (
        world.living(it.ally, it.kind, it.need, day, much),
        world.terms(it.ally, it.kind, day, much),
    )
    above = world.above(cover.number) - {terms.number} if cover and terms else ()
    if any(world.room(world.yeses[n], much) < 0 for n in above):
        yield "beyond-given-cap"
    gone = {"withdrawn": "offer-taken-back", "declined": "offer-declined", "accepted": "offer-accepted"}
    if it.answer in gone:
        yield gone[it.answer]
    elif it.until < day:
        yield "offer-over"
    else:
        if world.gone(world.yeses[it.cover]):
            yield "offer-yes-taken-back"
        if action.quantity and action.quantity.unit != it.quantity.unit:
            yield "other-unit"
        elif much.n > it.left:
            yield "more-than-offered"
        yield from too_far(action.until, day, 365, "accept-passed", "accept-days")


@rule("exchange.decline", "exchange.withdraw_offer")
def answered(world: World, action: Any, person: int, day: date) -> Nos:
    if world.offers[action.offer].answer != "open":
        yield "offer-answered"


def under_its_yes(world: World, promise: int, day: date) -> Nos:
    """What was promised moves only under the yes of its promise."""
    yes = world.yeses[promise]
    if world.gone(yes):
        yield "yes-taken-back"
    elif day > yes.last():
        yield "yes-over"


@rule("exchange.check")
def check(world: World, action: Any, person: int, day: date) -> Nos:
    if action.way_safe is False:
        return
    promise = world.ledger.promises[action.promise]
    if action.sheet is None:
        if action.supply is None or action.way_safe is None:
            yield "sheet-unanswered"
        yield from too_far(action.good_until, day, 30, "sheet-passed", "sheet-days")
    else:
        sheet = world.ledger.sheets[action.sheet]
        if (action.supply, action.way_safe, action.good_until, action.backup) != (None, None, None, None):
            yield "sheet-and-answers"
        if sheet.kind != promise.kind or sheet.region is None or action.region not in (None, sheet.region):
            yield "sheet-other-way"
        if not sheet.stands(day):
            yield "sheet-over"
    yield from under_its_yes(world, promise.number, day)
    if action.quantity and action.quantity.unit != promise.goods[1]:
        yield "other-unit"
    elif world.ledger.unchecked(promise.number, day) < (action.quantity.n if action.quantity else 1):
        yield "more-than-promised"


@rule("exchange.send")
def send(world: World, action: Any, person: int, day: date) -> Nos:
    trip = world.ledger.trips[action.delivery]
    yield from under_its_yes(world, trip.source, day)
    yield from stops(world, person, trip.ally or HOST, trip.kind)
    if trip.sent:
        yield "already-sent"
    elif trip.fell:
        yield "check-fell"
    elif not world.ledger.sheets[trip.sheet or 0].stands(day):
        yield "sheet-over"
    yield from not_yet(action, day)


@rule("exchange.count")
def count(world: World, action: Any, person: int, day: date) -> Nos:
    if action.quantity.unit != world.ledger.trips[action.delivery].goods[1]:
        yield "other-unit"
    yield from not_yet(action, day)


def on_the_road(trip: Trip) -> Nos:
    if not trip.road:
        yield "not-on-the-road"


@rule("exchange.report_missing")
def report_missing(world: World, action: Any, person: int, day: date) -> Nos:
    trip = world.ledger.trips[action.delivery]
    yield from on_the_road(trip)
    if action.quantity.unit != trip.goods[1]:
        yield "other-unit"
    elif 0 < trip.road < action.quantity.n:
        yield "more-than-on-the-road"
    yield from not_yet(action, day)


@rule("exchange.let_come")
def let_come(world: World, action: Any, person: int, day: date) -> Nos:
    trip = world.ledger.trips[action.delivery]
    yield from on_the_road(trip)
    if trip.road and trip_state(world, trip, day) != "host_must_choose":
        yield "nothing-to-choose"


@rule("exchange.divert")
def divert(world: World, action: Any, person: int, day: date) -> Nos:
    trip = world.ledger.trips[action.delivery]
    yield from on_the_road(trip)
    if action.need in (None, trip.need) and action.region in (None, trip.region):
        yield "diverted-nowhere"


@rule("exchange.send_back")
def send_back(world: World, action: Any, person: int, day: date) -> Nos:
    yield from on_the_road(world.ledger.trips[action.delivery])
