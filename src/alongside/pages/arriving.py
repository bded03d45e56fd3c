"""Arriving: the first person founds a group, an ally's first person accepts an invitation, a person takes
her place.

Each step can be repeated: a machine that stops half-way is simply asked again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.act import Text, prepare
from alongside.action import ACTIONS
from alongside.codes import N_
from alongside.gate import Refused
from alongside.languages.sentences import Teller
from alongside.pages.joining import JOININGS, Joining, NotJoined, register
from alongside.pages.render import Reading
from alongside.people.members import add_member, member_of
from alongside.people.models import Account, Link
from alongside.record.entry import new_book_id
from alongside.store.books import KeptBook, NoSuchBook, found_book, open_book
from alongside.store.keys import joining as keys_joining
from alongside.store.keys import log_key, signer
from alongside.words import BookKind, Unclear, clean

NAMES = ("name_of_group", "your_name")


def _names_wrong(request: HttpRequest, link: Link) -> list[tuple[str, str]]:
    reader, wrong = cast(Reading, request).reader, []
    for field in NAMES if link.purpose != "admission" else ():
        try:
            if not clean(request.POST.get(field, ""), field):
                wrong.append((field, reader.gettext(N_("This must be answered."))))
        except Unclear as unclear:
            wrong.append((field, reader.gettext(unclear.says).format(**unclear.params)))
    return wrong


def _from_secret(what: str) -> bytes:
    """Bytes that this node, and nobody else, makes again from the same words: so that founding twice is
    founding once."""
    return hmac.new(str(settings.SECRET_KEY).encode(), what.encode(), hashlib.sha256).digest()


def _perform(
    request: HttpRequest, book: KeptBook, action: str, author: int, asked_id: str, **plain: Any
) -> int:
    reader = cast(Reading, request).reader
    texts = {f: Text(request.POST[f], reader.language) for f in NAMES}
    asking = prepare(ACTIONS[(action, 1)], plain, texts, book=book, author=author, asked_id=asked_id,
                     signer=signer("doorway"), random=secrets.token_bytes)
    try:
        return book.act(asking)
    except Refused as refused:
        teller = Teller(reader, {}, book.tables)
        raise NotJoined(*[("", teller.refusal(r).says.plain) for r in refused.refusals]) from None


def _found(request: HttpRequest, link: Link, account: Account) -> str:
    """Both books of a host group. The shared one, where she lands, comes first on her shelf."""
    ids = {kind: new_book_id(lambda n, kind=kind: _from_secret(f"founding/{kind}")[:n])
           for kind in (BookKind.SHARED, BookKind.INNER)}
    for kind, id in ids.items():
        try:
            book = open_book(id)
        except NoSuchBook:
            book = found_book(id=id)
        if book.tree.size == 0:
            _perform(
                request,
                book,
                "partnership.found",
                1,
                _from_secret(f"asked/{kind}").hex()[:32],
                kind=kind.value,
                keys=[k.to_json() for k in keys_joining(id)],
                log_key=log_key(),
            )
        if member_of(account, id) is None:
            add_member(account, id, 1)
    return reverse("today", args=(ids[BookKind.SHARED],))


def _accept(request: HttpRequest, link: Link, account: Account) -> str:
    """The invited group's first person: the group and she are called by the invitation's number."""
    book = open_book(link.book)
    if member_of(account, link.book) is not None:
        raise NotJoined(("", cast(Reading, request).reader.gettext(N_("You belong to this book already."))))
    asked_id = _from_secret(f"accept/{link.digest}").hex()[:32]
    number = int(link.number)
    _perform(request, book, "partnership.accept", number, asked_id, invitation=number)
    add_member(account, link.book, number)
    return reverse("today", args=(link.book,))


def _take_place(request: HttpRequest, link: Link, account: Account) -> str:
    """Somebody admitted takes the place that was made for her."""
    if member_of(account, link.book) is not None:
        raise NotJoined(("", cast(Reading, request).reader.gettext(N_("You belong to this book already."))))
    add_member(account, link.book, int(link.number))
    return reverse("today", args=(link.book,))


def settle() -> None:
    """Give every purpose of a link what it leads to. Called once, when the addresses are read."""
    for purpose, joins in (("setup", _found), ("invitation", _accept), ("admission", _take_place)):
        known = JOININGS[purpose]
        questions = "join-names.html" if purpose != "admission" else ""
        register(purpose, Joining(known.title, known.explains, known.does, questions, _names_wrong, joins))
