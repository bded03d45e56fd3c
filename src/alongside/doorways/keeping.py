"""`alongside books`, `export` and `verify`: whole books, for whoever keeps the machine or holds a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from alongside.doorways.seats import book_called, kind_of, open_folder
from alongside.doorways.terminal import CANNOT_READ, DONE, FAILED, Ended, parser, show
from alongside.store.books import all_books, open_book
from alongside.store.export import export as write
from alongside.store.verify import DEPTHS, verify_book, verify_file

NO_BOOK_YET = "No book lies here yet."


def books(argv: list[str]) -> int:
    """List the books that lie here, by their ids."""
    says = "List the books of this folder. Their names are words, and are not shown."
    asked = parser("books", says).parse_args(argv)
    open_folder()
    found: list[dict[str, Any]] = []
    for id in all_books():
        book = open_book(id)
        found.append({"book": id, "kind": kind_of(book) or "", "entries": book.tree.size,
                      "last_day": book.last_day.isoformat() if book.last_day else ""})
    lines = ["  ".join(map(str, one.values())).rstrip() for one in found]
    show(lines or [NO_BOOK_YET], found, asked.json)
    return DONE


def export(argv: list[str]) -> int:
    """Write a book into a plain file that `verify` reads anywhere."""
    made = parser("export", "Write a book’s record into one plain file: codes and commitments, no words.")
    made.add_argument("book", metavar="BOOK")
    made.add_argument("--out", metavar="FILE", help="where to; to standard output if it is left out")
    asked = made.parse_args(argv)
    open_folder()
    id = book_called(asked.book)
    if asked.out is None:
        write(id, sys.stdout.buffer)
        return DONE
    path = Path(asked.out)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            size = write(id, out)
    except FileExistsError:
        raise Ended(CANNOT_READ, f"{path} is there already; nothing was written over it.") from None
    except OSError:
        raise Ended(CANNOT_READ, f"{path} cannot be written.") from None
    show([f"{path} holds {_entries(size)}."], {"book": id, "entries": size, "file": str(path)}, asked.json)
    return DONE


def verify(argv: list[str]) -> int:
    """Verify a book, an exported file, or every book here."""
    says = ("Verify that nothing was altered (seals), that the entries give these tables (state), that every"
            " entry was permitted when it was made (rules).")
    made = parser("verify", says)
    made.add_argument("what", nargs="?", metavar="BOOK or FILE", help="every book of the folder, if left out")
    made.add_argument("--depth", choices=DEPTHS, default="rules")
    asked = made.parse_args(argv)
    if asked.what and Path(asked.what).is_file():
        reports = [verify_file(Path(asked.what), asked.depth)]
    else:
        open_folder()
        ids = [book_called(asked.what)] if asked.what else all_books()
        reports = [verify_book(id, asked.depth) for id in ids]
    show([line for report in reports for line in _report(report)] or [NO_BOOK_YET],
         [report.to_json() for report in reports], asked.json)
    return DONE if all(report.ok for report in reports) else FAILED


def _report(report: Any) -> list[str]:
    vouched = ", ".join(f"{by} {count}" for by, count in sorted(report.attested.items())) or "nobody"
    lines = [f"Book {report.book}: {_entries(report.entries)}, verified to the depth of {report.depth}."]
    if report.ok:
        return [*lines, f"All of it holds. Who vouches for them: {vouched}."]
    number, sentence = report.wrong
    where = f"Entry {number}" if number else "Its checkpoint or its file"
    return [*lines, f"{where} does not hold: {sentence}", "From there on, nothing counts."]


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
