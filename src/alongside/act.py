"""How anything happens: asked, allowed, written down, folded. There is no second road.

A book is one record and its tables. `Book` here knows the order of the steps; where the parts are kept
(in memory, in SQL) is for those who extend it.
"""

from __future__ import annotations

import hmac
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, NamedTuple, Protocol

from alongside import gate
from alongside.action import Action, no
from alongside.areas.partnership.tables import charter_of
from alongside.codes import N_
from alongside.fact import Entered, Fact
from alongside.fold import TELLS, fold
from alongside.gate import Refused
from alongside.record import entry as written
from alongside.record.attest import Signer
from alongside.record.tree import Tree
from alongside.tables import Tables
from alongside.words import LANGUAGES, Audience, Sealed, Unclear, clean

ASKED_DIFFERENTLY = no("asked-differently", N_("This was already asked once, in other words."), yours=True,
                       lift=N_("Open the form again and ask anew."))
TOO_MUCH = no("too-much", N_("This is more than one entry can hold."), yours=True,
              lift=N_("Ask it in several parts."))
_ASKED_ID = re.compile("[0-9a-f]{32}").fullmatch


class Text(NamedTuple):
    """What a person wrote in answer to a question, and in which language."""

    text: str
    language: str


class Kept(NamedTuple):
    """Words on their way to the vault: what they say, and what opens their commitment."""

    commitment: str
    field: str
    salt: bytes
    text: str
    language: str
    audience: str


class Asking(NamedTuple):
    """An action ready to be performed: read, its words committed to, and attested. Made before the lock."""

    action: Action
    author: int
    asked_id: str
    fingerprint: bytes
    asked: bytes
    attested: bytes
    words: tuple[Kept, ...]


class Outcome(NamedTuple):
    """What became of one asking of many: its entry's number, or why not."""

    number: int | None
    refused: Refused | None


class Vault(Protocol):
    """Where words lie, keyed by commitment. Sealing replaces the inside of this and nothing else."""

    def put(self, words: Sequence[Kept]) -> None:
        """Keep words; called inside act's transaction."""

    def open(self, commitments: Iterable[str]) -> Mapping[str, Text]:
        """The words that a reader may have, by commitment; erased ones are missing."""


def prepare(kind: type[Action], plain: Mapping[str, Any], texts: Mapping[str, Text], *, book: Book,
            author: int, asked_id: str, signer: Signer, random: Callable[[int], bytes]) -> Asking:
    """Read what was asked, commit to its words and attest it.

    `plain` holds JSON values by field, `texts` what was written by field; `asked_id` is 32 lower hex digits
    that make asking twice the same as asking once; `random` gives as many bytes as it is asked for. Raises
    `Unclear` with the field that cannot be read.
    """
    if not _ASKED_ID(asked_id):     # in the record it would make every later entry unreadable too
        raise Unclear("asked_id", N_("Open the form again and ask anew."))
    given: dict[str, Any] = dict(plain)
    kept: list[Kept] = []
    sealed: dict[str, dict[str, str]] = {}
    for field in kind.shape():
        if not field.sealed:
            continue
        if field.name in given:
            raise Unclear(field.name, N_("Words are given as text."))
        if (text := texts.get(field.name)) is not None and text.text.strip():
            one = _commit(book.id, kind, field.name, field.default.to, text, random(32))
            kept.append(one)
            sealed[field.name] = given[field.name] = {
                "commitment": one.commitment, "language": one.language, "audience": one.audience}
    if extra := texts.keys() - {f.name for f in kind.shape() if f.sealed}:
        raise Unclear(min(extra), N_("There is no such question here."))
    action = kind.from_json(given)
    action.bounds()
    fields = {name: value for name, value in action.to_json().items() if name not in sealed}
    size, root = book.seen()
    asked = written.encode({"action": kind.called, "version": kind.version, "fields": fields, "words": sealed,
                            "asked_id": asked_id, "seen": {"size": size, "root": root}})
    said = {k.field: [k.text, k.language] for k in kept}
    fingerprint = book.fingerprint(written.encode([kind.called, kind.version, fields, said]))
    attested = signer.attest(book.id, author, asked)
    return Asking(action, author, asked_id, fingerprint, asked, attested, tuple(kept))


def _commit(book: str, kind: type[Action], field: str, to: Audience, text: Text, salt: bytes) -> Kept:
    if text.language not in LANGUAGES:
        raise Unclear(field, N_("This is not a language that we know."))
    said = clean(text.text, field)
    name = f"{kind.called}/{field}"
    commitment = written.commitment(book=book, field=name, salt=salt, text=said)
    return Kept(commitment, name, salt, said, text.language, to.value)


class Book(ABC):
    """One record and its tables: the unit of sovereignty, locking, export and hand-over."""

    id: str
    tables: Tables
    vault: Vault
    tree: Tree
    last_day: date | None

    @abstractmethod
    def clock(self) -> date:
        """The host's civil day now. A book takes its clock when it is opened."""

    @abstractmethod
    def locked(self) -> AbstractContextManager[None]:
        """One transaction and one lock: all that happens inside is kept together, or not at all."""

    @abstractmethod
    def find(self, asked_id: str) -> tuple[int, int, bytes] | None:
        """Number, author and fingerprint of the entry that this asking already made."""

    @abstractmethod
    def keep(self, entry: Entered, raw: bytes, leaf: bytes, asking: Asking) -> None:
        """Write the entry's bytes under its number, and remember its asking."""

    @abstractmethod
    def entries(self, after: int = 0) -> Iterator[bytes]:
        """The bytes of every entry, in order."""

    @abstractmethod
    def seen(self) -> tuple[int, str]:
        """Size and root (base64) of the record as it stands: what an author has seen."""

    @abstractmethod
    def fingerprint(self, said: bytes) -> bytes:
        """HMAC of an asking under this book's own key, to tell an honest retry from other words."""

    @abstractmethod
    def tell(self, jobs: Iterable[Any]) -> None:
        """Keep side effects with the entry; done later, outside the lock."""

    def expect(self, askings: Sequence[Asking]) -> None:  # noqa: B027  # a book may do without it
        """Look up at once which of many askings were done already. Called inside the lock."""

    def act(self, asking: Asking) -> int:
        """Perform one asking and give its entry's number; asked twice, it is done once.

        Raises `Refused` with every reason; then nothing was written.
        """
        with self.locked():
            return self._perform(asking)

    def act_many(self, askings: Iterable[Asking], *, all_or_none: bool = False) -> list[Outcome]:
        """The inbox of the book: gated in order inside one lock, committed once.

        A refused one does not stop the rest, unless the person chose all or none: then nothing is kept.
        """
        many, outcomes = list(askings), list[Outcome]()
        try:
            with self.locked():
                self.expect(many)
                for asking in many:
                    outcomes.append(self._try(asking))
                if all_or_none and any(o.refused for o in outcomes):
                    raise _NoneKept
        except _NoneKept:
            return [o if o.refused else Outcome(None, None) for o in outcomes]
        return outcomes

    def may(self, action: Action, author: int) -> tuple[Any, ...]:
        """May we? The gate's answer for an action, stored nowhere. Empty means yes."""
        return gate.ask(action, author, self.tables, self.moment())

    def moment(self) -> date:
        """The day this asking is judged by: the host's, and never before the last entry's."""
        now = self.clock()
        return now if self.last_day is None or now >= self.last_day else self.last_day

    def _try(self, asking: Asking) -> Outcome:
        try:
            return Outcome(self._perform(asking), None)
        except Refused as refused:
            return Outcome(None, refused)

    def _perform(self, asking: Asking) -> int:
        if done := self.find(asking.asked_id):
            number, author, fingerprint = done
            if author != asking.author or not hmac.compare_digest(fingerprint, asking.fingerprint):
                raise Refused((ASKED_DIFFERENTLY(),))
            return number
        moment = self.moment()
        by = gate.asker_or_outside(asking.author, self.tables)
        if refusals := gate.decide(asking.action, by, self.tables, moment):
            raise Refused(refusals)
        fact, rules = asking.action.becomes(by, self.tables, moment), rules_of(self.tables)
        number = self.tree.size + 1
        try:
            raw = written.compose(
                book=self.id, number=number, day=moment, author=asking.author, rules=rules,
                asked=asking.asked, attested=asking.attested, fact=fact_bytes(fact))
        except written.Malformed:
            raise Refused((TOO_MUCH(),)) from None
        # From here on it must succeed.
        entry = Entered(number, moment, asking.author, rules, asking.action, fact)
        leaf = written.leaf_hash(raw)
        self.tree.append(leaf)
        self.last_day = moment
        self.keep(entry, raw, leaf, asking)
        if asking.words:
            self.vault.put(asking.words)
        fold(entry, self.tables)
        for tell in TELLS.get(type(fact), ()):
            self.tell(tell(fact, entry))
        return number


class _NoneKept(Exception):
    """The person chose all or none, and one was refused."""


def rules_of(at: Tables) -> int:
    """The rules version in force: the founding entry is written under the first."""
    charter = charter_of(at)
    return charter.rules if charter else 1


def fact_bytes(fact: Fact) -> bytes:
    """A fact as it stands in an entry."""
    said = f'{{"fact":"{type(fact).__name__}","fields":{fact.to_canonical()},"version":{fact.version:d}}}'
    return said.encode()


def sealed_in(shape: Any) -> list[Sealed]:
    """The commitments that a row, a fact or an action holds."""
    return [v for v in shape.__dict__.values() if type(v) is Sealed]
