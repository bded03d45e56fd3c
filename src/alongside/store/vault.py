"""Where words lie, by commitment: put there in act's transaction, removed by an erasure, never replayed.

This is the one place that knows whether words are in clear. Sealing changes this file and no action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alongside.act import Kept, Text
from alongside.store.sql import Sql, here

_PUT = ("INSERT INTO vault_words (book, commitment, number, field, salt, text, language, audience)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
_AT_ONCE = 500      # what one statement may name


class SqlVault:
    """The words of one book."""

    def __init__(self, book: str, db: Sql | None = None) -> None:
        self.book, self.db = book, db or here()
        self.number = 0         # of the entry whose words come next
        self._waiting: list[tuple[object, ...]] = []

    def put(self, words: Sequence[Kept]) -> None:
        """Keep words with the entry that is being written."""
        self._waiting += [(self.book, w.commitment, self.number, w.field, w.salt, w.text, w.language,
                           w.audience) for w in words]

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.db.many(_PUT, waiting)

    def open(self, commitments: Iterable[str]) -> Mapping[str, Text]:
        """The words that are still kept, by commitment; erased ones are missing."""
        wanted = sorted(set(commitments))
        found: dict[str, Text] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start:start + _AT_ONCE]
            places = ", ".join("?" * len(part))
            found |= {c: Text(text, language) for c, text, language in self.db.rows(
                "SELECT commitment, text, language FROM vault_words WHERE book = ?"
                f" AND commitment IN ({places})", (self.book, *part))}
        return found
