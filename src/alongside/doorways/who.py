"""Who asks in a book: the member that an account is there. An account without a member row can do nothing."""

from __future__ import annotations

from alongside.act import Book
from alongside.people.members import member_of
from alongside.people.models import Account


def author_of(account: Account | None, book: Book | str) -> int | None:
    """The member number of an account in a book; None for a stranger."""
    return member_of(account, book if isinstance(book, str) else book.id)
