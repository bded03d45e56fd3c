"""Anyone entitled can verify all of it: that nothing was altered, and that every entry was permitted then.

Three depths. *Seals* is the record's own (`record/seals.py`). *State*: replaying the entries gives these
tables. *Rules*: the gate of its time is asked again for every entry in the state it met, and must say yes;
and what was asked must become the very fact that was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from alongside import gate
from alongside.act import fact_bytes, rules_of
from alongside.action import ACTIONS, Action
from alongside.fact import FACTS, Entered, Fact
from alongside.fold import fold
from alongside.record.entry import Entry
from alongside.tables import MemoryTables, Tables
from alongside.words import Sealed, Unclear


class NotSo(Exception):
    """An entry does not hold. `number` is the first that is wrong, `says` why."""

    def __init__(self, number: int, says: str) -> None:
        super().__init__(f"entry {number}: {says}")
        self.number, self.says = number, says


def understood(entry: Entry) -> Entered:
    """An entry's codes as our own action and fact. Raises `NotSo` for what no version of ours ever wrote."""
    return Entered(entry.number, entry.day, entry.author, entry.rules, lambda: _action(entry), _fact(entry))


def _action(entry: Entry) -> Action:
    asked = entry.asked
    called, version = asked["action"], asked["version"]
    if (kind := ACTIONS.get((called, version))) is None:
        raise NotSo(entry.number, f"no rules of ours know the action {called} {version}")
    if asked["fields"].keys() & asked["words"].keys():
        raise NotSo(entry.number, "a field is answered twice, in plain and in words")
    try:
        action = kind.from_json({**asked["fields"], **asked["words"]} if asked["words"] else asked["fields"])
        action.bounds()
    except Unclear as wrong:
        raise NotSo(entry.number, f"what was asked cannot be read: {wrong}") from None
    if {name for name, value in action.__dict__.items() if type(value) is Sealed} != asked["words"].keys():
        raise NotSo(entry.number, "words stand among the plain fields")
    return action


def _fact(entry: Entry) -> Fact:
    called, version = entry.fact["fact"], entry.fact["version"]
    if (kind := FACTS.get((called, version))) is None:
        raise NotSo(entry.number, f"no rules of ours know the fact {called} {version}")
    try:
        return kind.from_json(entry.fact["fields"])
    except Unclear as wrong:
        raise NotSo(entry.number, f"the fact cannot be read: {wrong}") from None


@contextmanager
def _strange(number: int) -> Iterator[None]:
    """A record from elsewhere may hold what none of our rules ever wrote, and they may stumble anywhere."""
    try:
        yield
    except NotSo:
        raise
    except Exception as wrong:
        raise NotSo(number, f"our rules cannot follow it ({type(wrong).__name__})") from wrong


def follow(entry: Entry, tables: Tables) -> None:
    """Fold one entry of a record that nobody vouches for. Raises `NotSo` and nothing else."""
    with _strange(entry.number):
        fold(understood(entry), tables)


def replay(entries: Iterable[Entry], tables: Tables) -> Tables:
    """Fold every entry, in order, asking nobody: what the tables must be."""
    for entry in entries:
        fold(understood(entry), tables)
    return tables


class Auditor:
    """Walks a record once, asking the gate of its time about every entry before letting it fold."""

    def __init__(self) -> None:
        self.tables = MemoryTables()
        self.actions: dict[str, int] = {}
        self._asked: set[bytes] = set()

    def check(self, entry: Entry) -> None:
        """Raise `NotSo` unless this entry was permitted in the state it met, and became what is recorded."""
        with _strange(entry.number):
            self._check(entry)

    def _check(self, entry: Entry) -> None:
        action, asked_id = _action(entry), bytes.fromhex(entry.asked["asked_id"])
        if asked_id in self._asked:
            # Whoever keeps the book could otherwise do again, without her, what somebody signed once.
            raise NotSo(entry.number, "this asking was done before: asked twice, it is done once")
        self._asked.add(asked_id)
        if entry.rules != rules_of(self.tables):
            raise NotSo(entry.number, f"it was written under rules {entry.rules}, which were not in force")
        by = gate.asker_or_outside(entry.author, self.tables)
        if refusals := gate.decide(action, by, self.tables, entry.day):
            raise NotSo(entry.number, f"{action.called} was not permitted: {refusals[0].no.code}")
        fact = action.becomes(by, self.tables, entry.day)
        # The very bytes, not only equal values: JSON's true and 1 are equal to Python, and no two facts.
        end = b',"fact":%b,"number":%d,"rules":%d,"v":1}' % (fact_bytes(fact), entry.number, entry.rules)
        if not entry.raw.endswith(end):
            raise NotSo(entry.number, "what was asked does not become the fact that is recorded")
        fold(Entered(entry.number, entry.day, entry.author, entry.rules, action, fact), self.tables)
        self.actions[action.called] = self.actions.get(action.called, 0) + 1
