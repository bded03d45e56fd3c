"""What an action, a fact and a row have in common: named, typed, frozen values, to JSON and SQL and back.

A class is compiled once, at its first use, into straight-line code: every entry of every book runs through
it. How each single value is read and written is in `codecs.py`.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform

from alongside.codecs import PLAIN, Codec, codec_of, quote
from alongside.codes import N_
from alongside.words import Sealed, Unclear

S = TypeVar("S", bound="Shape")


class Field(NamedTuple):
    """One named value of a shape: its type, whether it may be missing, and the default as written."""

    name: str
    type: Any
    optional: bool
    default: Any
    codec: Codec

    @property
    def sealed(self) -> bool:
        """Whether this holds somebody's words (their commitment)."""
        return self.codec is PLAIN[Sealed]

    @property
    def names_rows(self) -> bool:
        """Whether its values refer to rows of the book, however deep inside."""
        return self.codec.names


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Shape:
    """Named, typed, frozen values. Subclasses declare annotated lines; everything else follows."""

    fields: ClassVar[tuple[Field, ...]]
    _compiled: ClassVar[bool] = False
    _makes: ClassVar[dict[str, type]]
    _named: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclasses.dataclass(frozen=True, kw_only=True, init=False)(cls)
        for name, stub in _STUBS.items():
            setattr(cls, name, stub)
        cls._compiled = False

    if typing.TYPE_CHECKING:

        def to_json(self) -> dict[str, Any]:
            """The plain values by name; what is None is left out."""

        @classmethod
        def from_json(cls, given: dict[str, Any]) -> Self:
            """Read strictly: `Unclear` names the first field that is missing, unknown or of a wrong type."""

        def to_canonical(self) -> str:
            """The same as RFC 8785 JSON text: sorted keys, no space; ready to be hashed."""

        def to_columns(self) -> tuple[Any, ...]:
            """The values in the order of `fields`, as SQL keeps them."""

        @classmethod
        def from_columns(cls, row: typing.Sequence[Any]) -> Self:
            """The inverse of `to_columns`."""

    @classmethod
    def shape(cls) -> tuple[Field, ...]:
        """The fields, compiled if they were not yet."""
        if not cls.__dict__.get("_compiled"):
            _compile(cls)
        return cls.fields

    @classmethod
    def named(cls) -> tuple[str, ...]:
        """The fields that name rows of the book: references, units of quantities, parts that hold such."""
        names = cls.__dict__.get("_named")
        if names is None:
            cls._named = names = tuple(f.name for f in cls.shape() if f.names_rows)
        return names


def replace(shape: S, /, **changes: Any) -> S:
    """The same with some values changed; the old one stays as it was."""
    new = object.__new__(type(shape))
    values = new.__dict__
    values.update(shape.__dict__)
    for name, value in changes.items():
        if name not in values:
            raise TypeError(f"{type(shape).__name__} has no {name}")
        make = shape._makes.get(name)
        values[name] = value if make is None or value is None or value.__class__ is make else make(value)
    return new


def _stub_init(self: Any, **given: Any) -> None:
    _compile(type(self))
    self.__init__(**given)


def _stub(name: str, of_class: bool) -> Any:
    def stub(bound: Any, *args: Any) -> Any:
        _compile(bound if of_class else type(bound))
        return getattr(bound, name)(*args)

    return classmethod(stub) if of_class else stub


_STUBS: dict[str, Any] = {
    "__init__": _stub_init,
    "to_json": _stub("to_json", False),
    "to_canonical": _stub("to_canonical", False),
    "to_columns": _stub("to_columns", False),
    "from_json": _stub("from_json", True),
    "from_columns": _stub("from_columns", True),
}


def _compile(cls: type[Shape]) -> None:
    """Read the annotations and write the class's constructor and its four translations."""
    hints = typing.get_type_hints(cls)
    found = []
    for f in dataclasses.fields(cls):  # type: ignore[arg-type]  # every Shape is made a dataclass
        hint, given = hints[f.name], f.default is not dataclasses.MISSING
        codec, optional = codec_of(hint)
        found.append(Field(f.name, hint, optional or given, f.default, codec))
    cls.fields = tuple(found)
    cls._makes = {f.name: f.codec.make for f in found if f.codec.make is not None}
    names: dict[str, Any] = {"cls": cls, "fault": _fault, "new": object.__new__, "quote": quote}
    # Nothing but our own field names goes into this source, and dataclasses has checked those.
    exec("\n".join([
        *_init_lines(found, names), *_to_json_lines(found, names), *_from_json_lines(found, names),
        *_canonical_lines(found, names), *_columns_lines(found, names)]), names)
    cls.__init__ = names["__init__"]  # type: ignore[method-assign]  # the stub's place
    cls.to_json = names["to_json"]  # type: ignore[method-assign]  # the stub's place
    cls.to_canonical = names["to_canonical"]  # type: ignore[method-assign]  # the stub's place
    cls.to_columns = names["to_columns"]  # type: ignore[method-assign]  # the stub's place
    cls.from_json = classmethod(names["from_json"])  # type: ignore[assignment]  # the stub's place
    cls.from_columns = classmethod(names["from_columns"])  # type: ignore[assignment]  # the stub's place
    cls._compiled = True


def _fault(cls: type[Shape], given: dict[str, Any]) -> Unclear:
    known = [f.name for f in cls.fields]
    for name in given:
        if name not in known:
            shown = name if name.isascii() and name.isprintable() and len(name) < 60 else "?"
            return Unclear(shown, N_("There is no such question here."))
    missing = next(f.name for f in cls.fields if not _may_miss(f) and f.name not in given)
    return Unclear(missing, N_("This must be answered."))


def default_of(field: Field) -> Any:
    """What a field is when nobody answered it: the declared default, or nothing."""
    if field.default is dataclasses.MISSING:
        return None
    return getattr(field.default, "default", field.default)


def _init_lines(fields: list[Field], names: dict[str, Any]) -> list[str]:
    params, body = [], ["    d = self.__dict__"]
    for f in fields:
        names[f"default_{f.name}"] = default_of(f)
        params.append(f"{f.name}=default_{f.name}" if _may_miss(f) else f.name)
        value = f.name
        if f.codec.make is not None:
            names[f"make_{f.name}"] = f.codec.make
            made = f"{f.name} is None or {f.name}.__class__ is make_{f.name}"
            value = f"{f.name} if {made} else make_{f.name}({f.name})"
        body.append(f"    d[{f.name!r}] = {value}")
    return [f"def __init__(self, *, {', '.join(params)}):" if params else "def __init__(self):", *body]


def _to_json_lines(fields: list[Field], names: dict[str, Any]) -> list[str]:
    body = ["    s = self.__dict__", "    d = {}"]
    for f in fields:
        names[f"write_{f.name}"] = f.codec.write
        put = f"d[{f.name!r}] = write_{f.name}(v)" if f.codec.write else f"d[{f.name!r}] = v"
        body += [f"    v = s[{f.name!r}]", f"    if v is not None: {put}"]
    return ["def to_json(self):", *body, "    return d"]


def _from_json_lines(fields: list[Field], names: dict[str, Any]) -> list[str]:
    names["known"] = frozenset(f.name for f in fields)
    names["required"] = frozenset(f.name for f in fields if not _may_miss(f))
    body = ["    if not (given.keys() <= known and given.keys() >= required):",
            "        raise fault(cls, given)",
            "    self = new(cls)", "    d = self.__dict__"]
    for f in fields:
        names[f"read_{f.name}"] = f.codec.read
        read = f"read_{f.name}(given[{f.name!r}], {f.name!r})"
        otherwise = f" if {f.name!r} in given else default_{f.name}" if _may_miss(f) else ""
        body.append(f"    d[{f.name!r}] = {read}{otherwise}")
    return ["def from_json(cls, given):", *body, "    return self"]


def _canonical_lines(fields: list[Field], names: dict[str, Any]) -> list[str]:
    body = ["    s = self.__dict__", "    parts = []"]
    for f in sorted(fields, key=lambda f: f.name):
        if callable(f.codec.text):
            names[f"text_{f.name}"], said = f.codec.text, f"text_{f.name}(v)"
        else:
            said = f.codec.text.format(v="v")
        body += [f"    v = s[{f.name!r}]", f"    if v is not None: parts.append('\"{f.name}\":' + {said})"]
    return ["def to_canonical(self):", *body, "    return '{' + ','.join(parts) + '}'"]


def _may_miss(f: Field) -> bool:
    if hasattr(f.default, "optional"):
        return bool(f.default.optional)
    return f.optional


def _columns_lines(fields: list[Field], names: dict[str, Any]) -> list[str]:
    to, back = [], ["    self = new(cls)", "    d = self.__dict__"]
    for i, f in enumerate(fields):
        value = f"s[{f.name!r}]"
        names[f"to_{f.name}"], names[f"from_{f.name}"] = f.codec.to_column, f.codec.from_column
        there = f"if {value} is not None else None"
        to.append(f"to_{f.name}({value}) {there}" if f.codec.to_column else value)
        there = f"if row[{i}] is not None else None"
        read = f"from_{f.name}(row[{i}]) {there}" if f.codec.from_column else f"row[{i}]"
        back.append(f"    d[{f.name!r}] = {read}")
    return ["def to_columns(self):", "    s = self.__dict__", f"    return ({''.join(f'{t}, ' for t in to)})",
            "def from_columns(cls, row):", *back, "    return self"]
