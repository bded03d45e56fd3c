"""`alongside` on the command line: one word says what to do, `--data` says in whose folder."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Command = Callable[[list[str]], int]

# A module is loaded when its word is asked for, so that `alongside verify` does not load a server.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("alongside.node.serve:command", "serve this node's pages"),
    "demo": ("alongside.node.command:demo", "make the story of Sidra Lanes and serve it here"),
}
ELSEWHERE = "alongside.doorways.cli"     # its `commands` are a dict of name -> function(argv) -> exit code


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked, rest = _parser().parse_known_args(sys.argv[1:] if argv is None else argv)
    _choose_folder(asked.command, asked.data)
    import django

    django.setup()
    known = _known()
    if asked.command in known:
        return known[asked.command](rest)
    wanted_help = asked.command in {None, "help"}
    print(_usage(known), file=sys.stdout if wanted_help else sys.stderr)
    return 0 if wanted_help else 2


def demo(argv: list[str]) -> int:
    """`alongside demo`: a folder of its own, the story told through real actions, then its pages."""
    from django.conf import settings

    from alongside.node import serve

    parser = argparse.ArgumentParser(prog="alongside demo", description="Make the demo and serve it here.")
    serve.add_address(parser)
    parser.add_argument("--language", choices=("en", "ar"), default="en", help="in which its people write")
    parser.add_argument("--only-build", action="store_true", help="make the folder and stop")
    asked = parser.parse_args(argv)
    folder = settings.ALONGSIDE_FOLDER
    if not (folder.is_demo and folder.database.exists()):
        try:
            folder.mark_demo()
        except FileExistsError as reason:
            print(reason, file=sys.stderr)
            return 1
        serve.prepare()
        import_module("alongside.node.demo").build(folder, asked.language)
    print(f"The demo lies in {folder.path}")
    return 0 if asked.only_build else serve.serve(asked.host, asked.port, asked.workers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside", add_help=False, allow_abbrev=False)
    parser.add_argument("command", nargs="?")
    parser.add_argument("--data", metavar="DIR")
    return parser


def _known() -> dict[str, Command]:
    """Every command by its word: the node's own, and those of the command-line doorway."""
    found = {name: _lazily(where) for name, (where, _) in COMMANDS.items()}
    try:
        doorway = import_module(ELSEWHERE)
    except ModuleNotFoundError as missing:
        if missing.name not in {ELSEWHERE, ELSEWHERE.rpartition(".")[0]}:
            raise
        return found
    return {**doorway.commands, **found}


def _lazily(where: str) -> Command:
    module, _, name = where.partition(":")

    def found(argv: list[str]) -> int:
        return int(getattr(import_module(module), name)(argv))

    return found


def _choose_folder(command: str, data: str | None) -> None:
    """Say by environment which folder is meant, for this process and for the workers it starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.node.settings")
    if data is None and command == "demo":
        # A folder of its own each time, closed to others from its first moment; never one of somebody's.
        data = tempfile.mkdtemp(prefix="alongside-demo-")
    if command == "demo":
        os.environ.setdefault("ALONGSIDE_KEEPER", "the Mwangaza savings circle")
        os.environ.setdefault("ALONGSIDE_COUNTRY", "Umande")
    if data is not None:
        os.environ["ALONGSIDE_DATA"] = str(Path(data).absolute())


def _usage(known: dict[str, Command]) -> str:
    lines = ["Usage: alongside COMMAND [--data DIR] …", "", "Commands:"]
    for name, command in sorted(known.items()):
        what = COMMANDS[name][1] if name in COMMANDS else (command.__doc__ or "").strip().split("\n")[0]
        lines.append(f"  {name:<10} {what}")
    return "\n".join([*lines, "", "--data is $ALONGSIDE_DATA or ./alongside-data when it is left out."])
