"""One durable action through `act`, against one bare row committed beside it, and one event of
`eventsourcing`.

Wanted: at least 0.5 of a bare one-row commit, and at least as fast as the peer. SQLite, synchronous FULL.
"""

from __future__ import annotations

import statistics
from uuid import uuid4

from kept import FOLDER, HOST, INTO_BARE, Bench, ratio, seconds

from alongside.store.sql import here

ROUNDS, EACH = 15, 100


def peer() -> object:
    """An application of PyPI's eventsourcing on SQLite in a file, and how it saves one event."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Yes(Aggregate):
        @event("Given")
        def __init__(self, ally: int, kind: str, until: str) -> None:
            self.ally, self.kind, self.until = ally, kind, until

        @event("Withdrawn")
        def withdraw(self, day: str) -> None:
            self.ended = day

    app: Application = Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite",
                                        "SQLITE_DBNAME": f"{FOLDER}/peer-{uuid4().hex}.sqlite3"})

    def save() -> None:
        app.save(Yes(ally=3, kind="money", until="2026-03-03"))

    return save


def main() -> None:
    """Print the ratios."""
    bench, save, db = Bench(), peer(), here()
    ours, bare, events = [], [], []
    for _ in range(ROUNDS):
        askings = [bench.asking(HOST, "needs.confirm", need=bench.need) for _ in range(EACH)]
        ours.append(seconds(lambda a=askings: [bench.book.act(one) for one in a]) / EACH)
        rows = bench.bare_rows(EACH, bench.entry_size())
        bare.append(seconds(lambda r=rows: [db.run(INTO_BARE, row) for row in r]) / EACH)
        events.append(seconds(lambda: [save() for _ in range(EACH)]) / EACH)
    print(
        f"one act {statistics.median(ours) * 1e6:.0f} µs,"
        f" one bare commit {statistics.median(bare) * 1e6:.0f} µs,"
        f" one event of eventsourcing {statistics.median(events) * 1e6:.0f} µs"
    )
    print(f"ratio to a bare one-row commit: {ratio(ours, bare)}, wanted 0.50")
    print(f"ratio to eventsourcing saving one event: {ratio(ours, events)}, wanted 1.00")


main()
