"""Values for every type that an entry may hold, and shapes filled with them."""

from __future__ import annotations

import types
import typing
from base64 import b64encode
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

import alongside.gate  # noqa: F401  # fills the registries
from alongside.action import ACTIONS
from alongside.codes import CURRENCIES, KINDS
from alongside.fact import FACTS
from alongside.shape import Shape, default_of
from alongside.tables import ROWS
from alongside.words import LANGUAGES, NUMBER_MAX, Audience, Kind, Quantity, Ref, Sealed

FEW = settings(max_examples=5, deadline=None, database=None)

# What the areas declare; tests elsewhere declare trials of their own beside them.
DECLARED: list[type[Shape]] = sorted(
    (kind for kind in (*FACTS.values(), *ACTIONS.values(), *ROWS.values())
     if kind.__module__.startswith("alongside.areas.")),
    key=lambda kind: (kind.__module__, kind.__name__))

whole = st.integers(-NUMBER_MAX, NUMBER_MAX)
numbers = st.integers(1, NUMBER_MAX)
codes = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
units = st.sampled_from(sorted(CURRENCIES)) | numbers.map(lambda n: f"u{n}")
commitments = st.binary(min_size=32, max_size=32).map(lambda raw: b64encode(raw).decode())

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    int: whole,
    bool: st.booleans(),
    str: codes,
    date: st.dates(),       # the years before 1000 too, which need their zeros
    types.NoneType: st.none(),
    Kind: st.sampled_from(sorted(KINDS)).map(Kind),
    Quantity: st.builds(Quantity, whole, units),
    Sealed: st.builds(Sealed, commitments, st.sampled_from(LANGUAGES),
                      st.sampled_from([a.value for a in Audience])),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return st.one_of([values(one) for one in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=3).map(tuple)
    if hint in PLAIN:
        return PLAIN[hint]
    if issubclass(hint, Ref):
        return numbers.map(hint)
    if issubclass(hint, Shape):
        return filled(hint)
    return st.sampled_from(list(hint))


def filled(kind: type[Shape]) -> st.SearchStrategy[Any]:
    """Instances of a shape. What may be missing sometimes is."""
    fields = {}
    for f in kind.shape():
        fields[f.name] = values(f.type)
        if may_be_none(f):
            fields[f.name] |= st.none()
    return st.fixed_dictionaries(fields).map(lambda given: kind(**given))


def may_be_none(field: Any) -> bool:
    """Whether nobody's answer is an answer."""
    asked = hasattr(field.default, "says")
    return (field.default.optional if asked else field.optional) and default_of(field) is None
