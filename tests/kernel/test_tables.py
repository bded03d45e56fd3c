"""The same promises of tables in memory and in SQL, of what was just put and of what was read again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.areas.consent.tables import Consent, Cover, How, Rest
from alongside.areas.partnership.tables import Charter, Group, Key, Member, Role, RoleName
from alongside.record.entry import new_book_id
from alongside.shape import replace
from alongside.store.rows import SqlTables
from alongside.tables import ROWS, Absent, MemoryTables, OwnTables, Row, Tables, Undeclared, declared, digest
from alongside.words import BookKind, Kind, Ref
from tests.kernel.values import DECLARED, FEW, filled

MONDAY = date(2026, 1, 26)
Again = Callable[[Any], Tables]


@pytest.fixture(params=["memory", "sql"])
def tables(request: pytest.FixtureRequest) -> Tables:
    if request.param == "memory":
        return MemoryTables()
    request.getfixturevalue("db")
    return SqlTables(new_book_id(secrets.token_bytes))


@pytest.fixture(params=["at once", "read again"])
def again(request: pytest.FixtureRequest) -> Again:
    """Look at tables as they are, or, where they lie in a database, as somebody else would read them."""
    return _read_again if request.param == "read again" else lambda tables: tables


def _read_again(tables: Tables) -> Tables:
    if isinstance(tables, SqlTables):
        tables.flush()
        return SqlTables(tables.book)
    return tables


def role(number: int, member: int = 1, which: RoleName = RoleName.KEEPER, ended: date | None = None) -> Role:
    return Role(number=number, member=member, role=which, from_day=MONDAY, ended=ended)


def consent(number: int, ally: int | None = None, leans_on: int | None = None) -> Consent:
    return Consent(number=number, how=How.GIVEN, ally=ally, kinds=(Kind("money"),), need=None, cap=None,
                   used=0, said=MONDAY, until=MONDAY, leans_on=leans_on, by=1, alone=False)


def numbers(rows: Any) -> list[int]:
    return [row.number for row in rows]


def test_a_row_is_found_by_its_number(tables: Tables, again: Again) -> None:
    tables.put(role(3))
    at = again(tables)
    assert at.get(Ref[Role](3)) == role(3)
    assert at.first(Role, number=3) == role(3) and at.find(Role, number=3) == [role(3)]
    assert role(3).ref == 3 and type(role(3).ref) is Ref[Role]


def test_what_is_not_there_is_absent(tables: Tables, again: Again) -> None:
    tables.put(role(3))
    at = again(tables)
    with pytest.raises(Absent):
        at.get(Ref[Role](4))
    with pytest.raises(Absent):
        at.get(Ref[Member](3))      # the number of a role is no member
    assert at.first(Role, number=4) is None and at.find(Role, member=9) == []
    assert list(at.all(Member)) == []


def test_what_was_asked_for_in_vain_is_found_once_it_is_put(tables: Tables) -> None:
    assert tables.first(Role, number=3) is None and tables.find(Role, member=1) == []
    tables.put(role(3))
    assert tables.get(Ref[Role](3)) == role(3) and numbers(tables.find(Role, member=1)) == [3]


def test_rows_come_in_the_order_of_their_keys(tables: Tables, again: Again) -> None:
    for number in (10, 2, 33, 1, 9):
        tables.put(role(number, member=number % 2))
    at = again(tables)
    assert numbers(at.all(Role)) == [1, 2, 9, 10, 33]
    assert numbers(at.find(Role, member=1)) == [1, 9, 33]
    first = at.first(Role, member=0)
    assert first is not None and first.number == 2


def test_keys_of_several_parts_come_in_the_order_of_the_parts(tables: Tables, again: Again) -> None:
    keys = [(2, "money", 0), (1, "money", 10), (1, "goods.food", 2), (1, "money", 9), (1, "goods", 1)]
    for ally, kind, need in keys:
        tables.put(Rest(ally=ally, kind=kind, need=need, until=None, by=1, times=1))
    at = again(tables)
    assert [(r.ally, r.kind, r.need) for r in at.all(Rest)] == sorted(keys)
    assert [(r.kind, r.need) for r in at.find(Rest, ally=1)] == sorted(k[1:] for k in keys if k[0] == 1)
    assert [r.need for r in at.find(Rest, ally=1, kind="money")] == [9, 10]
    one = at.first(Rest, need=2, kind=Kind("goods.food"), ally=1)
    assert one is not None and type(one.kind) is Kind


def test_nothing_is_an_answer_that_can_be_looked_up(tables: Tables, again: Again) -> None:
    for number, ally in ((1, None), (2, 7), (3, None), (4, 8)):
        tables.put(consent(number, ally, leans_on=2 if number > 2 else None))
    at = again(tables)
    assert numbers(at.find(Consent, ally=None)) == [1, 3]
    assert numbers(at.find(Consent, ally=7)) == [2]
    assert numbers(at.find(Consent, ally=0)) == []
    assert numbers(at.find(Consent, leans_on=None)) == [1, 2]
    assert numbers(at.find(Role, member=None)) == []


def test_a_changed_row_is_found_where_it_now_belongs(tables: Tables, again: Again) -> None:
    for number in (1, 2, 3):
        tables.put(role(number))
    assert numbers(tables.find(Role, member=1)) == [1, 2, 3] and tables.find(Role, member=2) == []
    before = tables.get(Ref[Role](2))
    tables.put(replace(before, member=2))
    at = again(tables)
    assert numbers(at.find(Role, member=1)) == [1, 3] and numbers(at.find(Role, member=2)) == [2]
    assert numbers(at.find(Role, role=RoleName.KEEPER)) == [1, 2, 3]
    assert numbers(at.find(Role, role="keeper", member=2)) == [2]
    assert before.member == 1       # a row that was read stays what it was


def test_a_row_changed_twice_back_and_forth(tables: Tables, again: Again) -> None:
    tables.put(role(1))
    for member in (2, 1, 2, 3, 1):
        now = tables.get(Ref[Role](1)).member
        assert len(tables.find(Role, member=member)) == (1 if member == now else 0)
        tables.put(role(1, member=member))
    at = again(tables)
    assert numbers(at.find(Role, member=1)) == [1]
    assert at.find(Role, member=2) == at.find(Role, member=3) == []


def test_whoever_walks_does_not_meet_what_she_puts(tables: Tables) -> None:
    for number in (1, 2, 3):
        tables.put(role(number))
    met = []
    for one in tables.all(Role):
        met.append(one)
        tables.put(replace(one, member=9))
        tables.put(replace(one, number=one.number + 10))
        tables.put(role(3, member=8))
    assert met == [role(1), role(2), role(3)]
    walking = tables.all(Role)
    tables.put(role(99))
    assert 99 not in numbers(walking)


def test_an_undeclared_look_up_is_refused(tables: Tables) -> None:
    undeclared: list[tuple[Any, dict[str, Any]]] = [
        (Role, {"from_day": MONDAY}), (Role, {}), (Rest, {"kind": "money"}), (Rest, {"need": 0}),
        (Role, {"member": 1, "number": 1}), (Role, {"nobody": 1}), (Charter, {"kind": "shared"})]
    for row, where in undeclared:
        with pytest.raises(Undeclared):
            tables.find(row, **where)
        with pytest.raises(Undeclared):
            tables.first(row, **where)


def test_every_declared_look_up_is_by_plain_codes_and_numbers() -> None:
    for kind in DECLARED:
        if issubclass(kind, Row):
            for way in (kind.key, *kind.found_by):
                assert set(declared(kind, reversed(way))) == set(way)


def test_a_look_up_by_anything_else_is_refused() -> None:
    class ByWords(Row):
        found_by = (("kinds",),)
        number: int
        kinds: tuple[Kind, ...]

    try:
        with pytest.raises(TypeError, match="kinds"):
            declared(ByWords, ["kinds"])
    finally:
        del ROWS["ByWords"]


@pytest.mark.parametrize("kind", [k for k in DECLARED if issubclass(k, Row)], ids=lambda kind: kind.__name__)
@pytest.mark.django_db
@settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_row_is_read_as_it_was_put(kind: type[Row], data: st.DataObject) -> None:
    row: Any = data.draw(filled(kind))
    tables, memory = SqlTables(new_book_id(secrets.token_bytes)), MemoryTables()
    for at in (tables, memory):
        at.put(row)
    tables.flush()
    read = SqlTables(tables.book)
    assert list(read.all(kind)) == list(memory.all(kind)) == [row]
    for way in (kind.key, *kind.found_by):
        where = {name: row.__dict__[name] for name in way}
        assert SqlTables(tables.book).find(kind, **where) == memory.find(kind, **where) == [row]
    assert digest(read) == digest(memory)


def test_the_digest_says_what_is_in_the_tables_and_nothing_else(tables: Tables, again: Again) -> None:
    empty = digest(tables)
    assert empty == digest(MemoryTables())
    other = MemoryTables()
    for number in (2, 1, 10):
        tables.put(role(number, member=9))
        tables.put(role(number))        # what it was before says nothing
    for number in (10, 2, 1):
        other.put(role(number))         # nor does the order in which it came
    assert digest(again(tables)) == digest(other) != empty
    tables.put(role(2, ended=MONDAY))
    assert digest(again(tables)) != digest(other)


def test_an_area_writes_and_reads_its_own_rows_only(tables: Tables) -> None:
    own = OwnTables(tables, "partnership")
    own.put(role(1))
    assert own.get(Ref[Role](1)) == own.first(Role, number=1) == role(1)
    assert own.find(Role, member=1) == list(own.all(Role)) == [role(1)]
    for touch in (lambda: own.put(consent(1)), lambda: own.get(Ref[Consent](1)), lambda: own.all(Consent),
                  lambda: own.first(Consent, number=1), lambda: own.find(Consent, ally=None)):
        with pytest.raises(PermissionError, match="consent"):
            touch()


# What only tables in SQL promise


@pytest.fixture
def sql(db: None) -> SqlTables:
    return SqlTables(new_book_id(secrets.token_bytes))


def test_what_is_not_flushed_is_nobody_else_s_to_see(sql: SqlTables) -> None:
    sql.put(role(1))
    assert SqlTables(sql.book).first(Role, number=1) is None
    sql.flush()
    assert SqlTables(sql.book).first(Role, number=1) == role(1)


def test_one_book_s_rows_are_not_another_s(sql: SqlTables) -> None:
    other = SqlTables(new_book_id(secrets.token_bytes))
    sql.put(role(1))
    other.put(role(1, member=2))
    for at in (sql, other):
        at.flush()
    assert SqlTables(sql.book).get(Ref[Role](1)).member == 1
    assert numbers(SqlTables(other.book).find(Role, member=1)) == []


def test_a_row_is_one_object_however_it_is_found(sql: SqlTables) -> None:
    sql.put(role(1))
    at = _read_again(sql)
    one = at.get(Ref[Role](1))
    assert at.find(Role, member=1)[0] is one and next(at.all(Role)) is one
    put = replace(one, ended=MONDAY)
    at.put(put)
    assert at.find(Role, member=1)[0] is put and next(at.all(Role)) is put and at.get(Ref[Role](1)) is put


def test_a_row_number_from_the_future_costs_no_query(sql: SqlTables, monkeypatch: pytest.MonkeyPatch) -> None:
    sql.put(role(1))
    at: Any = _read_again(sql)
    at.new_from = 2
    assert at.get(Ref[Role](1)) == role(1)
    monkeypatch.setattr(type(at.db), "one", lambda *_: pytest.fail("asked the database"))
    assert at.first(Role, number=2) is None
    at.put(role(2))
    assert at.get(Ref[Role](2)) == role(2)
    assert at.first(Role, number=3) is None


def test_small_tables_are_read_whole_and_many_rows_at_once(sql: SqlTables,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 1203):
        sql.put(role(number, member=number % 3))
    at: Any = _read_again(sql)
    at.fetch([Ref[Role](n) for n in range(1, 1300)])
    other: Any = _read_again(sql)
    other.load(Role)
    for name in ("one", "rows"):
        monkeypatch.setattr(type(at.db), name, lambda *_: pytest.fail("asked the database"))
    assert at.get(Ref[Role](1202)) == role(1202, member=2) and at.first(Role, number=1250) is None
    assert numbers(other.find(Role, member=1)) == list(range(1, 1203, 3))
    assert len(list(other.all(Role))) == 1202 and other.first(Role, number=1203) is None
    monkeypatch.undo()
    other.put(role(1203, member=1))
    assert numbers(other.find(Role, member=1))[-1] == 1203 and len(list(other.all(Role))) == 1203


# Any order of putting, looking, flushing and reading again, against a list that is searched from end to end

DAYS = st.sampled_from([None, MONDAY])
SMALL = st.integers(0, 3)
MAYBE = st.none() | st.integers(1, 3)
PUT: dict[type[Row], st.SearchStrategy[Any]] = {
    Role: st.builds(role, st.integers(1, 6), st.integers(1, 3), st.sampled_from(list(RoleName)[:2]), DAYS),
    Consent: st.builds(consent, st.integers(1, 6), MAYBE, MAYBE),
    Cover: st.fixed_dictionaries({
        "number": st.integers(1, 3), "line": st.integers(1, 3), "ally": SMALL, "need": SMALL,
        "kind": st.sampled_from(["money", "goods"]), "open": st.booleans()}).map(lambda of: Cover(**of)),
    Rest: st.fixed_dictionaries({
        "ally": SMALL, "kind": st.sampled_from(["money", "goods", "goods.food"]), "need": SMALL,
        "until": DAYS}).map(lambda of: Rest(**of, by=1, times=1)),
}
STEP = st.one_of(
    st.tuples(st.sampled_from(["flush", "again", "all"]), st.sampled_from(list(PUT))),
    *(st.tuples(st.sampled_from(["put", "find", "find"]), rows) for rows in PUT.values()))


def ways(kind: type[Row]) -> list[tuple[str, ...]]:
    return [kind.key, *(kind.key[:n] for n in range(1, len(kind.key))), *kind.found_by]


def searched(rows: dict[tuple[Any, ...], Row], **where: Any) -> list[Row]:
    found = [(key, r) for key, r in rows.items() if all(r.__dict__[n] == v for n, v in where.items())]
    return [r for _, r in sorted(found, key=lambda one: one[0])]


@pytest.mark.parametrize("kept", ["memory", "sql"])
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=40))
def test_any_sequence_gives_what_a_plain_search_gives(kept: str, steps: list[tuple[str, Any]]) -> None:
    book = new_book_id(secrets.token_bytes)
    at: Any = MemoryTables() if kept == "memory" else SqlTables(book)
    naive: dict[type[Row], dict[tuple[Any, ...], Row]] = {kind: {} for kind in PUT}
    for what, one in steps:
        if what == "put":
            at.put(one)
            naive[type(one)][tuple(one.__dict__[name] for name in one.key)] = one
        elif what == "find":
            for way in ways(type(one)):
                where = {name: one.__dict__[name] for name in way}
                found = searched(naive[type(one)], **where)
                assert at.find(type(one), **where) == found
                assert at.first(type(one), **where) == (found[0] if found else None)
        elif what == "all":
            assert list(at.all(one)) == searched(naive[one])
        elif kept == "sql":
            at.flush()
            at = at if what == "flush" else SqlTables(book)
    for kind, rows in naive.items():
        assert list(at.all(kind)) == list(_read_again(at).all(kind)) == searched(rows)


def test_a_group_and_its_people_are_not_mixed_up(tables: Tables, again: Again) -> None:
    """Numbers are shared between tables: the host's group, founder and charter are all called 1."""
    tables.put(Charter(number=1, kind=BookKind.SHARED, offset_minutes=0, rules=1))
    tables.put(Group(number=1, host=True, name=None, joined=MONDAY))
    tables.put(Member(number=1, group=1, host=True, name=None, joined=MONDAY, left=None))
    at = again(tables)
    assert type(at.get(Ref[Group](1))) is Group and type(at.get(Ref[Member](1))) is Member
    assert numbers(at.find(Group, host=True)) == [1] and at.find(Group, host=False) == []
    assert at.find(Member, group=Ref[Group](1)) == at.find(Member, group=1) != []
    assert not issubclass(Key, Row)
