"""An action is what somebody asks for, in the imperative.

It asks the person its questions and gives the gate four answers: annotated lines are asked of the person,
plain lines (`who`, `needs`, `within`, `unless`) are read by the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from alongside.codes import N_
from alongside.fact import Fact, area_of
from alongside.shape import Shape
from alongside.tables import Tables
from alongside.words import Audience, BookKind, Unclear

if TYPE_CHECKING:
    from alongside.areas.partnership.tables import Member

ACTIONS: dict[tuple[str, int], type[Action]] = {}
NOS: dict[str, No] = {}
QUESTIONS = ("who", "needs", "within", "unless")
_UNSAID = object()


class Asks(NamedTuple):
    """One question to the person: its sentence, a hint, and what an answer may be."""

    says: str
    hint: str
    default: Any
    optional: bool
    least: int | None
    most: int | None
    choices: dict[Any, str] | None
    to: Audience
    brought: bool
    long: bool


def asks(says: str, *, hint: str = "", default: Any = _UNSAID, optional: bool = False,
         least: int | None = None, most: int | None = None, choices: dict[Any, str] | None = None,
         to: Audience = Audience.PAIR, brought: bool = False, long: bool = False) -> Any:
    """A question as written in an action.

    `default` or `optional` let it go unanswered; `least` and `most` bound a number; `choices` are answers
    with their labels; `to` is the audience of somebody's words; `brought` answers come with the doorway, not
    the person; `long` words get more than one line.
    """
    given, optional = (None, optional) if default is _UNSAID else (default, True)
    return Asks(says, hint, given, optional, least, most, choices, to, brought, long)


class No(NamedTuple):
    """A refusal as declared: its stable code, its sentence, its rule, what would lift it, who can help."""

    code: str
    says: str
    rule: str
    lift: str
    helps: str
    yours: bool
    hidden: bool

    def __call__(self, **params: Any) -> Refusal:
        """This no, said about something: the values for the names in its sentences."""
        return Refusal(self, params)


class Refusal(NamedTuple):
    """One no as it is said to one asker."""

    no: No
    params: dict[str, Any]


def no(code: str, says: str, *, rule: str = "", lift: str = "", helps: str = "", yours: bool = False,
       hidden: bool = False) -> No:
    """Declare a refusal. Raises TypeError where another one has its code.

    `rule` is its row of the practice matrix, `helps` a role ("host", "ally", "steward"), `yours` says that
    the asker can lift it, `hidden` that an ally hears only "not now".
    """
    declared = No(code, says, rule, lift, helps, yours, hidden)
    if NOS.setdefault(code, declared) != declared:
        raise TypeError(f"two refusals have the code {code}")
    return declared


class Answer(Protocol):
    """What an action says to one question of the gate: a sentence for the docs, and the refusals it finds."""

    says: str

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Every no that this question finds."""


class Free:
    """The only way to say that a question does not apply, and why."""

    def __init__(self, because: str) -> None:
        self.says = because

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Nothing stands in the way."""
        return ()


NOT_YOURS = no("not-yours", N_("This is for {who} to do."), rule="L1", lift=N_("Ask them."), helps="host")


class Who:
    """Who may do something: a small predicate with its words. `|` means either, `&` both."""

    def __init__(self, says: str, allows: Callable[[Any, Member, Tables, date], bool], *,
                 outside: bool = False) -> None:
        self.says, self.allows = says, allows
        self.outside = outside      # may be asked by somebody who has no member row yet

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """`NOT_YOURS` unless allowed."""
        return () if self.allows(asked, by, at, moment) else (NOT_YOURS(who=self),)

    def __or__(self, other: Who) -> Who:
        return EitherWho(self, other)

    def parts(self) -> tuple[Who, ...]:
        """The single predicates this is made of."""
        return (self,)


class EitherWho(Who):
    """Allowed when one of two is."""

    def __init__(self, one: Who, other: Who) -> None:
        super().__init__(f"{one.says} / {other.says}", outside=one.outside or other.outside,
                         allows=lambda *asked: one.allows(*asked) or other.allows(*asked))
        self.one, self.other = one, other

    def parts(self) -> tuple[Who, ...]:
        """The single predicates this is made of."""
        return (*self.one.parts(), *self.other.parts())


class Action(Shape):
    """What somebody asks for. Subclasses live in the file of their verb: `areas/consent/withdraw.py`."""

    title: ClassVar[str]                            # the form's heading: what the person is about to do
    happens: ClassVar[str] = N_("It joins the record as an entry, and those it concerns see it.")
    undo: ClassVar[str] = N_("What happened stays in the record; a later entry can put it right.")
    books: ClassVar[tuple[BookKind, ...]] = (BookKind.SHARED,)
    version: ClassVar[int] = 1
    since: ClassVar[int] = 1                        # rules versions in which it can be asked
    before: ClassVar[int] = 2**31

    who: ClassVar[Who]
    needs: ClassVar[Answer]
    within: ClassVar[Answer]
    unless: ClassVar[Answer]
    called: ClassVar[str]                           # "consent.withdraw": area and verb, from the file
    _bounded: ClassVar[tuple[tuple[str, Asks], ...]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        missing = [q for q in ("title", *QUESTIONS) if not hasattr(cls, q)]
        if missing:
            raise TypeError(f"{cls.__name__} leaves out {', '.join(missing)}: every action answers every"
                            " question of the gate; Free(\"because …\") says that one does not apply")
        verb = cls.__module__.rsplit(".", 1)[-1].rstrip("_")
        cls.called = cls.__dict__.get("called") or f"{area_of(cls)}.{verb}"
        if ACTIONS.setdefault((cls.called, cls.version), cls) is not cls:
            raise TypeError(f"two actions are called {cls.called}, version {cls.version}")

    @classmethod
    def area(cls) -> str:
        """The folder it is declared in."""
        return area_of(cls)

    @classmethod
    def questions(cls) -> dict[str, Asks]:
        """The questions it asks, in the order written."""
        return {f.name: f.default for f in cls.shape() if isinstance(f.default, Asks)}

    def check(self, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Every no that lies in what is so now."""
        return ()

    def becomes(self, by: Member, at: Tables, moment: date) -> Fact:
        """The fact that this becomes once the gate has said yes. After this point it must succeed."""
        raise NotImplementedError

    @classmethod
    def bounded(cls) -> tuple[tuple[str, Asks], ...]:
        """The questions whose answers have a bound, or are lists."""
        found = cls.__dict__.get("_bounded")
        if found is None:
            found = cls._bounded = tuple(
                (f.name, f.default) for f in cls.shape() if isinstance(f.default, Asks) and (
                    f.default.least is not None or f.default.most is not None or f.default.choices
                    or "tuple[" in str(f.type)))
        return found

    def bounds(self) -> None:
        """Raise `Unclear` for an answer beyond what its question allows."""
        for field, question in self.bounded():
            value = self.__dict__[field]
            if value == () and not question.optional and not question.brought:
                raise Unclear(field, N_("Choose at least one."))
            if value is None:
                continue
            n = value.n if hasattr(value, "n") else value
            if question.least is not None and n < question.least:
                raise Unclear(field, N_("This must be at least {least}."), least=question.least)
            if question.most is not None and n > question.most:
                raise Unclear(field, N_("This can be at most {most}."), most=question.most)
            if question.choices and value not in question.choices:
                raise Unclear(field, N_("This is not one of the answers offered."))
