"""Where an offer, a promise and a delivery stand on a day, as the two sides would say it to each other."""

from __future__ import annotations

from datetime import date

from tests.books.ledger import Promise, Trip
from tests.books.remembered import Offer
from tests.books.world import World


def offer_state(offer: Offer, day: date) -> str:
    """Answered, over, or open: in part where some of it was accepted."""
    if offer.answer != "open":
        return offer.answer
    if day > offer.until:
        return "over"
    return "part_accepted" if offer.taken else "open"


def promise_state(world: World, promise: Promise, day: date) -> str:
    """Kept, stopped by a yes taken back, over with its day, or open."""
    yes = world.yeses[promise.number]
    if world.ledger.done(promise.number):
        return "done"
    if world.gone(yes):
        return "stopped"
    return "open" if day <= yes.last() else "lapsed"


def trip_state(world: World, trip: Trip, day: date) -> str:
    """Where a delivery is; once its yes has ended, what is on the road is the host's choice."""
    yes = world.yeses[trip.promise] if trip.promise else None
    stands = yes is None or world.stands(yes, day)
    if not trip.sent:
        return "checked" if stands and not trip.fell else "stopped"
    if trip.returned:
        return "going_back"
    if trip.final or not trip.road:
        return "missing" if trip.road or trip.missing else "counted"
    if yes and not stands and not (trip.chose and trip.chose[0] > (world.gone(yes) or 0)):
        return "host_must_choose"
    if trip.chose and trip.chose[1] == "sent_back":
        return "going_back"         # it was counted by mistake
    if trip.arrived:
        return "partly_counted"
    return trip.chose[1] if trip.chose else "on_the_road"
