"""What is so once something happened: what somebody in the room would write on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.books.remembered import (
    HOST,
    Amount,
    Need,
    No,
    Offer,
    Question,
    Session,
    Stop,
    Unwanted,
    Yes,
    reaches,
)
from tests.books.world import World


class Did(NamedTuple):
    """One thing that happened."""

    number: int
    action: Any
    by: int
    day: date


Effect = Callable[[World, Did], None]
EFFECTS: dict[str, Effect] = {}


def effect(*called: str) -> Callable[[Effect], Effect]:
    """Say which actions an effect is of."""

    def keep(told: Effect) -> Effect:
        EFFECTS.update(dict.fromkeys(called, told))
        return told

    return keep


def then(world: World, did: Did) -> None:
    """Remember what happened."""
    world.size, world.last = did.number, did.day
    EFFECTS[did.action.called](world, did)


def amount(quantity: Any) -> Amount | None:
    """A quantity as it is remembered."""
    return Amount(*quantity) if quantity else None


@effect("partnership.found", "partnership.adopt_rules")
def nothing(world: World, did: Did) -> None:
    raise AssertionError("this book was founded once, and there are no newer rules")


@effect("partnership.invite")
def invite(world: World, did: Did) -> None:
    world.invited[did.number] = did.action.until or did.day + timedelta(days=14)


@effect("partnership.accept")
def come_in(world: World, did: Did) -> None:
    world.groups.add(did.by)
    world.people[did.by] = did.by


@effect("partnership.admit")
def admit(world: World, did: Did) -> None:
    world.people[did.number] = int(did.action.group)


@effect("listening.call")
def call(world: World, did: Did) -> None:
    world.sessions[did.number] = Session(did.number)


@effect("listening.find")
def find(world: World, did: Did) -> None:
    heard, kind = world.sessions[did.action.session].heard, str(did.action.kind)
    heard[kind] = heard.get(kind, 0) + 1


@effect("listening.close")
def close(world: World, did: Did) -> None:
    world.sessions[did.action.session].closed = True


@effect("needs.list_item")
def list_item(world: World, did: Did) -> None:
    world.items[did.number] = str(did.action.kind)


@effect("needs.list_unit")
def list_unit(world: World, did: Did) -> None:
    world.units.add(did.number)


@effect("needs.list_region")
def list_region(world: World, did: Did) -> None:
    world.regions.add(did.number)


@effect("needs.name")
def name(world: World, did: Did) -> None:
    action = did.action
    item = int(action.item or did.number)
    kind = world.items.setdefault(item, str(action.kind))
    world.unwanted = [u for u in world.unwanted if not reaches(u.kind, kind) or u.item not in (None, item)]
    region = int(action.region) if action.region else None
    world.needs[did.number] = Need(did.number, item, kind, Amount(*action.quantity), region, did.day)
    world.put(did.number, action.rank)


@effect("needs.confirm")
def confirm(world: World, did: Did) -> None:
    need = world.needs[did.action.need]
    need.confirmed, need.quantity = did.day, amount(did.action.quantity) or need.quantity


@effect("needs.rank")
def rank(world: World, did: Did) -> None:
    world.put(int(did.action.need), did.action.rank)


@effect("needs.not_needed")
def not_needed(world: World, did: Did) -> None:
    item, kind = did.action.item, did.action.kind
    world.unwanted.append(Unwanted(did.number, str(kind or world.items[item]), int(item) if item else None))


@effect("needs.open")
def open_need(world: World, did: Did) -> None:
    action = did.action
    kinds = tuple(map(str, action.kinds or (world.needs[action.need].kind,)))
    world.yeses[did.number] = Yes(did.number, "opened", action.ally, kinds, int(action.need), None, did.day,
                                  action.until or did.day + timedelta(days=30), did.by)


@effect("consent.first_yes")
def first_yes(world: World, did: Did) -> None:
    action = did.action
    world.yeses[did.number] = Yes(
        did.number,
        "first",
        int(action.ally),
        tuple(map(str, action.kinds)),
        None,
        amount(action.cap),
        did.day,
        action.until or did.day + timedelta(days=30),
        did.by,
        alone=len(world.hosts()) == 1,
    )


@effect("consent.second")
def second(world: World, did: Did) -> None:
    world.yeses[did.action.consent].second = did.day


@effect("consent.ask")
def ask(world: World, did: Did) -> None:
    world.askings[did.number] = Question(
        did.number, world.people[did.by], str(did.action.kind), did.action.need
    )


@effect("consent.refuse", "consent.not_now")
def refuse(world: World, did: Did) -> None:
    asked = world.askings[did.action.asking]
    asked.answer = did.action.called.partition(".")[2].replace("refuse", "refused")
    world.noes.append(No(asked.ally, asked.kind, asked.need, did.day))


@effect("consent.give")
def give(world: World, did: Did) -> None:
    action = did.action
    terms = world.terms(action.ally, action.kind, did.day)
    assert terms, "a yes was given without terms"
    world.yeses[did.number] = Yes(did.number, "given", int(action.ally), (str(action.kind),), action.need,
                                  amount(action.cap), did.day, action.until, did.by, leans=(terms.number,))
    if action.asking:
        world.askings[action.asking].answer = "given"


@effect("consent.withdraw")
def withdraw(world: World, did: Did) -> None:
    yes = world.yeses[did.action.consent]
    yes.back = did.number
    for kind in yes.kinds if yes.ally else ():
        world.noes.append(No(yes.ally or 0, kind, yes.need, did.day))


@effect("safety.stop")
def stop(world: World, did: Did) -> None:
    kind = did.action.kind
    world.stops[did.number] = Stop(did.number, world.people[did.by], str(kind) if kind else None, did.by)


@effect("safety.lift")
def lift(world: World, did: Did) -> None:
    it = world.stops[did.action.stop]
    if it.group == HOST and it.again is None and len(world.hosts()) > 1:
        it.again = did.by
    else:
        it.lifted = did.day


@effect("exchange.offer")
def offer(world: World, did: Did) -> None:
    action, ally = did.action, world.people[did.by]
    cover = item = None
    if not action.question:
        cover = world.living(ally, action.kind, action.need, did.day)
        assert cover, "an offer without a yes"
        item = world.item_of(action.kind, world.needs[action.need])
    world.offers[did.number] = Offer(
        did.number,
        ally,
        action.need,
        str(action.kind),
        item,
        amount(action.quantity),
        cover and cover.number,
        action.stands_until or did.day + timedelta(days=30),
        action.if_part == "ask_again",
        action.question,
    )


@effect("exchange.decline", "exchange.withdraw_offer")
def end_offer(world: World, did: Did) -> None:
    it = world.offers[did.action.offer]
    it.answer = "declined" if did.action.called == "exchange.decline" else "withdrawn"
    if it.question and it.answer == "declined":
        world.noes.append(No(it.ally, it.kind, None, did.day))
