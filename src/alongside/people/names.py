"""A name is written as its person writes it, and found however it is typed."""

from __future__ import annotations

import unicodedata

NAME_MAX = 80


class UnusableName(ValueError):
    """A name that cannot be kept. `code` is `empty`, `long` or `marks`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def written(name: str) -> str:
    """The name as it is kept and shown: NFC, single spaces, no hidden marks.

    Control and direction characters are refused rather than dropped: with them one name can be made to look
    like another's. Joiners (U+200C, U+200D) stay, since many scripts need them.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name:
        raise UnusableName("empty")
    if len(name) > NAME_MAX:
        raise UnusableName("long")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} and c not in "\u200c\u200d" for c in name):
        raise UnusableName("marks")
    return name


def folded(name: str) -> str:
    """The name as it is looked up: case-folded NFC. Never fails; what cannot be a name is nobody's."""
    return unicodedata.normalize("NFC", " ".join(name.split())[: 3 * NAME_MAX].casefold())[: 3 * NAME_MAX]
