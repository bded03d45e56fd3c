"""Ten thousand needs come in at once: naming one costs the same however many there are."""

from __future__ import annotations

from typing import Any

from alongside.areas.needs.tables import Need, Unwanted
from tests.told import Story, WatchedTables


class CountingTables(WatchedTables):
    """Counts the rows that anybody looked at."""

    looked = 0

    def find(self, row: Any, **where: Any) -> list[Any]:
        found = super().find(row, **where)
        self.looked += len(found)
        return found

    def all(self, row: Any) -> Any:
        raise AssertionError(f"somebody walks through all of {row.__name__}")


def test_naming_many_looks_at_no_more_rows_each_and_refuses_the_double_one():
    story = Story.partnership()
    sacks, coats = story.sacks(1), story.act("Amna", "needs.not_needed", kind="goods.clothes")
    lines = [story.asking("Amna", "needs.name", kind="goods.food", label=f"thing number {n}", quantity=sacks)
             for n in range(600)]
    lines.insert(300, story.asking("Amna", "needs.name", item=coats, quantity=sacks))
    counting = CountingTables()
    counting.__dict__.update(story.shared.tables.__dict__)
    story.shared.tables = counting
    try:
        outcomes = story.shared.act_many(lines)
    finally:
        story.shared.tables = WatchedTables()
        story.shared.tables.__dict__.update(counting.__dict__)
    assert [n for n, outcome in enumerate(outcomes) if outcome.refused] == [300]
    assert counting.looked < 10 * len(lines)
    assert len(story.rows(Need)) == 600 and len(story.rows(Unwanted)) == 1
    story.told["shared"].follow([])


def test_an_import_goes_in_line_by_line_or_not_at_all():
    story = Story.partnership()
    sacks, number = story.sacks(3), story.need(open=False)
    good = {"kind": "goods.food", "quantity": sacks}

    def lines() -> list[Any]:
        return [story.asking("Idris", "needs.name", label="lentils, split", **good),
                story.asking("Idris", "needs.name", item=number, quantity=sacks),
                story.asking("Maren", "needs.name", label="forty boxes of coats", **good)]

    with story.unchanged():
        none = story.act_many(lines(), all_or_none=True)
    assert [outcome.number for outcome in none] == [None] * 3 and none[0].refused is None
    some = story.act_many(lines())
    assert [outcome.refused is None for outcome in some] == [True, False, False]
    assert len(story.rows(Need)) == 2
