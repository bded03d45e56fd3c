"""`docs/actions.md`, written from the declarations: every action, whom it is for, what it asks, and every no.

`python -m alongside.node.actions_page > docs/actions.md`; a test fails while the page and the code differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from alongside import gate  # noqa: F401  # reads every verb of every area
from alongside.action import ACTIONS, NOS, QUESTIONS, Action, Asks, Free

HEAD = """# Every action

Made from the declarations in `src/alongside/areas/` by `python -m alongside.node.actions_page`. One action
is one file; its form on the web, its command and its sentence in the record follow from it. Of the gate's
questions, *needs* is about consent, *within* about the terms, *unless* about stops.
"""


def page() -> str:
    """The whole page as Markdown."""
    lines = [HEAD]
    actions = sorted((a for a in ACTIONS.values() if ".areas." in a.__module__), key=lambda a: a.called)
    for area, of_area in groupby(actions, key=lambda a: a.area()):
        lines.append(f"## {area}\n")
        for action in of_area:
            lines += [*_action(action), ""]
    return "\n".join([*lines, *_nos()]) + "\n"


def _action(action: type[Action]) -> Iterator[str]:
    yield f"### {action.called}\n"
    yield f"**{action.title}.** {_meaning(action)}\n"
    books = " and ".join(book.value for book in action.books)
    yield f"- *book*: {books}"
    for question in QUESTIONS:
        answer = getattr(action, question)
        free = "free: " if isinstance(answer, Free) else ""
        yield f"- *{question}*: {free}{answer.says}"
    for name, asked in action.questions().items():
        if not asked.brought:
            yield f"- `{name}`{_kind(asked)}: {asked.says}"
    yield f"- *what happens*: {action.happens}"


def _meaning(action: type[Action]) -> str:
    """The verb's own first sentence, from the top of its file."""
    return (sys.modules[action.__module__].__doc__ or "").strip().splitlines()[0]


def _kind(asked: Asks) -> str:
    return " (optional)" if asked.optional else ""


def _nos() -> Iterator[str]:
    yield "## Every no\n"
    yield "Each refusal has a stable code. *Lift* says what would change the answer.\n"
    yield "| code | sentence | rule | lift |"
    yield "|---|---|---|---|"
    for no in sorted(NOS.values(), key=lambda no: no.code):
        yield f"| `{no.code}` | {no.says} | {no.rule} | {no.lift} |"


if __name__ == "__main__":
    print(page(), end="")
