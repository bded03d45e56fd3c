"""What no yes, no terms and no stop may ever stand in the way of, and what nobody but the host may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alongside.act import Book
from alongside.areas.consent.tables import Consent
from alongside.areas.needs.tables import Item, Need, Region, Unit, Unwanted
from alongside.areas.partnership.tables import Invitation, Member
from alongside.record.entry import Entry
from alongside.tables import Tables
from alongside.words import Ref
from tests.books.drawn import every_action
from tests.books.no import may_at_all
from tests.books.remembered import HOST
from tests.books.world import World

NOES = (
    "consent.withdraw",
    "consent.refuse",
    "consent.not_now",
    "exchange.decline",
    "exchange.withdraw_offer",
    "exchange.send_back",
    "safety.stop",
)
WHAT_IS_SO = (
    "exchange.count",
    "exchange.report_missing",
    "exchange.use",
    "exchange.correct",
    "exchange.let_come",
    "exchange.divert",
)
IN_THE_WAY = {
    "no-yes",
    "yes-over",
    "yes-taken-back",
    "yes-waits",
    "no-terms",
    "needs-memorandum",
    "beyond-cap",
    "beyond-given-cap",
    "stopped",
    "stopped-by-us",
    "stopped-by-ally",
    "not-now",
}
HOST_ALONE = ("needs.", "listening.", "partnership.invite", "partnership.admit", "partnership.adopt_rules",
              "consent.first_yes", "consent.second", "consent.give", "consent.withdraw", "consent.refuse",
              "consent.not_now", "exchange.accept", "exchange.decline", "exchange.check", "exchange.buy",
              "exchange.use", "exchange.count", "exchange.correct", "exchange.settle", "exchange.let_come",
              "exchange.divert", "exchange.send_back")


def never_in_the_way(world: World, action: Any, person: int, said: set[str]) -> None:
    """A no, and what happened, wait for no yes, no terms and no stop."""
    if action.called in NOES + WHAT_IS_SO and said != {"unseen"} and may_at_all(world, action, person):
        assert not said & IN_THE_WAY, f"{action.called} was held back by {said & IN_THE_WAY}"


def only_the_host(world: World, book: Book, number: int) -> None:
    """L1: no need, no session, no admission and no yes is anybody else's doing."""
    entry = Entry.read(next(book.entries(number - 1)))
    if entry.asked["action"].startswith(HOST_ALONE):
        assert world.is_host(entry.author), f"{entry.author} did {entry.asked['action']}"
    written = [row for row in (Need, Item, Unit, Region, Unwanted, Consent, Invitation)
               if book.tables.first(row, number=number) is not None]
    assert not written or world.is_host(entry.author), f"{entry.author} made {written}"
    if book.tables.first(Member, number=number) is not None:
        assert entry.author == 1


def can_always(world: World, book: Book, day: date) -> None:
    """On any day, in any state: take back, decline, stop, count what is on the road."""
    for called, person, fields in always(world, book.tables):
        action = every_action()[called].from_json(fields)
        assert book.may(action, person) == (), f"{called} {fields} by {person} on {day}"


def always(world: World, at: Tables) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every no that could be said now, and every count."""
    host = world.hosts()[-1]
    for number in [n for n, y in world.yeses.items() if not world.gone(y)][-4:]:
        yield "consent.withdraw", host, {"consent": number}
    for number in [n for n, a in world.askings.items() if a.answer == "open"][-2:]:
        yield "consent.refuse", host, {"asking": number}
    for offer in [o for o in world.offers.values() if o.answer == "open"][-3:]:
        yield "exchange.decline", host, {"offer": offer.number}
        yield "exchange.withdraw_offer", next(p for p, g in world.people.items() if g == offer.ally), {
            "offer": offer.number}
    for trip in list(world.ledger.trips.values())[-4:]:
        yield "exchange.count", host, {"delivery": trip.number, "quantity": [0, trip.goods[1]]}
        if trip.road:
            yield "exchange.send_back", host, {"delivery": trip.number}
    for person, group in world.people.items():
        if not any(s.by == person for s in world.stops.values()):
            yield "safety.stop", person, {"new": group == HOST}


def withdrawn_at_once(world: World, at: Tables, number: int, day: date) -> None:
    """Whatever leans on a yes that was taken back ended in that same entry."""
    for yes in world.yeses.values():
        if number in world.above(yes.number):
            row = at.get(Ref[Consent](yes.number))
            assert row.ended == day or (row.ended is not None and row.ended_by != number), yes
            assert not row.stands(day), yes
