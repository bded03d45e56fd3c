"""Somebody at a terminal. Whatever goes wrong, she reads a sentence; a program reads the exit code, and JSON.

0 done · 1 the machine failed, or what was verified does not hold · 2 cannot be read · 3 refused · 4 no member
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NoReturn

DONE, FAILED, CANNOT_READ, REFUSED, NOT_A_MEMBER = 0, 1, 2, 3, 4
_INTERRUPTED = 130

Command = Callable[[list[str]], int]


class Ended(Exception):
    """The command ends here, with this code and these lines."""

    def __init__(self, code: int, *lines: str, data: Any = None) -> None:
        super().__init__(*lines)
        self.code, self.lines, self.data = code, lines, data


class Parser(argparse.ArgumentParser):
    """Reads a command's line. What it cannot read ends the command with a sentence and code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and how the command is written."""
        raise Ended(CANNOT_READ, f"{message[:1].upper()}{message[1:]}.", self.format_usage().strip())


def calmly(command: Command) -> Command:
    """No command ever answers a person with a trace."""

    @wraps(command)
    def run(argv: list[str]) -> int:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return command(argv)
        except Ended as ended:
            return _end(ended, as_json="--json" in argv)
        except SystemExit as left:      # --help
            return left.code if isinstance(left.code, int) else DONE
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
            return _INTERRUPTED
        except BrokenPipeError:
            return DONE
        except Exception as wrong:      # the last door: behind it a person would read a trace
            kind = type(wrong).__name__
            print(f"Something in the machine went wrong ({kind}). It was not done.", file=sys.stderr)
            return FAILED

    return run


def parser(name: str, says: str) -> Parser:
    """A command's parser with what every command has."""
    made = Parser(prog=f"alongside {name}", description=says, allow_abbrev=False)
    made.add_argument("--data", metavar="DIR", help="the folder of the node")
    made.add_argument("--json", action="store_true", help="answer in JSON")
    return made


def with_person(made: Parser) -> Parser:
    """The same, for a command that somebody gives in a book."""
    made.add_argument("--as", dest="name", metavar="NAME", help="who asks: the name of an account")
    made.add_argument("--book", metavar="BOOK", help="the book, if you belong to several")
    made.add_argument("--language", metavar="CODE", help="the language to answer in, and of what you write")
    return made


def show(lines: Sequence[str], data: Any, as_json: bool) -> None:
    """Print the answer: lines for a person, or JSON for a program."""
    print(json.dumps(data, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def _end(ended: Ended, as_json: bool) -> int:
    if as_json and ended.data is not None:
        print(json.dumps(ended.data, ensure_ascii=False, indent=2))
    elif as_json:
        print(json.dumps({"says": list(ended.lines)}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(ended.lines), file=sys.stderr)
    return ended.code
