"""A fold writes its own area's rows and nothing else, so that the order of areas cannot matter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alongside.areas.needs.tables import Item
from alongside.areas.partnership import adopt_rules
from alongside.audit import Auditor, NotSo, replay
from alongside.fact import FACTS, Entered, Fact
from alongside.fold import FOLDS, fold, folds
from alongside.record.entry import Entry, decode, encode
from alongside.tables import MemoryTables, OwnTables, digest
from alongside.words import Kind, Ref
from tests.gate.trial import trials
from tests.people import LANTERN_STREET
from tests.told import MONDAY, Story

ITEM = Item(number=1, kind=Kind("goods"), label=None)


def told() -> Story:
    """A story in which most facts happen."""
    story = Story.partnership()
    first = story.first_yes(["money", "goods"])
    asked = story.act("Maren", "consent.ask", kind="goods.food")
    story.act("Amna", "consent.give", ally=story.number(LANTERN_STREET), kind="goods", until=story.today,
              asking=asked)
    story.act("Nuha", "consent.not_now", asking=story.act("Lucía", "consent.ask", kind="media"))
    story.act("Amna", "needs.not_needed", kind="goods.food")
    need = story.need(rank=1)
    story.act("Idris", "needs.rank", need=story.need(label="Water salts", rank=2), rank=1)
    story.act("Idris", "needs.confirm", need=need, quantity=story.sacks(7))
    stop = story.act("Idris", "safety.stop")
    for who in ("Amna", "Nuha"):
        story.act(who, "safety.lift", stop=stop)
    story.act("Amna", "consent.withdraw", consent=first, reason="not any more, we said")
    return story


@pytest.fixture(scope="module")
def story() -> Story:
    return told()


def entries(story: Story) -> list[Entry]:
    return [Entry.read(raw) for raw in story.shared.entries()]


def test_replaying_from_nothing_gives_what_living_gave(story: Story):
    assert digest(replay(entries(story), MemoryTables())) == digest(story.shared.tables)


def test_the_order_in_which_areas_fold_does_not_matter(story: Story, monkeypatch: pytest.MonkeyPatch):
    for fact, many in FOLDS.items():
        monkeypatch.setitem(FOLDS, fact, many[::-1])
    assert any(len(many) > 1 for many in FOLDS.values())
    assert digest(replay(entries(story), MemoryTables())) == digest(story.shared.tables)


@pytest.mark.parametrize("touch", [
    lambda at: at.put(ITEM), lambda at: at.get(Ref[Item](1)), lambda at: at.first(Item, number=1),
    lambda at: at.find(Item, kind="goods"), lambda at: at.all(Item)])
def test_a_fold_may_not_touch_another_area_s_rows(touch: object):
    tables = MemoryTables()
    tables.put(ITEM)
    touch(OwnTables(tables, "needs"))  # type: ignore[operator]  # each a function
    with pytest.raises(PermissionError, match="a fold of consent may not touch Item of needs"):
        touch(OwnTables(tables, "consent"))  # type: ignore[operator]  # each a function


def test_a_living_book_refuses_such_a_fold_and_keeps_nothing(story: Story, monkeypatch: pytest.MonkeyPatch):
    def meddle(fact: object, entry: object, at: OwnTables) -> None:
        at.put(ITEM)

    meddle.__module__ = "alongside.areas.safety.meddle"
    fact = FACTS["ConsentAsked", 1]
    monkeypatch.setitem(FOLDS, fact, [*FOLDS[fact]])
    folds(fact)(meddle)
    with story.unchanged(), pytest.raises(PermissionError):
        story.act("Lucía", "consent.ask", kind="money")


def test_an_auditor_notices_a_row_that_no_fact_made(story: Story):
    copy = MemoryTables()
    replay(entries(story), copy)
    copy.put(ITEM)
    assert digest(copy) != digest(story.shared.tables)


# Rules versions


@pytest.fixture
def counted() -> Iterator[type[Fact]]:
    """A fact that is folded one way under rules 1, and another from rules 2 on."""
    fact = type("Counted", (Fact,), {"__module__": "alongside.areas.needs.trial",
                                     "__annotations__": {"item": int}, "says": "{by} counted {item}."})

    def old(fact: object, entry: Entered, at: OwnTables) -> None:
        at.put(Item(number=entry.number, kind=Kind("goods"), label=None))

    def new(fact: object, entry: Entered, at: OwnTables) -> None:
        at.put(Item(number=entry.number, kind=Kind("money"), label=None))

    old.__module__ = new.__module__ = "alongside.areas.needs.trial"
    folds(fact, before=2)(old)
    folds(fact, since=2)(new)
    yield fact
    del FOLDS[fact], FACTS["Counted", 1]


def test_a_fact_is_folded_by_the_new_fold_only_from_its_version_on(counted: type[Fact]):
    tables = MemoryTables()
    for number, rules in ((1, 1), (2, 2), (3, 3), (4, 1)):
        entry = Entered(number, MONDAY, 1, rules, None, counted(item=1))  # type: ignore[arg-type]  # no asking
        fold(entry, tables)
    assert [item.kind for item in tables.all(Item)] == ["goods", "money", "money", "goods"]


def test_an_action_is_known_only_under_its_rules(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(adopt_rules, "LATEST", 2)
    with trials():
        story = Story.partnership()
        story.first_yes(["money"])
        story.act("Maren", "trial.move_by_old_rules", kind="money")
        assert story.refused("Maren", "trial.move_by_new_rules", kind="money") == ["not-in-rules"]
        story.act("Amna", "partnership.adopt_rules", rules=2)
        story.act("Maren", "trial.move_by_new_rules", kind="money")
        assert story.refused("Maren", "trial.move_by_old_rules", kind="money") == ["not-in-rules"]


# What an auditor notices


def altered(story: Story, number: int, **changes: object) -> list[Entry]:
    """The record with one entry's members changed, as somebody might who can write the file."""
    raws = list(story.shared.entries())
    raws[number - 1] = encode({**decode(raws[number - 1]), **changes})
    return [Entry.read(raw) for raw in raws]


def why(whole: list[Entry]) -> str:
    auditor = Auditor()
    with pytest.raises(NotSo) as wrong:
        for entry in whole:
            auditor.check(entry)
    return str(wrong.value)


def test_an_auditor_names_the_first_entry_that_was_not_permitted_or_is_not_what_was_asked(story: Story):
    withdrawn = story.shared.tree.size
    assert "was not permitted: not-yours" in why(altered(story, withdrawn, author=story.number("Maren")))
    assert "under rules 2, which were not in force" in why(altered(story, withdrawn, rules=2))
    fact = entries(story)[withdrawn - 1].fact
    for kinds in (["money"], ["goods", "money"]):
        other = {**fact, "fields": {**fact["fields"], "kinds": kinds}}
        assert "does not become the fact" in why(altered(story, withdrawn, fact=other))
