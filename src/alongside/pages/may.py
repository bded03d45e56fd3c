"""May we? An ally hears before it packs what the gate would say today. Looking asks nobody and keeps nothing.

Codes alone stand in the address. A member of the host sees here what an ally would see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from alongside.act import Book
from alongside.areas.consent.ask import Ask
from alongside.areas.consent.question import Sought, ancestry
from alongside.areas.consent.tables import Consent, Rest
from alongside.areas.exchange.offer import MakeOffer
from alongside.areas.exchange.tables import Offer
from alongside.areas.memorandum.question import room, terms_for
from alongside.areas.needs.tables import Need, Unwanted
from alongside.areas.partnership.tables import Member
from alongside.codes import KINDS, N_
from alongside.doorways.days import read_day
from alongside.doorways.may import NEEDS_SHOWN, NEEDS_TRIED, MayAnswer, open_needs
from alongside.doorways.web import show_may
from alongside.languages.opening import readable_by
from alongside.languages.sentences import RefusalText
from alongside.pages.covered import Standing, standings
from alongside.pages.desk import Desk, seated
from alongside.pages.figures import Strand, bar
from alongside.pages.gather import look
from alongside.pages.read_ahead import ReadAhead, covers_ahead
from alongside.words import Kind, Quantity, Ref, Unclear

# The answer in a few words; why stands below it.
SHORT: dict[str, str] = {
    "not-needed": N_("Not these, thank you."),
    "not-now": N_("Not now."),
    "stopped": N_("Not now."),
    "stopped-by-us": N_("Not now."),
    "no-yes": N_("Not yet."),
    "yes-waits": N_("Not yet."),
    "yes-over": N_("Not any more."),
    "yes-taken-back": N_("Not any more."),
    "need-stale": N_("Not yet."),
    "needs-memorandum": N_("Not before a memorandum."),
    "need-closed": N_("Not any more."),
    "offer-without-need": N_("Nobody has named this."),
    "other-kind": N_("Not for this need."),
}
OTHERWISE = N_("Not like this.")
# What is said first, whatever the gate found first: the host's own word before what the asker could do.
_FIRST = ("not-now", "not-needed", "needs-memorandum", "need-closed", "need-stale")
# Said by nothing else than that no need was named; worth saying only where nothing else stands in the way.
_LAST = "offer-without-need"
PASSED = N_("That day has passed.")


@dataclass
class Under:
    """The yes in numbers: how much of the terms is accepted, and what is left."""

    terms: Consent | None = None
    room: Quantity | None = None
    strands: list[Strand] | None = None


@require_safe
@seated
def may(desk: Desk) -> HttpResponse:
    """The question, and its answer if something was asked."""
    if desk.inner:
        raise Http404
    query, by = desk.request.GET.copy(), _asker(desk)
    when, wrong = _when(desk, query)
    if desk.by.host and by is desk.by:
        query = QueryDict(mutable=True)
    book = cast(Book, ReadAhead(desk, MakeOffer))
    _read_ahead(desk, by, book, query)
    answer = show_may(book, query, author=by.number, reader=desk.reader)
    under = _under(desk, by, answer)
    instead = _instead(desk, answer) if answer.asked and not answer.yes else []
    things = [*_named(desk, answer), *(value for s in instead for value in (s.need.item, s.need.quantity))]
    things += [one for one in (answer.consent, under.terms, under.room) if one is not None]
    refusals = _in_order(answer.refusals)
    faults = answer.faults | ({"when": wrong} if wrong else {})
    return desk.page(
        "may.html",
        "may",
        desk.told(things),
        status=422 if wrong else answer.status,
        may=answer,
        under=under,
        instead=instead,
        when=when,
        typed_when=query.get("when", ""),
        faults=faults,
        by=by,
        refusals=refusals,
        short=SHORT.get(refusals[0].code, OTHERWISE) if refusals else "",
        asks={one.name: one for one in answer.inputs},
        named=_named(desk, answer),
        can_ask=by is desk.by and bool(answer.ask) and _can_ask(desk, answer),
    )


def _asker(desk: Desk) -> Member:
    """Whose answer it is: the reader's own; for the host, that of somebody of the ally it asks for."""
    if not desk.by.host:
        return desk.by
    asked = desk.request.GET.get("ally", "")
    ally = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    of_ally = (m for m in desk.at.all(Member) if m.group == ally and m.left is None and not m.host)
    return next(of_ally, desk.by)


def _when(desk: Desk, query: QueryDict) -> tuple[date | None, str]:
    """The day she means, or what is wrong with it."""
    typed = query.get("when", "").strip()
    if not typed:
        return None, ""
    try:
        when = read_day(typed, desk.reader, "when")
    except Unclear as unclear:
        return None, desk.reader.gettext(unclear.says).format(**unclear.params)
    return when, desk.reader.gettext(PASSED) if when < desk.moment else ""


def _read_ahead(desk: Desk, by: Member, book: Book, query: QueryDict) -> None:
    """What the gate looks up for each need that is tried, and what these are called by."""
    tried = open_needs(book.tables)[:NEEDS_TRIED]
    desk.at.follow(tried)
    desk.book.vault.open(readable_by(by, [need.ref for need in tried], desk.at))
    kind, needs = query.get("kind", ""), [need.number for need in tried]
    if kind not in KINDS:
        return
    covers_ahead(
        desk,
        [by.group],
        [kind],
        needs,
        look(Unwanted, kind=ancestry(kind), ended=[False]),
        look(Rest, ally=[by.group], kind=[kind], need=[0, *needs]),
        look(Offer, ally=[by.group], kind=[kind], question=[True]),
    )


def _under(desk: Desk, by: Member, answer: MayAnswer) -> Under:
    """The room that the terms leave; nothing where they do not bound it."""
    kind = Kind(answer.ask.get("kind", ""))
    if not answer.yes or not kind:
        return Under()
    need = Ref[Need](answer.need) if answer.need else None
    terms = terms_for(Sought(by.group, kind, need, None), desk.at, desk.moment)
    if terms is None or terms.cap is None or kind != "money":
        return Under(terms)
    strands = bar(
        here=terms.used, said=max(0, terms.cap.n - terms.used), of=terms.cap.n, mirrored=desk.mirrored
    )
    return Under(terms, room(terms, terms.cap), strands)


def _instead(desk: Desk, answer: MayAnswer) -> list[Standing]:
    """What is open and fresh, in the host's own order: what can be offered comes with its key."""
    needs = [n for n in open_needs(desk.at) if not n.stale(desk.moment) and n.number != answer.need]
    return standings(desk, needs[:NEEDS_SHOWN])


def _named(desk: Desk, answer: MayAnswer) -> list[Any]:
    """What was asked, to be said again above its answer."""
    if not answer.ask:
        return []
    asked: list[Any] = [Kind(answer.ask["kind"])]
    number = answer.ask.get("need", "")
    need = desk.at.first(Need, number=int(number)) if number else None
    return [*asked, need.item, need.ref] if need else asked


def _in_order(refusals: list[RefusalText]) -> list[RefusalText]:
    others = [one for one in refusals if one.code != _LAST] or refusals
    return sorted(others, key=lambda one: _FIRST.index(one.code) if one.code in _FIRST else len(_FIRST))


def _can_ask(desk: Desk, answer: MayAnswer) -> bool:
    need = answer.ask.get("need", "")
    asking = Ask(kind=Kind(answer.ask["kind"]), need=Ref[Need](need) if need else None)
    return not desk.book.may(asking, desk.by.number)
