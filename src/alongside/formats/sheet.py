"""A sheet is somebody's work, as her own program wrote it: read whatever its commas, letters and line ends.

What a cell begins with is never run: "=1+1" is text. A line that cannot be read is told with its number; the
others go on.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from alongside.codes import N_

BYTES_MOST = 20 * 1024 * 1024
LINES_MOST = 20_000
CELL_MOST = 4_000
DELIMITERS = (",", ";", "\t", "|")

NOTHING = N_("There is nothing in this file.")
TOO_BIG = N_("This file is too big. At most {most} lines can be taken in at once: please part it.")
A_WORKBOOK = N_("This is a workbook. Save its sheet as CSV, and bring that file.")
NOT_A_SHEET = N_("This is no sheet. Bring a CSV file.")
NO_SUCH_ENCODING = N_("The letters of this file cannot be read as {encoding}.")
CELL_TOO_LONG = N_("A cell is longer than {most} characters. Was a quotation mark opened and not closed?")
TOO_MANY_CELLS = N_("This line has more cells than the sheet has columns. Does a text hold a comma?")
LOST_LETTER = N_("A letter on this line was lost before it came here.")


class Unreadable(ValueError):
    """The sheet as a whole cannot be read. `says` is a message, `params` its values."""

    def __init__(self, says: str, **params: Any) -> None:
        super().__init__(says)
        self.says, self.params = says, params


class Wrong(NamedTuple):
    """Why a line cannot be read: a message and its values."""

    says: str
    params: dict[str, Any] = {}  # noqa: RUF012  # never changed


class Line(NamedTuple):
    """One line below the header. `number` is the line in the file on which it begins."""

    number: int
    cells: tuple[str, ...]
    wrong: Wrong | None


class Sheet(NamedTuple):
    """A sheet as read. `guessed`: nothing told its encoding. `tags` are the HXL tags below the header."""

    encoding: str
    guessed: bool
    delimiter: str
    header: tuple[str, ...]
    tags: tuple[str, ...]
    lines: list[Line]


def read_sheet(data: bytes, encoding: str = "") -> Sheet:
    """The sheet of a CSV file's bytes. Raises `Unreadable`."""
    text, found, guessed = decoded(data, encoding)
    text, delimiter = _delimiter(text.removeprefix("\ufeff"))
    records = _records(text, delimiter)
    header = next((line for line in records if any(line.cells)), None)
    if header is None:
        raise Unreadable(NOTHING)
    columns = header.cells
    lines: list[Line] = []
    tags: tuple[str, ...] = columns if _are_tags(columns) else ()
    for line in records:
        if not any(line.cells) and line.wrong is None:
            continue
        if not lines and not tags and _are_tags(line.cells):
            tags = line.cells
            continue
        if len(lines) == LINES_MOST:
            raise Unreadable(TOO_BIG, most=LINES_MOST)
        lines.append(_fitted(line, len(columns)))
    return Sheet(found, guessed, delimiter, columns, tags, lines)


def decoded(data: bytes, encoding: str = "") -> tuple[str, str, bool]:
    """The text, its encoding, and whether that was guessed. Raises `Unreadable`."""
    if len(data) > BYTES_MOST:
        raise Unreadable(TOO_BIG, most=LINES_MOST)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise Unreadable(A_WORKBOOK)
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(NOTHING)
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark) and not encoding:
            return _decoded_as(data, name), name, False
    if encoding:
        return _decoded_as(data, encoding), encoding, False
    if data[:4] in (b"%PDF", b"\x89PNG") or data[:3] in (b"\xff\xd8\xff", b"GIF"):
        raise Unreadable(NOT_A_SHEET)
    return _guessed(data)


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        raise Unreadable(NO_SUCH_ENCODING, encoding=encoding) from None


def _guessed(data: bytes) -> tuple[str, str, bool]:
    """UTF-16 shows by its zeros, UTF-8 by its strict form. What is neither came from an older Windows."""
    start = data[:2_000]
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = start[place::2]
        if len(high) > 3 and (high.count(0) + high.count(6)) * 5 > len(high) * 4:    # 6: the Arabic page
            return _decoded_as(data, name), name, True
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        torn = data.decode("utf-8", "replace")
    strange = sum(c > "\x7f" for c in torn)
    if torn.count("\ufffd") * 20 < strange:
        return torn, "utf-8", True      # one torn letter among many whole ones
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
    # Arabic words are runs of such bytes; in Spanish, French and Portuguese they stand among plain letters.
    arabic = sum(n for n in runs if n > 2) * 2 >= sum(runs)
    for name in ("windows-1256",) if arabic else ("windows-1252", "windows-1256"):
        try:
            return data.decode(name), name, True
        except UnicodeDecodeError:
            continue
    raise Unreadable(NO_SUCH_ENCODING, encoding="windows-1256")


def _delimiter(text: str) -> tuple[str, str]:
    """The text without a line that only names its delimiter, and the delimiter."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    if found := re.fullmatch(r"sep=([,;\t|])", first.strip("\r\ufeff ")):
        return "\n" + rest, found[1]        # the line stays counted
    outside = re.sub(r'"[^"]*"', "", first.split("\r")[0])
    return text, max(DELIMITERS, key=outside.count)


def _records(text: str, delimiter: str) -> Iterator[Line]:
    """Every record, with the line on which it begins. A quotation mark left open spoils its lines only."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, (), Wrong(CELL_TOO_LONG, {"most": CELL_MOST}))
            continue
        if any(len(cell) > CELL_MOST for cell in cells):
            yield Line(number, (), Wrong(CELL_TOO_LONG, {"most": CELL_MOST}))
            continue
        yield Line(number, tuple(cell.strip() for cell in cells), None)


def _fitted(line: Line, width: int) -> Line:
    if line.wrong is not None:
        return line
    if any(line.cells[width:]):
        return line._replace(cells=(), wrong=Wrong(TOO_MANY_CELLS))
    if any("\ufffd" in cell for cell in line.cells):
        return line._replace(cells=(), wrong=Wrong(LOST_LETTER))
    return line._replace(cells=(*line.cells[:width], *[""] * (width - len(line.cells))))


def _are_tags(cells: tuple[str, ...]) -> bool:
    """Whether a line holds HXL tags and nothing else."""
    given = [cell for cell in cells if cell]
    return bool(given) and all(re.fullmatch(r"#[a-zA-Z][\w ]*(\s*\+\s*\w+)*", cell) for cell in given)


def heading(text: str) -> str:
    """A heading as it is compared: its letters and digits alone, in any case."""
    return "".join(c for c in label(text) if unicodedata.category(c)[0] in "LMN")


def label(text: str) -> str:
    """A label as it is compared: in any case, with single spaces. 1.5 l and 15 l stay two."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
