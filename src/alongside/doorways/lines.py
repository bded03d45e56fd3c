"""A line of a sheet, read as one need: its item, kind, amount, place and time, or why it cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any, NamedTuple

from alongside.codes import CURRENCIES, N_
from alongside.doorways.asking import action_called
from alongside.doorways.columns import Columns, cell_of, kinds_by_name
from alongside.doorways.fields import AT_LEAST, fault, read
from alongside.doorways.numbers import read_number
from alongside.formats.sheet import Line, Sheet, Wrong, heading, label
from alongside.languages.reading import Reads
from alongside.tables import Tables
from alongside.words import NUMBER_MAX, Unclear, clean

DECIMALS_MOST = 3
SHEET_ERROR = N_("The sheet shows an error here: {cell}.")
EMPTY_CELL = N_("“{column}” is empty.")
NO_SUCH_KIND = N_("“{cell}” is not a kind of support that we know.")
IN_COLUMN = N_("{column}: {wrong}")
_SHEET_ERRORS = re.compile(r"#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|ERROR!|SPILL!|CALC!)", re.IGNORECASE)

Refused = tuple[int, str, str]


class NeedLine(NamedTuple):
    """A line as read. `unit` and `region` are labels, or a currency's code; `amount` is still as written."""

    number: int
    item: str
    kind: str
    amount: str
    unit: str
    region: str
    plain: dict[str, Any]       # what is read of rank and by_when
    whom: str
    occurrence: int

    def cells(self, n: int, decimals: int) -> list[Any]:
        """What makes this the same line when the sheet comes again, however a program wrote its numbers."""
        amount = format(Decimal(n).scaleb(-decimals).normalize(), "f")
        return [label(self.item), self.kind, amount, label(self.unit), label(self.region),
                self.plain.get("rank", 0), self.plain.get("by_when", ""), self.whom, self.occurrence]


def read_lines(sheet: Sheet, columns: Columns, at: Tables, reader: Reads,
               language: str) -> tuple[list[NeedLine], list[Refused]]:
    """The lines that can be read, and those that cannot: line number, code, sentence."""
    lines: list[NeedLine] = []
    refused: list[Refused] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for line in sheet.lines:
        try:
            one = _read_line(line, columns, at, reader, language)
        except Unclear as wrong:
            refused.append((line.number, "unclear", sentence(wrong, columns, sheet, reader)))
            continue
        key = (label(one.item), one.kind, one.amount, label(one.unit), label(one.region), str(one.plain),
               one.whom)
        seen[key] += 1
        lines.append(one._replace(occurrence=seen[key]))
    return lines, refused


def decimals_for(amounts: list[str], reader: Reads) -> int:
    """How many digits after the point a new unit needs, for all that the sheet counts in it."""
    readable = [a for a in amounts if any(_reads(a, d, reader) for d in range(DECIMALS_MOST + 1))]
    return next((d for d in range(DECIMALS_MOST + 1) if all(_reads(a, d, reader) for a in readable)), 0)


def read_amount(line: NeedLine, decimals: int, reader: Reads) -> int:
    """The amount in the smallest steps of its unit. Raises `Unclear`."""
    n = read_number(line.amount, decimals, reader, "quantity")
    if n < 1:
        raise Unclear("quantity", AT_LEAST, least=reader.decimal(1, decimals))
    return n


def _read_line(line: Line, columns: Columns, at: Tables, reader: Reads, language: str) -> NeedLine:
    if line.wrong is not None:
        raise _unclear("", line.wrong)
    cells = {question: cell_of(columns, question, line.cells) for question in (*columns,)}
    for question, cell in cells.items():
        if _SHEET_ERRORS.search(cell):
            raise Unclear(question, SHEET_ERROR, cell=cell[:20])
    for question in ("item", "kind", "quantity"):
        if not cells.get(question):
            raise Unclear(question, EMPTY_CELL, column=question)
    kind = kinds_by_name().get(heading(cells["kind"]))
    if kind is None:
        raise Unclear("kind", NO_SUCH_KIND, cell=cells["kind"][:60])
    plain, whom = _read_by_its_questions(cells, at, reader, language)
    unit, region = clean(cells.get("unit", ""), "unit"), clean(cells.get("region", ""), "region")
    unit = unit.upper() if unit.upper() in CURRENCIES else unit
    item = clean(cells["item"], "item")
    return NeedLine(line.number, item, kind, cells["quantity"], unit, region, plain, whom, 0)


def _read_by_its_questions(cells: dict[str, str], at: Tables, reader: Reads,
                           language: str) -> tuple[dict[str, Any], str]:
    """Rank, day and group are read as the form of a need reads them."""
    name = action_called("needs", "name")
    if name is None:
        raise LookupError("needs.name")
    typed = {q: cells[q] for q in ("rank", "by_when", "whom") if cells.get(q)}
    found = read(name, typed, at, reader)
    for question in typed:
        if question in found.faults:
            raise Unclear(question, "{wrong}", wrong=found.faults[question])
    return found.plain, found.texts["whom"].text if "whom" in found.texts else ""


def _reads(amount: str, decimals: int, reader: Reads) -> bool:
    try:
        return 0 < read_number(amount, decimals, reader, "quantity") <= NUMBER_MAX
    except Unclear:
        return False


def _unclear(question: str, wrong: Wrong) -> Unclear:
    return Unclear(question, wrong.says, **wrong.params)


def sentence(wrong: Unclear, columns: Columns, sheet: Sheet, reader: Reads) -> str:
    """Why, with the column as the sheet itself calls it."""
    where = columns.get(wrong.field, ())
    named = "" if isinstance(where, str) else ", ".join(filter(None, (sheet.header[p] for p in where)))
    if "column" in wrong.params:
        wrong.params["column"] = named or wrong.field
        return fault(wrong, reader)
    says = fault(wrong, reader)
    return reader.gettext(IN_COLUMN).format(column=named, wrong=says) if named else says
