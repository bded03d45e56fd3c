"""A book's tables beside what somebody remembers of it. Where the two differ, one of them is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.areas.consent.tables import Asking, Consent, Cover
from alongside.areas.exchange.states import delivery_state, offer_state, promise_state, still_promised, yes_of
from alongside.areas.exchange.tables import Delivery, Offer, Promise
from alongside.areas.listening.tables import Session
from alongside.areas.needs.tables import Need, Unwanted
from alongside.areas.partnership.tables import Group, Member
from alongside.areas.safety.tables import Stop
from alongside.tables import Tables
from tests.books import states
from tests.books.agree_ledger import agree_on_heaps, agree_on_trails, agree_on_whole
from tests.books.remembered import HOST
from tests.books.world import World


def agree(world: World, at: Tables, day: date) -> None:
    """Everything that both know, on one day."""
    agree_on_people(world, at)
    if world.kind == "inner":
        assert {s.number: s.closed for s in at.all(Session)} == {
            n: s.closed for n, s in world.sessions.items()}
        return
    agree_on_needs(world, at)
    agree_on_yeses(world, at, day)
    same({s.number: (s.group, s.kind, s.open) for s in at.all(Stop)},
         {n: (s.group, s.kind, s.lifted is None) for n, s in world.stops.items()}, "stops")
    agree_on_exchange(world, at, day)
    agree_on_heaps(world, at)
    agree_on_whole(at)
    agree_on_trails(world, at)


def same(in_book: Any, remembered: Any, what: str) -> None:
    """Both say the same, or the difference is shown."""
    if in_book == remembered:
        return
    differ = {k: (in_book.get(k), remembered.get(k)) for k in {*in_book, *remembered}
              if in_book.get(k) != remembered.get(k)}
    raise AssertionError(f"{what} differ (book, remembered): {differ}")


def agree_on_people(world: World, at: Tables) -> None:
    same({m.number: int(m.group) for m in at.all(Member)}, world.people, "people")
    assert all(m.host == (m.group == HOST) for m in at.all(Member))
    assert {g.number for g in at.all(Group)} == world.groups
    assert [g.number for g in at.all(Group) if g.host] == [HOST]


def agree_on_needs(world: World, at: Tables) -> None:
    same({n.number: (n.item, n.kind, n.quantity, n.region, n.confirmed, n.rank) for n in at.all(Need)},
         {n.number: (n.item, n.kind, n.quantity, n.region, n.confirmed, world.rank(n.number))
          for n in world.needs.values()}, "needs")
    assert [u.number for u in at.all(Unwanted) if not u.ended] == [u.number for u in world.unwanted]


def agree_on_yeses(world: World, at: Tables, day: date) -> None:
    """Who said yes to what, whether it stands, what took it back, and how much of its cap is used."""
    in_book = {c.number: (c.how[:5], c.ally, c.kinds, c.need, c.last_day(), c.stands(day), c.ended_by,
                          c.cap and c.used) for c in at.all(Consent)}
    same(
        in_book,
        {
            y.number: (
                y.how[:5],
                y.ally,
                y.kinds,
                y.need,
                y.last(),
                world.stands(y, day),
                world.gone(y),
                y.cap and world.accepted_under(y.number),
            )
            for y in world.yeses.values()
        },
        "yeses",
    )
    for yes in world.yeses.values():
        covers = [(c.kind, c.ally, c.need, c.open) for c in at.find(Cover, number=yes.number)]
        assert covers == [(k, yes.ally or 0, yes.need or 0, not world.gone(yes))
                          for k in (yes.kinds if yes.how != "accepted" else ())], f"covers of {yes}"
        assert yes.cap is None or world.accepted_under(yes.number) <= yes.cap.n, f"beyond the cap of {yes}"
    same(
        {a.number: a.answer for a in at.all(Asking)},
        {n: a.answer for n, a in world.askings.items()},
        "askings",
    )


def agree_on_exchange(world: World, at: Tables, day: date) -> None:
    """What is offered, promised and on its way, and where each stands on that day."""
    ledger = world.ledger
    same({o.number: (o.ally, o.need, o.left, offer_state(o, day)) for o in at.all(Offer)},
         {n: (o.ally, o.need, o.left, states.offer_state(o, day)) for n, o in world.offers.items()}, "offers")
    same({p.number: (promise_of(p), promise_state(p, yes_of(p, at), day)) for p in at.all(Promise)},
         {n: (remembered_of(world, n), states.promise_state(world, p, day))
          for n, p in ledger.promises.items()}, "promises")
    same(
        {
            d.number: (
                d.ally,
                d.need,
                d.region,
                d.quantity.n,
                bool(d.sent),
                bool(d.fallen),
                d.on_road,
                d.arrived,
                d.missing,
                d.returned,
                d.more,
                delivery_state(d, yes_of(d, at), day).value,
            )
            for d in at.all(Delivery)
        },
        {
            n: (
                t.ally,
                t.need,
                t.region,
                t.n,
                t.sent,
                t.fell,
                t.road,
                t.arrived,
                t.missing,
                t.returned,
                t.more,
                states.trip_state(world, t, day),
            )
            for n, t in ledger.trips.items()
        },
        "deliveries",
    )
    for need in world.needs:
        due = {n: left for n, p in ledger.promises.items() if p.need == need
               and (left := p.n - ledger.sent(n)) > 0 and states.promise_state(world, p, day) == "open"}
        assert {p.number: left.n for p, left in still_promised(at, need, day)} == due, (
            "what is still promised"
        )


def promise_of(row: Promise) -> tuple[Any, ...]:
    """The sums of a promise, as they stand in the book."""
    return (
        row.quantity.n,
        row.checked,
        row.sent,
        row.arrived,
        row.missing,
        row.returned,
        row.more,
        row.on_road,
    )


def remembered_of(world: World, promise: int) -> tuple[Any, ...]:
    """The same, added up from its deliveries."""
    trips = world.ledger.trips_of(promise)
    return (
        world.ledger.promises[promise].n,
        sum(t.n for t in trips if not t.fell),
        world.ledger.sent(promise),
        *(
            sum(getattr(t, heap) for t in trips)
            for heap in ("arrived", "missing", "returned", "more", "road")
        ),
    )
