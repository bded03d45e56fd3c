"""The kitchen of the demo as pages see it: kept books, people with accounts, and some weeks of what happened.

A page is asked as somebody, on a day that the story chooses; every query it makes is counted, ours and
Django's.
"""

from __future__ import annotations

import gzip
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.act import Text, prepare
from alongside.action import ACTIONS
from alongside.pages import desk
from alongside.pages.middleware import LANGUAGE_COOKIE
from alongside.people import sessions
from alongside.people.accounts import create_account
from alongside.people.cookies import ON_LOOPBACK
from alongside.people.members import add_member
from alongside.people.models import Account
from alongside.store.books import KeptBook, found_book, open_book
from alongside.store.keys import joining, log_key, signer
from alongside.store.sql import Sql

TODAY = date(2026, 5, 12)
QUERIES_MOST, BYTES_MOST = 12, 20_000
WORDS = "river lamp seven almonds"
HOST = 1


class Kitchen:
    """The host's two books, on a day."""

    def __init__(self, today: date = TODAY) -> None:
        self.today = self.day = today
        self.shared, self.inner = (found_book(clock=lambda: self.day) for _ in range(2))
        self.people: dict[str, int] = {"Amna": 1}
        self.inside: dict[str, int] = {"Amna": 1}
        self.numbers: dict[str, int] = {}
        self.day = today - timedelta(days=105)
        for book, kind in ((self.shared, "shared"), (self.inner, "inner")):
            self.act(
                1,
                "partnership.found",
                book=book,
                name_of_group="Sidra Lanes Kitchen",
                your_name="Amna",
                kind=kind,
                keys=[k.to_json() for k in joining(book.id)],
                log_key=log_key(),
            )

    def act(
        self,
        who: str | int,
        action: str,
        *,
        book: KeptBook | None = None,
        language: str = "en",
        **fields: Any,
    ) -> int:
        """Somebody does something."""
        kind = ACTIONS[(action, 1)]
        sealed = {f.name for f in kind.shape() if f.sealed}
        texts = {name: Text(value, language) for name, value in fields.items() if name in sealed}
        plain = {name: value.isoformat() if isinstance(value, date) else value
                 for name, value in fields.items() if name not in sealed}
        book = book or self.shared
        author = who if isinstance(who, int) else (self.inside if book is self.inner else self.people)[who]
        return book.act(prepare(kind, plain, texts, book=book, author=author, asked_id=secrets.token_hex(16),
                                signer=signer("doorway"), random=secrets.token_bytes))

    def days_ago(self, days: int) -> Kitchen:
        """Go to a day before today."""
        self.day = self.today - timedelta(days=days)
        return self

    def ahead(self, days: int) -> date:
        """A day after today."""
        return self.today + timedelta(days=days)

    def admit(self, name: str, group: int = HOST, *, inner: bool = False) -> None:
        """Amna admits somebody."""
        self.people[name] = self.act("Amna", "partnership.admit", name=name, group=group)
        if inner:
            self.inside[name] = self.act("Amna", "partnership.admit", book=self.inner, name=name, group=HOST)

    def join(self, name: str, group: str, language: str = "en") -> int:
        """Amna invites a group, and somebody comes in for it."""
        number = self.act("Amna", "partnership.invite", name_of_group=group)
        self.people[name] = self.numbers[group] = number
        return self.act(number, "partnership.accept", invitation=number, name_of_group=group, your_name=name,
                        language=language) and number

    def first_yes(self, ally: str, kinds: list[str], cap: int, until: date, *, second: bool = True) -> int:
        """Amna says a first yes, Nuha says it too."""
        yes = self.act(
            "Amna", "consent.first_yes", ally=self.numbers[ally], kinds=kinds, cap=[cap, "XTS"], until=until
        )
        if second:
            self.act("Nuha", "consent.second", consent=yes)
        return yes

    def need(self, name: str, kind: str, n: int, unit: str, **fields: Any) -> int:
        """A need of the kitchen."""
        self.numbers[name] = self.act(
            "Amna", "needs.name", kind=kind, label=name, quantity=[n, f"u{self.numbers[unit]}"], **fields
        )
        return self.numbers[name]

    def promise(
        self, who: str, need: str, kind: str, quantity: list[Any], accepted: list[Any] | None = None
    ) -> int:
        """Somebody offers for a need, and Amna accepts."""
        offer = self.act(who, "exchange.offer", need=self.numbers[need], kind=kind, quantity=quantity)
        return self.act(
            "Amna", "exchange.accept", offer=offer, **({"quantity": accepted} if accepted else {})
        )

    def sent(self, who: str, promise: int) -> int:
        """Amna checks, and it is sent."""
        delivery = self.act("Amna", "exchange.check", promise=promise, supply="partly", way_safe=True)
        self.act(who, "exchange.send", delivery=delivery)
        return delivery

    def accounts(self) -> None:
        """Everybody can sign in."""
        for name in self.people:
            seat(self, name)


ABOUT = {"Amna": "steward of the kitchen", "Nuha": "of the kitchen", "Idris": "keeps the store",
         "Maren": "of Lantern Street", "Tariq": "of Lantern Street", "Lucía": "of Río Claro"}


def seat(kitchen: Kitchen, name: str) -> None:
    """Somebody gets an account and her place in the books that know her."""
    account = create_account(name, WORDS, about=ABOUT.get(name, ""))
    add_member(account, kitchen.shared.id, kitchen.people[name])
    if name in kitchen.inside:
        add_member(account, kitchen.inner.id, kitchen.inside[name])


def busy(today: date = TODAY) -> Kitchen:
    """Fifteen weeks of the kitchen, and something of everything that can wait for somebody."""
    k = Kitchen(today)
    _lists(k)
    _earlier(k)
    _money(k)
    _on_the_road(k)
    _waiting(k)
    _inner(k)
    k.day = today
    return k


def _lists(k: Kitchen) -> None:
    for name in ("Nuha", "Idris"):
        k.admit(name, inner=True)
    for unit in ("sacks of 50 kg", "packets", "hours", "pieces", "litres"):
        k.numbers[unit] = k.act("Amna", "needs.list_unit", label=unit)
    k.numbers["east"] = k.act("Amna", "needs.list_region", label="the east lane")
    k.days_ago(104)
    k.need("Pots", "goods.cooking", 24, "pieces", region=k.numbers["east"])
    k.days_ago(84).need("Sorghum", "goods.food", 40, "sacks of 50 kg", rank=1, by_when=k.ahead(20),
                        whom="the families who eat at the kitchen")
    k.need("Belts for the pump", "goods.tools", 2, "pieces", rank=2)
    k.need("Water salts", "goods.water", 300, "packets", rank=3)
    k.need("Bookkeeping", "skills.bookkeeping", 12, "hours", rank=4)
    k.need("Diesel", "goods.energy", 200, "litres", region=k.numbers["east"])
    k.need("Tarpaulins", "goods.shelter", 6, "pieces")
    k.act(
        "Nuha",
        "needs.not_needed",
        kind="goods.clothes",
        why="Sorting them would take the room the grain needs.",
    )
    k.days_ago(70).join("Maren", "Lantern Street")
    k.join("Lucía", "Río Claro", "es")
    k.admit("Tariq", k.numbers["Lantern Street"])


def _earlier(k: Kitchen) -> None:
    asking = k.days_ago(69).act("Maren", "consent.ask", kind="media", words="A crew of three, for one day.")
    k.act("Nuha", "consent.not_now", asking=asking)
    first = k.days_ago(60).first_yes("Lantern Street", ["money"], 80_000, k.ahead(-32))
    k.act("Amna", "needs.open", need=k.numbers["Sorghum"], kinds=["money"], until=k.ahead(-35))
    promise = k.days_ago(58).promise("Tariq", "Sorghum", "money", [50_000, "XTS"])
    k.days_ago(55).act(
        "Amna", "exchange.count", delivery=k.sent("Tariq", promise), quantity=[50_000, "XTS"], final=True
    )
    k.numbers["first yes"] = first


def _money(k: Kitchen) -> None:
    for need in ("Sorghum", "Water salts", "Bookkeeping"):
        k.days_ago(22).act("Idris", "needs.confirm", need=k.numbers[need])
    k.days_ago(21).first_yes("Lantern Street", ["money", "goods.food", "goods.tools"], 200_000, k.ahead(9))
    k.act("Amna", "needs.open", need=k.numbers["Sorghum"], kinds=["money", "goods.food"], until=k.ahead(30))
    promise = k.days_ago(19).promise("Maren", "Sorghum", "money", [200_000, "XTS"], [120_000, "XTS"])
    k.days_ago(16).act(
        "Idris", "exchange.count", delivery=k.sent("Maren", promise), quantity=[120_000, "XTS"], final=True
    )
    bought = k.days_ago(14).act(
        "Idris",
        "exchange.buy",
        need=k.numbers["Sorghum"],
        kind="goods.food",
        quantity=[40, f"u{k.numbers['sacks of 50 kg']}"],
        price=[140_000, "XTS"],
        payment="paid",
        related=False,
        seller="A trader of the grain market",
        receipt="In the blue tin",
    )
    k.days_ago(12).act(
        "Idris",
        "exchange.count",
        delivery=bought,
        quantity=[38, f"u{k.numbers['sacks of 50 kg']}"],
        witness="Khala Zahra",
    )
    k.act(
        "Idris", "exchange.report_missing", delivery=bought, quantity=[2, f"u{k.numbers['sacks of 50 kg']}"]
    )
    k.days_ago(11).act("Idris", "exchange.use", need=k.numbers["Sorghum"], people=180,
                       quantity=[4, f"u{k.numbers['sacks of 50 kg']}"])
    k.days_ago(10).act(
        "Idris", "exchange.use", need=k.numbers["Bookkeeping"], kind="money", quantity=[10_000, "XTS"]
    )


def _on_the_road(k: Kitchen) -> None:
    packets, litres = f"u{k.numbers['packets']}", f"u{k.numbers['litres']}"
    k.days_ago(9).first_yes("Río Claro", ["goods.water", "goods.shelter"], 0, k.ahead(10))
    energy = k.first_yes("Río Claro", ["goods.energy"], 0, k.ahead(10))
    k.days_ago(9).act("Amna", "needs.open", need=k.numbers["Water salts"], until=k.ahead(20))
    for need in ("Belts for the pump", "Diesel", "Tarpaulins"):
        k.act("Amna", "needs.open", need=k.numbers[need], until=k.ahead(20))
    salts = k.days_ago(8).promise("Lucía", "Water salts", "goods.water", [200, packets])
    coming = k.sent("Lucía", salts)
    covers = k.sent(
        "Lucía", k.promise("Lucía", "Tarpaulins", "goods.shelter", [6, f"u{k.numbers['pieces']}"])
    )
    k.act("Idris", "exchange.count", delivery=covers, quantity=[6, f"u{k.numbers['pieces']}"], final=True)
    k.numbers["to choose"] = k.days_ago(7).sent(
        "Lucía", k.promise("Lucía", "Diesel", "goods.energy", [120, litres])
    )
    k.days_ago(6).act("Idris", "exchange.count", delivery=coming, quantity=[110, packets])
    k.days_ago(5).act("Amna", "consent.withdraw", consent=energy)
    belt = k.days_ago(4).promise("Maren", "Belts for the pump", "goods.tools", [2, f"u{k.numbers['pieces']}"])
    k.numbers["to send"] = k.days_ago(3).act(
        "Amna", "exchange.check", promise=belt, supply="no", way_safe=True
    )


def _waiting(k: Kitchen) -> None:
    hours = f"u{k.numbers['hours']}"
    k.days_ago(4).act("Amna", "needs.open", need=k.numbers["Bookkeeping"], until=k.ahead(20))
    k.numbers["offer"] = k.act(
        "Tariq",
        "exchange.offer",
        need=k.numbers["Bookkeeping"],
        kind="skills.bookkeeping",
        quantity=[5, hours],
        words="In the evenings, by voice.",
        stands_until=k.ahead(6),
    )
    k.numbers["question"] = k.days_ago(3).act("Maren", "exchange.offer", kind="goods.school", question=True)
    k.numbers["asking"] = k.act(
        "Lucía",
        "consent.ask",
        kind="skills.repair",
        need=k.numbers["Belts for the pump"],
        language="es",
        words="Podemos enseñar la reparación por voz, dos tardes.",
    )
    k.numbers["waiting yes"] = k.days_ago(2).first_yes(
        "Río Claro", ["transport", "storage"], 30_000, k.ahead(25), second=False
    )
    k.numbers["to check"] = k.promise("Maren", "Sorghum", "money", [40_000, "XTS"])
    k.numbers["stop"] = k.days_ago(2).act("Idris", "safety.stop", kind="goods.medicine")
    k.days_ago(1).act("Nuha", "safety.lift", stop=k.numbers["stop"])


def _inner(k: Kitchen) -> None:
    k.days_ago(100)
    first = k.act(
        "Nuha",
        "listening.call",
        book=k.inner,
        facilitator=k.inside["Nuha"],
        languages=["ar", "apd"],
        on=k.ahead(-100),
        place="behind the kitchen",
    )
    for kind, words, far in (
        ("need", "The grain lasts for three weeks.", "circle"),
        ("need", "The belt of the pump is torn.", "circle"),
        ("works", "The lanes cook in turns, and nobody is sent away.", "network"),
        ("risk", "The road by the bridge, after dark.", "sealed"),
        ("do_not", "Do not film anybody who waits.", "circle"),
    ):
        k.act(
            "Nuha", "listening.find", book=k.inner, session=first, kind=kind, statement=words, sensitivity=far
        )
    k.act("Nuha", "listening.close", book=k.inner, session=first, missing="The night shift.")
    second = k.days_ago(6).act(
        "Amna",
        "listening.call",
        book=k.inner,
        facilitator=k.inside["Idris"],
        languages=["ar"],
        on=k.ahead(-1),
        hour="17:30",
        place="the east lane",
    )
    k.days_ago(1).act("Idris", "listening.find", book=k.inner, session=second, kind="need",
                      statement="Pots: the big ones leak.", priority=2)
    k.numbers["session"] = second


class Page(NamedTuple):
    """A page as somebody saw it."""

    status: int
    html: str
    queries: list[str]
    weight: int         # in bytes, as it travels

    @property
    def words(self) -> str:
        """What is read, without marks and with single spaces."""
        main = self.html.partition('<main id="main">')[2].partition("</main>")[0]
        main = main.replace("\u2068", "").replace("\u2069", "")      # what isolates a name is not read
        text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<title>[^<]*</title>", " ", main)))
        return re.sub(r"\s+([.,:;?!])", r"\1", re.sub(r"\s+", " ", text)).strip()

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [unescape(href) for href in re.findall(r'<a [^>]*?href="([^"]+)"', self.html)]

    def leads_to(self, action: str, **answers: object) -> bool:
        """Whether a link opens the form of an action with these answers."""
        path = "/do/" + action.replace(".", "/")
        for link in self.links:
            address, _, query = link.partition("?")
            given = parse_qs(query)
            if address.endswith(path) and all(given.get(n) == [str(a)] for n, a in answers.items()):
                return True
        return False


class House:
    """A kitchen whose pages are asked for; every page is held to what a page may cost."""

    def __init__(self, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kitchen, self.monkeypatch = kitchen, monkeypatch
        monkeypatch.setattr(desk, "open_book", lambda id: open_book(id, clock=lambda: kitchen.day))

    def page(self, who: str, path: str = "", *, inner: bool = False, language: str = "en") -> Page:
        """What somebody sees."""
        book = self.kitchen.inner if inner else self.kitchen.shared
        client = browser_of(who, language)
        with counted(self.monkeypatch) as queries:
            response = client.get(f"/b/{book.id}/{path}")
        page = Page(response.status_code, response.content.decode(), queries.all,
                    len(gzip.compress(response.content, 6)))
        assert len(page.queries) <= QUERIES_MOST, "\n".join(page.queries)
        assert page.weight <= BYTES_MOST
        assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=", page.html)
        return page


def browser_of(who: str, language: str = "en") -> Client:
    """The browser of somebody who was last seen a minute ago, so that her page writes that down too."""
    client = Client(headers={"host": "localhost"})
    token, _ = sessions.begin(Account.objects.get(name=who), timezone.now() - timedelta(minutes=1))
    client.cookies[ON_LOOPBACK] = token
    client.cookies[LANGUAGE_COOKIE] = language
    return client


class Counted:
    """How many queries there were, Django's and ours."""

    def __init__(self, djangos: CaptureQueriesContext) -> None:
        self.ours: list[str] = []
        self.djangos = djangos

    @property
    def all(self) -> list[str]:
        """Both, as SQL; what only opens or ends a transaction of a test is none."""
        djangos = [query["sql"] for query in self.djangos.captured_queries]
        return [*self.ours, *(sql for sql in djangos if "SAVEPOINT" not in sql)]


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """Count every query: those of `Sql` pass Django by."""
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as djangos:
        found = Counted(djangos)
        for name in ("rows", "one", "run"):
            patch.setattr(Sql, name, _counting(getattr(Sql, name), found))
        yield found


def _counting(how: Any, found: Counted) -> Any:
    def asked(self: Sql, statement: str, params: Any = ()) -> Any:
        found.ours.append(statement)
        return how(self, statement, params)

    return asked
