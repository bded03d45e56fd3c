"""The ledger against a model that keeps no sums at all: every crown and every sack is a piece with a place
of its own.

The model knows nothing of accounts, lots or lines. It moves pieces, and counts them when it is asked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.areas.exchange.ledger import Balance, Lot, Movement, Progress
from alongside.areas.exchange.tables import Delivery, Happening, Promise, Purchase
from alongside.areas.exchange.tracing import back, trace
from alongside.words import Quantity, Ref
from tests.areas.test_exchange import Market
from tests.people import RIO_CLARO


@dataclass
class Piece:
    """One crown's cent or one sack: where it came from, where it is, and which lot and use it went
    through."""

    thing: str
    source: int
    giver: str                  # the account that gave it
    place: str
    delivery: int
    came_for: int = 0           # the need whose store it joined
    lot: int = 0
    taken_by: int = 0


@dataclass
class Deed:
    """A count, use, purchase or payment as the model knows it."""

    what: str
    thing: str
    need: int
    n: int
    place: str = ""             # where what it takes goes
    of: int = 0                 # its delivery or its purchase
    took: list[Piece] = field(default_factory=list)


class Model:
    """Pieces in places."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.deeds: dict[int, Deed] = {}
        self.goes_to: dict[int, int] = {}               # delivery -> need
        self.sent: dict[int, int] = {}                  # delivery -> how much was sent
        self.price: dict[int, list[Any]] = {}           # purchase -> [price, paid at once?, need]
        self.brings: dict[int, Piece] = {}              # delivery -> a piece like those it brings

    def put_on_road(self, delivery: int, n: int, thing: str, source: int, giver: str, need: int) -> None:
        self.goes_to[delivery], self.sent[delivery] = need, n
        self.brings[delivery] = Piece(thing, source, giver, f"road:{delivery}", delivery)
        self.pieces += [replace(self.brings[delivery]) for _ in range(n)]

    def went_back_to(self, delivery: int) -> str:
        giver = self.brings[delivery].giver
        return "returned:seller" if giver == "seller" else giver.replace("giver", "returned")

    def at(self, place: str, delivery: int) -> list[Piece]:
        return [p for p in self.pieces if p.place == place and p.delivery == delivery]

    def road(self, delivery: int) -> list[Piece]:
        return self.at(f"road:{delivery}", delivery)

    def come(self, delivery: int, n: int, lot: int, need: int) -> None:
        coming = self.road(delivery) + self.at(f"missing:{delivery}", delivery)
        coming += self.at(self.went_back_to(delivery), delivery)
        more = [replace(self.brings[delivery]) for _ in range(n - len(coming))]
        self.pieces += more
        for piece in (coming + more)[:n]:
            piece.place, piece.lot, piece.came_for = "store", lot, need

    def uncome(self, delivery: int, n: int, lot: int) -> None:
        total = sum(p.delivery == delivery for p in self.pieces)
        for piece in [p for p in self.pieces if p.lot == lot and p.place == "store"][:n]:
            if total > self.sent[delivery]:
                self.drop(piece)                # it never came, and nobody sent it
                total -= 1
            else:
                piece.place, piece.lot, piece.came_for = f"road:{delivery}", 0, 0

    def drop(self, gone: Piece) -> None:
        self.pieces = [p for p in self.pieces if p is not gone]

    def here(self, thing: str) -> list[Piece]:
        return [p for p in self.pieces if p.place == "store" and p.thing == thing]

    def take(self, deed: Deed, n: int, number: int) -> None:
        oldest = sorted(self.here(deed.thing), key=lambda p: (p.came_for != deed.need, p.lot))
        for piece in oldest[:n]:
            piece.place, piece.taken_by = deed.place, number
            deed.took.append(piece)

    def give_back(self, deed: Deed, n: int) -> None:
        for _ in range(n):
            piece = deed.took.pop()
            piece.place, piece.taken_by = "store", 0

    def owed(self, purchase: int) -> int:
        price, at_once, _ = self.price[purchase]
        paid = sum(len(d.took) for d in self.deeds.values() if d.what == "pay" and d.of == purchase)
        return 0 if at_once else price - paid


class Told:
    """A market and the model of it, doing the same and answering alike."""

    def __init__(self) -> None:
        self.market = Market()
        self.story = self.market.story
        self.story.first_yes(["money", "goods"], RIO_CLARO)
        self.item = f"item:{self.market.sorghum}"
        self.needs = (self.market.sorghum, self.market.belt)
        self.model = Model()
        self.deliveries: list[int] = []

    def quantity(self, thing: str, n: int) -> Quantity:
        return Quantity(n, "XTS") if thing == "money" else self.market.sacks(n)

    def act(self, allowed: bool, called: str, who: str = "Idris", **fields: Any) -> int | None:
        """Do it if the model says that it may be done; otherwise it must be refused."""
        if allowed:
            return self.story.act(who, f"exchange.{called}", **fields)
        assert self.story.refused(who, f"exchange.{called}", **fields)
        return None

    # What can be done; each takes four numbers and makes of them what it needs.

    def send(self, a: int, b: int, c: int, n: int) -> None:
        thing, who = ("money", self.item)[a % 2], ("Maren", "Lucía")[b % 2]
        need = self.needs[c % 2] if thing == "money" else self.needs[0]
        kind = "money" if thing == "money" else "goods.food"
        delivery = self.market.sent(self.quantity(thing, n + 1), kind, who, need)
        promise = int(self.story.row(Delivery, delivery).promise)
        giver = f"giver:{self.story.number(who)}"
        self.model.put_on_road(delivery, n + 1, thing, promise, giver, need)
        self.deliveries.append(delivery)

    def count(self, a: int, b: int, c: int, n: int) -> None:
        if self.deliveries:
            delivery = self.deliveries[a % len(self.deliveries)]
            thing, need = self.model.brings[delivery].thing, self.model.goes_to[delivery]
            number = self.act(
                True, "count", delivery=delivery, quantity=self.quantity(thing, n), final=b % 3 == 0
            )
            self.model.deeds[number] = Deed("count", thing, need, n, of=delivery)
            self.model.come(delivery, n, number, need)

    def missing(self, a: int, b: int, c: int, n: int) -> None:
        if self.deliveries and n:
            delivery = self.deliveries[a % len(self.deliveries)]
            road = self.model.road(delivery)
            thing = self.model.brings[delivery].thing
            if self.act(
                n <= len(road), "report_missing", delivery=delivery, quantity=self.quantity(thing, n)
            ):
                for piece in road[:n]:
                    piece.place = f"missing:{delivery}"

    def turn(self, a: int, b: int, c: int, n: int) -> None:
        if self.deliveries:
            delivery = self.deliveries[a % len(self.deliveries)]
            road, need = self.model.road(delivery), self.needs[c % 2]
            if b % 2:
                if self.act(bool(road), "send_back", delivery=delivery):
                    for piece in road:
                        piece.place = self.model.went_back_to(delivery)
            elif self.act(
                bool(road) and need != self.model.goes_to[delivery], "divert", delivery=delivery, need=need
            ):
                self.model.goes_to[delivery] = need

    def use(self, a: int, b: int, c: int, n: int) -> None:
        if n:
            thing, need = ("money", self.item)[a % 2], self.needs[b % 2]
            number = self.act(n <= len(self.model.here(thing)), "use", need=need, item=self.market.sorghum,
                              quantity=self.quantity(thing, n))
            if number:
                deed = self.model.deeds[number] = Deed("use", thing, need, n, f"used:{need}")
                self.model.take(deed, n, number)

    def buy(self, a: int, b: int, c: int, n: int) -> None:
        price, at_once = b % 7 + 1, a % 3 > 0
        given_ = self.market.buying(
            self.market.sacks(n + 1), Quantity(price, "XTS"), "paid" if at_once else "owed"
        )
        number = self.act(not at_once or price <= len(self.model.here("money")), "buy", **given_)
        if number:
            need = self.needs[0]
            deed = self.model.deeds[number] = Deed("buy", self.item, need, n + 1, "seller")
            pays = Deed("price", "money", need, price, "seller", number)
            self.model.price[number] = [price, at_once, need]
            if at_once:
                self.model.take(pays, price, number)
            deed.took = pays.took
            self.model.put_on_road(number, n + 1, self.item, number, "seller", need)
            self.deliveries.append(number)

    def settle(self, a: int, b: int, c: int, n: int) -> None:
        owing = list(self.model.price)
        if owing and n:
            purchase = owing[a % len(owing)]
            allowed = n <= self.model.owed(purchase) and n <= len(self.model.here("money"))
            number = self.act(allowed, "settle", purchase=purchase, quantity=Quantity(n, "XTS"))
            if number:
                need = self.model.price[purchase][2]
                deed = self.model.deeds[number] = Deed("pay", "money", need, n, f"owed:{purchase}", purchase)
                self.model.take(deed, n, number)

    def correct(self, a: int, b: int, c: int, n: int) -> None:
        if self.model.deeds:
            number = list(self.model.deeds)[a % len(self.model.deeds)]
            deed = self.model.deeds[number]
            if deed.what == "buy" and b % 2:
                self.correct_price(number, deed, n)
            else:
                more = n - deed.n
                if self.act(more != 0 and self.allows(number, deed, more), "correct", happening=number,
                            quantity=self.quantity(deed.thing, n)):
                    deed.n = n
                    self.put_right(number, deed, more)

    def allows(self, number: int, deed: Deed, more: int) -> bool:
        if deed.what == "count":
            return more > 0 or sum(p.lot == number and p.place == "store" for p in self.model.pieces) >= -more
        if deed.what == "buy":
            return more > 0 or len(self.model.road(number)) >= -more
        if more > 0 and deed.what == "pay" and more > self.model.owed(deed.of):
            return False
        return more < 0 or more <= len(self.model.here(deed.thing))

    def put_right(self, number: int, deed: Deed, more: int) -> None:
        model = self.model
        if deed.what == "count":
            if more > 0:
                model.come(deed.of, more, number, deed.need)
            else:
                model.uncome(deed.of, -more, number)
        elif deed.what == "buy":
            model.sent[number] += more
            model.pieces += [replace(model.brings[number]) for _ in range(more)]
            for piece in model.road(number)[:-more] if more < 0 else ():
                model.drop(piece)
        elif more > 0:
            model.take(deed, more, number)
        else:
            model.give_back(deed, -more)

    def correct_price(self, number: int, deed: Deed, n: int) -> None:
        price, at_once, need = self.model.price[number]
        more = n - price
        paid = price - self.model.owed(number)
        allowed = more != 0 and (more <= len(self.model.here("money")) if at_once else n >= paid)
        if self.act(allowed, "correct", happening=number, quantity=Quantity(n, "XTS")):
            self.model.price[number][0] = n
            pays = Deed("price", "money", need, n, "seller", number, deed.took)
            if at_once and more > 0:
                self.model.take(pays, more, number)
            elif at_once:
                self.model.give_back(pays, -more)

    # What must be so

    def agree(self) -> None:
        assert self.balances() == self.counted()
        assert all(row.n >= 0 for row in self.story.rows(Balance) if row.account == "store")
        assert {lot.number: lot.left for lot in self.story.rows(Lot) if lot.left} == Counter(
            p.lot for p in self.model.pieces if p.place == "store")
        assert self.progress() == self.stages()
        for row in self.story.rows(Promise):
            self.follows(row)
        for number, deed in self.model.deeds.items():
            if deed.what in ("use", "pay"):
                self.leads_back(number, deed)

    def balances(self) -> Counter[tuple[str, str]]:
        return Counter({(row.account, row.thing): row.n for row in self.story.rows(Balance) if row.n})

    def counted(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for piece in self.model.pieces:
            found[piece.place, piece.thing] += 1
            found[piece.giver, piece.thing] -= 1
        for purchase, (price, at_once, _) in self.model.price.items():
            if not at_once:
                found[f"owed:{purchase}", "money"] -= price
                found["seller", "money"] += price
        return Counter({account: n for account, n in found.items() if n})

    def progress(self) -> dict[tuple[int, str, str], int]:
        return {(row.need, row.thing, stage): n for row in self.story.rows(Progress)
                for stage in ("promised", "on_the_way", "here", "used", "missing", "returned")
                if (n := getattr(row, stage))}

    def stages(self) -> dict[tuple[int, str, str], int]:
        found: Counter[tuple[int, str, str]] = Counter()
        for piece in self.model.pieces:
            word = piece.place.partition(":")[0]
            if word == "store":
                found[piece.came_for, piece.thing, "here"] += 1
            elif word == "used":
                found[int(piece.place.partition(":")[2]), piece.thing, "used"] += 1
            elif stage := {"road": "on_the_way", "missing": "missing", "returned": "returned"}.get(word):
                found[self.model.goes_to[piece.delivery], piece.thing, stage] += 1
        for price, _, need in self.model.price.values():
            found[need, "money", "used"] += price
        return {key: n for key, n in found.items() if n}

    def follows(self, promise: Any) -> None:
        """Trace and unused remainder make up the amount, and are where the pieces are."""
        found = trace(self.story.shared.tables, Ref[Promise](promise.number))
        mine = [p for p in self.model.pieces if p.source == promise.number]
        assert found.traced + found.unused == found.amount.n == len(mine)
        assert found.here == sum(p.place == "store" for p in mine)
        assert found.on_the_road == sum(p.place.startswith("road") for p in mine)
        assert found.missing == sum(p.place.startswith("missing") for p in mine)
        assert found.returned == sum(p.place.startswith("returned") for p in mine)
        assert sum(u.n for u in found.used) == sum(p.place.startswith("used") for p in mine)
        assert sum(s.n for s in found.spent) == sum(p.place.startswith(("seller", "owed")) for p in mine)
        for spent in found.spent:
            goods = [p for p in self.model.pieces if p.source == spent.purchase]
            assert spent.goods.traced + spent.goods.unused == spent.goods.amount.n == len(goods)
        lines = [m for m in self.story.rows(Movement) if m.source == promise.number]
        gave = sum(
            m.n * (m.from_account.startswith("giver") - m.to_account.startswith("giver")) for m in lines
        )
        assert gave == len(mine)

    def leads_back(self, number: int, deed: Deed) -> None:
        found = back(self.story.shared.tables, Ref[Happening](number))
        assert sorted((o.lot, o.promise or o.purchase) for o in found for _ in range(o.n)) == sorted(
            (p.lot, p.source) for p in deed.took)
        for origin in found:
            if origin.purchase:
                row = self.story.row(Purchase, origin.purchase)
                assert sum(p.n for p in origin.paid) == row.paid == row.price.n - self.model.owed(row.number)


DEEDS = (Told.send, Told.send, Told.count, Told.count, Told.missing, Told.turn, Told.use, Told.use, Told.buy,
         Told.settle, Told.correct, Told.correct)
# Shrinking a whole story takes minutes and explains little.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), *(st.integers(0, 11) for _ in range(3)), st.integers(0, 8)),
    min_size=5,
    max_size=30,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(STEPS)
def test_the_ledger_is_where_the_pieces_are(steps: list[Any]):
    told = Told()
    for deed, *numbers in steps:
        deed(told, *numbers)
    told.agree()


def test_one_long_story_agrees_after_every_step():
    told = Told()
    for step in range(72):
        deed = DEEDS[(step * 7) % len(DEEDS)]
        deed(told, step, step // 3, step // 5, (step * 5) % 9)
        told.agree()
    assert told.story.rows(Movement)
