"""In the demo, its cast signs in with one click. Nowhere else, and only on the machine itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from alongside.people.cookies import is_loopback
from alongside.people.models import Account

# A proxy on the same machine also connects from loopback; what it carries comes from anywhere.
_CARRIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PROTO")


def may_sign_in_with_one_click(request: HttpRequest) -> bool:
    """Whether this is the demo, asked from the machine it runs on.

    Three things must hold: the marker made with the demo's folder, a loopback connection that no proxy
    carried, and a loopback host name, so that no page elsewhere can point its own name at this machine.
    """
    return (
        settings.ALONGSIDE_FOLDER.is_demo
        and is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.META for header in _CARRIED)
        and is_loopback(split_domain_port(request.get_host())[0])
    )


def cast() -> list[Account]:
    """Everybody of the demo who has an account and belongs to a book."""
    return list(Account.objects.filter(memberships__isnull=False).distinct().order_by("pk"))
