"""Small numbers in words, where a language lets one word stand before every thing it counts; digits
elsewhere."""

from __future__ import annotations

from alongside.languages.locale import Reader

# From two on: what there is one of has a sentence of its own. Arabic, Portuguese and Swahili bend these
# words.
_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
}


def in_words(n: int, reader: Reader, *, first: bool = True) -> str:
    """Three, or 14. `first` where it begins a sentence."""
    words = _WORDS.get(reader.language, "").split()
    if not 2 <= n < 2 + len(words):
        return reader.number(n)
    return words[n - 2].capitalize() if first else words[n - 2]
