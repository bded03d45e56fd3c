"""A page reads many tables in one query, and then knows what it asked, and what is not there."""

from __future__ import annotations

import pytest

from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.exchange.ledger import Balance, Progress
from alongside.areas.exchange.tables import Delivery, Offer, Promise
from alongside.areas.needs.tables import Item, Need, Unit
from alongside.areas.partnership.tables import Charter, Group, Member, Role
from alongside.areas.safety.tables import Stop
from alongside.pages.gather import Look, PageTables, look, newest, refs_in
from alongside.store.rows import SqlTables
from alongside.tables import Undeclared
from alongside.words import Ref
from tests.pages.kitchen import Kitchen, busy, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def kitchen() -> Kitchen:
    return busy()


@pytest.fixture
def at(kitchen: Kitchen) -> PageTables:
    return PageTables(kitchen.shared.id)


def test_one_query_for_many_tables(kitchen: Kitchen, at: PageTables,
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    need = kitchen.numbers["Sorghum"]
    looks = (look(Charter), look(Group), look(Member), look(Stop, open=True), look(Progress, need=need),
             look(Offer, need=need), look(Delivery, open=True), look(Need, number=[need, 99_999]))
    with counted(monkeypatch) as queries:
        found = at.gather(*looks)
        for one, rows in zip(looks, found, strict=True):
            if one.where and "number" not in one.where:
                assert at.find(one.row, **one.where) == rows
        assert at.get(Ref[Need](need)).number == need
        assert at.first(Need, number=99_999) is None
        assert len(list(at.all(Member))) == 6
    assert len(queries.all) == 1


def test_it_finds_what_single_look_ups_find(kitchen: Kitchen, at: PageTables) -> None:
    plain = SqlTables(kitchen.shared.id)
    need = kitchen.numbers["Sorghum"]
    for row, where in ((Consent, {"how": "opened"}), (Consent, {"ally": None}), (Promise, {"done": False}),
                       (Cover, {"open": True}), (Progress, {"need": need}), (Role, {"role": "steward"}),
                       (Balance, {"account": "store", "thing": "money", "unit": "XTS"})):
        [found] = at.gather(look(row, **where))
        assert found == plain.find(row, **where)
        assert found, row


def test_any_of_several_values_and_what_none_has(at: PageTables, monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = at.gather(look(Consent, how=["opened", "accepted", "given"]))
    with counted(monkeypatch) as queries:
        assert [row for how in ("opened", "accepted") for row in at.find(Consent, how=how)] == sorted(
            found, key=lambda row: (row.how != "opened", row.number))
        assert at.find(Consent, how="given") == []
    assert queries.all == []
    none, all_or_nobody = at.gather(look(Consent, how=[]), look(Consent, ally=[None, 999]))
    assert (none, all_or_nobody) == ([], at.find(Consent, ally=None))


def test_the_newest_and_those_before(at: PageTables) -> None:
    [whole] = at.gather(look(Consent))
    numbers = [row.number for row in whole]
    [last] = at.gather(newest(Consent, 3))
    assert [row.number for row in last] == numbers[:-4:-1]
    [before] = at.gather(newest(Consent, 2, before=last[-1].number))
    assert [row.number for row in before] == numbers[-4:-6:-1]
    assert len(at.find(Consent, how="opened")) > 3      # a part that was read is not taken for the whole


def test_in_another_order_behind_a_value(at: PageTables) -> None:
    [found] = at.gather(Look(Need, {"closed": False}, 2, ("rank", "number"), beyond=1))
    assert [need.rank for need in found] == [2, 3]


def test_only_declared_look_ups(at: PageTables) -> None:
    with pytest.raises(Undeclared):
        at.gather(look(Need, confirmed=1))


def test_what_rows_refer_to_is_followed(kitchen: Kitchen, at: PageTables,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    offer = at.get(Ref[Offer](kitchen.numbers["offer"]))
    assert {ref.row for ref in refs_in([offer])} >= {Need, Item, Unit, Group, Consent}
    at.follow([offer])
    with counted(monkeypatch) as queries:
        at.get(at.get(offer.need or Ref[Need](0)).item)
        at.get(offer.cover or Ref[Consent](0))
    assert queries.all == []
