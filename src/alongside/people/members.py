"""Which books a person belongs to, and by which number each book knows her."""

from __future__ import annotations

from alongside.people.models import Account, Membership


def add_member(account: Account, book: str, member: int) -> Membership:
    """Say that this account is that member. Raises `IntegrityError` when either is already somebody there."""
    return Membership.objects.create(account=account, book=book, member=member)


def member_of(account: Account | None, book: str) -> int | None:
    """The number by which a book knows this person; None for a stranger."""
    if account is None:
        return None
    return Membership.objects.filter(book=book, account=account).values_list("member", flat=True).first()


def books_of(account: Account) -> list[Membership]:
    """The books of a person, in the order in which she came to them."""
    return list(Membership.objects.filter(account=account).order_by("pk"))


def account_of(book: str, member: int) -> Account | None:
    """The person behind a member number on this node; None for one who has no account here."""
    found = Membership.objects.select_related("account").filter(book=book, member=member).first()
    return found.account if found else None
