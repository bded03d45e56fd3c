"""Folding a record anew into SQLite tables, against performing its actions one by one.

Wanted: at least 10 entries replayed in the time of one single act.
"""

from __future__ import annotations

import statistics

from kept import HOST, Bench, ratio, seconds

from alongside.store.folding import refold
from alongside.store.schema import all_rows, compiled
from alongside.store.sql import here

ROUNDS, EACH, SIZE = 7, 200, 5_000


def main() -> None:
    """Print the ratio."""
    bench, db = Bench(), here()
    bench.book.act_many([bench.naming(f"item {n}") for n in range(SIZE // 2)])
    bench.book.act_many([bench.asking(HOST, "needs.confirm", need=bench.need) for _ in range(SIZE // 2)])
    single, replayed = [], []

    def again() -> None:
        with db.writing():
            for row in all_rows():
                db.run(f"DELETE FROM {compiled(row).table}")
            refold(bench.book.id)

    for _ in range(ROUNDS):
        askings = [bench.asking(HOST, "needs.confirm", need=bench.need) for _ in range(EACH)]
        single.append(seconds(lambda a=askings: [bench.book.act(one) for one in a]) / EACH)
        replayed.append(seconds(again) / (SIZE + EACH))
    print(f"one act {statistics.median(single) * 1e6:.0f} µs, one entry replayed"
          f" {statistics.median(replayed) * 1e6:.1f} µs")
    print(f"ratio of replay to single acts: {ratio(replayed, single)}, wanted 10")


main()
