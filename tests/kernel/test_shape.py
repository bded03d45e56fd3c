"""What an action, a fact and a row hold comes back the same from JSON and from columns."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.action import ACTIONS, Asks, asks
from alongside.record.entry import encode
from alongside.shape import Shape, default_of, replace
from alongside.words import Kind, Quantity, Ref, Sealed, Unclear
from tests.kernel.values import DECLARED, FEW, filled

COMMITMENT = "A" * 43 + "="


class Colour(StrEnum):
    BLUE = "blue"
    RED = "red"


class Thing(Shape):
    number: int


class Line(Shape):
    thing: Ref[Thing]
    amount: Quantity
    note: str | None = None


class Every(Shape):
    """One of everything, none of it missing."""

    whole: int
    yes: bool
    code: str
    day: date
    kind: Kind
    amount: Quantity
    words: Sealed
    thing: Ref[Thing]
    colour: Colour
    line: Line
    many: tuple[Kind, ...]
    lines: tuple[Line, ...]


class Some(Shape):
    """What may be missing, each in its own way."""

    must: int
    may: int | None
    left: int = 7
    asked: int = asks("How many?", default=3)
    reason: Sealed = asks("Why?", optional=True)


class Nothing(Shape):
    """No field at all."""


FULL: dict[str, Any] = {
    "whole": -5, "yes": True, "code": "a b", "day": "2026-01-26", "kind": "goods.food", "amount": [5, "XTS"],
    "words": {"commitment": COMMITMENT, "language": "ar", "audience": "pair"}, "thing": 7, "colour": "red",
    "line": {"thing": 1, "amount": [2, "u12"]}, "many": ["money", "care"],
    "lines": [{"thing": 1, "amount": [2, "u12"], "note": "x"}],
}

NO_INT = [None, True, 1.0, "1", [], {}, 2**53, -2**53, 10**400]
NO_TEXT = [None, 1, True, [], {}, "é", "a\nb", "\x7f", "a\u200bb", "x" * 401]
NO_QUANTITY = [None, 5, "5 XTS", [], [5], [5, "XTS", 1], ["5", "XTS"], [True, "XTS"], [2**53, "XTS"],
               [5, "xts"], [5, "XXX"], [5, "u"], [5, "u0"], [5, "u01"], [5, "u-1"], [5, "u1.0"], [5, "u１"],
               [5, "v1"],
               [5, "u" + "1" * 17], [5, None], [5, 12], {"n": 5, "unit": "XTS"}]
NO_WORDS = [None, "text", [], {}, {"commitment": COMMITMENT}, {**FULL["words"], "text": "x"},
            {**FULL["words"], "commitment": None}, {**FULL["words"], "language": "a b"},
            {**FULL["words"], "audience": ""}, {**FULL["words"], "language": "é"}]
NO_DAY = [None, 20260126, "", "2026-1-26", "20260126", "2026-02-30", "2026-W05-1", "2026-01-26T00:00",
          "26-01-26", "٢٠٢٦-٠١-٢٦", "0000-01-01", [], {}, True]
NO_REF = [None, 0, -1, 1.0, "7", True, [], {}, 2**53]

WRONG: dict[str, list[Any]] = {
    "whole": NO_INT, "yes": [None, 0, 1, "true", "yes", [], {}], "code": NO_TEXT, "day": NO_DAY,
    "kind": [None, 1, "", "goods.", "goods.fish", "Goods", ["goods"], {}], "amount": NO_QUANTITY,
    "words": NO_WORDS, "thing": NO_REF, "colour": [None, 1, "", "green", "RED", "Colour.RED", ["red"], {}],
    "line": [None, 1, "x", [], [1]],
    "many": [None, "money", {}, 1, ["money", None], [["money"]], ["fish"], ["money"] * 1001],
    "lines": [None, {}, 1, [1], [[]], [None]],
}


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same types all the way down: what is lived must not differ from what is replayed."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Shape):
        return all(same(value, other.__dict__[name]) for name, value in one.__dict__.items())
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def round_trips(one: Any) -> None:
    kind = type(one)
    text = one.to_canonical()
    assert text == encode(one.to_json()).decode()
    read = kind.from_json(json.loads(text))
    assert same(read, one) and read == one and hash(read) == hash(one)
    columns = one.to_columns()
    assert {type(v) for v in columns} <= {int, str, type(None)}
    assert same(kind.from_columns(columns), one)
    assert [v is None for v in columns] == [v is None for v in one.__dict__.values()]
    assert same(replace(one), one)


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.__name__)
@FEW
@given(data=st.data())
def test_everything_declared_comes_back_the_same(kind: type[Shape], data: st.DataObject) -> None:
    round_trips(data.draw(filled(kind)))


@FEW
@given(filled(Every), filled(Some), filled(Nothing))
def test_one_of_everything_comes_back_the_same(every: Every, some: Some, nothing: Nothing) -> None:
    round_trips(every)
    round_trips(some)
    round_trips(nothing)


@FEW
@given(filled(Every))
def test_columns_come_back_the_same_from_a_database(every: Every) -> None:
    db = sqlite3.connect(":memory:")
    kept = db.execute(f"SELECT {', '.join('?' * len(Every.shape()))}", every.to_columns()).fetchone()
    assert same(Every.from_columns(kept), every)


@pytest.mark.parametrize(("name", "value"), [
    pytest.param(name, value, id=f"{name}-{str(value)[:24]!r}")
    for name, values in WRONG.items() for value in values])
def test_every_wrong_value_is_unclear(name: str, value: Any) -> None:
    assert Every.from_json(FULL)
    with pytest.raises(Unclear) as unclear:
        Every.from_json({**FULL, name: value})
    assert unclear.value.field == name
    assert unclear.value.says.endswith(".")


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.__name__)
def test_no_declared_field_takes_a_fraction_or_nothing(kind: type[Shape]) -> None:
    for field in kind.shape():
        for value in (1.5, None, {"text": "x"}, [1.5], float("nan")):
            with pytest.raises(Unclear):
                field.codec.read(value, field.name)


def test_a_fault_inside_a_part_names_the_part_s_own_field() -> None:
    with pytest.raises(Unclear) as unclear:
        Every.from_json({**FULL, "line": {"thing": 0, "amount": [2, "u12"]}})
    assert unclear.value.field == "thing"


@pytest.mark.parametrize("missing", sorted(FULL))
def test_what_must_be_answered_is_asked_for(missing: str) -> None:
    with pytest.raises(Unclear) as unclear:
        Every.from_json({name: value for name, value in FULL.items() if name != missing})
    assert unclear.value.field == missing


def test_the_first_missing_one_is_named_whatever_else_was_given() -> None:
    with pytest.raises(Unclear) as unclear:
        Some.from_json({"left": 1, "asked": 2})     # both may be missing, and are no mistake
    assert unclear.value.field == "must"
    with pytest.raises(Unclear) as unclear:
        Every.from_json({"lines": []})
    assert unclear.value.field == "whole"


@pytest.mark.parametrize(("name", "shown"), [
    ("other", "other"), ("خارج", "?"), ("a\nb", "?"), ("x" * 60, "?"), ("", "")])
def test_a_question_that_was_not_asked_is_named_where_its_name_is_harmless(name: str, shown: str) -> None:
    with pytest.raises(Unclear) as unclear:
        Every.from_json({**FULL, name: 1})
    assert unclear.value.field == shown


def test_what_may_be_missing_has_its_default() -> None:
    some = Some(must=1)
    assert some == Some.from_json({"must": 1})
    assert (some.may, some.left, some.asked, some.reason) == (None, 7, 3, None)
    assert some.to_json() == {"must": 1, "left": 7, "asked": 3}
    with pytest.raises(Unclear):
        Some.from_json({"must": 1, "may": None})     # nothing is said by leaving out, and by nothing else


def test_bare_values_become_what_they_stand_for() -> None:
    every = Every(**{**FULL, "day": date(2026, 1, 26), "amount": Quantity(5, "XTS"), "line": None,
                     "lines": (), "words": None, "many": ()})
    assert type(every.thing) is Ref[Thing] and every.thing == 7
    assert type(every.kind) is Kind and type(every.colour) is Colour
    assert type(replace(every, thing=8).thing) is Ref[Thing]
    assert type(replace(every, thing=True).thing) is Ref[Thing]
    assert replace(every, thing=None).thing is None
    assert Ref[Thing] is Ref[Thing] and Ref[Thing].row is Thing and Ref[Thing] is not Ref[Line]
    with pytest.raises(ValueError):
        replace(every, colour="green")


def test_what_is_replaced_leaves_the_old_one_as_it_was() -> None:
    some = Some(must=1)
    other = replace(some, must=2)
    assert (some.must, other.must) == (1, 2) and some != other
    with pytest.raises(TypeError):
        replace(some, most=2)


def test_shapes_are_frozen_and_take_no_other_names() -> None:
    some = Some(must=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        some.must = 2       # type: ignore[misc]  # which is what is tried
    with pytest.raises(TypeError):
        Some()              # type: ignore[call-arg]  # as above
    with pytest.raises(TypeError):
        Some(must=1, most=2)        # type: ignore[call-arg]  # as above
    assert Some(must=1) != Line(thing=Ref[Thing](1), amount=Quantity(1, "XTS"))


def test_what_names_rows_is_known_however_deep() -> None:
    assert Every.named() == ("amount", "thing", "line", "lines")
    assert Some.named() == ()


def test_a_subclass_is_compiled_for_itself() -> None:
    class Base(Shape):
        one: int

    assert Base(one=1).to_json() == {"one": 1} and Base.named() == ()

    class Wider(Base):
        thing: Ref[Thing]

    wider = Wider.from_json({"one": 1, "thing": 2})
    assert wider.to_canonical() == '{"one":1,"thing":2}' and Wider.named() == ("thing",)
    assert Base.from_json({"one": 1}).to_columns() == (1,)


def trial(hint: Any) -> type[Shape]:
    return type("Trial", (Shape,), {"__annotations__": {"field": hint}, "__module__": __name__})


@pytest.mark.parametrize("hint", [
    float, bytes, list[int], dict[str, int], object, Any, tuple[int, int], tuple[int], tuple[int | None, ...],
    int | str, int | str | None, Ref, tuple[Sealed, ...], tuple[()], tuple,
], ids=str)
def test_a_type_that_no_entry_may_hold_is_refused_when_the_shape_is_made(hint: Any) -> None:
    with pytest.raises(TypeError):
        trial(hint).shape()


def test_words_stand_in_a_field_of_their_own() -> None:
    inner = trial(Sealed)
    with pytest.raises(TypeError, match="words"):
        trial(inner).shape()


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.__name__)
def test_missing_means_one_thing(kind: type[Shape]) -> None:
    for field in kind.shape():
        may_be_none = "None" in str(field.type)
        # `int | None` with a default of 5: a None that was meant would come back as 5.
        assert not may_be_none or default_of(field) is None, field.name
        if isinstance(field.default, Asks) and may_be_none:
            assert field.default.optional, f"{field.name} may be None and must be answered"


def test_questions_stand_in_the_order_written() -> None:
    for action in ACTIONS.values():
        assert list(action.questions()) == [f.name for f in action.shape()]
