"""The session's token travels in one cookie that no script reads and no other site can make the browser
send."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port

OVER_TLS = "__Host-alongside"
ON_LOOPBACK = "alongside"


def name_for(request: HttpRequest) -> str:
    """`__Host-` binds the cookie to exactly this host over TLS; a browser refuses that name on plain HTTP."""
    return OVER_TLS if request.is_secure() else ON_LOOPBACK


def private_enough(request: HttpRequest) -> bool:
    """Whether a passphrase may be typed here: over TLS, on this very machine, or where the keeper has
    said so."""
    host, _ = split_domain_port(request.get_host())
    return request.is_secure() or settings.ALONGSIDE_PLAIN_HTTP or is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def token_in(request: HttpRequest) -> str:
    """The token of this request's cookie, or an empty text."""
    return request.COOKIES.get(name_for(request), "")


def put_token(request: HttpRequest, response: HttpResponseBase, token: str) -> None:
    """Give the browser its token, until it is closed."""
    response.set_cookie(name_for(request), token, path="/", secure=request.is_secure(), httponly=True,
                        samesite="Strict")


def drop_token(request: HttpRequest, response: HttpResponseBase) -> None:
    """Take the token back."""
    response.set_cookie(name_for(request), "", max_age=0, path="/", secure=request.is_secure(), httponly=True,
                        samesite="Strict")
