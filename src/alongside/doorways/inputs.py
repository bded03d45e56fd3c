"""The questions of an action as somebody meets them, each with what she may choose and what she typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from alongside.act import Book
from alongside.action import Action
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.tables import Member
from alongside.codes import CURRENCIES, KINDS
from alongside.doorways.fields import Question, Typed, choices_of, questions_of, typed_values
from alongside.languages.pieces import Piece, said
from alongside.languages.reading import Reads
from alongside.languages.sentences import Teller, teller_for
from alongside.tables import Row, Tables
from alongside.words import Audience, Kind

# More rows than this are not a list to choose from: then the number is typed.
OPTIONS_MOST = 100
# What a row says of itself when it is done with. Nobody chooses among those, if they can be left out.
_LIVING: tuple[dict[str, Any], ...] = (
    {"closed": False}, {"ended": False}, {"answer": "open"}, {"open": True}, {"done": False},
)
_ENDED = ("ended", "left", "closed")


class Option(NamedTuple):
    """One answer to choose. `depth` is its place in a tree: food stands one below goods."""

    value: str
    label: Piece
    chosen: bool
    depth: int = 0


class Input(NamedTuple):
    """One question on its way to a page or a help text.

    `widget` is one of: text, long, number, quantity, day, choice, kind, row, yesno, code. `many` lets more
    than one option be chosen. `value` and `values` are what was typed; `unit` and `units` are a quantity's;
    `seen` says who can read somebody's words.
    """

    name: str
    says: Piece
    hint: Piece
    widget: str
    many: bool
    required: bool
    value: str
    values: tuple[str, ...]
    options: tuple[Option, ...]
    unit: str
    units: tuple[Option, ...]
    language: str
    seen: Piece
    fault: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The answers to choose from, as a list's lines hold them: no marks fit in there, only text."""
        return [(option.value, "– " * option.depth + option.label.plain) for option in self.options]

    @property
    def by_hand(self) -> bool:
        """Whether a day was typed in a way that a calendar would not give back to her."""
        return bool(self.value) and not re.fullmatch(r"\d{4}-\d\d-\d\d", self.value, re.ASCII)

    @property
    def unit_pairs(self) -> list[tuple[str, str]]:
        """The same for what a quantity is counted in."""
        return [(option.value, option.label.plain) for option in self.units]


def inputs(kind: type[Action], typed: Typed, book: Book, by: Member, reader: Reads,
           faults: Mapping[str, str] | None = None) -> list[Input]:
    """Every question of an action, with what was typed. She chooses among the rows that she may see."""
    at, questions = book.tables, questions_of(kind)
    rows = {q.name: rows_for(q, typed, by, at) for q in questions if q.widget == "row"}
    counts = any(q.widget == "quantity" for q in questions)
    units = list(islice(at.all(Unit), OPTIONS_MOST)) if counts else []
    teller = teller_for(book, reader, by, [*(row.ref for some in rows.values() for row in some), *units])
    wrong = faults or {}
    return [_input(q, typed, teller, rows.get(q.name, []), units, wrong.get(q.name, ""))
            for q in questions]


def rows_for(question: Question, typed: Typed, by: Member, at: Tables) -> list[Row]:
    """The rows that somebody may choose among: living ones that she may see; none where they are too many."""
    kind: type[Row] = question.of.row
    found = [row for row in islice(_living(kind, at), OPTIONS_MOST + 1) if row.seen_by(by, at)]
    if len(found) > OPTIONS_MOST:
        found = []
    chosen = {value for value in typed_values(typed, question.name) if value.isascii() and value.isdecimal()}
    known = {str(row.__dict__["number"]) for row in found}
    for number in sorted(chosen - known, key=int)[:OPTIONS_MOST]:
        row = at.first(kind, number=int(number[:16]))
        if row is not None and row.seen_by(by, at):
            found.append(row)
    return found


def _living(kind: type[Row], at: Tables) -> Iterator[Row]:
    for where in _LIVING:
        if tuple(where) in kind.found_by:
            return iter(at.find(kind, **where))
    return (row for row in at.all(kind) if not any(row.__dict__.get(name) for name in _ENDED))


def _input(question: Question, typed: Typed, teller: Teller, rows: list[Row], units: list[Unit],
           fault: str) -> Input:
    values = tuple(typed_values(typed, question.name))
    asks, name = question.asks, question.name
    words = question.widget == "words"
    unit = (typed_values(typed, f"{name}.unit") or [""])[0]
    language = (typed_values(typed, f"{name}.language") or [teller.reader.language])[0]
    return Input(
        name=name, says=teller.piece(asks.says), hint=teller.piece(asks.hint),
        widget=("long" if asks.long else "text") if words else question.widget, many=question.many,
        required=not question.optional, value=values[0] if values else "", values=values,
        options=_options(question, values, teller, rows), unit=unit,
        units=_units(unit, units, teller) if question.widget == "quantity" else (),
        language=language if words else "", seen=seen_by(asks.to, teller) if words else said(""), fault=fault)


def seen_by(audience: Audience, teller: Teller) -> Piece:
    """Who can read the words of an audience."""
    return teller.value(audience)


def _options(question: Question, values: tuple[str, ...], teller: Teller,
             rows: list[Row]) -> tuple[Option, ...]:
    answers: dict[str, Piece] = {}
    if question.widget == "row":
        answers = {str(int(row.ref)): teller.row(row.ref) for row in rows}
    elif question.widget == "kind":
        answers = {kind: teller.value(Kind(kind)) for kind in KINDS}
    elif question.widget == "yesno":
        answers = {"yes": teller.value(True), "no": teller.value(False)}
    elif question.widget == "choice":
        labels = {str(answer): label for answer, label in (question.asks.choices or {}).items()}
        answers = {code: teller.piece(labels[code]) if code in labels else teller.value(question.of(answer))
                   for code, answer in choices_of(question).items()}
    tree = question.widget == "kind"
    return tuple(Option(value, label, value in values, value.count(".") if tree else 0)
                 for value, label in answers.items())


def _units(unit: str, units: list[Unit], teller: Teller) -> tuple[Option, ...]:
    """The book's own units first, then the world's currencies by their names."""
    own = [Option(code := f"u{one.number}", teller.value(one.ref), code == unit) for one in units]
    money = [Option(code, teller.currency(code), code == unit) for code in CURRENCIES]
    return (*own, *sorted(money, key=lambda option: (option.value != "XTS", option.label.plain.casefold())))
