"""May we? An ally says what it would like to do, and hears what the gate would say today. Nothing is kept.

It need not know yet for which need, or how much: then what the host has open is tried in its own order, and
the answer names the need that it holds for.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from alongside import gate
from alongside.act import Book
from alongside.action import Action, Refusal
from alongside.areas.consent.question import Sought, standing
from alongside.areas.consent.tables import Consent
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Member
from alongside.codes import N_
from alongside.doorways.asking import Refusals, action_called, gate_says, supposed
from alongside.doorways.fields import Read, Typed, read, typed_values
from alongside.doorways.inputs import Input, inputs
from alongside.languages.pieces import Piece
from alongside.languages.reading import Reads
from alongside.languages.sentences import RefusalText, Teller, teller_for
from alongside.tables import Tables
from alongside.words import Kind

ASKED = ("kind", "need", "quantity")
NEEDS_TRIED, NEEDS_SHOWN = 20, 5
# What only says that something has not been answered yet: it is answered in the offer itself.
_STILL_TO_SAY = frozenset({"offer-of-how-much"})
# What is said about a need that was tried in place of one that nobody named.
_OF_THE_NEED_TRIED = _STILL_TO_SAY | {
    "other-kind", "counted-as-need", "counted-otherwise", "need-stale", "need-closed",
}


class Wanted(NamedTuple):
    """A need that the host has open, in its own order: what could be offered instead."""

    need: int
    says: Piece


class MayAnswer(NamedTuple):
    """What "May we?" shows.

    `asked` says whether anything was asked; then there is a yes, `refusals` or `faults`. A yes `says` under
    which `consent`, until which day and for which need. `offer` and `ask` are the answers that the forms of
    `exchange.offer` and of `consent.ask` begin with.
    """

    status: int
    inputs: list[Input]
    asked: bool
    yes: bool
    says: Piece
    consent: Consent | None
    until: date | None
    need: int | None
    refusals: list[RefusalText]
    faults: dict[str, str]
    instead: list[Wanted]
    offer: dict[str, str]
    ask: dict[str, str]
    teller: Teller

    @property
    def template(self) -> str:
        """The page it is shown on."""
        return "may.html"

    def context(self) -> dict[str, Any]:
        """The values of that page, by name."""
        return {"may": self}


class _Found(NamedTuple):
    """The answer in codes."""

    refusals: tuple[Refusal, ...] = ()
    consent: Consent | None = None
    need: int | None = None


def may_answer(book: Book, typed: Typed, *, by: Member, reader: Reads) -> MayAnswer:
    """The page's answer to what was typed, if anything was."""
    kind = action_called("exchange", "offer")
    if kind is None:
        raise LookupError("an offer can be asked for in every version of ours")
    typed = {name: value for name, value in typed.items() if name.partition(".")[0] in ASKED}
    at, found = book.tables, read(kind, typed, book.tables, reader)
    faults = {name: says for name, says in found.faults.items() if typed and name in ("kind", *typed)}
    asks = bool(typed) and not faults
    answer = _answer(book, kind, found, by) if asks else _Found()
    shown = [need for need in open_needs(at) if need.number != answer.need][:NEEDS_SHOWN]
    teller = teller_for(book, reader, by, [*answer.refusals, *(need.ref for need in shown)])
    offer, ask = _ways_on(found, answer, typed)
    return MayAnswer(
        status=422 if faults else 200, asked=bool(typed), yes=asks and not answer.refusals, faults=faults,
        inputs=[one for one in inputs(kind, typed, book, by, reader, faults) if one.name in ASKED],
        says=_says(answer, teller), consent=answer.consent, need=answer.need,
        until=answer.consent.last_day() if answer.consent else None,
        refusals=[teller.refusal(one) for one in answer.refusals], teller=teller, offer=offer, ask=ask,
        instead=[Wanted(need.number, teller.row(need.ref)) for need in shown])


def open_needs(at: Tables) -> list[Need]:
    """What is missing, in the host's own order: ranked first, then as they were named."""
    return sorted(at.find(Need, closed=False), key=lambda need: (need.rank == 0, need.rank, need.number))


def _answer(book: Book, kind: type[Action], found: Read, by: Member) -> _Found:
    if "need" in found.plain:
        return _ask(book, kind, found, by, found.plain["need"])
    wanted = Kind(found.plain["kind"])
    needs = open_needs(book.tables)
    fitting = [need for need in needs if need.kind.covers(wanted)]
    tried = [_ask(book, kind, found, by, need.number) for need in (fitting or needs)[:NEEDS_TRIED]]
    if yes := next((one for one in tried if not one.refusals), None):
        return yes
    if fitting:
        return tried[0]
    # No need asks for this. Say so, after what stands in its way whatever the need.
    without = _ask(book, kind, found, by, None).refusals
    in_the_way = [no for no in tried[0].refusals if no.no.code not in _OF_THE_NEED_TRIED] if tried else []
    if any(no.no is gate.NOT_NOW for no in in_the_way):
        return _Found((gate.NOT_NOW(),))
    return _Found(tuple({no.no.code: no for no in (*in_the_way, *without)}.values()))


def _ask(book: Book, kind: type[Action], found: Read, by: Member, need: int | None) -> _Found:
    """The gate's answer for one need (None: for none)."""
    plain = {**found.plain, **({"need": need} if need else {})}
    action = supposed(kind, Read(plain, found.texts, {}))
    answer = gate_says(book, action, by.number)
    refusals = answer.refusals if isinstance(answer, Refusals) else ()
    refusals = tuple(no for no in refusals if no.no.code not in _STILL_TO_SAY)
    return _Found(refusals, None if refusals else leans_on(action, by, book), need)


def leans_on(action: Any, by: Member, book: Book) -> Consent | None:
    """The yes that an action would lean on today, if it needs one."""
    sought: Sought | None = action.sought(by, book.tables) if hasattr(action, "sought") else None
    return standing(sought, book.tables, book.moment()) if sought else None


def _says(answer: _Found, teller: Teller) -> Piece:
    """The yes in a sentence."""
    if answer.consent is None:
        return teller.piece(N_("Yes."))
    return teller.piece(N_("Yes, under {consent}, until {day}."), consent=answer.consent.ref,
                        day=answer.consent.last_day())


def _ways_on(found: Read, answer: _Found, typed: Typed) -> tuple[dict[str, str], dict[str, str]]:
    """With which answers the form of an offer begins, and that of asking the host."""
    ask: dict[str, str] = {name: str(found.plain[name]) for name in ("kind", "need") if name in found.plain}
    offer = dict(ask)
    if ask and answer.need:
        offer["need"] = str(answer.need)
    for name in ("quantity", "quantity.unit"):
        if ask and (values := typed_values(typed, name)):
            offer[name] = values[0]
    return offer, ask
