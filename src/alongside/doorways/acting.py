"""`alongside act` and `alongside may`: every action on the command line, its questions as options."""

from __future__ import annotations

import re
import sys
from typing import Any

from alongside.action import ACTIONS, Action
from alongside.audit import understood
from alongside.codes import KINDS, N_
from alongside.doorways.asking import (
    Done,
    Faults,
    Refusals,
    action_called,
    ask_through,
    may_through,
    member_in,
    new_asked_id,
)
from alongside.doorways.fields import Question, choices_of, questions_of
from alongside.doorways.may import leans_on
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
from alongside.languages.sentences import teller_for
from alongside.record.entry import Entry
from alongside.store.keys import signer

NO_SUCH_ACTION = N_("There is no action “{called}”.")
IS_ENTRY = N_("Entry {number}: {says}")
YES = N_("Yes.")
YES_UNDER = N_("Yes, under {consent}, until {day}.")
CODE_AND_LIFT = N_("{says} {lift} [{code}]")
WHO_CAN_HELP = N_("Who can help: {helps}")
_HOW: dict[str, str] = {
    "quantity": "a number and its unit: “40 u12” or “1,200 EUR”", "day": "2026-03-31 or 31/3/2026",
    "row": "a number", "yesno": "yes or no", "number": "a number",
}


def act(argv: list[str]) -> int:
    """Ask for an action, and say what it became."""
    kind, asked, typed = _read_line("act", argv)
    seat, asked_id = seat_of(asked, kind.books), asked.asked_id or new_asked_id()
    answer = ask_through(seat.book, kind, typed, author=seat.author, asked_id=asked_id,
                         signer=signer("doorway"), reader=seat.reader)
    if not isinstance(answer, Done):
        raise _no(seat, answer)
    says = _says(seat, answer.number)
    show([says], {"entry": answer.number, "says": says}, asked.json)
    return DONE


def may(argv: list[str]) -> int:
    """Ask whether she may. Nothing of it is kept."""
    kind, asked, typed = _read_line("may", argv)
    seat = seat_of(asked, kind.books)
    book, by = seat.book, member_in(seat.book, seat.author)
    answer = may_through(book, kind, typed, author=seat.author, reader=seat.reader)
    if isinstance(answer, Refusals | Faults):
        raise _no(seat, answer)
    consent = leans_on(answer.action, by, book) if by else None
    teller = teller_for(book, seat.reader, by, [])
    says, until = teller.plain(YES), None
    if consent:
        until = consent.last_day()
        says = teller.plain(YES_UNDER, consent=consent.ref, day=until)
    show([says], {"may": True, "consent": consent and consent.number, "until": until and until.isoformat()},
         asked.json)
    return DONE


def options_of(kind: type[Action], command: str) -> Parser:
    """A parser whose options are an action's questions."""
    area, verb = kind.called.split(".")
    made = with_person(parser(f"{command} {area} {verb}", f"{kind.title}. {kind.happens} {kind.undo}"))
    made.add_argument("--asked-id", metavar="ID", help="32 hex digits; what is asked twice is done once")
    asked = made.add_argument_group("its questions")
    for question in questions_of(kind):
        names = dict.fromkeys((f"--{question.name}", f"--{question.name.replace('_', '-')}"))
        asked.add_argument(*names, dest=f"q.{question.name}", action="append", help=_help(question),
                           metavar="ANSWER", default=[])
    return made


def _read_line(command: str, argv: list[str]) -> tuple[type[Action], Any, dict[str, list[str]]]:
    called = [word for word in argv[:2] if not word.startswith("-")]
    if len(called) < 2:
        wanted_help = not argv or "-h" in argv or "--help" in argv or len(called) == len(argv)
        print(_known(command, *called), file=sys.stdout if wanted_help else sys.stderr)
        raise SystemExit(DONE if wanted_help else CANNOT_READ)
    kind = action_called(*called)
    if kind is None:
        raise Ended(CANNOT_READ, NO_SUCH_ACTION.format(called=" ".join(called)),
                    f"“alongside {command}” lists them.")
    asked = options_of(kind, command).parse_args(argv[2:])
    if asked.asked_id and not re.fullmatch("[0-9a-f]{32}", asked.asked_id):
        raise Ended(CANNOT_READ, "--asked-id is 32 hex digits, in small letters.")
    typed = {name[2:]: value for name, value in vars(asked).items() if name.startswith("q.") and value}
    return kind, asked, typed


def _no(seat: Seat, answer: Refusals | Faults) -> Ended:
    """How a command ends that was not done: what cannot be read, or each no with its code and its lift."""
    if isinstance(answer, Faults):
        lines = [f"--{name}: {says}" for name, says in answer.faults.items()]
        return Ended(CANNOT_READ, *lines, data={"unclear": answer.faults})
    by = member_in(seat.book, seat.author)
    teller = teller_for(seat.book, seat.reader, by, answer.refusals)
    lines, data = [], []
    for no in map(teller.refusal, answer.refusals):
        lines.append(teller.plain(CODE_AND_LIFT, says=no.says, lift=no.lift, code=no.code))
        if no.helps:
            lines.append("  " + teller.plain(WHO_CAN_HELP, helps=no.helps))
        data.append({name: str(value) for name, value in no._asdict().items()})
    return Ended(REFUSED if by else NOT_A_MEMBER, *lines, data={"refused": data})


def _says(seat: Seat, number: int) -> str:
    """What happened, as the record says it."""
    entered = understood(Entry.read(next(iter(seat.book.entries(number - 1)))))
    teller = teller_for(seat.book, seat.reader, member_in(seat.book, seat.author), [entered])
    return teller.plain(IS_ENTRY, number=teller.digits(number), says=teller.entry(entered))


def _help(question: Question) -> str:
    how = _HOW.get(question.widget, "")
    if question.widget == "choice":
        how = "one of: " + ", ".join(choices_of(question))
    elif question.widget == "kind":
        how = "a kind: " + ", ".join(KINDS)
    says = " ".join(filter(None, (question.asks.says, question.asks.hint, how and f"({how})")))
    free = ("may be left out",) if question.optional else ()
    many = ("can be given several times",) if question.many else ()
    return "; ".join((says, *free, *many)).replace("%", "%%")


def _known(command: str, area: str = "") -> str:
    lines = [f"Usage: alongside {command} AREA VERB --as NAME --question answer …", ""]
    for called in sorted({called for called, _ in ACTIONS}):
        kind = action_called(*called.split("."))
        if kind is not None and (not area or called.startswith(area + ".")):
            lines.append(f"  {called.replace('.', ' '):<34} {kind.title}")
    return "\n".join(lines)
