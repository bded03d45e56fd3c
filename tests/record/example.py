"""The worked example of docs/record.md, made by code: `python -m tests.record.example` writes it there again.

A block of the page that begins with its marker is generated; test_doc.py fails where the page differs.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from alongside.record.attest import asked_message, key_message
from alongside.record.checkpoint import origin
from alongside.record.entry import Entry, commitment, leaf_hash
from alongside.record.exact import prefixed, to_base64
from alongside.record.tree import Roots, consistency_proof, inclusion_proof
from tests.record.cast import BOOK, CLOCK, DOORWAY, LOG, Told, joins, seed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "record.md"
REASON = "لا أريد ذلك الآن."
FIELD = "consent.withdraw/reason"
BLOCK = r"(<!-- example: {name} -->\n```text\n)(.*?)(\n?```\n)"


def told() -> Told:
    """The example's record: a book is founded, a need is named, and a consent is taken back."""
    book = Told()
    keys = [joins(DOORWAY), joins(CLOCK, "consent.lapse")]
    book.say("partnership.found", asked={"fields": {}}, fact="BookFounded", keys_joined=keys)
    need = {"kind": "goods.food"}
    book.say("needs.name", author=2, asked={"fields": need}, fact="NeedNamed", need=2, **need)
    words = {"reason": {"commitment": committed(), "language": "ar", "audience": "pair"}}
    asked = {"fields": {"consent": 2}, "words": words}
    book.say("consent.withdraw", author=2, asked=asked, fact="ConsentWithdrawn", consent=2, **need)
    return book


def committed() -> str:
    """The commitment to the example's reason."""
    return commitment(book=BOOK, field=FIELD, salt=seed("salt"), text=REASON)


def blocks() -> dict[str, str]:
    """Every generated block by its name, without the last newline."""
    book = told()
    entries = [Entry.read(raw) for raw in book.entries]
    last = entries[-1]
    return {
        "keys": "\n".join(
            f"{name:<8} private {key.hex()}\n{'':<8} public  {public.hex()}"
            for name, key, public in [
                ("doorway", DOORWAY.private, DOORWAY.public),
                ("clock", CLOCK.private, CLOCK.public),
                ("log", seed("log"), LOG.verifier.public),
            ]
        )
        + f"\nlog's verifier key: {LOG.verifier.format()}",
        "file": book.file().decode().removesuffix("\n"),
        "entry": json.dumps(json.loads(last.raw), indent=2, ensure_ascii=False),
        "commitment": _commitment(),
        "proof": f"{key_message(BOOK, 'doorway', DOORWAY.public).hex()}\nsignature: {DOORWAY.proof(BOOK)}",
        "asked": f"{_asked_hex(last)}\nsignature: {last.attested['sig']}",
        "tree": _tree(book),
    }


def _asked_hex(entry: Entry) -> str:
    return asked_message(BOOK, entry.author, entry.asked_bytes).hex()


def _commitment() -> str:
    text = REASON.encode()
    hashed = prefixed(b"alongside/words/v1", BOOK.encode(), FIELD.encode(), seed("salt"), text)
    said = f"text in UTF-8: {text.hex()}\nsalt:          {seed('salt').hex()}\n"
    return said + f"hashed:        {hashed.hex()}\ncommitment:    {committed()}"


def _tree(book: Told) -> str:
    leaves = [leaf_hash(raw) for raw in book.entries]
    roots = Roots()
    for leaf in leaves:
        roots.append(leaf)
    lines = [f"leaf of entry {number}: {leaf.hex()}" for number, leaf in enumerate(leaves, 1)]
    lines += [f"root of size {size}:  {roots.at(size).hex()}" for size in range(4)]
    lines += [f"the same in base64: {to_base64(roots.at(3))}"]
    lines += ["proof that entry 2 is in size 3:", *[f"  {h.hex()}" for h in inclusion_proof(leaves, 1, 3)]]
    lines += [
        "proof that size 3 follows from size 2:",
        *[f"  {h.hex()}" for h in consistency_proof(leaves, 2, 3)],
    ]
    return "\n".join([*lines, f"origin: {origin(BOOK)}"])


def block(name: str, page: str) -> str:
    """The text of one generated block as it stands in a page, with its last newline."""
    found = re.search(BLOCK.format(name=name), page, re.DOTALL)
    if found is None:
        raise LookupError(f"docs/record.md has no block “{name}”: put its marker before an empty text block.")
    return found[2] + "\n"


def filled(page: str) -> str:
    """The page with every block as the code makes it now."""
    for name, text in blocks().items():
        block(name, page)
        page = re.sub(
            BLOCK.format(name=name),
            lambda found, text=text: f"{found[1]}{text}\n```\n",
            page,
            flags=re.DOTALL,
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
