"""`alongside import-needs`: a host's own list of needs, from a sheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from alongside.codes import N_
from alongside.doorways.asking import member_in
from alongside.doorways.imports import Imported, import_needs
from alongside.doorways.seats import Seat, seat_of
from alongside.doorways.terminal import (
    CANNOT_READ,
    DONE,
    NOT_A_MEMBER,
    REFUSED,
    Ended,
    Parser,
    parser,
    show,
    with_person,
)
from alongside.formats.sheet import Unreadable
from alongside.gate import Refused
from alongside.languages.sentences import teller_for
from alongside.store.keys import signer
from alongside.words import BookKind

LINE_REFUSED = N_("Line {number}: {says}")
NAMED = N_("Lines: {lines}. New needs: {named}. Brought before: {same}. New units and regions: {listed}.")
NOTHING_KEPT = N_("Nothing was kept.")
_AT_EVERY = 500


def import_sheet(argv: list[str]) -> int:
    """Bring a sheet, and say what became of each line that was not taken."""
    asked = _parser().parse_args(argv)
    mapping = dict(_pair(pair) for pair in asked.map)
    try:
        data = Path(asked.file).read_bytes()
    except OSError:
        raise Ended(CANNOT_READ, f"{asked.file} cannot be read.") from None
    seat = seat_of(asked, (BookKind.SHARED,))
    try:
        found = import_needs(
            seat.book, data, author=seat.author, signer=signer("doorway"), reader=seat.reader,
            mapping=mapping, encoding=asked.encoding or "", dry_run=asked.dry_run,
            all_or_none=asked.all_or_none, progress=_progress if sys.stderr.isatty() else None)
    except Unreadable as wrong:
        raise Ended(CANNOT_READ, seat.reader.gettext(wrong.says).format(**wrong.params)) from None
    except Refused as refused:
        teller = teller_for(seat.book, seat.reader, member_in(seat.book, seat.author), [])
        raise Ended(NOT_A_MEMBER, str(teller.refusal(refused.refusals[0]).says)) from None
    show(_lines(found, seat), _data(found), asked.json)
    return REFUSED if found.refused else DONE


def _parser() -> Parser:
    says = ("Bring a sheet of needs into a book. Every line passes the gate; the same sheet brought twice"
            " changes nothing.")
    made = with_person(parser("import-needs", says))
    made.add_argument("file", metavar="FILE", help="a CSV file")
    made.add_argument("--map", metavar="QUESTION=COLUMN", action="append", default=[],
                      help="which column answers: item=name, item=name+size; kind==food on every line")
    made.add_argument("--encoding", help="how its letters are written, if the guess is wrong")
    made.add_argument("--dry-run", action="store_true", help="ask the gate about each line, and keep nothing")
    made.add_argument("--all-or-none", action="store_true", help="keep nothing if any line is refused")
    return made


def _pair(written: str) -> tuple[str, str]:
    question, equals, column = written.partition("=")
    if not equals or not question or not column:
        raise Ended(CANNOT_READ, f"--map is written QUESTION=COLUMN, not {written}.")
    return question.strip(), column.strip()


def _lines(found: Imported, seat: Seat) -> list[str]:
    teller = teller_for(seat.book, seat.reader, None, [])
    return [
        *found.notices,
        *(teller.plain(LINE_REFUSED, number=teller.digits(one.line), says=one.says) for one in found.refused),
        teller.plain(NAMED, lines=found.lines, named=found.named, same=found.same, listed=found.listed),
        *([] if found.kept else [teller.plain(NOTHING_KEPT)]),
    ]


def _data(found: Imported) -> dict[str, Any]:
    return {**found._asdict(), "refused": [one._asdict() for one in found.refused]}


def _progress(done: int, of: int) -> None:
    if done % _AT_EVERY == 0 or done == of:
        print(f"\r{done} / {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
