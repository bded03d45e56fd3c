"""A member at her place in one book: everything a page of a book needs, read at one moment.

A page first looks up the rows it shows, then opens all their words at once, then says them. It never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.action import ACTIONS
from alongside.areas.partnership.audience import may_read
from alongside.areas.partnership.tables import Charter, Group, Member, Role, RoleName
from alongside.areas.partnership.who import holds
from alongside.audit import understood
from alongside.codes import N_
from alongside.fact import Entered
from alongside.languages.locale import Reader
from alongside.languages.opening import readable_by
from alongside.languages.pieces import Piece
from alongside.languages.sentences import Teller, decimals_of
from alongside.pages.gather import PageTables, look
from alongside.pages.numerals import in_words
from alongside.pages.render import Reading, render
from alongside.people.members import books_of
from alongside.people.models import Membership
from alongside.record.entry import Entry
from alongside.store.books import KeptBook, NoSuchBook, open_book
from alongside.words import BookKind, Quantity, Ref, Sealed

# The pages of a book: (name of its address, label); the first is where she lands.
SHARED = (
    ("today", N_("Today")),
    ("partnership", N_("Partnership")),
    ("needs", N_("Needs")),
    ("may", N_("May we?")),
    ("consents", N_("Consents")),
    ("exchange", N_("Exchange")),
    ("safety", N_("Safety")),
    ("record", N_("Record")),
)
INNER = (("today", N_("Today")), ("listening", N_("Listening")), ("record", N_("Record")))
OF_GROUPS = (Charter, Group, Member, Role)
YEAR_SAID_DAYS = 270


@dataclass
class Desk:
    """Who asks, in which book, with everything read so far."""

    request: Reading
    book: KeptBook
    by: Member
    charter: Charter
    groups: list[Group]
    memberships: list[Membership]
    addresses: dict[tuple[object, ...], str] = field(default_factory=dict)     # looked up once for a page

    @property
    def at(self) -> PageTables:
        """The tables of the book, as they are at this moment."""
        if not isinstance(self.book.tables, PageTables):    # an act has left its own
            self.book.tables = PageTables(self.book.id, self.book.db)
        return self.book.tables

    @property
    def reader(self) -> Reader:
        """The reader's language, digits and direction."""
        return self.request.reader

    @cached_property
    def moment(self) -> date:
        """The host's civil day."""
        return self.book.moment()

    @property
    def steward(self) -> bool:
        """Whether the reader is a steward of the host group."""
        return self.by.host and holds(self.at, self.by.number, RoleName.STEWARD)

    @cached_property
    def entered(self) -> Entered | None:
        """What the reader just did, if she comes from doing it."""
        asked = self.request.GET.get("done", "")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
        return (
            next((e for e in self.entries([number]) if e.author == self.by.number), None) if number else None
        )

    @property
    def inner(self) -> bool:
        """Whether this is a group's own book."""
        return self.charter.kind is BookKind.INNER

    @property
    def mirrored(self) -> bool:
        """Whether figures run from the other side."""
        return self.reader.direction == "rtl"

    @property
    def host(self) -> Group:
        """The host group."""
        return next(g for g in self.groups if g.host)

    @property
    def allies(self) -> list[Group]:
        """The ally groups that came in."""
        return [g for g in self.groups if not g.host]

    def people(self, group: Group) -> list[Member]:
        """Those of a group who have not left."""
        return [
            member for member in self.at.all(Member) if member.group == group.number and member.left is None
        ]

    def day(self, when: date) -> str:
        """A day as its reader writes it, with the year where it could be another one's."""
        return self.reader.day(when, year=abs((when - self.moment).days) > YEAR_SAID_DAYS)

    def in_words(self, n: int, *, first: bool = True) -> str:
        """A small number in words."""
        return in_words(n, self.reader, first=first)

    def amount(self, quantity: Quantity) -> str:
        """How many, without of what."""
        return self.reader.decimal(quantity.n, decimals_of(quantity.unit, self.at))

    @staticmethod
    def member(number: int) -> Ref[Member]:
        """The person of that number."""
        return Ref[Member](number)

    def told(self, things: Iterable[Any] = (), words: Iterable[tuple[Sealed, int]] = ()) -> Teller:
        """A teller that has opened, in one query, the words of these things that this reader may read.

        What they refer to is read before, in two queries at most. `words` stand in no row: each comes with
        the ally that it concerns.
        """
        things = [*things, *((self.entered,) if self.entered else ())]
        self.at.follow(things)
        names = [*self.at.all(Group), *self.at.all(Member)]
        wanted = readable_by(self.by, [*names, *things], self.at)
        wanted |= {sealed.commitment for sealed, ally in words if may_read(sealed, ally, self.by, self.at)}
        return Teller(self.reader, self.book.vault.open(wanted), self.at)

    def entries(self, numbers: Iterable[int]) -> list[Entered]:
        """Entries by their numbers, in one query: what was asked, with the commitments of its words."""
        wanted = sorted(set(numbers))
        places = ", ".join("?" * len(wanted))
        query = f"SELECT raw FROM book_entry WHERE book = ? AND number IN ({places}) ORDER BY number"
        return [understood(Entry.read(bytes(raw)))
                for (raw,) in (self.book.db.rows(query, (self.book.id, *wanted)) if wanted else ())]

    def to(self, name: str, *args: object) -> str:
        """The address of one of this book's pages."""
        if (name, *args) not in self.addresses:
            self.addresses[name, *args] = reverse(name, args=(self.book.id, *args))
        return self.addresses[name, *args]

    def do(self, action: str, **answers: object) -> str:
        """The address of an action's form, some of its questions answered already; `next` is where it leads
        back."""
        query = QueryDict(mutable=True)
        for name, answer in answers.items():
            query.setlist(
                name, [str(one) for one in (answer if isinstance(answer, (list, tuple)) else (answer,))]
            )
        area, verb = action.split(".")
        return self.to("do", area, verb) + (f"?{query.urlencode()}" if answers else "")

    def may(self, action: str, **answers: Any) -> bool:
        """Whether the gate would say yes to this reader now: a key that would be refused is not shown."""
        return not self.book.may(ACTIONS[(action, 1)](**answers), self.by.number)

    def page(
        self, template: str, here: str, teller: Teller, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        """The page in this book's frame: whose it is, the list of pages, what stays at hand."""
        say = self.reader.gettext
        pages = INNER if self.inner else SHARED
        nav = [(self.to(name), label, name == here) for name, label in pages]
        quick = nav[:1] + [
            n
            for n, (name, _) in zip(nav, pages, strict=True)
            if name in (("needs",) if self.by.host else ("may",)) + (("listening",) if self.inner else ())
        ]
        whose = teller.sentence(
            say(N_("{host}, among yourselves"))
            if self.inner
            else N_("{host}, with {allies}")
            if self.allies
            else N_("{host}"),
            host=self.host.ref,
            allies=tuple(g.ref for g in self.allies),
        )
        return render(self.request, template, status=status, desk=self, nav=nav, quick=quick, whose=whose,
                      say=teller.sentence, tell=lambda v: teller.value(v).html, done=self._kept(teller),
                      others=self._others(), **context)

    def _kept(self, teller: Teller) -> Piece | None:
        return teller.entry(self.entered) if self.entered else None

    def _others(self) -> list[tuple[str, str]]:
        return [
            (reverse("today", args=(m.book,)), m.book) for m in self.memberships if m.book != self.book.id
        ]


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its `Desk`. A stranger, and whoever is no member, find that there is no such page."""

    @wraps(view)
    def answer(request: HttpRequest, book: str, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast(Reading, request)
        if asked.account is None:
            if request.method == "GET":
                return HttpResponseRedirect(f"{reverse('sign-in')}?next={request.path}")
            raise Http404
        memberships = books_of(asked.account)
        member = next((m.member for m in memberships if m.book == book), None)
        if member is None:
            raise Http404
        try:
            kept = open_book(book)
        except NoSuchBook:
            raise Http404 from None
        # Whoever writes takes her own lock, and could not under a reader's.
        with kept.db.steady() if request.method in ("GET", "HEAD") else nullcontext():
            kept.tables = PageTables(kept.id, kept.db)
            kept.tables.gather(*map(look, OF_GROUPS))
            by = kept.tables.first(Member, number=member)
            charter = kept.tables.first(Charter, number=1)
            if by is None or by.left is not None or charter is None:
                raise Http404
            desk = Desk(asked, kept, by, charter, list(kept.tables.all(Group)), memberships)
            return view(desk, *args, **kwargs)

    return answer
