"""What must be refused, and in which words: the rules as somebody would tell them who has read the practices.

Nothing here asks the gate or a row. `noes` gives the code of every no that an asking has earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from tests.books.remembered import FOUNDER, HOST, WAIT_FOR_MEMORANDUM, Amount, reaches
from tests.books.world import World

Nos = Iterator[str]
Rule = Callable[[World, Any, int, date], Nos]

STEWARDS = ("partnership.invite", "partnership.admit", "partnership.adopt_rules")
ALLIES = ("consent.ask", "exchange.offer")
HIDDEN = {"stopped", "stopped-by-ally"}
INNER, BOTH = ("listening.",), ("partnership.found", "partnership.admit", "partnership.adopt_rules")
RULES: dict[str, Rule] = {}


def rule(*called: str) -> Callable[[Rule], Rule]:
    """Say which actions a rule is for."""

    def keep(told: Rule) -> Rule:
        RULES.update(dict.fromkeys(called, told))
        return told

    return keep


def noes(world: World, action: Any, person: int, day: date) -> set[str]:
    """The code of every no. Who may not do it at all hears that alone, unless it is their own book."""
    called, here = action.called, person in world.people
    if not here and called not in ("partnership.found", "partnership.accept"):
        return {"unseen"}
    if not world.sees(action, person):
        return {"unseen"}
    if called not in BOTH and called.startswith(INNER) != (world.kind == "inner"):
        return {"other-book"}
    if not may_at_all(world, action, person):
        return {"not-yours"}
    found = set(RULES[called](world, action, person, day))
    if found & HIDDEN and not world.is_host(person):
        return {"not-now"}
    return found


def may_at_all(world: World, action: Any, person: int) -> bool:
    """Whether this is for somebody of that group to do, on whatever day."""
    called, group = action.called, world.people.get(person)
    if called == "partnership.found":
        return False                        # this book is founded
    if called == "partnership.accept":
        return group is None and person == action.invitation
    if called in STEWARDS:
        return person == FOUNDER            # no verb names another yet
    if called in ALLIES:
        return group != HOST
    if called == "safety.stop":
        return True
    if called == "safety.lift":
        return world.stops[action.stop].group == group
    if called == "exchange.withdraw_offer":
        return world.offers[action.offer].ally == group
    if called == "exchange.send":
        return world.ledger.trips[action.delivery].ally == group
    if called == "exchange.report_missing":
        return group in (HOST, world.ledger.trips[action.delivery].ally)
    return group == HOST


def too_far(asked: date | None, day: date, days: int, past: str, far: str) -> Nos:
    """A last day that has passed, or that is too many days ahead."""
    if asked is not None and asked < day:
        yield past
    if asked is not None and asked > day + timedelta(days=days):
        yield far


@rule("partnership.found", "partnership.admit", "needs.list_item", "needs.list_unit", "needs.list_region")
def nothing(world: World, action: Any, person: int, day: date) -> Nos:
    yield from ()


@rule("partnership.invite")
def invite(world: World, action: Any, person: int, day: date) -> Nos:
    yield from too_far(action.until, day, 60, "day-past", "invitation-days")


@rule("partnership.accept")
def accept_invitation(world: World, action: Any, person: int, day: date) -> Nos:
    if world.invited[action.invitation] < day:
        yield "invitation-over"


@rule("partnership.adopt_rules")
def adopt_rules(world: World, action: Any, person: int, day: date) -> Nos:
    yield "rules-not-newer" if action.rules <= 1 else "rules-not-known"


@rule("listening.call")
def call(world: World, action: Any, person: int, day: date) -> Nos:
    if not world.is_host(action.facilitator):
        yield "facilitator-outside"


@rule("listening.find", "listening.close")
def session(world: World, action: Any, person: int, day: date) -> Nos:
    it = world.sessions[action.session]
    if it.closed:
        yield "session-closed"
    elif action.called == "listening.close" and it.heard.get("need"):
        if not it.heard.get("works") and not action.nothing_on_works:
            yield "works-unanswered"
        if not it.heard.get("risk") and not action.nothing_on_risks:
            yield "risks-unanswered"


@rule("needs.name")
def name(world: World, action: Any, person: int, day: date) -> Nos:
    new, label = action.kind is not None, action.label is not None
    if (new or label) if action.item else not (new and label):
        yield "need-of-what"
    if action.item and any((n.item, n.region) == (action.item, action.region) for n in world.needs.values()):
        yield "need-named"
    if action.by_when and action.by_when < day:
        yield "need-passed"


@rule("needs.confirm")
def confirm(world: World, action: Any, person: int, day: date) -> Nos:
    if action.quantity and action.quantity.unit != world.needs[action.need].quantity.unit:
        yield "need-unit"


@rule("needs.rank")
def rank(world: World, action: Any, person: int, day: date) -> Nos:
    if world.rank(action.need) == action.rank:
        yield "ranked-already"


@rule("needs.open")
def open_need(world: World, action: Any, person: int, day: date) -> Nos:
    if world.needs[action.need].stale(day):
        yield "open-stale"
    if action.ally == HOST:
        yield "not-an-ally"
    yield from too_far(action.until, day, 90, "until-passed", "open-days")


@rule("needs.not_needed")
def not_needed(world: World, action: Any, person: int, day: date) -> Nos:
    if (action.kind is None) == (action.item is None):
        yield "unwanted-what"
        return
    kind = action.kind or world.items[action.item]
    if any((u.kind, u.item) == (kind, action.item) for u in world.unwanted):
        yield "unwanted-already"


@rule("consent.first_yes")
def first_yes(world: World, action: Any, person: int, day: date) -> Nos:
    yield from too_far(action.until, day, 30, "until-passed", "first-yes-days")
    if action.ally == HOST:
        yield "not-an-ally"
    if not action.cap.is_money:
        yield "cap-not-money"
    if any(waits_for_memorandum(kind) for kind in action.kinds):
        yield "not-by-first-yes"


def waits_for_memorandum(kind: str) -> bool:
    """Pictures, visits, stories and data that leaves."""
    return any(reaches(never, kind) for never in WAIT_FOR_MEMORANDUM)


@rule("consent.second")
def second(world: World, action: Any, person: int, day: date) -> Nos:
    yes = world.yeses[action.consent]
    if yes.how != "first":
        yield "not-a-first-yes"
    elif yes.second:
        yield "already-seconded"
    elif world.gone(yes) or day > yes.last():
        yield "first-yes-over"
    elif yes.by == person:
        yield "same-person"


@rule("consent.ask")
def ask(world: World, action: Any, person: int, day: date) -> Nos:
    if world.rests(world.people[person], action.kind, action.need, day):
        yield "asking-rests"


@rule("consent.give")
def give(world: World, action: Any, person: int, day: date) -> Nos:
    terms = world.terms(action.ally, action.kind, day)
    if waits_for_memorandum(action.kind):
        yield "needs-memorandum"
    elif terms is None:
        yield "no-terms"
    if action.until < day:
        yield "until-passed"
    elif terms and action.until > terms.last():
        yield "beyond-terms"
    if action.cap and not action.cap.is_money:
        yield "cap-not-money"
    if action.asking:
        asking = world.askings[action.asking]
        if asking.answer != "open":
            yield "already-answered"
        elif asking.ally != action.ally or not reaches(action.kind, asking.kind):
            yield "other-asking"


@rule("consent.refuse", "consent.not_now")
def refuse(world: World, action: Any, person: int, day: date) -> Nos:
    if world.askings[action.asking].answer != "open":
        yield "already-answered"


@rule("consent.withdraw")
def withdraw(world: World, action: Any, person: int, day: date) -> Nos:
    if world.gone(world.yeses[action.consent]):
        yield "already-taken-back"


@rule("safety.stop")
def stop(world: World, action: Any, person: int, day: date) -> Nos:
    hers = [s for s in world.stops.values() if s.by == person]
    if any(s.kind == action.kind for s in hers if not s.lifted):
        yield "already-stopped"
    if world.is_host(person) and not action.new and any(
            s.touches(action.kind) and day <= s.lifted + timedelta(days=30) for s in hers if s.lifted):
        yield "stopped-before"


@rule("safety.lift")
def lift(world: World, action: Any, person: int, day: date) -> Nos:
    it = world.stops[action.stop]
    if it.lifted:
        yield "already-lifted"
    elif it.again == person and len(world.hosts()) > 1:
        yield "lift-by-another"


def within_terms(world: World, ally: int, kind: str, much: Amount, day: date) -> Nos:
    """What may be accepted before there is a memorandum: what a first yes reaches, up to its cap."""
    terms = world.terms(ally, kind, day, much)
    if waits_for_memorandum(kind):
        yield "needs-memorandum"
    elif terms is None:
        yield "no-terms"
    elif world.room(terms, much) < 0:
        yield "beyond-cap"
