"""A fact is what happened, in the past tense. It is never changed and never removed.

A fact's sentence (`says`) is how the record reads to a person; its names are the fact's own fields and `by`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from alongside.shape import Shape

if TYPE_CHECKING:
    from alongside.action import Action

FACTS: dict[tuple[str, int], type[Fact]] = {}


class Fact(Shape):
    """What happened. Subclasses are named in the past tense and declare plain values only."""

    says: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not cls.__dict__.get("says"):
            raise TypeError(f"{cls.__name__} needs its sentence: says = \"{{by}} …\"")
        if FACTS.setdefault((cls.__name__, cls.version), cls) is not cls:
            raise TypeError(f"two facts are called {cls.__name__}")

    @classmethod
    def area(cls) -> str:
        """The part of the relationship this belongs to: the folder it is declared in."""
        return area_of(cls)


class Entered:
    """An entry as the folds see it: who and when, and what happened. They read no clock of their own.

    What was asked is read when a fold first wants it: most want the fact alone, and replaying reads many.
    """

    __slots__ = ("_asked", "author", "day", "fact", "number", "rules")

    def __init__(self, number: int, day: date, author: int, rules: int, asked: Action | Callable[[], Action],
                 fact: Fact) -> None:
        self.number, self.day, self.author, self.rules, self.fact = number, day, author, rules, fact
        self._asked = asked

    @property
    def asked(self) -> Any:
        """The action as it was asked."""
        if callable(self._asked):
            self._asked = self._asked()
        return self._asked


def area_of(declared: type) -> str:
    """The area of a class: `alongside.areas.consent.withdraw` is of `consent`."""
    parts = declared.__module__.split(".")
    return parts[parts.index("areas") + 1] if "areas" in parts else parts[0]
