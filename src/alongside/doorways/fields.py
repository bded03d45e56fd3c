"""What an action asks stands in its declaration; here what was typed becomes its answers, and back again.

Every way in uses this: a page, the command line, a sheet. All faults are found at once, one for a question,
and no word that was typed is lost.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from alongside.act import Text
from alongside.action import Action, Asks
from alongside.codecs import CODE_MAX
from alongside.codes import CURRENCIES, KINDS, N_
from alongside.doorways.days import read_day
from alongside.doorways.numbers import digits_to_ascii, read_number, write_number
from alongside.languages.reading import Reads
from alongside.languages.sentences import decimals_of
from alongside.shape import Field
from alongside.tables import Tables
from alongside.words import LANGUAGES, Kind, Quantity, Ref, Sealed, Unclear, clean

Typed = Mapping[str, "str | list[str]"]
MANY_MOST = 1_000
_BETWEEN = re.compile(r"[\s,،;]+")      # several codes in one line

ANSWER_THIS = N_("This must be answered.")
ONE_ANSWER = N_("Only one answer can be given here.")
NOT_OFFERED = N_("This is not one of the answers offered.")
NO_UNIT = N_("Choose what it is counted in.")
NO_SUCH_UNIT = N_("This is not a unit of this book, nor a currency.")
NO_NUMBER = N_("Write the number of an entry, like {example}.")
NO_SUCH_KIND = N_("This is not a kind of support that we know.")
YES_OR_NO = N_("Answer yes or no.")
TOO_MANY = N_("At most {most} answers can be given here.")
TOO_LONG = N_("This is too long for an answer here.")
NO_SUCH_QUESTION = N_("There is no such question here.")
NOT_A_LANGUAGE = N_("This is not a language that we know.")
AT_LEAST, AT_MOST = N_("This must be at least {least}."), N_("This can be at most {most}.")


class Read(NamedTuple):
    """What was typed, as `act.prepare` takes it. `faults` are the reader's sentences, by question."""

    plain: dict[str, Any]
    texts: dict[str, Text]
    faults: dict[str, str]


class Question(NamedTuple):
    """One question as doorways see it: how it is asked, and what kind of answer it takes, once or often."""

    name: str
    asks: Asks
    widget: str
    of: Any         # Kind, Quantity, a Ref, a StrEnum, …
    many: bool
    optional: bool


class _Answering(NamedTuple):
    """What reading one answer may look at."""

    question: Question
    typed: Typed
    at: Tables
    reader: Reads


def questions_of(kind: type[Action]) -> list[Question]:
    """The questions that a person is asked: what a doorway brings along is not among them."""
    return [_question(field) for field in kind.shape()
            if isinstance(field.default, Asks) and not field.default.brought]


def read(kind: type[Action], typed: Typed, at: Tables, reader: Reads) -> Read:
    """Everything that was typed, read; each fault says what would be right.

    `typed` holds the answers by question; a quantity's unit is `<question>.unit`, the language of words
    `<question>.language` (the reader's own if it is not said).
    """
    found, known = Read({}, {}, {}), set()
    for question in questions_of(kind):
        known |= {question.name, f"{question.name}.unit", f"{question.name}.language"}
        try:
            _read_one(_Answering(question, typed, at, reader), found)
        except Unclear as wrong:
            found.faults[question.name] = fault(wrong, reader)
    for name in typed.keys() - known:
        found.faults[name] = reader.gettext(NO_SUCH_QUESTION)
    return found


def write(kind: type[Action], plain: Mapping[str, Any], texts: Mapping[str, Text], at: Tables,
          reader: Reads) -> dict[str, str | list[str]]:
    """The inverse of `read`: what this person would have typed. For forms that begin with an answer."""
    typed: dict[str, str | list[str]] = {}
    for question in questions_of(kind):
        name = question.name
        if name in texts:
            typed |= {name: texts[name].text, f"{name}.language": texts[name].language}
        elif name in plain and question.widget == "quantity":
            n, unit = plain[name]
            typed |= {name: write_number(n, decimals_of(unit, at), reader), f"{name}.unit": unit}
        elif name in plain:
            many = plain[name] if question.many else [plain[name]]
            said = [_write_one(question, value, reader) for value in many]
            typed[name] = said if question.many else said[0]
    return typed


def fault(wrong: Unclear, reader: Reads) -> str:
    """Why an answer cannot be read, in the reader's language."""
    said = {name: reader.number(n) if type(n) is int else n for name, n in wrong.params.items()}
    return reader.gettext(wrong.says).format(**said)


def typed_values(typed: Typed, name: str) -> list[str]:
    """What was typed for a question: no answer, one, or many."""
    given = typed.get(name, [])
    values = [given] if isinstance(given, str) else given
    return [value for value in values if value.strip()]


def _question(field: Field) -> Question:
    of, many = inner(field.type)
    widget = "words" if of is Sealed else "choice" if field.default.choices or _is(of, StrEnum) else ""
    widget = widget or ("row" if _is(of, Ref) else _WIDGETS.get(of, "code"))
    return Question(field.name, field.default, widget, of, many, field.default.optional)


def inner(hint: Any) -> tuple[Any, bool]:
    """What a hint is made of: `tuple[Kind, ...] | None` is many times `Kind`."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return inner(next(a for a in typing.get_args(hint) if a is not types.NoneType))
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0], True
    return hint, False


def _is(of: Any, above: type) -> bool:
    return isinstance(of, type) and issubclass(of, above)


def _read_one(asked: _Answering, found: Read) -> None:
    question = asked.question
    values = typed_values(asked.typed, question.name)
    if question.many:
        values = [part for value in values for part in _BETWEEN.split(value) if part]
    if not values:
        if not question.optional:
            raise Unclear(question.name, ANSWER_THIS)
        return
    if not question.many and len(values) > 1:
        raise Unclear(question.name, ONE_ANSWER)
    if question.widget == "words":
        found.texts[question.name] = _read_words(asked, values[0])
        return
    if len(values) > MANY_MOST:
        raise Unclear(question.name, TOO_MANY, most=MANY_MOST)
    if any(len(value) > CODE_MAX for value in values):
        raise Unclear(question.name, TOO_LONG)
    read_value = _READS[question.widget]
    plain = [read_value(asked, value.strip()) for value in values]
    found.plain[question.name] = plain if question.many else plain[0]


def _read_words(asked: _Answering, value: str) -> Text:
    name = asked.question.name
    language = (typed_values(asked.typed, f"{name}.language") or [asked.reader.language])[0]
    if language not in LANGUAGES:
        raise Unclear(name, NOT_A_LANGUAGE)
    return Text(clean(value, name), language)


def _read_quantity(asked: _Answering, value: str) -> list[Any]:
    name = asked.question.name
    units = typed_values(asked.typed, f"{name}.unit")
    if not units:       # "1,200 XTS", as on the command line
        value, _, last = value.rpartition(" ")
        units = [last] if value else []
    if len(units) != 1:
        raise Unclear(name, NO_UNIT)
    unit = digits_to_ascii(units[0].strip())
    if unit not in CURRENCIES and not (unit[:1] == "u" and unit[1:].isascii() and unit[1:].isdecimal()):
        raise Unclear(name, NO_SUCH_UNIT)
    decimals = decimals_of(unit, asked.at)
    n = read_number(value, decimals, asked.reader, name)
    _bound(asked, n, decimals)
    return [n, unit]


def _read_whole(asked: _Answering, value: str) -> int:
    n = read_number(value, 0, asked.reader, asked.question.name)
    _bound(asked, n, 0)
    return n


def _bound(asked: _Answering, n: int, decimals: int) -> None:
    name, asks = asked.question.name, asked.question.asks
    if asks.least is not None and n < asks.least:
        raise Unclear(name, AT_LEAST, least=asked.reader.decimal(asks.least, decimals))
    if asks.most is not None and n > asks.most:
        raise Unclear(name, AT_MOST, most=asked.reader.decimal(asks.most, decimals))


def _read_row(asked: _Answering, value: str) -> int:
    number = digits_to_ascii(value)
    if not (number.isascii() and number.isdecimal() and len(number) < 16 and int(number)):
        raise Unclear(asked.question.name, NO_NUMBER, example=asked.reader.number(31))
    return int(number)


def _read_choice(asked: _Answering, value: str) -> Any:
    offered = choices_of(asked.question)
    if value not in offered:
        raise Unclear(asked.question.name, NOT_OFFERED)
    return offered[value]


def choices_of(question: Question) -> dict[str, Any]:
    """The answers that a question offers: as typed, and as an entry holds them."""
    answers: Iterable[Any] = question.asks.choices or question.of
    return {_code(answer): answer.value if isinstance(answer, StrEnum) else answer for answer in answers}


def _code(answer: Any) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)


def _read_kind(asked: _Answering, value: str) -> str:
    if value not in KINDS:
        raise Unclear(asked.question.name, NO_SUCH_KIND)
    return value


def _read_yes(asked: _Answering, value: str) -> bool:
    said = value.casefold()
    for answer, words in ((True, ("yes", "true", "1", "on")), (False, ("no", "false", "0", "off"))):
        if said in words or said == asked.reader.gettext(words[0]).casefold():
            return answer
    raise Unclear(asked.question.name, YES_OR_NO)


def _read_code(asked: _Answering, value: str) -> str:
    value = digits_to_ascii(value)
    if not (value.isascii() and value.isprintable()):
        raise Unclear(asked.question.name, N_("This must be a short plain code."))
    return value


def _write_one(question: Question, value: Any, reader: Reads) -> str:
    if question.widget == "number":
        return write_number(value, 0, reader)
    return _code(value)


_WIDGETS: dict[Any, str] = {Kind: "kind", Quantity: "quantity", date: "day", bool: "yesno", int: "number"}
_READS: dict[str, Callable[[_Answering, str], Any]] = {
    "choice": _read_choice, "code": _read_code, "kind": _read_kind, "number": _read_whole, "row": _read_row,
    "quantity": _read_quantity, "yesno": _read_yes,
    "day": lambda asked, value: read_day(value, asked.reader, asked.question.name).isoformat(),
}
