"""A host's own list of needs comes in from a sheet, as one asking for each line, all in one commit.

Every line passes the same gate as a form. What cannot be taken is told with its line and why. The same sheet
brought twice changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, cast

from alongside import gate
from alongside.act import Asking, Book, Outcome
from alongside.areas.partnership.tables import Member
from alongside.codes import N_
from alongside.doorways.asking import member_in
from alongside.doorways.columns import columns_of
from alongside.doorways.late import Bringing, Late
from alongside.doorways.lines import NeedLine, Refused, read_lines, sentence
from alongside.doorways.listing import Lists
from alongside.formats.sheet import Sheet, read_sheet
from alongside.languages.reading import Reads
from alongside.languages.sentences import teller_for
from alongside.record.attest import Signer
from alongside.words import Unclear

NOBODY = 0
ENCODING_GUESSED = N_("This file does not say how its letters are written; it was read as {encoding}.")
TAGS_FOUND = N_("Its second line holds HXL tags, and is no need.")

Progress = Callable[[int, int], None]


class RefusedLine(NamedTuple):
    """A line that was not taken: where it begins in the file, a stable code, and why, for the reader."""

    line: int
    code: str
    says: str


class Imported(NamedTuple):
    """What became of a sheet of so many `lines`.

    `named` are the new needs, `same` the lines that were brought before, `listed` the new units and regions.
    `kept` is False when nothing was written: it was only tried, or a line was refused where all or none was
    asked. Then `named` and `listed` count what would have been.
    """

    lines: int
    named: int
    same: int
    listed: int
    refused: list[RefusedLine]
    notices: list[str]
    kept: bool


def import_needs(book: Book, data: bytes, *, author: int, signer: Signer, reader: Reads,
                 mapping: Mapping[str, str] | None = None, language: str = "", encoding: str = "",
                 dry_run: bool = False, all_or_none: bool = False, progress: Progress | None = None,
                 random: Callable[[int], bytes] = secrets.token_bytes) -> Imported:
    """Bring a sheet of needs into a book.

    `mapping` says which column answers which question (`columns_of`), `language` that of the sheet's words.
    `dry_run` asks the gate about every line and keeps nothing. `progress` is told (done, all); what it raises
    stops the import, and nothing is kept. Raises `Unreadable`, or `Refused` for somebody who is no member.
    """
    by = member_in(book, author)
    if by is None:
        raise gate.Refused((gate.UNSEEN(),))
    sheet = read_sheet(data, encoding)
    columns = columns_of(sheet, mapping)
    bringing = Bringing(book, author, signer, reader, language or reader.language, random)
    lines, refused = read_lines(sheet, columns, book.tables, reader, bringing.language)
    lists = Lists(bringing, by, lines)
    needs = _needs(lines, lists, refused, partial(sentence, columns=columns, sheet=sheet, reader=reader))
    keeps = not dry_run and not (all_or_none and refused)
    fresh = {one.line for one in needs if book.find(one.asked_id) is None}
    asked = [*lists.new([line for line in lines if line.number in fresh]),
             *_counted([one for one in needs if one.line in fresh], progress)]
    outcomes = _act(bringing, asked, keeps, all_or_none)
    refused += _refused(bringing, by, asked, outcomes)
    taken = [one for one, outcome in zip(asked, outcomes, strict=True) if outcome.refused is None]
    return Imported(
        lines=len(sheet.lines), named=sum(one.line > 0 for one in taken), same=len(needs) - len(fresh),
        listed=sum(one.line == 0 for one in taken), refused=[RefusedLine(*one) for one in sorted(refused)],
        notices=_notices(sheet, reader), kept=keeps and not (all_or_none and refused))


def _needs(lines: list[NeedLine], lists: Lists, refused: list[Refused],
           say: Callable[[Unclear], str]) -> list[Late]:
    """The asking of each line; those whose amount cannot be read join the refused."""
    needs = []
    for line in lines:
        try:
            needs.append(lists.need(line))
        except Unclear as wrong:
            refused.append((line.number, "unclear", say(wrong)))
    return needs


def _counted(needs: list[Late], progress: Progress | None) -> list[Late]:
    """The same askings, each telling how far the import is when it is its turn."""
    if progress is None:
        return needs

    def made(done: int, one: Late) -> Asking:
        progress(done, len(needs))
        return one.made

    return [Late(one.asked_id, one.author, one.line, partial(made, done, one))
            for done, one in enumerate(needs, 1)]


def _act(bringing: Bringing, asked: list[Late], keeps: bool, all_or_none: bool) -> list[Outcome]:
    askings = cast("list[Asking]", asked)
    if keeps:
        return bringing.book.act_many(askings, all_or_none=all_or_none)
    # An asking by nobody is always refused; among all or none it makes sure that nothing is kept.
    nobody = bringing._replace(author=NOBODY).asking(
        "needs.list_region", {}, {"label": "-"}, bringing.random(16).hex())
    return bringing.book.act_many([*askings, nobody], all_or_none=True)[:-1]


def _refused(bringing: Bringing, by: Member, asked: list[Late], outcomes: list[Outcome]) -> list[Refused]:
    """The lines that the gate refused, each with the first reason and what would lift it."""
    first = [(one.line, outcome.refused.refusals[0]) for one, outcome in zip(asked, outcomes, strict=True)
             if outcome.refused and one.line]
    teller = teller_for(bringing.book, bringing.reader, by, [no for _, no in first])
    said = [(line, teller.refusal(no)) for line, no in first]
    return [(line, no.code, f"{no.says.plain} {no.lift.plain}".strip()) for line, no in said]


def _notices(sheet: Sheet, reader: Reads) -> list[str]:
    said = []
    if sheet.guessed:
        said.append(reader.gettext(ENCODING_GUESSED).format(encoding=sheet.encoding))
    if sheet.tags and sheet.tags != sheet.header:
        said.append(reader.gettext(TAGS_FOUND))
    return said
