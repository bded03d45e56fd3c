"""The command line: `commands` are its words. Each takes the rest of its line and gives an exit code.

A module is loaded when its word is asked for, and after the folder was chosen: Django reads that once.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps

from alongside.doorways.terminal import Command, Parser, calmly

_WORDS: dict[str, tuple[str, str]] = {
    "act": ("alongside.doorways.acting:act", "ask for an action: act AREA VERB --question answer …"),
    "may": ("alongside.doorways.acting:may", "ask whether you may; nothing of it is kept"),
    "books": ("alongside.doorways.keeping:books", "list the books that lie here, by their ids"),
    "export": ("alongside.doorways.keeping:export", "write a book into a plain file that verify reads"),
    "verify": ("alongside.doorways.keeping:verify", "verify a book, an exported file, or every book here"),
    "import-needs": ("alongside.doorways.bringing:import_sheet", "bring a sheet of needs (CSV) into a book"),
}


def _lazily(where: str, says: str) -> Command:
    module, _, name = where.partition(":")

    def run(argv: list[str]) -> int:
        _choose_folder(argv)
        code: int = getattr(import_module(module), name)(argv)
        return code

    run.__doc__ = says
    return calmly(run)


def _choose_folder(argv: list[str]) -> None:
    """Say by environment which folder is meant, and set Django up if nobody did."""
    usage = "alongside COMMAND [--data DIR] …"
    folder = Parser(prog="alongside", usage=usage, add_help=False, allow_abbrev=False)
    folder.add_argument("--data")
    if (data := folder.parse_known_args(argv)[0].data) is not None:
        os.environ["ALONGSIDE_DATA"] = str(Path(data).absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.node.settings")
    if not apps.ready:
        django.setup()


commands: dict[str, Command] = {word: _lazily(where, says) for word, (where, says) in _WORDS.items()}
