"""The web's way in: the form of an action, what is sent from it, and "May we?".

Nothing here makes a page. A view of `pages/` looks up the book and who asks, calls one of these, and gives
what comes back to a template:

- `show_form` and `send_form` give a `Form` (template `act.html`), or `Went` once it happened;
- `show_may` gives a `MayAnswer` (template `may.html`).

Each has its `status`, and what is shown has its `template` and `context()`. A stranger, and a name that is no
action, raise `Http404`: the same page for both.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.http import Http404, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.act import Book
from alongside.action import Action
from alongside.areas.partnership.tables import Member
from alongside.codes import N_
from alongside.doorways.asking import (
    Done,
    Faults,
    Refusals,
    action_called,
    ask_through,
    is_asked_id,
    member_in,
    new_asked_id,
)
from alongside.doorways.fields import questions_of
from alongside.doorways.inputs import Input, inputs
from alongside.doorways.may import MayAnswer, may_answer
from alongside.languages.pieces import Piece
from alongside.languages.reading import Reads
from alongside.languages.sentences import RefusalText, Teller, teller_for
from alongside.record.attest import Signer

# What a form carries beside the answers to its questions.
CARRIED = ("csrfmiddlewaretoken", "asked_id", "next")
SEND_AGAIN = N_("This form was not whole when it came. Everything you wrote is here: please send it again.")


class Form(NamedTuple):
    """An action's form: new, or come back with every word that was typed.

    `refusals` are the gate's; `faults` are by question, and "" for the form itself. `happens`, `undo` and
    `seen` stand above the button. `hidden` goes back with it unchanged.
    """

    status: int
    area: str
    verb: str
    title: Piece
    happens: Piece
    undo: Piece
    seen: Piece
    inputs: list[Input]
    refusals: list[RefusalText]
    faults: dict[str, str]
    hidden: dict[str, str]
    teller: Teller

    @property
    def template(self) -> str:
        """The page it is shown on."""
        return "act.html"

    def context(self) -> dict[str, Any]:
        """The values of that page, by name."""
        return {"form": self}


class Went(NamedTuple):
    """It happened and is entry `number`. The page to go on to is `next`, or the one that the view names."""

    number: int
    area: str
    next: str

    @property
    def status(self) -> int:
        """See other."""
        return 303

    def location(self, home: str) -> str:
        """Where the browser goes: the address, with the number of what was done."""
        address = self.next or home
        parts = urlsplit(address)
        query = f"{parts.query}&" if parts.query else ""
        return parts._replace(query=query + urlencode({"done": self.number})).geturl()


def show_form(book: Book, area: str, verb: str, query: QueryDict, *, author: int | None,
              reader: Reads) -> Form:
    """The form of an action, begun with the answers that a link brings (`?consent=12`).

    Words never come by link: nobody is to find words in her own name that she did not write.
    """
    kind, by = _asked(book, area, verb, author)
    plain = {q.name for q in questions_of(kind) if q.widget != "words"}
    typed = {name: query.getlist(name) for name in query if name.partition(".")[0] in plain}
    return _form(book, kind, typed, by, reader, {"asked_id": new_asked_id(), "next": query.get("next", "")})


def send_form(book: Book, area: str, verb: str, posted: QueryDict, *, author: int | None, signer: Signer,
              reader: Reads) -> Form | Went:
    """Ask for it. What is sent twice leads to the same entry; what is refused or unclear comes back whole."""
    kind, by = _asked(book, area, verb, author)
    typed = {name: posted.getlist(name) for name in posted if name not in CARRIED}
    hidden = {"asked_id": posted.get("asked_id", ""), "next": posted.get("next", "")}
    if not is_asked_id(hidden["asked_id"]):
        faults = {"": reader.gettext(SEND_AGAIN)}
        return _form(book, kind, typed, by, reader, hidden | {"asked_id": new_asked_id()}, Faults(faults))
    answer = ask_through(book, kind, typed, author=by.number, asked_id=hidden["asked_id"], signer=signer,
                         reader=reader)
    if isinstance(answer, Done):
        return Went(answer.number, area, local_path(hidden["next"]))
    return _form(book, kind, typed, by, reader, hidden, answer)


def show_may(book: Book, query: QueryDict, *, author: int | None, reader: Reads) -> MayAnswer:
    """"May we?" It asks the gate and writes nothing."""
    by = member_in(book, author)
    if by is None:
        raise Http404
    return may_answer(book, {name: query.getlist(name) for name in query}, by=by, reader=reader)


def local_path(next: str) -> str:
    """The address if it is a page of ours; else nothing. No form of ours ever sends anybody elsewhere."""
    ours = next.startswith("/") and "\\" not in next and next.isprintable()
    return next if ours and url_has_allowed_host_and_scheme(next, allowed_hosts=None) else ""


def _asked(book: Book, area: str, verb: str, author: int | None) -> tuple[type[Action], Member]:
    kind, by = action_called(area, verb), member_in(book, author)
    if kind is None or by is None:
        raise Http404
    return kind, by


def _form(book: Book, kind: type[Action], typed: dict[str, list[str]], by: Member, reader: Reads,
          hidden: dict[str, str], answer: Faults | Refusals | None = None) -> Form:
    faults = answer.faults if isinstance(answer, Faults) else {}
    refusals = answer.refusals if isinstance(answer, Refusals) else ()
    teller = teller_for(book, reader, by, refusals)
    asked = inputs(kind, typed, book, by, reader, faults)
    area, verb = kind.called.split(".")
    return Form(
        status=409 if refusals else 422 if faults else 200, area=area, verb=verb,
        title=teller.piece(kind.title), happens=teller.piece(kind.happens), undo=teller.piece(kind.undo),
        seen=_seen(asked, teller), inputs=asked, refusals=[teller.refusal(one) for one in refusals],
        faults=faults, hidden=hidden | {"next": local_path(hidden["next"])}, teller=teller)


def _seen(asked: list[Input], teller: Teller) -> Piece:
    """Who will see it: what happened, and what she writes, which may be for fewer."""
    audiences = tuple(dict.fromkeys(one.seen for one in asked if one.seen))
    happened = N_("Everybody in this book sees that it happened.")
    written = N_("Everybody in this book sees that it happened. What you write is for {audiences}.")
    return teller.piece(written, audiences=audiences) if audiences else teller.piece(happened)
