"""A form counts only when it was opened here, by the person who sends it.

Django's check of a form's token, made to fit this house: our pages send no referrer, and so browsers send
the origin of a form as "null"; and a signed-in person's token comes from her session, so that a link from a
message, opened in another window, does not spoil the form she is writing.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from alongside.people.cookies import token_in

OVER_TLS = "__Host-alongside-form"


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser itself vouches that one of our own pages sent this.

    Newer browsers say so. For older ones a strict cookie of ours does: another site's form does not carry it.
    """
    said = request.META.get("HTTP_SEC_FETCH_SITE")
    if said is not None:
        return bool(said == "same-origin")
    return bool(token_in(request) or request.COOKIES.get(settings.CSRF_COOKIE_NAME))


class FormToken(CsrfViewMiddleware):
    """Checks the token of every form."""

    def process_request(self, request: HttpRequest) -> None:
        """Over TLS only the cookie bound to this host counts: nobody beside us on the line can put it
        there."""
        if request.is_secure():
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
            if OVER_TLS in request.COOKIES:
                request.COOKIES[settings.CSRF_COOKIE_NAME] = request.COOKIES[OVER_TLS]
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Send the cookie under the name that fits the line."""
        answered: HttpResponseBase = super().process_response(request, response)
        if request.is_secure() and (plain := answered.cookies.pop(settings.CSRF_COOKIE_NAME, None)):
            answered.set_cookie(OVER_TLS, plain.value, path="/", secure=True, httponly=True,
                                samesite="Strict")
        return answered

    def _get_secret(self, request: HttpRequest) -> str | None:
        if getattr(request, "signed_in", None):
            return hmac.digest(token_in(request).encode(), b"form", hashlib.sha256).hex()[:32]
        secret: str | None = super()._get_secret(request)
        return secret

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Not for somebody signed in. What she sends after her session has ended is then refused here,
        where her words are given back, and not by a page that would ask her to sign in and forget them."""
        if not getattr(request, "signed_in", None):
            super()._set_csrf_cookie(request, response)

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return came_from_here(request)
        return bool(super()._origin_verified(request))

    def _check_referer(self, request: HttpRequest) -> None:
        """Only where one was sent at all; our own pages send none."""
        if "HTTP_REFERER" in request.META:
            super()._check_referer(request)
