"""A list of needs comes in from a sheet: first tried, then confirmed. Nothing is stored in between.

The page itself carries the sheet from one step to the next, packed. Brought twice, it changes nothing.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.codes import KINDS, N_
from alongside.doorways.columns import HEADINGS, NEEDED, columns_of, template
from alongside.doorways.imports import Imported, import_needs
from alongside.formats.sheet import Sheet, Unreadable, read_sheet
from alongside.pages.desk import Desk, seated
from alongside.store.keys import signer
from alongside.words import LANGUAGES

BYTES_MOST = 5 * 1024 * 1024
CARRIED_MOST = 1_500_000  # characters: a form may hold no more
REFUSED_SHOWN, COLUMNS_MOST = 40, 60

QUESTIONS: dict[str, str] = {
    "item": N_("What is missing"),
    "kind": N_("Of what kind"),
    "quantity": N_("How much"),
    "unit": N_("Counted in"),
    "region": N_("In which region"),
    "rank": N_("Place in the order"),
    "by_when": N_("By when"),
    "whom": N_("For whom"),
}
TOO_BIG = N_("This sheet is too long for one form. Part it, and bring the parts one after the other.")
NOTHING = N_("Choose a file, or paste the list.")
TORN = N_("The sheet did not come back whole. Choose it again.")


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def bring(desk: Desk) -> HttpResponse:
    """The sheet is asked for, tried, and brought in when its bringer has seen what would happen."""
    if desk.inner or not desk.by.host:
        raise Http404
    posted = desk.request.POST
    if desk.request.method != "POST":
        return _page(desk)
    try:
        data = _sheet_in(desk.request)
        sheet, mapping = read_sheet(data), _mapping(desk)
    except Unreadable as wrong:
        return _page(desk, problem=_said(desk, wrong), status=422)
    language = posted.get("language", "")
    language = language if language in LANGUAGES else desk.reader.language
    step: dict[str, Any] = {
        "sheet": sheet,
        "carried": _packed(data),
        "mapping": mapping,
        "language": language,
    }
    if len(step["carried"]) > CARRIED_MOST:
        return _page(desk, problem=desk.reader.gettext(TOO_BIG), status=422)
    try:
        columns = columns_of(sheet, mapping)
    except Unreadable as wrong:
        return _page(desk, problem=_said(desk, wrong), found={}, status=422, **step)
    sure, all_or_none = posted.get("step") == "bring", posted.get("refused") == "none"
    done = _brought(desk, data, mapping, language, sure=sure, all_or_none=all_or_none)
    return _page(desk, found=columns, imported=done, sure=sure, all_or_none=all_or_none, **step)


def _brought(
    desk: Desk, data: bytes, mapping: dict[str, str], language: str, *, sure: bool, all_or_none: bool
) -> Imported:
    return import_needs(
        desk.book,
        data,
        author=desk.by.number,
        signer=signer("doorway"),
        reader=desk.reader,
        mapping=mapping,
        language=language,
        dry_run=not sure,
        all_or_none=all_or_none,
    )


def _sheet_in(request: HttpRequest) -> bytes:
    """The bytes of a file, of what was pasted, or of the sheet that the page carried."""
    if carried := request.POST.get("sheet", ""):
        return _unpacked(carried)
    if (file := request.FILES.get("file")) is not None:
        return bytes(file.read())
    if pasted := request.POST.get("pasted", "").strip():
        return pasted.encode("utf-8", "replace")
    raise Unreadable(NOTHING)


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def _unpacked(carried: str) -> bytes:
    unpack = zlib.decompressobj()
    try:
        data = unpack.decompress(base64.b64decode("".join(carried.split()), validate=True), BYTES_MOST)
    except (binascii.Error, ValueError, zlib.error):
        raise Unreadable(TORN) from None
    if not unpack.eof:  # torn, or packed by somebody else to be far more than it seems
        raise Unreadable(TORN)
    return data


def _mapping(desk: Desk) -> dict[str, str]:
    """Which column answers which question, where somebody said so."""
    said = {question: desk.request.POST.get(f"column.{question}", "").strip() for question in HEADINGS}
    if every := desk.request.POST.get("every.kind", ""):
        said["kind"] = said["kind"] or (f"={every}" if every in KINDS else "")
    return {question: column for question, column in said.items() if column}


def _said(desk: Desk, wrong: Unreadable) -> str:
    names = {q: desk.reader.gettext(label) for q, label in QUESTIONS.items()}
    params = {
        name: names.get(value, value) if name == "column" else value for name, value in wrong.params.items()
    }
    return desk.reader.gettext(wrong.says).format(**params)


def _page(
    desk: Desk,
    *,
    sheet: Sheet | None = None,
    imported: Imported | None = None,
    found: Any = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    given = {
        "problem": "",
        "carried": "",
        "mapping": {},
        "language": desk.reader.language,
        "sure": False,
        "all_or_none": False,
        **context,
    }
    return desk.page(
        "importing.html",
        "needs",
        desk.told(),
        status=status,
        sheet=sheet,
        imported=imported,
        found=found,
        questions=QUESTIONS,
        needed=NEEDED,
        sample=template(desk.reader.language),
        kinds=KINDS,
        columns=[name for name in sheet.header if name][:COLUMNS_MOST] if sheet else [],
        refused=imported.refused[:REFUSED_SHOWN] if imported else [],
        **given,
    )
