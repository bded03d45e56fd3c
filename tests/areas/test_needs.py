"""The living list. The host alone names, orders, confirms and opens needs, and says what is not needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.areas.consent.tables import Consent, Cover, How
from alongside.areas.needs.order import put_in_order
from alongside.areas.needs.tables import RANKS_MOST, Item, Need, Region, Unit, Unwanted
from alongside.areas.needs.wanted import unwanted_for
from alongside.shape import replace
from alongside.tables import MemoryTables
from alongside.words import Kind, Quantity, Ref
from tests.people import LANTERN_STREET
from tests.told import MONDAY, Story


@pytest.fixture
def story() -> Story:
    return Story.partnership()


def test_the_host_lists_things_units_and_regions_and_their_names_are_words(story: Story):
    item = story.act("Idris", "needs.list_item", kind="goods.tools", label="A belt for the pump")
    unit = story.act("Nuha", "needs.list_unit", label="kilograms, weighed", decimals=3)
    region = story.act("Amna", "needs.list_region", label="the east lane")
    assert story.words(story.row(Item, item).label) == "A belt for the pump"
    assert story.words(story.row(Region, region).label) == "the east lane"
    assert story.row(Unit, unit).decimals == 3
    assert story.unclear("Amna", "needs.list_unit", label="a drop", decimals=4) == "decimals"
    assert story.unclear("Amna", "needs.list_unit", label="a drop", decimals=-1) == "decimals"


@pytest.mark.parametrize("verb, fields", [
    ("list_item", {"kind": "goods.food", "label": "Sorghum seed"}),
    ("list_unit", {"label": "a sack of 50 kg"}),
    ("list_region", {"label": "the east lane"}),
    ("name", {"kind": "goods.food", "label": "Sorghum seed", "quantity": [5, "XTS"]}),
    ("rank", {"need": 0, "rank": 1}),
    ("confirm", {"need": 0}),
    ("open", {"need": 0}),
    ("not_needed", {"kind": "goods.clothes"}),
])
def test_nobody_abroad_writes_on_the_list(story: Story, verb: str, fields: dict[str, object]):
    if "need" in fields:
        fields = {**fields, "need": story.need()}
    for who in ("Maren", "Tariq", "Lucía"):
        assert story.refused(who, f"needs.{verb}", **fields) == ["not-yours"]
    assert story.refused("Sami", f"needs.{verb}", **fields) == ["unseen"]
    assert story.refused("Amna", f"needs.{verb}", book="inner", **fields) in (["other-book"], ["unseen"])


def test_a_new_need_lists_its_item_under_its_own_number(story: Story):
    number = story.need(whom="families by the river", by_when=story.today)
    need, item = story.row(Need, number), story.row(Item, number)
    assert (need.item, item.kind, story.words(item.label)) == (number, "goods.food", "Sorghum in sacks")
    assert (need.rank, need.confirmed, need.closed) == (0, story.today, False)
    assert story.words(need.whom) == "families by the river"


def test_a_need_of_a_listed_item_takes_its_kind(story: Story):
    item = story.act("Idris", "needs.list_item", kind="goods.tools", label="A belt for the pump")
    region = story.act("Amna", "needs.list_region", label="the east lane")
    number = story.act("Idris", "needs.name", item=item, quantity=[3, "XTS"], region=region, rank=1)
    need = story.row(Need, number)
    assert (need.kind, need.item, need.region, need.rank) == ("goods.tools", item, region, 1)
    with pytest.raises(LookupError):
        story.row(Item, number)


def test_a_need_says_what_is_missing_in_one_way(story: Story):
    item = story.act("Idris", "needs.list_item", kind="goods.tools", label="A belt for the pump")
    wrong = [{}, {"kind": "goods.food"}, {"label": "Sorghum seed"}, {"item": item, "kind": "goods.tools"},
             {"item": item, "label": "Sorghum seed"}]
    for fields in wrong:
        assert story.refused("Amna", "needs.name", quantity=[1, "XTS"], **fields) == ["need-of-what"]
    yesterday = story.today - timedelta(days=1)
    late = {"item": item, "quantity": [1, "XTS"], "by_when": yesterday}
    assert story.refused("Amna", "needs.name", **late) == ["need-passed"]
    assert story.unclear("Amna", "needs.name", item=item, quantity=[0, "XTS"]) == "quantity"
    assert story.unclear("Amna", "needs.name", item=item, quantity=[1, "XTS"], rank=RANKS_MOST + 1) == "rank"
    assert story.refused("Amna", "needs.name", item=item, quantity=[1, "u999"]) == ["unseen"]
    assert story.refused("Amna", "needs.name", item=999, quantity=[1, "XTS"]) == ["unseen"]


def test_the_same_thing_in_the_same_region_is_named_once(story: Story):
    number = story.need()
    lane, river = (story.act("Amna", "needs.list_region", label=label) for label in ("the lane", "the river"))
    again = {"item": number, "quantity": story.sacks(5)}
    assert story.refused("Nuha", "needs.name", **again) == ["need-named"]
    story.act("Nuha", "needs.name", region=lane, **again)
    assert story.refused("Nuha", "needs.name", region=lane, **again) == ["need-named"]
    story.act("Nuha", "needs.name", region=river, **again)


def test_confirming_makes_fresh_and_may_say_another_quantity(story: Story):
    number = story.need()
    assert not story.row(Need, number).stale(story.today + timedelta(days=90))
    story.days_later(91)
    assert story.row(Need, number).stale(story.today)
    story.act("Idris", "needs.confirm", need=number)
    assert not story.row(Need, number).stale(story.today)
    assert story.row(Need, number).quantity == story.sacks(40)
    story.act("Nuha", "needs.confirm", need=number, quantity=story.sacks(12))
    assert story.row(Need, number).quantity == story.sacks(12)
    assert story.refused("Nuha", "needs.confirm", need=number, quantity=[12, "XTS"]) == ["need-unit"]
    assert story.unclear("Nuha", "needs.confirm", need=number, quantity=story.sacks(0)) == "quantity"
    assert story.refused("Nuha", "needs.confirm", need=1) == ["unseen"]


def test_opening_is_a_yes_to_be_offered_and_ends_by_itself(story: Story):
    number = story.need(open=False)
    ally = story.number(LANTERN_STREET)
    story.act("Idris", "needs.open", need=number, ally=ally, kinds=["money", "goods.food"],
              until=story.today + timedelta(days=90))
    yes = story.rows(Consent)[-1]
    assert (yes.how, yes.need, yes.by) == (How.OPENED, number, story.number("Idris"))
    assert yes.stands(story.today + timedelta(days=90)) and not yes.stands(story.today + timedelta(days=91))
    assert [(c.ally, c.need, c.open) for c in story.rows(Cover)] == [(ally, number, True)] * 2
    story.act("Idris", "needs.open", need=number)
    assert story.rows(Consent)[-1].ally is None and story.rows(Consent)[-1].kinds == ("goods.food",)


def test_opening_has_bounds(story: Story):
    number, day = story.need(open=False), story.today
    assert story.refused("Amna", "needs.open", need=number, until=day + timedelta(days=91)) == ["open-days"]
    assert story.refused("Amna", "needs.open", need=number, until=day - timedelta(days=1)) == ["until-passed"]
    assert story.refused("Amna", "needs.open", need=number, ally=1) == ["not-an-ally"]
    assert story.refused("Amna", "needs.open", need=number, ally=999) == ["unseen"]
    story.days_later(91)
    assert story.refused("Amna", "needs.open", need=number) == ["open-stale"]
    story.act("Amna", "needs.confirm", need=number)
    story.act("Amna", "needs.open", need=number)


def test_what_is_not_needed_is_said_once_and_seen_with_its_reason(story: Story):
    coats = story.act("Amna", "needs.list_item", kind="goods.clothes", label="Winter coats")
    said = story.act("Nuha", "needs.not_needed", item=coats, why="It is forty degrees in the shade here")
    assert story.words(story.row(Unwanted, said).why) == "It is forty degrees in the shade here"
    assert story.refused("Amna", "needs.not_needed", item=coats) == ["unwanted-already"]
    story.act("Amna", "needs.not_needed", kind="goods.clothes")
    assert story.refused("Amna", "needs.not_needed", kind="goods.clothes") == ["unwanted-already"]
    for fields in ({}, {"item": coats, "kind": "goods.clothes"}):
        assert story.refused("Amna", "needs.not_needed", **fields) == ["unwanted-what"]


def test_naming_a_need_takes_back_what_stands_against_it_and_nothing_else(story: Story):
    coats = story.act("Amna", "needs.list_item", kind="goods.clothes", label="Winter coats")
    scarves = story.act("Amna", "needs.list_item", kind="goods.clothes", label="Woollen scarves")
    goods, clothes = (story.act("Amna", "needs.not_needed", kind=kind) for kind in ("goods", "goods.clothes"))
    no_coats, no_scarves = (story.act("Amna", "needs.not_needed", item=item) for item in (coats, scarves))
    assert len(unwanted_for(story.shared.tables, Kind("goods.clothes"), coats)) == 3
    story.act("Amna", "needs.name", item=coats, quantity=[1, "XTS"])
    assert {u.number: u.ended for u in story.rows(Unwanted)} == {
        goods: True, clothes: True, no_coats: True, no_scarves: False}
    story.act("Amna", "needs.not_needed", kind="goods.clothes")


# The host's order


PLAIN = Need(number=1, item=Ref[Item](1), kind=Kind("goods"), quantity=Quantity(1, "XTS"), region=None,
             region_number=0, whom=None, by_when=None, rank=0, confirmed=MONDAY, closed=False)


def in_order(needs: Iterable[Need]) -> list[int]:
    return [need.number for need in sorted(needs, key=lambda n: n.rank) if need.rank]


def order(story: Story) -> list[int]:
    return in_order(story.rows(Need))


def test_a_need_put_first_moves_the_others_down_and_leaves_no_gap(story: Story):
    a, b, c = (story.need(label=label, rank=place, open=False) for place, label in enumerate("abc", 1))
    assert order(story) == [a, b, c]
    story.act("Idris", "needs.rank", need=c, rank=1)
    assert order(story) == [c, a, b]
    story.act("Idris", "needs.rank", need=c, rank=3)
    assert order(story) == [a, b, c]
    story.act("Idris", "needs.rank", need=a, rank=0)
    assert order(story) == [b, c] and story.row(Need, b).rank == 1
    first = story.need(label="d", rank=1, open=False)
    assert order(story) == [first, b, c]
    assert story.refused("Idris", "needs.rank", need=b, rank=2) == ["ranked-already"]
    assert story.unclear("Idris", "needs.rank", need=b, rank=RANKS_MOST + 1) == "rank"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 6)), max_size=30))
def test_however_needs_are_moved_no_two_share_a_place_and_none_is_lost(moves: list[tuple[int, int]]):
    at = MemoryTables()
    for number in range(1, 9):
        at.put(replace(PLAIN, number=number))
    for number, rank in moves:
        others = [n for n in in_order(at.all(Need)) if n != number]
        put_in_order(at, at.get(Ref[Need](number)), rank)
        assert at.get(Ref[Need](number)).rank == rank
        ranks = [n.rank for n in at.all(Need) if n.rank]
        assert len(ranks) == len(set(ranks)) and len(list(at.all(Need))) == 8
        assert [n for n in in_order(at.all(Need)) if n != number] == others, "the others changed order"


def test_what_is_pushed_beyond_the_last_place_is_unranked():
    at = MemoryTables()
    for number in range(1, RANKS_MOST + 2):
        put_in_order(at, replace(PLAIN, number=number), 1)
    assert [at.get(Ref[Need](n)).rank for n in (1, 2, RANKS_MOST + 1)] == [0, RANKS_MOST, 1]
