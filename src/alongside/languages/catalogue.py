"""Every sentence a person may read is a message of the catalogues; whoever adds one adds its Arabic with it.

    python -m alongside.languages.catalogue             take new messages in, keep every translation
    python -m alongside.languages.catalogue --check     fail where a catalogue misses a message

Arabic must be whole. The other languages may be drafts with gaps, which are read in English.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Kept
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from alongside.languages.locale import CATALOGUES, LANGUAGES

HOUSE = Path(__file__).resolve().parent.parent
# English is what the messages are written in.
TRANSLATED = [language for language in LANGUAGES if language != "en"]
WHOLE = ("ar",)

# Calls whose arguments are messages: by position, and by name.
SPOKEN: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "_": ((0,), ()), "N_": ((0,), ()), "gettext": ((0,), ()), "says": ((0,), ()),
    "asks": ((0,), ("says", "hint", "choices")), "Free": ((0,), ("because",)), "Who": ((0,), ("says",)),
    "no": ((1,), ("says", "lift")), "ngettext": ((0, 1), ()), "pgettext": ((0, 1), ()),
}
# The same for templates.
CALLED = ("_", "gettext", "ngettext", "pgettext")
# What a class of ours says of itself.
SAID = {"says", "title", "happens", "undo"}

# As gettext's own manual and every translator's tool has it; Babel numbers the last two the other way round.
PLURALS = {"ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
                 " n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"}

PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAGS = re.compile(r"</?\w+[^>]*>")


class Message(NamedTuple):
    """One message as the source holds it. `plural` and `context` are empty for most."""

    one: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        """The key that gettext knows it by."""
        return (self.one, self.plural) if self.plural else self.one


def main(argv: list[str] | None = None) -> int:
    """Update or check, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m alongside.languages.catalogue")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(argv)
    found = messages(HOUSE)
    if not asked.check:
        for language in TRANSLATED:
            update(CATALOGUES / f"{language}.po", language, found)
        return 0
    wrong = [line for language in TRANSLATED
             for line in missing(CATALOGUES / f"{language}.po", language, found)]
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def messages(house: Path) -> dict[Message, list[str]]:
    """Every message of the house, with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(house.rglob("*.py")):
        for message in in_python(path.read_text("utf-8")):
            found.setdefault(message, set()).add(path.relative_to(house.parent).as_posix())
    for path in sorted(house.rglob("templates/**/*.html")):
        for message in in_template(path.read_bytes()):
            found.setdefault(message, set()).add(path.relative_to(house.parent).as_posix())
    return {message: sorted(files) for message, files in found.items()}


def in_python(source: str) -> Iterator[Message]:
    """The messages of a module: what its calls hand over, and what its classes say of themselves."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign | ast.AnnAssign) and line.value and _name_of(line) in SAID:
                    yield from map(Message, _texts(line.value))


def in_template(source: bytes) -> Iterator[Message]:
    """The messages of a Jinja template."""
    options = {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
    for _, function, said, _ in babel_extract(io.BytesIO(source), CALLED, (), options):
        texts = [text for text in (said if isinstance(said, tuple) else (said,)) if isinstance(text, str)]
        if texts:
            yield _message(function, texts)


def update(path: Path, language: str, found: dict[Message, list[str]]) -> None:
    """Take new messages in and set old ones aside. A translation is never lost: what is unused stays
    below, marked."""
    catalogue = _read(path, language)
    template = Catalog(creation_date=catalogue.creation_date)
    for message, files in sorted(found.items(), key=lambda each: (each[1], each[0])):
        template.add(message.id, locations=[(file, 1) for file in files], context=message.context or None)
    for kept in list(catalogue.obsolete.values()):
        if template.get(kept.id, kept.context):
            catalogue[kept.id] = kept       # said again: its translation comes back with it
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    written = io.BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False, sort_by_file=True)
    if not path.exists() or path.read_bytes() != written.getvalue():
        path.write_bytes(written.getvalue())


def missing(path: Path, language: str, found: dict[Message, list[str]]) -> Iterator[str]:
    """What a catalogue lacks or has wrong, one line each."""
    catalogue = _read(path, language)
    for message, files in found.items():
        kept = catalogue.get(message.id, message.context or None)
        where = f"{path.name}: “{message.one}” ({files[0]})"
        if kept is None:
            yield f"{where} is not in it. Run python -m alongside.languages.catalogue and translate it."
        elif language in WHOLE and (kept.fuzzy or not all(_translations(kept))):
            yield f"{where} has no translation. This language must be whole."
        else:
            for text in filter(None, _translations(kept)):
                if _marks(text) - _marks(message.one) - _marks(message.plural):
                    yield f"{where}: “{text}” has names in it that the message does not have."
                elif not message.plural and _marks(text) != _marks(message.one):
                    yield f"{where}: “{text}” leaves out a name that the message has."


def _read(path: Path, language: str) -> Catalog:
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language)
    name = LANGUAGES[language].name
    catalogue = Catalog(locale=language, project="Alongside", version="1", fuzzy=False, language_team=name,
                        last_translator="a draft, not yet read by a native speaker",
                        msgid_bugs_address="the repository", revision_date=datetime.now(UTC),
                        header_comment=f"# Alongside: {name}")
    if language in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def _translations(kept: Kept) -> tuple[str, ...]:
    return tuple(kept.string) if isinstance(kept.string, list | tuple) else (kept.string or "",)


def _marks(text: str) -> set[str]:
    """The names and the tags in a text. Both must survive a translation, and a translation may add none."""
    return {*PLACES.findall(text), *TAGS.findall(text)}


def _called(call: ast.Call) -> Iterator[Message]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name not in SPOKEN:
        return
    places, names = SPOKEN[name]
    given: list[ast.expr] = [call.args[place] for place in places if place < len(call.args)]
    if name in {"ngettext", "pgettext"}:
        texts = [text for argument in given for text in _texts(argument)]
        if len(texts) == len(places):
            yield _message(name, texts)
        return
    given += [keyword.value for keyword in call.keywords if keyword.arg in names]
    for argument in given:
        yield from map(Message, _texts(argument))


def _message(function: str, texts: list[str]) -> Message:
    if function == "ngettext":
        return Message(texts[0], texts[1])
    return Message(texts[1], context=texts[0]) if function == "pgettext" else Message(texts[0])


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts of an argument: itself, either side of a choice, or the labels of a dict of choices."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Dict):
        for label in node.values:
            yield from _texts(label)
    elif isinstance(node, ast.Call):
        yield from (text for argument in node.args[:1] for text in _texts(argument))


def _name_of(line: ast.Assign | ast.AnnAssign) -> str:
    target: ast.expr = line.targets[0] if isinstance(line, ast.Assign) else line.target
    return getattr(target, "id", "")


if __name__ == "__main__":
    sys.exit(main())
