"""A bit of a sentence, once for a page and once for a terminal.

What somebody wrote is isolated in both, so that a name in one script cannot turn the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from alongside.languages.reading import Reads

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# No words of ours hold these; they could only come from a record that another program wrote.
_TURNS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_NAME = re.compile(r"\{(\w+)\}")
_PLACE = re.compile("[\ue000-\uf8ff].?", re.DOTALL)
_PLACES_FROM, _PLACES_MOST = 0xE000, 0xF900 - 0xE000


class Unnamed(LookupError):
    """A sentence names something that nobody gave it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The same words as plain text and as HTML. A template may print it as it is."""

    plain: str
    html: Markup

    def __html__(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.plain)


def said(text: str) -> Piece:
    """Words of ours."""
    return Piece(text, escape(text))


def theirs(text: str, language: str = "") -> Piece:
    """Words of a person, in their own language and isolated from ours."""
    text = text.translate(_TURNS)
    mark = Markup('<bdi lang="{0}">{1}</bdi>') if language else Markup("<bdi>{1}</bdi>")
    return Piece(f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}", mark.format(language, text))


def named_in(template: str) -> set[str]:
    """The names that a sentence wants."""
    return set(_NAME.findall(template))


def filled(template: str, pieces: Mapping[str, Piece]) -> Piece:
    """The sentence with its pieces. Only `{name}` is a place; nothing else in a template is ever run.

    Raises `Unnamed` for a place that no piece is for.
    """
    plain, html = [], []
    for place, part in enumerate(_NAME.split(template)):
        if place % 2 and part not in pieces:
            raise Unnamed(f"the sentence {template!r} wants {{{part}}}, and nobody gave it")
        piece = pieces[part] if place % 2 else said(part)
        plain.append(piece.plain)
        html.append(piece.html)
    return Piece("".join(plain), Markup("").join(html))


def listed(reader: Reads, pieces: Sequence[Piece]) -> Piece:
    """a, b and c, as the reader's language lists them.

    The reader lists letters that stand for the pieces: nothing in a piece is taken for a comma of ours.
    """
    shown = list(pieces[:_PLACES_MOST])
    # Arabic writes its "and" onto the next word, and only onto an Arabic one: a place carries a first letter.
    places = [chr(_PLACES_FROM + n) + _first_letter(piece) for n, piece in enumerate(shown)]
    skeleton = reader.names(places)

    def put(words: Callable[[Piece], str]) -> str:
        return _PLACE.sub(lambda place: words(shown[ord(place[0][0]) - _PLACES_FROM]), skeleton)

    return Piece(put(lambda piece: piece.plain), Markup(put(lambda piece: str(piece.html))))


def _first_letter(piece: Piece) -> str:
    return next((c for c in piece.plain if c.isalnum()), "x")
