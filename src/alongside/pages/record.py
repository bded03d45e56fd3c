"""The record as people read it: every entry a sentence, numbered like verses, each with its proof.

Nothing here changes an entry. To verify and to download sign a checkpoint on what is there already.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, cast

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from alongside.act import Text
from alongside.action import ACTIONS
from alongside.areas.partnership.audience import may_read
from alongside.areas.partnership.tables import Member
from alongside.audit import understood
from alongside.codes import N_
from alongside.fact import Entered
from alongside.pages.desk import Desk, seated
from alongside.pages.seen_entries import closed_to
from alongside.record import checkpoint
from alongside.record.entry import Entry, leaf_hash
from alongside.record.note import NoteSigner
from alongside.record.tree import inclusion_proof, verify_inclusion
from alongside.store.checkpoints import signed
from alongside.store.export import export as write_book
from alongside.store.keys import log_private
from alongside.store.verify import verify_book
from alongside.words import Sealed

PAGE = 50
VERIFIED_MOST = 5_000  # entries: in a page's time; more are verified on the command line
PROVED_MOST = 20_000  # entries whose hashes one page can read

# Who vouches that it was asked.
VOUCHES: dict[str, str] = {
    "clock": N_("this machine’s clock vouches"),
    "doorway": N_("this machine vouches"),
    "member": N_("her own key vouches"),
    "node": N_("a node vouches"),
    "token": N_("a printed code vouches"),
}


@dataclass
class Line:
    """One entry as it is listed. `closed`: it is about something that its reader may not see."""

    entered: Entered
    vouches: str
    closed: bool


class Words(NamedTuple):
    """An answer in somebody’s words: the question, the words for who may read them, whether they are kept."""

    says: str
    text: Text | None
    kept: bool


@dataclass
class Proof:
    """What leads from one entry to the signed root: hashes in hex, nearest first."""

    leaf: str
    size: int
    root: str
    steps: list[str] = field(default_factory=list)
    note: str = ""
    holds: bool = True


@require_safe
@seated
def record(desk: Desk) -> HttpResponse:
    """Newest first, fifty at a time, by day."""
    size = desk.book.tree.size
    last = min(size, max(0, _asked(desk, "before", size + 1) - 1))
    entries = _read(desk, range(max(1, last - PAGE + 1), last + 1))
    lines = _lines(desk, entries)[::-1]
    days = [(day, list(of)) for day, of in groupby(lines, key=lambda line: line.entered.day)]
    teller = desk.told(line.entered for line in lines if not line.closed)
    return desk.page(
        "record.html",
        "record",
        teller,
        size=size,
        days=days,
        first=last - len(lines) + 1,
        last=last,
        entry=teller.entry,
        since=desk.host.joined,
        small=size <= VERIFIED_MOST,
        file_name=_file_name(desk),
    )


@require_safe
@seated
def entry(desk: Desk, number: int) -> HttpResponse:
    """One entry: its codes as they stand, what vouches for it, and what became of its words."""
    found = _read(desk, [number])
    if not found:
        raise Http404
    line = _lines(desk, found)[0]
    teller = desk.told([] if line.closed else [line.entered])
    return desk.page(
        "entry.html",
        "record",
        teller,
        line=line,
        e=line.entered,
        entry=teller.entry,
        proof=_proof(desk, found[0]),
        codes="" if line.closed else json.dumps(json.loads(found[0].raw), indent=1, ensure_ascii=False),
        words=[] if line.closed else _words(desk, line.entered),
        size=desk.book.tree.size,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def verify(desk: Desk) -> HttpResponse:
    """How it is verified elsewhere; and here, when she asks for it."""
    size, report = desk.book.tree.size, None
    if desk.request.method == "POST" and size <= VERIFIED_MOST:
        signed(desk.book)
        report = verify_book(desk.book.id, "rules")
    actions = [
        (title, count)
        for called, count in sorted((report.actions if report else {}).items())
        for title in (_title(called),)
    ]
    return desk.page(
        "verify.html",
        "record",
        desk.told(),
        report=report,
        size=size,
        small=size <= VERIFIED_MOST,
        actions=actions,
        vouches=VOUCHES,
        file_name=_file_name(desk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def export(desk: Desk) -> HttpResponse:
    """The book as a plain file: entries and checkpoint, and nothing that anybody wrote."""
    if desk.request.method != "POST":
        return HttpResponseRedirect(desk.to("record"))
    out = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it; codes alone go through it
    write_book(desk.book.id, out)
    out.seek(0)
    file: Any = FileResponse(
        out, as_attachment=True, filename=_file_name(desk), content_type="application/octet-stream"
    )
    return cast(HttpResponse, file)


def _read(desk: Desk, numbers: Any) -> list[Entry]:
    wanted = list(numbers)
    places = ", ".join("?" * len(wanted))
    query = f"SELECT raw FROM book_entry WHERE book = ? AND number IN ({places}) ORDER BY number"
    rows = desk.book.db.rows(query, (desk.book.id, *wanted)) if wanted else []
    return [Entry.read(bytes(raw)) for (raw,) in rows]


def _lines(desk: Desk, entries: list[Entry]) -> list[Line]:
    entered = [understood(one) for one in entries]
    closed = closed_to(desk, entered)
    return [
        Line(one, VOUCHES.get(raw.attested["by"], ""), one.number in closed)
        for one, raw in zip(entered, entries, strict=True)
    ]


def _words(desk: Desk, entered: Entered) -> list[Words]:
    """What was written with an entry: read by those who may, and otherwise kept or erased."""
    asked, questions = entered.asked.__dict__, type(entered.asked).questions()
    words = {name: value for name, value in asked.items() if isinstance(value, Sealed)}
    ally = _concerns(entered.fact.__dict__) or (int(desk.by.group) if _own(desk, entered) else None)
    mine = {s.commitment for s in words.values() if may_read(s, ally, desk.by, desk.at)}
    opened = desk.book.vault.open(mine)
    kept = {
        commitment
        for (commitment,) in desk.book.db.rows(
            "SELECT commitment FROM vault_words WHERE book = ? AND number = ?", (desk.book.id, entered.number)
        )
    }
    return [
        Words(questions[name].says, opened.get(sealed.commitment), sealed.commitment in kept)
        for name, sealed in words.items()
    ]


def _concerns(fact: dict[str, Any]) -> int | None:
    """The ally that a fact is about, as whoever may read is decided (`languages/opening.py`)."""
    ally: int | None = fact.get("ally", fact.get("group"))
    return ally


def _own(desk: Desk, entered: Entered) -> bool:
    """Whether it was somebody of the reader's own group, an ally, who wrote it."""
    author = desk.at.first(Member, number=entered.author)
    return author is not None and not author.host and author.group == desk.by.group


def _proof(desk: Desk, entry: Entry) -> Proof:
    """From the entry to the root over all entries, and the root signed: the same note that an export
    carries."""
    tree, leaf = desk.book.tree, leaf_hash(entry.raw)
    proof = Proof(leaf.hex(), tree.size, tree.root().hex())
    if tree.size <= PROVED_MOST:
        rows = desk.book.db.rows(
            "SELECT leaf FROM book_entry WHERE book = ? ORDER BY number", (desk.book.id,)
        )
        steps = inclusion_proof([bytes(one) for (one,) in rows], entry.number - 1, tree.size)
        proof.holds = verify_inclusion(leaf, entry.number - 1, tree.size, steps, tree.root())
        proof.steps = [step.hex() for step in steps]
        # Ed25519 gives the same signature for the same text: nothing has to be kept to show it.
        proof.note = checkpoint.sign(
            checkpoint.make(desk.book.id, tree.size, tree.root()),
            NoteSigner(checkpoint.origin(desk.book.id), log_private()),
        )
    return proof


def _title(called: str) -> str:
    return max(
        (kind for (name, _), kind in ACTIONS.items() if name == called), key=lambda kind: kind.version
    ).title


def _file_name(desk: Desk) -> str:
    return f"record-{desk.book.id[-6:]}.book"


def _asked(desk: Desk, name: str, otherwise: int) -> int:
    asked = desk.request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else otherwise
