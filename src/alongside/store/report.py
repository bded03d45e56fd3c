"""What a verification says of a book: what it counted, and the first thing that does not hold."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple


class Wrong(NamedTuple):
    """The first thing that does not hold: its entry (None: not one entry's), and a sentence."""

    number: int | None
    sentence: str


class NotHeld(Exception):
    """Something does not hold; what and where is in `wrong`."""

    def __init__(self, number: object, sentence: str) -> None:
        super().__init__(sentence)
        # A number that somebody's tampering left as something else is no number to name.
        self.wrong = Wrong(number if isinstance(number, int) else None, sentence)


@dataclass
class Report:
    """What verification found. `wrong` is None when all of it holds, to the depth asked for.

    `entries` is how many hold; `attested` counts them by kind of key, `actions` by action (rules only);
    `words` is how many texts were held against their commitments; `signed` says that the log's key signed
    exactly these entries; `root` is theirs, in base64.
    """

    book: str
    depth: str
    entries: int = 0
    attested: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    words: int = 0
    signed: bool = False
    root: str = ""
    wrong: Wrong | None = None

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return self.wrong is None

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {**asdict(self), "ok": self.ok, "wrong": self.wrong._asdict() if self.wrong else None}
