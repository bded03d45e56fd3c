"""How one value of an entry is read from JSON, written to it, and kept in a column.

Reading is strict: what does not have its one form is `Unclear`, with a sentence for the person who asked.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from alongside.codes import CURRENCIES, KINDS, N_
from alongside.words import NUMBER_MAX, Kind, Quantity, Ref, Sealed, Unclear

quote = json.encoder.encode_basestring      # JSON's own escaping, which is RFC 8785's
CODE_MAX = 400
MANY_MAX = 1_000
_UNIT_MAX = 17      # "u" and the digits of a number that a book can hold

_TEXT = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Codec(NamedTuple):
    """How one kind of value is read from JSON, written to it, and kept in a column. `None` = as it is."""

    read: Callable[[Any, str], Any]
    write: Callable[[Any], Any] | None = None
    to_column: Callable[[Any], Any] | None = None
    from_column: Callable[[Any], Any] | None = None
    column: str = "TEXT"
    make: type | None = None    # the class a constructor turns a bare value into
    text: str | Callable[[Any], str] = "quote({v})"     # canonical JSON: an expression on {v}, or a function
    names: bool = False     # whether it names rows of the book: a reference, a unit, or many of them
    found_by: bool = True   # whether a row may be found by it


class Part(Protocol):
    """A shape as the value of another one (shape.py)."""

    def to_json(self) -> dict[str, Any]: ...

    def to_canonical(self) -> str: ...


def codec_of(hint: Any) -> tuple[Codec, bool]:
    """The codec of a type hint, and whether the value may be None.

    Raises TypeError for a type that no entry may hold.
    """
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [a for a in typing.get_args(hint) if a is not types.NoneType]
        if len(inner) == 1:
            return codec_of(inner[0])[0], True
    elif typing.get_origin(hint) is tuple:
        inner = list(typing.get_args(hint))
        if inner[1:] == [...]:
            codec, optional = codec_of(inner[0])
            if not optional and codec is not PLAIN[Sealed]:
                return _many_codec(codec), False
    elif hint in PLAIN:
        return PLAIN[hint], False
    elif isinstance(hint, type) and issubclass(hint, Ref) and hint.row is not None:
        return _ref_codec(hint), False
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_codec(hint), False
    elif isinstance(hint, type) and hasattr(hint, "to_canonical"):
        return _part_codec(hint), False
    raise TypeError(f"no entry may hold a {hint!r}")


def writer(codec: Codec) -> Callable[[Any], str]:
    """A value's canonical JSON text, as a function."""
    if callable(codec.text):
        return codec.text
    # The expressions below and no others ever come here.
    made: Callable[[Any], str] = eval(f"lambda v: {codec.text.format(v='v')}", {"quote": quote})
    return made


def _read_int(value: Any, field: str) -> int:
    if type(value) is not int or not -NUMBER_MAX <= value <= NUMBER_MAX:
        raise Unclear(field, N_("This must be a whole number that a book can hold."))
    return value


def _read_bool(value: Any, field: str) -> bool:
    if type(value) is not bool:
        raise Unclear(field, N_("This must be yes or no."))
    return value


def _read_code(value: Any, field: str) -> str:
    if type(value) is not str or not value.isascii() or not value.isprintable() or len(value) > CODE_MAX:
        raise Unclear(field, N_("This must be a short plain code."))
    return value


def _read_day(value: Any, field: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unclear(field, N_("There is no such day. Write it as year-month-day.")) from None
    if day.isoformat() != value:
        raise Unclear(field, N_("There is no such day. Write it as year-month-day."))
    return day


def _read_kind(value: Any, field: str) -> Kind:
    if type(value) is not str or value not in KINDS:
        raise Unclear(field, N_("This is not a kind of support that we know."))
    return Kind(value)


def _read_quantity(value: Any, field: str) -> Quantity:
    if type(value) is not list or len(value) != 2:
        raise Unclear(field, N_("This must be an amount and its unit."))
    n, unit = _read_int(value[0], field), value[1]
    if type(unit) is not str or not (unit in CURRENCIES or _own_unit(unit)):
        raise Unclear(field, N_("This is not a unit of this book, nor a currency."))
    return Quantity(n, unit)


def _own_unit(unit: str) -> bool:
    number = unit[1:]
    return (unit[:1] == "u" and number.isascii() and number.isdecimal() and number[0] != "0"
            and len(unit) <= _UNIT_MAX)


def _read_sealed(value: Any, field: str) -> Sealed:
    if type(value) is not dict or set(value) != {"commitment", "language", "audience"}:
        raise Unclear(field, N_("These words came without their commitment."))
    codes = [_read_code(value[k], field) for k in ("commitment", "language", "audience")]
    if any(not code or " " in code for code in codes):      # a column keeps the three with spaces between
        raise Unclear(field, N_("These words came without their commitment."))
    return Sealed(*codes)


def _quantity_from_column(text: str) -> Quantity:
    n, unit = text.split(" ")
    return Quantity(int(n), unit)


def _sealed_text(said: Sealed) -> str:
    return (f'{{"audience":{quote(said.audience)},"commitment":{quote(said.commitment)},'
            f'"language":{quote(said.language)}}}')


PLAIN: dict[Any, Codec] = {
    int: Codec(_read_int, column="INTEGER", text="f'{{{v}:d}}'"),
    bool: Codec(_read_bool, None, int, bool, "INTEGER", text="('true' if {v} else 'false')"),
    str: Codec(_read_code),
    date: Codec(_read_day, date.isoformat, date.isoformat, date.fromisoformat,
                text="quote({v}.isoformat())"),
    Kind: Codec(_read_kind, None, str, Kind, make=Kind),
    Quantity: Codec(_read_quantity, list, lambda q: f"{q.n} {q.unit}", _quantity_from_column,
                    text="f'[{{{v}.n:d}},{{quote({v}.unit)}}]'", names=True, found_by=False),
    Sealed: Codec(_read_sealed, Sealed._asdict, " ".join, lambda t: Sealed(*t.split(" ")),
                  text=_sealed_text, found_by=False),
}


def _ref_codec(kind: type) -> Codec:
    def read(value: Any, field: str) -> Any:
        if type(value) is not int or not 0 < value <= NUMBER_MAX:
            raise Unclear(field, N_("This must be the number of an entry."))
        return kind(value)

    return Codec(read, None, int, kind, "INTEGER", kind, "f'{{{v}:d}}'", names=True)


def _enum_codec(kind: type[StrEnum]) -> Codec:
    def read(value: Any, field: str) -> Any:
        if type(value) is not str or value not in kind._value2member_map_:
            raise Unclear(field, N_("This is not one of the answers offered."))
        return kind(value)

    return Codec(read, None, str, kind, make=kind)


def _many_codec(one: Codec) -> Codec:
    def read(value: Any, field: str) -> Any:
        if type(value) is not list or len(value) > MANY_MAX:
            raise Unclear(field, N_("This must be a list."))
        return tuple(one.read(v, field) for v in value)

    write, text = one.write, writer(one)
    to_json = list if write is None else lambda many: [write(v) for v in many]
    return Codec(read, to_json, lambda many: _TEXT(to_json(many)), lambda t: read(json.loads(t), "row"),
                 text=lambda many: f"[{','.join([text(v) for v in many])}]", names=one.names, found_by=False)


def _part_codec(kind: Any) -> Codec:
    fields = kind.shape()
    if any(f.sealed for f in fields):
        raise TypeError(f"{kind.__name__} holds words: they stand in a field of their own, not in a part")

    def read(value: Any, field: str) -> Any:
        if type(value) is not dict:
            raise Unclear(field, N_("This must hold named parts."))
        return kind.from_json(value)

    def to_json(part: Part) -> dict[str, Any]:
        return part.to_json()

    def to_canonical(part: Part) -> str:
        return part.to_canonical()

    return Codec(read, to_json, lambda v: _TEXT(v.to_json()), lambda t: kind.from_json(json.loads(t)),
                 text=to_canonical, names=any(f.names_rows for f in fields), found_by=False)
