"""A session is a browser that somebody has signed in with, for a quarter of an hour after the last thing
she did.

The token is 32 random bytes and lives in the cookie alone. The row holds its SHA-256: who copies the
database cannot sign in with it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from alongside.people.models import Account, Session

# Writing "seen" at every click would make each page a write; half a minute is near enough to a quarter of
# an hour.
SEEN_STEP = timedelta(seconds=30)


def begin(account: Account, now: datetime | None = None) -> tuple[str, Session]:
    """A new session and its token. Sweeps out what has run out, so that the table holds living sessions
    only."""
    now = now or timezone.now()
    Session.objects.filter(Q(last_seen__lt=now - _idle()) | Q(created__lt=now - _longest())).delete()
    token = secrets.token_urlsafe(32)
    session = Session.objects.create(digest=_digest(token), account=account, created=now, last_seen=now)
    return token, session


def find(token: str, now: datetime | None = None) -> Session | None:
    """The living session of a token, marked as seen; None for an unknown, idle or too old one."""
    now = now or timezone.now()
    session = Session.objects.select_related("account").filter(digest=_digest(token)).first()
    if session is None:
        return None
    if now - session.last_seen > _idle() or now - session.created > _longest():
        session.delete()
        return None
    if now - session.last_seen >= SEEN_STEP:
        # Only if it is still there: a sign-out at the same moment must win.
        if not Session.objects.filter(pk=session.pk).update(last_seen=now):
            return None
        session.last_seen = now
    return session


def end(token: str) -> None:
    """End one session."""
    Session.objects.filter(digest=_digest(token)).delete()


def end_all(account: Account) -> int:
    """End every session of one person."""
    return Session.objects.filter(account=account).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _idle() -> timedelta:
    return timedelta(minutes=settings.ALONGSIDE_IDLE_MINUTES)


def _longest() -> timedelta:
    return timedelta(hours=settings.ALONGSIDE_SESSION_HOURS)
