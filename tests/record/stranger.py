"""A verifier that somebody else might write with docs/record.md alone. It shares no line with ours.

Where it and `verify_file` disagree, the page or the code is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HASH, SIGNATURE, NAME = "hash", "signature", "[a-z][a-z0-9_]{0,63}"
KINDS = ("member", "token", "doorway", "clock", "node")
P = 2**255 - 19
EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL = {0, 1, P - 1, EIGHTH, P - EIGHTH}
ENTRY_SHAPE: dict[str, Any] = {
    "asked": {
        "action": rf"{NAME}\.{NAME}",
        "asked_id": "[0-9a-f]{32}",
        "fields": dict,
        "seen": {"root": HASH, "size": 0},
        "version": 1,
        "words": dict,
    },
    "attested": {"by": "|".join(KINDS), "key": HASH, "sig": SIGNATURE},
    "author": 1,
    "book": "[a-z2-7]{25}[aeimquy4]",
    "day": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "fact": {"fact": "[A-Z][A-Za-z0-9]{0,63}", "fields": dict, "version": 1},
    "number": 1,
    "rules": 1,
    "v": 1,
}
WORDS_SHAPE: dict[str, Any] = {
    "audience": "[a-z][a-z0-9_.:,-]{0,63}",
    "commitment": HASH,
    "language": "[a-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}",
}
KEY_SHAPE: dict[str, Any] = {"by": "|".join(KINDS), "key": HASH, "proof": SIGNATURE, "verbs": list}


class No(Exception):
    """It does not verify."""


def need(so: object, why: str) -> None:
    if not so:
        raise No(why)


def sha(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def lp(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def from64(text: Any, length: int) -> bytes:
    need(isinstance(text, str) and text.isascii(), "base64 text")
    raw = base64.b64decode(text)
    need(
        base64.b64encode(raw).decode() == text and len(raw) == length, "canonical base64 of the right length"
    )
    return raw


def signed(key: bytes, signature: bytes, message: bytes) -> bool:
    y = int.from_bytes(key, "little") % 2**255
    need(y < P and y not in SMALL, "a key that is canonical and not of small order")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def canonical(value: Any, depth: int = 1) -> str:
    """Section 2 of the page, written as a recursive printer."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        need(abs(value) < 2**53, "number in range")
        return str(value)
    if isinstance(value, str):
        need("\0" not in value and unicodedata.normalize("NFC", value) == value, "clean text")
        return json.dumps(value, ensure_ascii=False)
    need(isinstance(value, dict | list) and depth <= 32, "whole numbers, 32 levels")
    if isinstance(value, list):
        return "[" + ",".join(canonical(one, depth + 1) for one in value) + "]"
    need(all(name.isascii() for name in value), "ASCII names")
    pairs = (f"{json.dumps(name)}:{canonical(value[name], depth + 1)}" for name in sorted(value))
    return "{" + ",".join(pairs) + "}"


def fits(value: Any, shape: Any) -> None:
    """Compare with a shape: a dict of members, a least number, a pattern, or a type."""
    if isinstance(shape, dict):
        need(isinstance(value, dict) and set(value) == set(shape), "exactly these members")
        for name in shape:
            fits(value[name], shape[name])
    elif isinstance(shape, int):
        need(type(value) is int and value >= shape, "a number large enough")
    elif shape in (HASH, SIGNATURE):
        from64(value, 32 if shape == HASH else 64)
    elif isinstance(shape, str):
        need(isinstance(value, str) and re.fullmatch(shape, value), "text of this form")
    else:
        need(isinstance(value, shape), "an object or a list")


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:]))


def read_entry(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """The entry, and the bytes of what was asked."""
    need(len(raw) <= 65_535, "at most 65,535 bytes")
    entry = json.loads(raw.decode("utf-8"))
    need(canonical(entry).encode() == raw, "canonical bytes")
    fits(entry, ENTRY_SHAPE)
    need(entry["v"] == 1, "version 1")
    date.fromisoformat(entry["day"])
    for field, words in entry["asked"]["words"].items():
        need(re.fullmatch(NAME, field), "a field's name")
        fits(words, WORDS_SHAPE)
    return entry, canonical(entry["asked"]).encode()


def may(verbs: list[str], action: str) -> bool:
    return "*" in verbs or action in verbs or action.partition(".")[0] + ".*" in verbs


def joining(entry: dict[str, Any], ever: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    listed = entry["fact"]["fields"].get("keys_joined", [])
    need(isinstance(listed, list), "a list of keys")
    for one in listed:
        need(isinstance(one, dict), "a key")
        fits({name: one[name] for name in one if name != "member"}, KEY_SHAPE)
        fits(one.get("member", 1), 1)
        need(one["verbs"], "a verb")
        for verb in one["verbs"]:
            fits(verb, rf"\*|{NAME}\.(\*|{NAME})")
        need(one["key"] not in ever and one["key"] not in found, "a key that is new")
        key = from64(one["key"], 32)
        message = lp(b"alongside/key/v1", entry["book"].encode(), one["by"].encode(), key)
        need(signed(key, from64(one["proof"], 64), message), "a proof of possession")
        found[one["key"]] = one
    return found


def check_attested(entry: dict[str, Any], asked: bytes, valid: dict[str, Any], ever: dict[str, Any]) -> None:
    joined = joining(entry, ever)
    left = entry["fact"]["fields"].get("keys_left", [])
    need(
        isinstance(left, list) and all(isinstance(key, str) and key in valid for key in left),
        "valid keys leave",
    )
    need(len(set(left)) == len(left), "a key leaves once")
    attested = entry["attested"]
    key = (joined if entry["number"] == 1 else valid).get(attested["key"])
    need(key and key["by"] == attested["by"], "a valid key in its role")
    need(key.get("member", entry["author"]) == entry["author"], "its own member")
    need(may(key["verbs"], entry["asked"]["action"]), "a verb it may attest")
    message = lp(b"alongside/asked/v1", entry["book"].encode(), str(entry["author"]).encode(), asked)
    need(signed(from64(attested["key"], 32), from64(attested["sig"], 64), message), "a signature that holds")
    valid.update(joined)
    ever.update(joined)
    for name in left:
        del valid[name]


def check_note(note: str, book: str, leaves: list[bytes], log_key: bytes) -> None:
    need(not re.search("[\0-\x09\x0b-\x1f]", note) and note.endswith("\n"), "no control characters")
    text, gap, lines = note.rpartition("\n\n")
    need(gap and lines, "text, empty line, signatures")
    origin, size, root, *more = text.split("\n")
    need(origin == f"alongside/{book}" and size == str(len(leaves)) and all(more), "origin and size")
    need(from64(root, 32) == root_of(leaves), "the root")
    key_id = sha(origin.encode() + b"\n\1" + log_key)[:4]
    found = False
    for line in lines.removesuffix("\n").split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)", line)
        need(match, "a signature line")
        assert match is not None
        raw = from64(match[2], len(base64.b64decode(match[2])))
        need(len(raw) > 4, "a signature")
        if match[1] == origin and raw[:4] == key_id:
            need(signed(log_key, raw[4:], (text + "\n").encode()), "the log's signature")
            found = True
    need(found, "signed by the log")


def verify(file: bytes, log_key: bytes) -> str | None:
    """Return None where every seal of a book file holds, else a word on what does not."""
    try:
        _verify(file, log_key)
    except (No, ValueError, KeyError, RecursionError) as why:
        return f"{type(why).__name__} {why}"
    return None


def _verify(file: bytes, log_key: bytes) -> None:
    need(b"\r" not in file, "no CR")
    head, state, rest = file.split(b"\n", 2)
    need(head == b"alongside/book/v1" and state.startswith(b"state "), "two head lines")
    from64(state[6:].decode(), 32)
    listed, gap, note = (b"\n" + rest).partition(b"\n\n")
    need(gap, "an empty line")
    leaves: list[bytes] = []
    valid: dict[str, Any] = {}
    ever: dict[str, Any] = {}
    book, day = "", ""
    for raw in listed.split(b"\n")[1:]:
        entry, asked = read_entry(raw)
        need(
            entry["number"] == len(leaves) + 1 and entry["book"] == (book or entry["book"]), "number and book"
        )
        need(entry["day"] >= day, "days in order")
        seen = entry["asked"]["seen"]
        need(
            seen["size"] <= len(leaves) and from64(seen["root"], 32) == root_of(leaves[: seen["size"]]),
            "seen",
        )
        check_attested(entry, asked, valid, ever)
        book, day = entry["book"], entry["day"]
        leaves.append(sha(b"\0" + raw))
    check_note(note.decode("utf-8"), book, leaves, log_key)
