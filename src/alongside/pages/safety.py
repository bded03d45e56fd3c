"""Safety: what has been stopped, what each stop holds, how it starts again, and what goes on all the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.exchange.states import PromiseState, promise_state
from alongside.areas.exchange.tables import Offer, OfferAnswer, Promise
from alongside.areas.safety.tables import Stop
from alongside.pages.desk import Desk, seated
from alongside.pages.gather import look, newest
from alongside.words import Kind, Ref

READ_MOST, LIFTED_MOST = 200, 10


@dataclass
class Holding:
    """A stop, and what waits because of it."""

    stop: Stop
    offers: int     # that cannot be accepted now
    promises: int   # that cannot be sent now


@require_safe
@seated
def safety(desk: Desk) -> HttpResponse:
    """Stops of the reader's side; an ally hears of the host's no more than "not now"."""
    if desk.inner:
        raise Http404
    at = desk.at
    stops, lifted, offers, promises, covers = at.gather(
        look(Stop, open=True),
        newest(Stop, LIFTED_MOST, open=False),
        newest(Offer, READ_MOST, answer=OfferAnswer.OPEN),
        newest(Promise, READ_MOST, done=False),
        newest(Cover, READ_MOST, open=True),
    )
    at.gather(*at.missing([*(Ref[Consent](row.number) for row in (*promises, *covers)), desk.entered]))
    open_ = [p for p in promises if p.sent < p.quantity.n and p.number in _standing(desk, promises)]
    offered = [o for o in offers if o.stands(desk.moment) and not o.question]
    seen = [stop for stop in stops if stop.seen_by(desk.by, at)]
    holding = [Holding(stop, sum(stop.holds(o.ally, o.kind) for o in offered),
                       sum(stop.holds(p.ally, p.kind) for p in open_)) for stop in seen]
    ours = [h for h in holding if h.stop.group == desk.by.group]
    before = [stop for stop in lifted if stop.seen_by(desk.by, at)]
    return desk.page(
        "safety.html",
        "safety",
        desk.told([*seen, *before]),
        ours=ours,
        theirs=[h for h in holding if h not in ours],
        before=before,
        kinds=_kinds(desk, [c.number for c in covers], [h.stop for h in ours]),
        not_now=not desk.by.host and any(stop.host for stop in stops),
        alone=len(desk.people(desk.host)) == 1,
        all_stopped=any(h.stop.kind is None and h.stop.by == desk.by.number for h in ours),
    )


def _standing(desk: Desk, promises: list[Promise]) -> set[int]:
    return {p.number for p in promises
            if promise_state(p, desk.at.get(Ref[Consent](p.number)), desk.moment) is PromiseState.OPEN}


def _kinds(desk: Desk, numbers: list[int], stops: list[Stop]) -> list[Kind]:
    """What could move now for the reader's side: the kinds of the living yeses that no stop of hers
    reaches."""
    live = [yes for yes in (desk.at.get(Ref[Consent](n)) for n in dict.fromkeys(numbers))
            if yes.stands(desk.moment) and yes.seen_by(desk.by, desk.at)]
    kinds = dict.fromkeys(kind for yes in live for kind in yes.kinds)
    return [kind for kind in sorted(kinds) if not any(stop.overlaps(kind) for stop in stops)]

