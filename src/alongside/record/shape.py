"""An entry has exactly its nine members, each with one shape, so that nothing can ride along unread.

A member nobody checks would be a place for words in a record that must hold none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from alongside.record.exact import Malformed

VERSION = 1
ENTRY = ("asked", "attested", "author", "book", "day", "fact", "number", "rules", "v")
ASKED = ("action", "asked_id", "fields", "seen", "version", "words")
ATTESTED = ("by", "key", "sig")
FACT = ("fact", "fields", "version")
SEEN = ("root", "size")
WORDS = ("audience", "commitment", "language")
KINDS = ("member", "token", "doorway", "clock", "node")

# The last letter of each base64 or base32 text carries stray bits, which are zero in the canonical spelling.
_BASE64_OF_32 = re.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=").fullmatch
_BASE64_OF_64 = re.compile("[A-Za-z0-9+/]{85}[AQgw]==").fullmatch
_BOOK = re.compile("[a-z2-7]{25}[aeimquy4]").fullmatch
_ASKED_ID = re.compile("[0-9a-f]{32}").fullmatch
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_ACTION = re.compile(r"[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}").fullmatch
_VERB = re.compile(r"\*|[a-z][a-z0-9_]{0,63}\.(\*|[a-z][a-z0-9_]{0,63})").fullmatch
_FACT = re.compile("[A-Z][A-Za-z0-9]{0,63}").fullmatch
_FIELD = re.compile("[a-z][a-z0-9_]{0,63}").fullmatch
_AUDIENCE = re.compile("[a-z][a-z0-9_.:,-]{0,63}").fullmatch
_LANGUAGE = re.compile("[a-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}").fullmatch  # a tag of RFC 5646, by its outline


def check_entry(whole: dict[str, Any]) -> date:
    """Return the day of a decoded entry; raise Malformed, naming the member, where a shape is wrong.

    Expects what `decode` returned: there the keys of every object stand in sorted order.
    """
    _members(whole, ENTRY, "The entry")
    if whole["v"] != VERSION or type(whole["v"]) is not int:
        raise Malformed("v is not 1, the only version of entries that this format knows.")
    check_book(whole["book"])
    check_count(whole["number"], "number")
    check_count(whole["author"], "author")
    check_count(whole["rules"], "rules")
    _check_asked(whole["asked"])
    _check_attested(whole["attested"])
    _check_fact(whole["fact"])
    return read_day(whole["day"])


def check_book(book: object) -> None:
    """Raise Malformed unless `book` is a book id: lower-case base32 of 16 bytes, 26 letters, no padding."""
    _matches(_BOOK, book, "book")


def check_count(value: object, what: str, least: int = 1) -> None:
    """Raise Malformed unless `value` is a whole number of at least `least`. True is no number."""
    if type(value) is not int or value < least:
        raise Malformed(f"{what} is not a whole number of at least {least}.")


def check_by(by: object) -> None:
    """Raise Malformed unless `by` is a kind of attestation that this format knows."""
    if by not in KINDS:
        raise Malformed(f"by is none of {', '.join(KINDS)}.")


def check_verb(verb: object) -> None:
    """Raise Malformed unless `verb` limits a key to actions: "*", "consent.*" or "consent.withdraw"."""
    _matches(_VERB, verb, "A verb of a key")


def read_day(text: object) -> date:
    """Return the day that YYYY-MM-DD text names; raise Malformed where no calendar has it."""
    _matches(_DAY, text, "day")
    return _day(str(text))


@lru_cache(maxsize=1024)
def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed("day is not a day of the calendar.") from None


def _check_asked(asked: Any) -> None:
    _members(asked, ASKED, "asked")
    _matches(_ACTION, asked["action"], "asked.action")
    _matches(_ASKED_ID, asked["asked_id"], "asked.asked_id")
    _object(asked["fields"], "asked.fields")
    check_count(asked["version"], "asked.version")
    seen = asked["seen"]
    _members(seen, SEEN, "asked.seen")
    _matches(_BASE64_OF_32, seen["root"], "asked.seen.root")
    check_count(seen["size"], "asked.seen.size", least=0)
    _object(asked["words"], "asked.words")
    for field, words in asked["words"].items():
        _matches(_FIELD, field, "A field's name in asked.words")
        _members(words, WORDS, "A field of asked.words")
        _matches(_AUDIENCE, words["audience"], "The audience in asked.words")
        _matches(_BASE64_OF_32, words["commitment"], "The commitment in asked.words")
        _matches(_LANGUAGE, words["language"], "The language in asked.words")


def _check_attested(attested: Any) -> None:
    _members(attested, ATTESTED, "attested")
    check_by(attested["by"])
    _matches(_BASE64_OF_32, attested["key"], "attested.key")
    _matches(_BASE64_OF_64, attested["sig"], "attested.sig")


def _check_fact(fact: Any) -> None:
    _members(fact, FACT, "fact")
    _matches(_FACT, fact["fact"], "fact.fact")
    _object(fact["fields"], "fact.fields")
    check_count(fact["version"], "fact.version")


def _members(value: Any, names: tuple[str, ...], what: str) -> None:
    if not isinstance(value, dict) or tuple(value) != names:
        raise Malformed(f"{what} does not have exactly the members {', '.join(names)}.")


def _object(value: Any, what: str) -> None:
    if not isinstance(value, dict):
        raise Malformed(f"{what} is not an object.")


def _matches(form: Callable[[str], object], value: object, what: str) -> None:
    if not isinstance(value, str) or form(value) is None:
        raise Malformed(f"{what} does not have its one form.")
