"""The form of any action, made from its declaration, and warmed by a template of its own where it has one.

Opening it changes nothing. Sent twice it is done once. Refused or unclear, it comes back with every word.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from alongside.act import Book
from alongside.action import Action
from alongside.doorways.asking import action_called, new_asked_id
from alongside.doorways.fields import questions_of
from alongside.doorways.inputs import Input
from alongside.doorways.web import Form, Went, send_form, show_form
from alongside.pages.begun import BOUNDS, begun, counted_in
from alongside.pages.desk import Desk, seated
from alongside.pages.link import PURPOSES, made_link
from alongside.pages.read_ahead import ReadAhead
from alongside.pages.seen_entries import open_ones
from alongside.pages.warm import WARM
from alongside.store.keys import signer

# Where somebody goes on once it is done, unless the form was opened from another page.
HOMES = {
    "needs": "needs",
    "consent": "consents",
    "exchange": "exchange",
    "safety": "safety",
    "partnership": "partnership",
    "memorandum": "partnership",
    "listening": "listening",
}
INNER_HOMES = {"listening": "listening"}
CHANGED_MOST = 5
_TEMPLATES = Path(__file__).parent / "templates" / "do"
_OWN = frozenset(path.name for path in _TEMPLATES.glob("*.html"))


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def do(desk: Desk, area: str, verb: str) -> HttpResponse:
    """The form of one action: shown, or sent."""
    kind = action_called(area, verb)
    if kind is None or desk.charter.kind not in kind.books:
        raise Http404
    ahead = ReadAhead(desk, kind)
    book = cast(Book, ahead)
    if desk.request.method == "POST":
        return _sent(desk, kind, book)
    ahead.read()
    query = begun(desk, kind, desk.request.GET)
    form = show_form(book, area, verb, query, author=desk.by.number, reader=desk.reader)
    return _page(desk, kind, form, set(desk.request.GET), desk.book.tree.size)


def _sent(desk: Desk, kind: type[Action], book: Book) -> HttpResponse:
    posted = desk.request.POST.copy()
    size = "".join(posted.pop("opened", [""])[-1:])
    area, verb = kind.called.split(".")
    answer = send_form(
        book, area, verb, posted, author=desk.by.number, signer=signer("doorway"), reader=desk.reader
    )
    if isinstance(answer, Form):
        opened = int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else desk.book.tree.size
        return _page(desk, kind, answer, set(posted), opened)
    if kind.called in PURPOSES:
        return made_link(desk, answer.number, PURPOSES[kind.called])
    return _went(desk, answer)


def _went(desk: Desk, went: Went) -> HttpResponse:
    response = HttpResponseRedirect(went.location(home_of(desk, went.area)))
    response.status_code = went.status
    return response


def home_of(desk: Desk, area: str) -> str:
    """The page of an area, in this kind of book."""
    return desk.to((INNER_HOMES if desk.inner else HOMES).get(area, "today"))


def _page(desk: Desk, kind: type[Action], form: Form, typed: set[str], opened: int) -> HttpResponse:
    """The form, its answered questions as facts, and what else its own template tells."""
    inputs = {one.name: one for one in form.inputs}
    warm = WARM.get(kind.called)
    more, things = warm(desk, inputs) if warm else ({}, [])
    changed = open_ones(desk, _since(desk, opened)) if form.refusals else []
    template = f"do/{kind.called}.html" if f"{kind.called}.html" in _OWN else form.template
    teller = desk.told([*things, *changed])
    return desk.page(
        template,
        "",
        teller,
        status=form.status,
        form=form,
        asks=inputs,
        opened=opened,
        changed=changed,
        known={one.name for one in form.inputs if _is_known(one, typed)},
        units=counted_in(kind, inputs),
        defaults=_defaults(kind, form),
        bounds=BOUNDS.get(kind.called, {}),
        back=form.hidden["next"] or home_of(desk, form.area),
        entry=teller.entry,
        other_id=new_asked_id(),
        **more,
    )


def _is_known(one: Input, typed: set[str]) -> bool:
    """Whether a question was answered before the form was opened: then it is a fact, with a way to change
    it."""
    chosen = any(option.chosen for option in one.options)
    return chosen and one.name in typed and not one.many and one.widget in ("row", "kind") and not one.fault


def _since(desk: Desk, opened: int) -> range:
    size = desk.book.tree.size
    return range(max(opened, size - CHANGED_MOST) + 1, size + 1)


def _defaults(kind: type[Action], form: Form) -> dict[str, Any]:
    """What counts when a question with a default is left open."""
    found = {}
    for question in questions_of(kind):
        options = {o.value: o.label for one in form.inputs if one.name == question.name for o in one.options}
        default = question.asks.default
        code = ("yes" if default else "no") if isinstance(default, bool) else str(default)
        if question.asks.optional and default is not None and code in options:
            found[question.name] = options[code]
    return found
