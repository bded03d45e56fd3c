"""`act_many` of 1,000 imported needs, attested beforehand, against 1,000 bare rows inserted in one batch.

Wanted: at least 0.1.
"""

from __future__ import annotations

import statistics

from kept import INTO_BARE, Bench, ratio, seconds

from alongside.store.sql import here

ROUNDS, EACH = 9, 1_000


def main() -> None:
    """Print the ratio."""
    bench, db = Bench(), here()
    ours, bare = [], []

    def batch(rows: list[tuple[object, ...]]) -> None:
        with db.writing():
            db.many(INTO_BARE, rows)

    for n in range(ROUNDS):
        askings = [bench.naming(f"item {n}-{i}") for i in range(EACH)]
        outcomes = []
        ours.append(seconds(lambda a=askings, o=outcomes: o.extend(bench.book.act_many(a))) / EACH)
        assert all(o.number for o in outcomes), next(o for o in outcomes if not o.number)
        rows = bench.bare_rows(EACH, bench.entry_size())
        bare.append(seconds(lambda r=rows: batch(r)) / EACH)
    print(f"one of 1,000 acts {statistics.median(ours) * 1e6:.1f} µs,"
          f" one of 1,000 bare rows {statistics.median(bare) * 1e6:.1f} µs")
    print(f"ratio to bare rows in one batch: {ratio(ours, bare)}, wanted 0.10")


main()
