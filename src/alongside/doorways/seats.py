"""Who sits at the terminal: an account, its book, its number there, and how it reads."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from alongside.act import Book
from alongside.areas.partnership.tables import Charter
from alongside.codes import N_
from alongside.doorways.terminal import CANNOT_READ, FAILED, NOT_A_MEMBER, Ended
from alongside.languages.locale import LANGUAGES, Reader
from alongside.people.accounts import sign_in, sign_out
from alongside.people.members import books_of
from alongside.people.models import Account
from alongside.people.names import folded
from alongside.people.pace import TooSoon
from alongside.people.passphrase import Busy
from alongside.store.books import NoSuchBook, all_books, open_book
from alongside.words import BookKind

NOT_KNOWN = N_("This name and passphrase do not belong together.")
WAIT = N_("Too many tries. Wait {seconds} seconds and try again.")
BUSY = N_("Too many people are signing in. Try again in a little while.")
SAY_WHO = N_("Say who asks: --as NAME.")
NO_PASSPHRASE = N_("There is no terminal to type a passphrase at. Name a file that holds it in {variable}.")
NOT_THERE = N_("There is no such book for you here.")
NO_SUCH_BOOK = N_("There is no such book here.")
WHICH_BOOK = N_("Say which book you mean: --book {books}.")
NO_BOOKS = N_("There are no books in this folder.")
PASSPHRASE_FILE = "ALONGSIDE_PASSPHRASE_FILE"


class Seat(NamedTuple):
    """A person in her place: her book, her number in it, and how she reads."""

    book: Book
    author: int
    reader: Reader


def seat_of(asked: Any, kinds: tuple[BookKind, ...]) -> Seat:
    """Her place, in the book that she named, or the one of hers in which this can be asked."""
    open_folder()
    account = account_called(asked.name)
    book, author = book_for(account, asked.book, lambda book: kind_of(book) in kinds)
    return Seat(book, author, reader_for(asked.language, account))


def open_folder() -> None:
    """End where there are no books: a folder that was mistyped is not an empty one."""
    file = settings.ALONGSIDE_FOLDER.database
    is_file = connection.vendor == "sqlite" and str(file) == str(connection.settings_dict["NAME"])
    if is_file and not file.exists():
        raise Ended(CANNOT_READ, NO_BOOKS)      # or looking would make it
    if "book_head" not in connection.introspection.table_names():
        raise Ended(CANNOT_READ, NO_BOOKS)


def account_called(name: str | None) -> Account:
    """The account of a name, once its passphrase was given. In a demo's folder its cast needs none."""
    if not name:
        raise Ended(NOT_A_MEMBER, SAY_WHO)
    if settings.ALONGSIDE_FOLDER.is_demo:
        if account := Account.objects.filter(folded_name=folded(name)).first():
            return account
        raise Ended(NOT_A_MEMBER, NOT_KNOWN)
    return _signed_in(name, _passphrase())


def book_for(account: Account, wanted: str | None, fits: Callable[[Book], bool]) -> tuple[Book, int]:
    """The book that a person means, and her number there. Only her own books are looked at."""
    found: list[tuple[Book, int]] = []
    for membership in books_of(account):
        if wanted is None or _names(wanted, membership.book):
            try:
                found.append((open_book(membership.book), membership.member))
            except NoSuchBook:
                continue
    if len(found) > 1 and wanted is None:
        found = [(book, member) for book, member in found if fits(book)] or found
    if not found:
        raise Ended(NOT_A_MEMBER, NOT_THERE)
    if len(found) > 1:
        raise Ended(CANNOT_READ, WHICH_BOOK.format(books=" | ".join(book.id for book, _ in found)))
    return found[0]


def book_called(wanted: str) -> str:
    """The id of a book that lies here, from its beginning."""
    found = [id for id in all_books() if _names(wanted, id)]
    if len(found) != 1:
        raise Ended(CANNOT_READ, NO_SUCH_BOOK)
    return found[0]


def kind_of(book: Book) -> BookKind | None:
    """Whether a book is shared or inner; None for one that is not founded yet."""
    charter = book.tables.first(Charter, number=1)
    return charter.kind if charter else None


def reader_for(language: str | None, account: Account) -> Reader:
    """The reader of the answer: in the language asked for, else the account's."""
    if language is not None and language not in LANGUAGES:
        raise Ended(CANNOT_READ, f"--language is one of {', '.join(LANGUAGES)}.")
    return Reader(language or (account.language if account.language in LANGUAGES else "en"))


def _names(wanted: str, id: str) -> bool:
    return wanted == id or (len(wanted) >= 4 and id.startswith(wanted))


def _signed_in(name: str, passphrase: str) -> Account:
    try:
        recognised = sign_in(name, passphrase)
    except TooSoon as too_soon:
        raise Ended(NOT_A_MEMBER, WAIT.format(seconds=too_soon.seconds)) from None
    except Busy:
        raise Ended(FAILED, BUSY) from None
    if recognised is None:
        raise Ended(NOT_A_MEMBER, NOT_KNOWN)
    token, session = recognised
    sign_out(token)     # a terminal keeps nobody signed in
    return session.account


def _passphrase() -> str:
    if file := os.environ.get(PASSPHRASE_FILE):
        try:
            return Path(file).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise Ended(CANNOT_READ, f"The file named in {PASSPHRASE_FILE} cannot be read.") from None
    if not sys.stdin.isatty():
        raise Ended(NOT_A_MEMBER, NO_PASSPHRASE.format(variable=PASSPHRASE_FILE))
    return getpass.getpass("Passphrase: ")
