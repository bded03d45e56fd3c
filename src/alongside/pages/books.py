"""What a person calls the books she belongs to. Their names are words, and words are opened by those who
may read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alongside.languages.locale import Reader
from alongside.people.members import books_of
from alongside.people.models import Account, Membership


@dataclass(frozen=True)
class Spine:
    """One book as it stands on the shelf."""

    book: str
    title: str
    note: str = ""


def unnamed(membership: Membership, reader: Reader) -> Spine:
    """A book whose name nobody can open here is told apart by the end of its id."""
    return Spine(membership.book, reader.gettext("A book without a name"), membership.book[-6:])


# Put in place by whoever can open a book's own words, at start.
NAMED_BY: list[Callable[[Membership, Reader], Spine]] = [unnamed]


def shelf(account: Account, reader: Reader) -> list[Spine]:
    """A person's books, in the order in which she came to them."""
    return [NAMED_BY[-1](membership, reader) for membership in books_of(account)]
