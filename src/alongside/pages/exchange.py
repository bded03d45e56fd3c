"""The exchange: what is offered, promised and on its way; what is here; and the open ledger, line by line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.pages import ledger_lines, open_exchange, stock
from alongside.pages.desk import Desk, seated
from alongside.pages.open_exchange import Way
from alongside.pages.stock import Pile
from alongside.pages.story import story_of, things


@require_safe
@seated
def exchange(desk: Desk) -> HttpResponse:
    """Everything that is open, what is in the store, the newest lines of the ledger; or older lines alone."""
    if desk.inner:
        raise Http404
    before = _before(desk)
    count = ledger_lines.LINES * (3 if before else 1)
    found = open_exchange.read(desk, count, before)
    lines, older = ledger_lines.lines(found.movements, count)
    offers, promises = open_exchange.offers(desk, found), open_exchange.promises(desk, found)
    deliveries, piles = open_exchange.deliveries(desk, found), stock.piles(desk, found.balances, found.lots)
    box = stock.box(found.balances)
    told = [
        *offers,
        *promises,
        *deliveries,
        *piles,
        *found.purchases,
        *found.owed,
        *ledger_lines.named(lines),
        *box,
    ]
    teller = desk.told(thing for one in told for thing in _things(one))
    return desk.page(
        "exchange.html",
        "exchange",
        teller,
        offers=offers,
        promises=promises,
        deliveries=deliveries,
        piles=piles,
        box=tuple(box),
        purchases=found.purchases,
        owed=found.owed,
        before=before,
        refusal=teller.refusal,
        choose=[way for way in deliveries if way.state == "host_must_choose"],
        lines=[(line, *line.places(teller, desk)) for line in lines],
        older=older,
    )


@require_safe
@seated
def giving(desk: Desk, number: int) -> HttpResponse:
    """One offer, promise, delivery or purchase, from its giver to what it became."""
    story = None if desk.inner else story_of(desk, number)
    if story is None:
        raise Http404
    return desk.page(
        "giving.html",
        "exchange",
        desk.told(things(story)),
        story=story,
        about=story.about,
        what=type(story.about).__name__.lower(),
        need=story.need,
    )


def _things(one: Any) -> list[Any]:
    """What has to be told of something that the page shows."""
    if isinstance(one, Way):
        return [one.row, *(one.no.params.values() if one.no else ())]
    if isinstance(one, Pile):
        return [value for value in (one.thing, one.region, one.quantity) if value]
    return [one]


def _before(desk: Desk) -> int | None:
    asked = desk.request.GET.get("before", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else None
