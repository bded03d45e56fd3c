"""Verifying the *rules* of every entry, without signatures, against strictly parsing and hashing the same
bytes.

Wanted: at most 4 times as long.
"""

from __future__ import annotations

import statistics

from kept import HOST, Bench, seconds

from alongside.audit import Auditor
from alongside.record.entry import Entry, leaf_hash
from alongside.record.seals import SealsWalk

ROUNDS, SIZE = 7, 4_000


def main() -> None:
    """Print the ratio."""
    bench = Bench()
    bench.book.act_many([bench.naming(f"item {n}") for n in range(SIZE // 2)])
    bench.book.act_many([bench.asking(HOST, "needs.confirm", need=bench.need) for _ in range(SIZE // 2)])
    record = list(bench.book.entries())

    def parse() -> None:
        for raw in record:
            Entry.read(raw)
            leaf_hash(raw)

    def rules() -> None:
        walk, auditor = SealsWalk(None), Auditor()
        for raw in record:
            auditor.check(walk.next(raw))

    parsed, ruled = [], []
    for _ in range(ROUNDS):
        parsed.append(seconds(parse) / len(record))
        ruled.append(seconds(rules) / len(record))
    ratios = sorted(r / p for r, p in zip(ruled, parsed, strict=True))
    print(f"parsing and hashing {statistics.median(parsed) * 1e6:.1f} µs an entry, rules"
          f" {statistics.median(ruled) * 1e6:.1f} µs")
    print(f"ratio of rules to parsing: {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}),"
          " wanted at most 4")


main()
