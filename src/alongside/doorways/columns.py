"""Which column of a sheet answers which question about a need, by what people write above their columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from alongside.codes import KINDS, N_
from alongside.formats.sheet import Sheet, Unreadable, heading
from alongside.languages.locale import Reader
from alongside.words import LANGUAGES

# Our template's columns, in its order; the first name of each language is the template's own.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "item": {
        "en": ("item", "thing", "product", "name"), "es": ("artículo", "producto", "cosa"),
        "fr": ("article", "produit", "objet"), "ar": ("الصنف", "البند", "المادة", "صنف"),
        "pt": ("artigo", "produto", "coisa"), "sw": ("kitu", "bidhaa")},
    "kind": {
        "en": ("kind", "category", "type"), "es": ("tipo", "clase", "categoría"),
        "fr": ("genre", "type", "catégorie"), "ar": ("النوع", "الفئة", "نوع"),
        "pt": ("tipo", "categoria"), "sw": ("aina", "kundi")},
    "quantity": {
        "en": ("quantity", "amount", "number needed"), "es": ("cantidad",), "fr": ("quantité", "nombre"),
        "ar": ("الكمية", "العدد", "كمية"), "pt": ("quantidade",), "sw": ("kiasi", "idadi")},
    "unit": {
        "en": ("unit", "units"), "es": ("unidad",), "fr": ("unité",), "ar": ("الوحدة", "وحدة"),
        "pt": ("unidade",), "sw": ("kipimo",)},
    "region": {
        "en": ("region", "area"), "es": ("región", "zona"), "fr": ("région", "zone"),
        "ar": ("المنطقة", "الإقليم", "منطقة"), "pt": ("região", "zona"), "sw": ("eneo", "mkoa")},
    "rank": {
        "en": ("rank", "priority", "order"), "es": ("prioridad", "orden"), "fr": ("rang", "priorité"),
        "ar": ("الأولوية", "الترتيب", "أولوية"), "pt": ("prioridade", "ordem"), "sw": ("kipaumbele",)},
    "by_when": {
        "en": ("by when", "by", "date"), "es": ("para cuándo", "fecha"), "fr": ("pour quand", "date"),
        "ar": ("حتى متى", "قبل", "التاريخ"), "pt": ("até quando", "data"), "sw": ("kabla ya", "tarehe")},
    "whom": {
        "en": ("whom", "for whom", "who for"), "es": ("para quién", "para quiénes"), "fr": ("pour qui",),
        "ar": ("لمن", "الفئة المعنية"), "pt": ("para quem",), "sw": ("kwa nani",)},
}
NEEDED = ("item", "kind", "quantity")

# What an HXL tag answers: the hashtag, and an attribute that makes it so. The first that fits is meant.
_TAGS: tuple[tuple[str, str, str], ...] = (
    ("#item", "type", "kind"), ("#item", "kind", "kind"), ("#item", "unit", "unit"),
    ("#item", "num", "quantity"), ("#item", "quantity", "quantity"), ("#item", "", "item"),
    ("#indicator", "unit", "unit"), ("#indicator", "num", "quantity"), ("#inneed", "", "quantity"),
    ("#sector", "", "kind"), ("#subsector", "", "kind"), ("#adm1", "", "region"), ("#region", "", "region"),
    ("#severity", "", "rank"), ("#priority", "", "rank"), ("#date", "", "by_when"),
    ("#beneficiary", "", "whom"), ("#population", "", "whom"),
)

# What Distribute Aid's sheets call a category.
_DISTRIBUTE_AID = {
    "Baby": "goods.baby", "Cleaning": "goods.hygiene", "Clothing": "goods.clothes",
    "Cooking": "goods.cooking", "Education": "goods.school", "Electronic": "goods.tools",
    "Food": "goods.food", "Health": "goods.medicine", "Household": "goods.household",
    "Hygiene": "goods.hygiene",
    "Infrastructure": "goods.tools", "Office": "goods", "Religious": "goods", "Shelter": "goods.shelter",
    "Toys & Activities": "goods", "W.A.S.H.": "goods.water",
}

NO_COLUMN = N_("This sheet has no column that says “{column}”. Its columns are: {columns}.")
NO_SUCH_COLUMN = N_("This sheet has no column “{column}”. Its columns are: {columns}.")
NOT_A_QUESTION = N_("A need has no “{column}”. What can be said of it: {columns}.")

# How each question is answered: from these columns, joined, or with these words on every line.
Columns = Mapping[str, "tuple[int, ...] | str"]


def columns_of(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Columns:
    """Where each question finds its answer. Raises `Unreadable` when one that must be answered finds none.

    `mapping` names columns by question: "name", or "name+size" for two that belong together, or "=food" for
    the same answer on every line. What it leaves out is found by heading or HXL tag.
    """
    found: dict[str, tuple[int, ...] | str] = {}
    for question, wanted in (mapping or {}).items():
        if question not in HEADINGS:
            raise Unreadable(NOT_A_QUESTION, column=question, columns=", ".join(HEADINGS))
        found[question] = wanted[1:] if wanted.startswith("=") else tuple(
            _column(sheet, part) for part in wanted.split("+"))
    taken = {place for places in found.values() if not isinstance(places, str) for place in places}
    for question in HEADINGS:
        place = None if question in found else _by_heading(sheet, question, taken)
        if place is not None:
            found[question] = (place,)
            taken.add(place)
    for question in NEEDED:
        if question not in found:
            raise Unreadable(NO_COLUMN, column=question, columns=", ".join(filter(None, sheet.header)))
    return found


def cell_of(columns: Columns, question: str, cells: tuple[str, ...]) -> str:
    """What a line answers to a question."""
    where = columns.get(question, ())
    return where if isinstance(where, str) else ", ".join(filter(None, (cells[place] for place in where)))


@cache
def kinds_by_name() -> dict[str, str]:
    """Every kind by its code, by its name in each of our languages, and by what Distribute Aid calls it."""
    found = {heading(name): kind for name, kind in _DISTRIBUTE_AID.items()}
    for language in LANGUAGES:
        found |= {heading(Reader(language).gettext(label)): kind for kind, label in KINDS.items()}
    return found | {heading(kind): kind for kind in KINDS}


def template(language: str = "en") -> str:
    """An empty sheet of ours: its columns, and their HXL tags below."""
    columns = [names.get(language, names["en"])[0] for names in HEADINGS.values()]
    tags = ("#item+name", "#item+type", "#item+quantity", "#item+unit", "#adm1+name", "#priority",
            "#date+due", "#population+group")
    return ",".join(columns) + "\r\n" + ",".join(tags) + "\r\n"


def _column(sheet: Sheet, name: str) -> int:
    wanted = heading(name)
    for place, column in enumerate(sheet.header):
        if heading(column) == wanted or column == name:
            return place
    raise Unreadable(NO_SUCH_COLUMN, column=name, columns=", ".join(filter(None, sheet.header)))


def _by_heading(sheet: Sheet, question: str, taken: set[int]) -> int | None:
    free = [place for place in range(len(sheet.header)) if place not in taken]
    for names in zip(*_in_rounds(HEADINGS[question]), strict=True):
        known = {heading(name) for name in names}
        for place in free:
            if heading(sheet.header[place]) in known:
                return place
    return next((p for p in free if p < len(sheet.tags) and _answers(sheet.tags[p]) == question), None)


def _in_rounds(names: dict[str, tuple[str, ...]]) -> list[list[str]]:
    """First names of all languages come before second ones: "name" is an item only if nothing else is."""
    most = max(map(len, names.values()))
    return [[*known, *[known[0]] * (most - len(known))] for known in names.values()]


def _answers(tag: str) -> str:
    hashtag, *attributes = [part.strip().lower() for part in tag.split("+")]
    return next((question for known, attribute, question in _TAGS
                 if known == hashtag and (not attribute or attribute in attributes)), "")
