"""Any answer to any question an action asks, made from its declaration alone: likely, wrong, or just beyond.

What makes sense at the moment is in `scenes.py`; this is everything else that somebody could type.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from random import Random
from typing import Any, TypeVar

from alongside import gate  # noqa: F401  # it reads every verb, so the registry is whole
from alongside.action import ACTIONS, Action
from alongside.areas.partnership.tables import Key
from alongside.shape import Field
from alongside.words import NUMBER_MAX, Kind, Quantity, Ref, Sealed
from tests.books.world import World
from tests.told import NOBODY, Story

T = TypeVar("T")

KIND_POOL = ("goods.food", "money", "goods.tools", "transport", "goods", "skills.repair", "skills", "storage",
             "knowledge", "goods.clothes", "media", "visit", "story")
DAYS = (0, 1, 2, 3, 7, 14, 30, 29, 31, 60, 61, 90, 91, 365, 366, -1, -7, -40)
EVER = (date.min, date(1999, 12, 31), date(2100, 1, 1), date.max)
AMOUNTS = (10, 1, 2, 3, 5, 50, 100, 101, 0, 10**14, 10**14 + 1, NUMBER_MAX, -1)
TEXTS = ("as agreed", "كما اتفقنا", "a\nb", "1")
KEY = {"by": "doorway", "key": "a", "proof": "b", "verbs": ["*"]}
CODES = {"hour": ("17:30", "25:00"), "log_key": ("x",), "languages": ("ar", "apd", "Arabic")}


class Hand:
    """Draws what somebody asks in one book, knowing what is remembered of it and of the other one."""

    def __init__(self, random: Random, world: World, elsewhere: World, day: date) -> None:
        self.random, self.world, self.elsewhere, self.day = random, world, elsewhere, day

    def pick(self, options: Iterable[T]) -> T:
        """One of some options."""
        return self.random.choice(list(options))

    def one_in(self, n: int) -> bool:
        """Sometimes."""
        return self.random.randrange(n) == 0

    def near(self, n: int, least: int = 1) -> int:
        """A number, or the ones just beside it, or far from it."""
        return self.pick([k for k in (n, n - 1, n + 1, n // 2, least) if k >= least] or [least])

    def anybody(self) -> int:
        """Of this book, of the other one, of none."""
        return self.pick([*self.world.people, *self.elsewhere.people, *self.world.invited, NOBODY])

    def people_of(self, group: int | None) -> list[int]:
        """The people of a group."""
        return [p for p, of in self.world.people.items() if of == group]

    def wrong_number(self) -> int:
        """The number of something else, of something in the other book, of nothing."""
        return self.pick(
            [
                self.pick(range(1, self.world.size + 3)),
                self.pick(range(1, self.elsewhere.size + 1)),
                NOBODY,
                NUMBER_MAX,
            ]
        )

    # Any answer

    def fields(self, kind: type[Action], given: dict[str, Any], spare: bool) -> dict[str, Any]:
        """All answers: those given, and any for the rest. `spare` leaves most of the optional ones out."""
        found = {}
        for field in kind.shape():
            if field.name in given:
                value = given[field.name]
            elif (
                field.optional
                and (kind.questions()[field.name].optional)
                and not (spare and self.one_in(8))
                and (spare or self.one_in(2))
            ):
                continue
            else:
                value = self.value(field)
            if value is not None:
                found[field.name] = value
        return found

    def value(self, field: Field) -> Any:
        """Any answer to one question, as JSON; words as text."""
        hint = field.type
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            hint = next(one for one in typing.get_args(hint) if one is not types.NoneType)
        if typing.get_origin(hint) is tuple:
            return [self.plain(field.name, typing.get_args(hint)[0]) for _ in range(self.pick((1, 2)))]
        return self.plain(field.name, hint)

    def plain(self, name: str, hint: Any) -> Any:
        """Any answer of one type."""
        if hint is Sealed:
            return self.pick(TEXTS)
        if hint is Kind:
            return self.kind()
        if hint is Quantity:
            return self.quantity()
        if hint is date:
            return self.pick(EVER) if self.one_in(12) else self.day + timedelta(days=self.pick(DAYS))
        if hint is bool:
            return self.pick((False, True))
        if hint is int:
            return self.pick((0, 1, 2, 3, 9, 10, 99, 100, -1))
        if hint is str:
            return self.pick(CODES[name])
        if hint is Key:
            return KEY
        return (
            self.pick([one.value for one in hint]) if issubclass(hint, StrEnum) else self.number(name, hint)
        )

    def number(self, name: str, hint: type[Ref[Any]]) -> int:
        """The number of something that is there, mostly."""
        known = list(self.world.known(name))
        return int(self.pick(known)) if known and not self.one_in(5) else self.wrong_number()

    def kind(self) -> str:
        """Mostly what somebody would say in a kitchen."""
        kinds = {need.kind: None for need in self.world.needs.values()}
        return self.pick([*kinds, *KIND_POOL])

    def unit(self) -> str:
        """A currency, a unit of this book, one that only the other book has."""
        return self.pick(
            ["XTS", *(f"u{n}" for n in self.world.units), "USD", "JPY", f"u{self.world.size + 5}", "u1"]
        )

    def quantity(self) -> list[Any]:
        """How much of what."""
        return [self.pick(AMOUNTS), self.unit()]


@cache
def every_action() -> dict[str, type[Action]]:
    """The newest version of every action of the house, but those that a test made for itself."""
    names = sorted(
        {called for (called, _), kind in ACTIONS.items() if kind.__module__.startswith("alongside.")}
    )
    return {called: Story.action(called) for called in names}


@cache
def actions_of(area: str) -> tuple[str, ...]:
    """What can be asked in an area, by name."""
    return tuple(called for called in every_action() if called.startswith(f"{area}."))


@cache
def areas() -> tuple[str, ...]:
    """The areas in which something can be asked."""
    return tuple(dict.fromkeys(called.partition(".")[0] for called in every_action()))
