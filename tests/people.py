"""The cast of the demo, as tests know them: who they are, and what that lets them do (demo.md)."""

from __future__ import annotations

from typing import NamedTuple

HOST = "Sidra Lanes"
LANTERN_STREET = "Lantern Street"
RIO_CLARO = "Río Claro"


class Person(NamedTuple):
    """Somebody in a story. `group` is empty for whoever must have no access."""

    name: str
    group: str
    line: str


CAST: dict[str, Person] = {p.name: p for p in (
    Person("Amna", HOST, "founded the kitchen and is its steward"),
    Person("Nuha", HOST, "says the second yes; will be steward and deputy once a verb names roles"),
    Person("Idris", HOST, "keeps the store, and counts what arrives"),
    Person("Maren", LANTERN_STREET, "came in for Lantern Street, with forty boxes of coats"),
    Person("Tariq", LANTERN_STREET, "of the diaspora; admitted to Lantern Street by Amna"),
    Person("Lucía", RIO_CLARO, "came in for Río Claro, the neighbourhood network"),
    Person("Sami", "", "has no member row anywhere, and must get nowhere"),
)}
