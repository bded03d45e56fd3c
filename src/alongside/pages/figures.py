"""A figure says what its words say, and nothing more: lengths are worked out here, drawn and told as a
table elsewhere.

Lengths are percentages, so that one figure serves a small phone and paper. A figure for a reader who reads
from the right is worked out anew (x becomes 100 - x); it is never flipped with its words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Strand:
    """A stretch of a bar: `here` is full, `way` thin, `said` and `over` are outlines. Start and length
    in percent."""

    kind: str
    start: float
    length: float


def bar(*, here: float = 0, way: float = 0, said: float = 0, of: float,
        mirrored: bool = False) -> list[Strand]:
    """How much of something is here, on the way and promised. More than the whole is drawn as the whole."""
    strands, start, whole = [], 0.0, max(of, here + way + said) or 1
    for kind, amount in (("here", here), ("way", way), ("said", said)):
        if amount > 0:
            strands.append(_strand(kind, start, 100 * amount / whole, mirrored))
            start += 100 * amount / whole
    return strands


@dataclass(frozen=True)
class Span:
    """Something that holds from one day to another; `ended` is when it was ended before its time."""

    first: date
    last: date
    ended: date | None = None


@dataclass(frozen=True)
class Timeline:
    """Spans on one axis, with today's line and the first of each month."""

    rows: list[list[Strand]]
    today: float | None
    months: list[tuple[float, date]]
    mirrored: bool


def timeline(spans: Sequence[Span], today: date, *, first: date | None = None, last: date | None = None,
             mirrored: bool = False) -> Timeline:
    """Every span between `first` and `last` (or as far as the spans and today reach)."""
    first = first or min([today, *(span.first for span in spans)])
    last = last or max([today, *(span.last for span in spans)])
    whole = max(1, (last - first).days)

    def at(day: date) -> float:
        return min(100.0, max(0.0, 100 * (day - first).days / whole))

    rows = [[_strand(kind, at(start), at(end) - at(start), mirrored)
             for kind, start, end in _stretches(span, today) if end > first and start < last]
            for span in spans]
    months = [(_x(at(month), mirrored), month) for month in _months(first, last)]
    inside = first <= today <= last
    return Timeline(rows, _x(at(today), mirrored) if inside else None, months, mirrored)


def _stretches(span: Span, today: date) -> list[tuple[str, date, date]]:
    if span.ended is None:
        return [("here" if span.last >= today else "over", span.first, span.last)]
    if span.ended <= span.first:
        return [("over", span.first, span.last)]
    return [("here", span.first, span.ended), ("said", span.ended, span.last)]


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            yield month
        month = (month + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True)
class Flow:
    """So much went from one source to one use. `own` is the host's own: drawn strongest."""

    source: Hashable
    use: Hashable
    amount: int
    own: bool = False


@dataclass(frozen=True)
class Bank:
    """One end of the river: what it is, how much, and where its mark and its two lines of words stand."""

    name: Hashable
    amount: int
    top: float
    height: float
    words: float


@dataclass(frozen=True)
class Ribbon:
    """One flow as it is drawn."""

    flow: Flow
    path: str


@dataclass(frozen=True)
class River:
    """Sources on the side where reading starts, uses on the other. `near` and `far` are the marks' x."""

    height: float
    sources: list[Bank]
    uses: list[Bank]
    ribbons: list[Ribbon]
    near: int
    far: int
    mirrored: bool


# The stream is 200 wide and scaled to what there is; its marks are 4 wide. Heights are pixels, so that
# words fit.
_MARK, _WIDTH = 4, 200
_STREAM, _SLOT, _GAP = 280.0, 40.0, 8.0


def river(flows: Sequence[Flow], *, mirrored: bool = False) -> River:
    """Where it came from and where it went. Order is the caller's: the first source is on top."""
    flows = [flow for flow in flows if flow.amount > 0]
    scale = _STREAM / (sum(flow.amount for flow in flows) or 1)
    left = _totals(flows, "source")
    right = _totals(flows, "use")
    height = max(_reach(left, scale), _reach(right, scale), 1.0)
    sources, uses = _banks(left, scale, height), _banks(right, scale, height)
    return River(height, sources, uses, _ribbons(flows, sources, uses, scale, mirrored),
                 _WIDTH - _MARK if mirrored else 0, 0 if mirrored else _WIDTH - _MARK, mirrored)


def _totals(flows: Sequence[Flow], end: str) -> dict[Hashable, int]:
    totals: dict[Hashable, int] = {}
    for flow in flows:
        totals[getattr(flow, end)] = totals.get(getattr(flow, end), 0) + flow.amount
    return totals


def _slot(amount: int, scale: float) -> float:
    return max(amount * scale, _SLOT)


def _reach(totals: dict[Hashable, int], scale: float) -> float:
    return sum(_slot(amount, scale) for amount in totals.values()) + _GAP * max(0, len(totals) - 1)


def _banks(totals: dict[Hashable, int], scale: float, height: float) -> list[Bank]:
    """Each end in a slot high enough for its words, the slots spread over the whole height."""
    spare = height - _reach(totals, scale)
    gap = _GAP + spare / max(1, len(totals) - 1) if len(totals) > 1 else 0.0
    top = 0.0 if len(totals) > 1 else spare / 2
    banks = []
    for name, amount in totals.items():
        slot, tall = _slot(amount, scale), amount * scale
        banks.append(Bank(name, amount, _px(top + (slot - tall) / 2), _px(tall), _px(top + slot / 2)))
        top += slot + gap
    return banks


def _ribbons(flows: Sequence[Flow], sources: Sequence[Bank], uses: Sequence[Bank], scale: float,
             mirrored: bool) -> list[Ribbon]:
    out = {bank.name: bank.top for bank in sources}
    into = {bank.name: bank.top for bank in uses}
    order = {bank.name: place for place, bank in enumerate(sources)}
    near, far = (_WIDTH - _MARK, _MARK) if mirrored else (_MARK, _WIDTH - _MARK)
    ribbons = []
    for flow in sorted(flows, key=lambda each: order[each.source]):
        tall, start, end = flow.amount * scale, out[flow.source], into[flow.use]
        out[flow.source], into[flow.use] = start + tall, end + tall
        middle = _WIDTH // 2
        path = (f"M{near} {_px(start)}C{middle} {_px(start)} {middle} {_px(end)} {far} {_px(end)}"
                f"V{_px(end + tall)}C{middle} {_px(end + tall)} {middle} {_px(start + tall)} {near} "
                f"{_px(start + tall)}Z")
        ribbons.append(Ribbon(flow, path))
    return ribbons


def _strand(kind: str, start: float, length: float, mirrored: bool) -> Strand:
    return Strand(kind, _px(100 - start - length if mirrored else start, 2), _px(length, 2))


def _x(at: float, mirrored: bool) -> float:
    return _px(100 - at if mirrored else at, 2)


def _px(value: float, places: int = 1) -> float:
    rounded = round(value, places)
    return int(rounded) if rounded == int(rounded) else rounded
