"""The demo's story, beats 1 to 5: nothing in it but real actions, asked by its people and allowed by the
gate.

It is told backwards from today, so that whoever opens it finds a living yes, an open promise, one delivery
that has not left and one on the road. Places and people are invented.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alongside.act import Text, prepare
from alongside.action import ACTIONS
from alongside.node.data import DataFolder
from alongside.node.story import ABOUT, WORDS
from alongside.people.accounts import create_account
from alongside.people.members import add_member
from alongside.people.models import Account
from alongside.store.books import KeptBook, found_book
from alongside.store.keys import joining, log_key, signer
from alongside.words import BookKind

CROWN = 100     # minor units of a crown, whose code is the one kept for trials (XTS)


@dataclass
class Stage:
    """The two books, the day it is in the story, and who is who in each book."""

    language: str
    today: date
    day: date = date.min
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    books: dict[str, KeptBook] = field(default_factory=dict)

    def on(self, days_ago: int) -> None:
        """Let it be that many days before today."""
        self.day = self.today - timedelta(days=days_ago)

    def said(self, key: str) -> Text:
        """Words of the story in the language it is told in."""
        return Text(WORDS[key][self.language], self.language)

    def does(self, person: str, action: str, book: str = "shared", **answers: Any) -> int:
        """Somebody asks for something, and it happens. Words are named by their key in the story."""
        return self.asks(book, self.numbers[(book, person)], action, **answers)

    def asks(self, book: str, author: int, action: str, **answers: Any) -> int:
        """The same by a member number: for those who are only coming in."""
        kind = ACTIONS[(action, 1)]
        sealed = {f.name for f in kind.shape() if f.sealed}
        texts = {name: self.said(value) for name, value in answers.items() if name in sealed}
        plain = {name: value.isoformat() if isinstance(value, date) else value
                 for name, value in answers.items() if name not in sealed}
        asking = prepare(
            kind,
            plain,
            texts,
            book=self.books[book],
            author=author,
            asked_id=secrets.token_hex(16),
            signer=signer("doorway"),
            random=secrets.token_bytes,
        )
        return self.books[book].act(asking)

    def arrives(self, person: str, number: int, book: str = "shared") -> None:
        """Give somebody an account, once, and her number in a book."""
        if person not in self.accounts:
            self.accounts[person] = create_account(
                WORDS[person][self.language], secrets.token_urlsafe(24), self.language,
                about=ABOUT[person][self.language])
        add_member(self.accounts[person], self.books[book].id, number)
        self.numbers[(book, person)] = number


def build(folder: DataFolder, language: str = "en") -> None:
    """Tell the story into an empty node, up to today."""
    stage = Stage(language, timezone.localdate())
    found(stage)
    come_in(stage)
    listen(stage)
    needs = list_needs(stage)
    first_yes(stage)
    sorghum_is_bought_at_home(stage, needs)
    sorghum_is_counted(stage, needs)
    salts_are_begun(stage, needs)
    tools_are_on_their_way(stage, needs)
    somebody_waits(stage, needs)


def found(stage: Stage) -> None:
    """Amna founds the kitchen: a book to share, and one for themselves alone."""
    stage.on(27)
    for kind in (BookKind.SHARED, BookKind.INNER):
        book = stage.books[kind] = found_book(clock=lambda: stage.day)
        stage.asks(kind, 1, "partnership.found", name_of_group="kitchen", your_name="amna", kind=kind.value,
                   keys=[key.to_json() for key in joining(book.id)], log_key=log_key())
        stage.arrives("amna", 1, kind)
        for person in ("nuha", "idris"):
            stage.arrives(person, stage.does("amna", "partnership.admit", kind, group=1, name=person), kind)


def come_in(stage: Stage) -> None:
    """Two groups abroad are invited and come alongside."""
    stage.on(26)
    for group, person in (("lantern", "maren"), ("claro", "lucia")):
        place = stage.does("amna", "partnership.invite", name_of_group=group)
        stage.asks(
            "shared", place, "partnership.accept", invitation=place, name_of_group=group, your_name=person
        )
        stage.arrives(person, place)
    lantern = stage.numbers[("shared", "maren")]
    stage.arrives("tariq", stage.does("amna", "partnership.admit", group=lantern, name="tariq"))


def listen(stage: Stage) -> None:
    """The kitchen and its women's circle listen first, in their own book."""
    stage.on(25)
    session = stage.does("amna", "listening.call", "inner", facilitator=stage.numbers[("inner", "nuha")],
                         languages=["ar"], on=stage.day, hour="17:30", place="courtyard")
    for kind, words in (("need", "heard_need"), ("works", "heard_works"), ("risk", "heard_risk"),
                        ("do_not", "heard_do_not")):
        stage.does("nuha", "listening.find", "inner", session=session, kind=kind, statement=words)
    stage.does("nuha", "listening.close", "inner", session=session)


def list_needs(stage: Stage) -> dict[str, int]:
    """What was heard becomes a list that allies may see: named by the kitchen, in its own order."""
    stage.on(24)
    unit = {name: f"u{stage.does('idris', 'needs.list_unit', label=name)}"
            for name in ("sack", "piece", "packet", "hour")}
    region = stage.does("idris", "needs.list_region", label="region")
    needs = {}
    for rank, (name, kind, n, of) in enumerate((
            ("sorghum", "goods.food", 40, "sack"), ("belt", "goods.tools", 2, "piece"),
            ("salts", "goods.water", 300, "packet"), ("shovels", "goods.tools", 6, "piece"),
            ("bookkeeping", "skills.bookkeeping", 12, "hour")), 1):
        needs[name] = stage.does("nuha", "needs.name", kind=kind, label=name, quantity=[n, unit[of]],
                                 region=region, rank=rank, whom="lanes" if kind.startswith("goods") else "")
    stage.does("amna", "needs.not_needed", kind="goods.clothes", why="why_no_clothes")
    return {**needs, "region": region, **{of: int(u[1:]) for of, u in unit.items()}}


def first_yes(stage: Stage) -> None:
    """Beat 2: a film crew is asked about, and waits. Beat 3: money and tools, a cap, no faces."""
    stage.on(22)
    asked = stage.does("maren", "consent.ask", kind="media", words="film_crew")
    stage.does("nuha", "consent.not_now", asking=asked, reason="no_film")
    stage.on(21)
    yes = stage.does(
        "amna",
        "consent.first_yes",
        ally=stage.numbers[("shared", "maren")],
        kinds=["money", "goods.tools"],
        cap=[2_000 * CROWN, "XTS"],
        until=stage.day + timedelta(days=30),
    )
    stage.does("nuha", "consent.second", consent=yes)


def sorghum_is_bought_at_home(stage: Stage, needs: dict[str, int]) -> None:
    """Beat 4: 2,000 offered, 1,200 accepted, and the sorghum is bought in the town, not shipped."""
    stage.on(20)
    offer = stage.does(
        "maren",
        "exchange.offer",
        need=needs["sorghum"],
        kind="money",
        quantity=[2_000 * CROWN, "XTS"],
        words="coats_sold",
    )
    stage.on(19)
    promise = stage.does("nuha", "exchange.accept", offer=offer, quantity=[1_200 * CROWN, "XTS"])
    delivery = stage.does(
        "idris", "exchange.check", promise=promise, supply="yes", way_safe=True, backup="by_hand"
    )
    stage.on(18)
    stage.does("maren", "exchange.send", delivery=delivery)
    stage.on(16)
    stage.does("idris", "exchange.count", delivery=delivery, quantity=[1_200 * CROWN, "XTS"], final=True)
    needs["bought"] = stage.does(
        "idris", "exchange.buy", need=needs["sorghum"], quantity=[40, f"u{needs['sack']}"],
        price=[1_200 * CROWN, "XTS"], payment="paid", related=False, seller="seller", receipt="receipt",
        region=needs["region"])


def sorghum_is_counted(stage: Stage, needs: dict[str, int]) -> None:
    """Beat 5: 38 of 40 came. Two are missing, and nobody is blamed."""
    stage.on(14)
    sacks = f"u{needs['sack']}"
    stage.does("idris", "exchange.count", delivery=needs["bought"], quantity=[38, sacks], final=True,
               witness="zahra")
    stage.does(
        "idris", "exchange.report_missing", delivery=needs["bought"], quantity=[2, sacks], words="no_blame"
    )
    for days_ago, used, people in ((11, 6, 210), (4, 5, 190)):
        stage.on(days_ago)
        stage.does("idris", "exchange.use", need=needs["sorghum"], quantity=[used, sacks], people=people)


def salts_are_begun(stage: Stage, needs: dict[str, int]) -> None:
    """A smaller sum for the salts: part of it is spent near home, part of it still lies in the box."""
    stage.on(13)
    offer = stage.does(
        "tariq", "exchange.offer", need=needs["salts"], kind="money", quantity=[400 * CROWN, "XTS"]
    )
    promise = stage.does("amna", "exchange.accept", offer=offer)
    delivery = stage.does("idris", "exchange.check", promise=promise, supply="partly", way_safe=True,
                          backup="by_hand")
    stage.on(12)
    stage.does("tariq", "exchange.send", delivery=delivery)
    stage.on(10)
    stage.does("idris", "exchange.count", delivery=delivery, quantity=[400 * CROWN, "XTS"], final=True)
    packets = f"u{needs['packet']}"
    bought = stage.does("idris", "exchange.buy", need=needs["salts"], quantity=[120, packets],
                        price=[260 * CROWN, "XTS"], payment="paid", related=False, seller="pharmacy",
                        receipt="receipt_salts", region=needs["region"])
    stage.does(
        "idris", "exchange.count", delivery=bought, quantity=[120, packets], final=True, witness="zahra"
    )


def tools_are_on_their_way(stage: Stage, needs: dict[str, int]) -> None:
    """One delivery on the road, one that has not left, and a promise that is still open."""
    stage.on(9)
    pieces, checked = f"u{needs['piece']}", {}
    for need, n, part in (("belt", 2, 2), ("shovels", 6, 4)):
        offer = stage.does(
            "maren", "exchange.offer", need=needs[need], kind="goods.tools", quantity=[n, pieces]
        )
        promise = stage.does("amna", "exchange.accept", offer=offer)
        stage.on(6)
        checked[need] = stage.does(
            "idris",
            "exchange.check",
            promise=promise,
            quantity=[part, pieces],
            supply="no",
            way_safe=True,
            region=needs["region"],
            backup="by_hand",
            good_until=stage.today + timedelta(days=14),
        )
        stage.on(9 if need == "belt" else 6)
    stage.on(3)
    stage.does("tariq", "exchange.send", delivery=checked["belt"])


def somebody_waits(stage: Stage, needs: dict[str, int]) -> None:
    """An offer and an asking that the kitchen has not answered yet."""
    stage.on(1)
    stage.does("maren", "exchange.offer", need=needs["salts"], kind="money", quantity=[500 * CROWN, "XTS"],
               words="for_salts")
    stage.does("lucia", "consent.ask", kind="knowledge", need=needs["belt"], words="teach_repair")
    stage.on(0)
