"""The ledger as somebody with pebbles would keep it: what is where, heap by heap."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

Goods = tuple[str, str]     # a thing, and the unit it is counted in


@dataclass
class Promise:
    """So much of an offer was accepted; the yes of the same number is in `World.yeses`."""

    number: int
    offer: int
    ally: int
    need: int
    kind: str
    goods: Goods
    n: int
    until: date


@dataclass
class Sheet:
    """The host's answers about a way, good until a day unless somebody said that it is not safe."""

    number: int
    kind: str
    region: int | None
    until: date
    safe: bool

    def stands(self, day: date) -> bool:
        """Whether something may leave on it."""
        return self.safe and day <= self.until


@dataclass
class Trip:
    """A delivery: heaps of what is on the road, lost, gone back; `more` came that nobody had sent."""

    number: int
    promise: int | None
    ally: int | None
    need: int
    kind: str
    goods: Goods
    n: int
    region: int | None
    sheet: int | None = None
    sent: bool = False
    fell: bool = False
    final: bool = False
    chose: tuple[int, str] | None = None        # the entry, and what
    road: int = 0
    missing: int = 0
    returned: int = 0
    more: int = 0

    @property
    def source(self) -> int:
        """The promise or the purchase it comes from."""
        return self.promise or self.number

    @property
    def arrived(self) -> int:
        """How much came: all that was sent and is in no other heap, and what came beyond it."""
        return self.n + self.more - self.road - self.missing - self.returned if self.sent else 0

    def leave(self) -> None:
        """All of it is on the road."""
        self.sent, self.fell, self.road = True, False, self.n

    def come(self, n: int) -> None:
        """So much came: off the road, else it was not lost, else it was not gone back, else it is more."""
        for heap in ("road", "missing", "returned"):
            some = min(n, getattr(self, heap))
            setattr(self, heap, getattr(self, heap) - some)
            n -= some
        self.more += n

    def not_come(self, n: int) -> None:
        """So much had been counted that did not come."""
        some = min(n, self.more)
        self.more -= some
        self.road += n - some


@dataclass
class Purchase:
    number: int
    need: int
    price: int
    unit: str
    credit: bool
    paid: int

    @property
    def owed(self) -> int:
        """What nobody has paid yet."""
        return self.price - self.paid


@dataclass
class Heap:
    """What one count brought into the store."""

    number: int
    source: int
    need: int
    goods: Goods
    n: int
    left: int


@dataclass
class Happening:
    """Something that can be put right, as it stands now."""

    number: int
    what: str
    need: int
    goods: Goods
    n: int
    about: int = 0          # the delivery counted, or the purchase paid


@dataclass
class Ledger:
    promises: dict[int, Promise] = field(default_factory=dict)
    sheets: dict[int, Sheet] = field(default_factory=dict)
    trips: dict[int, Trip] = field(default_factory=dict)
    purchases: dict[int, Purchase] = field(default_factory=dict)
    happenings: dict[int, Happening] = field(default_factory=dict)
    heaps: dict[int, Heap] = field(default_factory=dict)
    taken: dict[int, list[list[int]]] = field(default_factory=lambda: defaultdict(list))     # [heap, n]

    def here(self, goods: Goods) -> int:
        """How much of a thing is in the store."""
        return sum(heap.left for heap in self.heaps.values() if heap.goods == goods)

    def take(self, number: int, goods: Goods, n: int, need: int) -> None:
        """Take from the oldest heap that came for this need; from the oldest of all when there is none."""
        while n:
            full = [h for h in self.heaps.values() if h.goods == goods and h.left]
            heap = min(full, key=lambda h: (h.need != need, h.number))
            some = min(n, heap.left)
            heap.left -= some
            self.taken[number].append([heap.number, some])
            n -= some

    def give_back(self, number: int, n: int) -> None:
        """Put back what was taken last."""
        for one in reversed(self.taken[number]):
            some = min(n, one[1])
            one[1] -= some
            self.heaps[one[0]].left += some
            n -= some

    def move(self, number: int, goods: Goods, more: int, need: int) -> None:
        """So much more was taken than somebody wrote down, or less."""
        if more > 0:
            self.take(number, goods, more, need)
        else:
            self.give_back(number, -more)

    def trips_of(self, promise: int) -> list[Trip]:
        """The deliveries of a promise."""
        return [t for t in self.trips.values() if t.promise == promise]

    def sent(self, promise: int) -> int:
        """How much of a promise has left."""
        return sum(t.n for t in self.trips_of(promise) if t.sent)

    def done(self, promise: int) -> bool:
        """Whether all of it was sent, and nothing of it is on the road."""
        return self.sent(promise) >= self.promises[promise].n and not any(
            t.road for t in self.trips_of(promise)
        )

    def falling(self, promise: int, day: date, *, all_of_it: bool = False) -> list[Trip]:
        """What has not left and may not any more: its sheet is over, or the way is not safe."""
        return [t for t in self.trips_of(promise) if not t.sent and not t.fell
                and (all_of_it or not self.sheets[t.sheet or 0].stands(day))]

    def unchecked(self, promise: int, day: date) -> int:
        """How much of a promise is in no delivery that can still leave, or has left."""
        gone = [t.number for t in self.falling(promise, day)]
        kept = [t for t in self.trips_of(promise) if not t.fell and t.number not in gone]
        return self.promises[promise].n - sum(t.n for t in kept)
