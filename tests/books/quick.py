"""Tables that can be put aside quickly: a row never changes, so a copy may share it."""

from __future__ import annotations

from typing import Any

from tests.told import WatchedTables


class QuickTables(WatchedTables):
    """Taken over from a book that has just begun; a refusal puts back a copy of the maps, not of every
    row."""

    def __init__(self, begun: WatchedTables | None = None) -> None:
        super().__init__()
        if begun is not None:
            self.__dict__.update(begun.__dict__)

    def __deepcopy__(self, memo: dict[int, Any]) -> QuickTables:
        copy = QuickTables()
        copy._rows = {kind: dict(rows) for kind, rows in self._rows.items()}
        copy._keys = {kind: list(keys) for kind, keys in self._keys.items()}
        copy._ways = {way: {wanted: list(keys) for wanted, keys in found.items()}
                      for way, found in self._ways.items()}
        copy.written = list(self.written)
        return copy
