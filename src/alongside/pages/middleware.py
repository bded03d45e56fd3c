"""What every answer carries: who may keep it, what it may load, and in which language it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from alongside.languages.locale import LANGUAGES, choose
from alongside.pages.render import Reading

Answer = Callable[[HttpRequest], HttpResponseBase]

LANGUAGE_COOKIE = "alongside-language"
DIGITS_COOKIE = "alongside-digits"
A_YEAR = 365 * 24 * 60 * 60

# Everything from this machine, nothing inline, nobody's frame.
CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "script-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'",
    "manifest-src 'self'",
))
PERMISSIONS_POLICY = ", ".join(f"{what}=()" for what in (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
))


def headers(answer: Answer) -> Answer:
    """Put the same protections on every answer, trouble included."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # A page is kept nowhere unless it says itself that it may be: forgetting to say so must not leak it.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return asked


def reads(answer: Answer) -> Answer:
    """Put `request.reader`. A link `?language=ar` (or `?digits=western`) on any page is remembered, and the
    page shown again.

    A cookie that is not strict carries the choice, so that somebody who comes from a message finds her
    language; it says nothing else about her.
    """

    def asked(request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and ("language" in request.GET or "digits" in request.GET):
            return _remembered(request)
        reading = cast(Reading, request)
        account = getattr(request, "account", None)
        reading.reader = choose(
            cookie=request.COOKIES.get(LANGUAGE_COOKIE, ""),
            account=account.language if account else "",
            accepts=_accepted(request.headers.get("Accept-Language", "")),
            western_digits=request.COOKIES.get(DIGITS_COOKIE) == "western",
        )
        response = answer(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Content-Language"] = reading.reader.language
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return asked


def _remembered(request: HttpRequest) -> HttpResponseBase:
    """Back to the same page without the choice in its address. Only the path is kept: never another host."""
    query = request.GET.copy()
    language, digits = query.pop("language", [""])[-1], query.pop("digits", [""])[-1]
    # "//elsewhere.org/" is a path to us and another host to a browser.
    path = "/" + request.get_full_path_info().partition("?")[0].lstrip("/")
    response = HttpResponseRedirect(path + (f"?{query.urlencode()}" if query else ""))
    if language in LANGUAGES:
        _keep(request, response, LANGUAGE_COOKIE, language)
    if digits in {"western", "eastern"}:
        _keep(request, response, DIGITS_COOKIE, digits)
    return response


def _keep(request: HttpRequest, response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, path="/", secure=request.is_secure(), httponly=True,
                        samesite="Lax")


def _accepted(header: str) -> list[str]:
    return [code for code, _ in parse_accept_lang_header(header.lower())]
