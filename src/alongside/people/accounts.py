"""An account is a name and a passphrase; whoever has both is let in, and nobody else learns which of the
two was wrong.

Nothing here knows HTTP. Keys sealed under the passphrase come later and replace the inside, not these
functions.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.people import sessions
from alongside.people.models import Account, Session
from alongside.people.names import folded, written
from alongside.people.pace import SIGN_IN
from alongside.people.passphrase import UnusablePassphrase, Work, chosen, new_salt, normal, same, verifier

_NOBODYS_SALT = new_salt()


class NameTaken(ValueError):
    """Somebody on this node already has that name."""


def create_account(name: str, passphrase: str, language: str = "en", *, about: str = "",
                   now: datetime | None = None) -> Account:
    """A new account. Raises `UnusableName`, `UnusablePassphrase`, `NameTaken` or `Busy`."""
    name = written(name)
    stretched = chosen(passphrase, name)
    if Account.objects.filter(folded_name=folded(name)).exists():
        raise NameTaken
    work, salt = Work(), new_salt()
    proof = verifier(stretched, salt, work)
    try:
        with transaction.atomic():
            return Account.objects.create(
                name=name, folded_name=folded(name), language=language, about=about, salt=salt,
                verifier=proof, memory_kib=work.memory_kib, passes=work.passes, lanes=work.lanes,
                created=now or timezone.now())
    except IntegrityError:
        raise NameTaken from None


def recognise(name: str, passphrase: str, *, network: str = "",
              now: datetime | None = None) -> Account | None:
    """The account whose name and passphrase these are, or None when they do not belong together.

    Raises `TooSoon` after many wrong tries and `Busy` when too many people sign in at once.
    """
    SIGN_IN.begin(folded(name), network, now or timezone.now())
    account = Account.objects.filter(folded_name=folded(name)).first()
    if not _proves(account, passphrase):
        return None
    SIGN_IN.met(folded(name), network)
    return account


def sign_in(name: str, passphrase: str, *, network: str = "", now: datetime | None = None,
            ) -> tuple[str, Session] | None:
    """The token for the cookie and its session; None, `TooSoon` and `Busy` as for `recognise`."""
    account = recognise(name, passphrase, network=network, now=now)
    return sessions.begin(account, now) if account else None


def sign_out(token: str) -> None:
    """End the session of this cookie. An unknown token is already signed out."""
    sessions.end(token)


def sign_out_everywhere(account: Account) -> int:
    """End every session of a person, and say how many there were."""
    return sessions.end_all(account)


def _proves(account: Account | None, passphrase: str) -> bool:
    """Whether the passphrase is the account's. A name that nobody has costs the same run, so time tells
    nothing."""
    try:
        stretched = normal(passphrase)
    except UnusablePassphrase:
        return False        # cannot be anybody's, whatever the name: no run needed
    if account is None:
        verifier(stretched, _NOBODYS_SALT, Work())
        return False
    work = Work(account.memory_kib, account.passes, account.lanes)
    return same(verifier(stretched, bytes(account.salt), work), bytes(account.verifier))
