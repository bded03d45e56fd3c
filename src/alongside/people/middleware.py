"""Every request knows who asks: an account, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponseBase

from alongside.people import sessions
from alongside.people.cookies import token_in
from alongside.people.models import Account, Session


class Asking(HttpRequest):
    """A request that has passed `who_asks`."""

    account: Account | None
    signed_in: Session | None


def who_asks(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Put `request.account` and `request.signed_in`; both are None for a stranger."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        token = token_in(request)
        session = sessions.find(token) if token else None
        asking = cast(Asking, request)
        asking.signed_in, asking.account = session, session.account if session else None
        return answer(request)

    return asked
