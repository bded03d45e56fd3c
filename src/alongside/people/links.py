"""A link is a door that opens once. Looking at it never uses it up: messengers look at every link they carry.

The token stands in the link alone. The row holds its SHA-256, so a copied database opens no door.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from alongside.people.models import Link

PURPOSES = ("setup", "invitation", "admission")


def make_link(purpose: str, book: str = "", number: int = 0, days: int = 3, *,
              now: datetime | None = None) -> str:
    """A new link's token, for `/join/<token>`. `number` is the invitation's entry or the member's number."""
    if purpose not in PURPOSES:
        raise ValueError(f"a link is for one of {', '.join(PURPOSES)}")
    now = now or timezone.now()
    token = secrets.token_urlsafe(32)
    Link.objects.create(digest=_digest(token), purpose=purpose, book=book, number=number,
                        expires=now + timedelta(days=days))
    return token


def look(token: str, now: datetime | None = None) -> Link | None:
    """The link, if it can still be used. Unknown, used and run out look alike from outside."""
    now = now or timezone.now()
    return Link.objects.filter(digest=_digest(token), used_at=None, expires__gt=now).first()


def use(link: Link, now: datetime | None = None) -> bool:
    """Use it up. True for exactly one of any number who try at once."""
    now = now or timezone.now()
    return Link.objects.filter(pk=link.pk, used_at=None, expires__gt=now).update(used_at=now) == 1


def give_back(link: Link) -> None:
    """What the link was used for was refused: it opens once more, until it runs out."""
    Link.objects.filter(pk=link.pk).update(used_at=None)


def forget(purpose: str) -> None:
    """Drop every link of a purpose, used or not: only the newest set-up link may open a new house."""
    Link.objects.filter(purpose=purpose).delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
