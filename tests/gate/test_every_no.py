"""Every refusal that is declared anywhere is met by somebody in some test.

A test that says `assert story.refused("Maren", …) == ["no-yes"]` has been to that no, or it would not pass.
So this reads what the tests assert, and lists every code that no assertion names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from alongside import act, gate
from alongside.action import NOS

TESTS = Path(__file__).resolve().parent.parent
assert act and gate     # importing them declares every no there is


def tried(path: Path) -> Iterator[str]:
    """Every text that an assertion of a test file says was heard, and those given to a test as arguments."""
    for test in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(test, ast.FunctionDef):
            for node in ast.walk(test):
                if isinstance(node, ast.Assert) and not _denies(node):
                    yield from _texts(node)
            for decorator in test.decorator_list:
                yield from _texts(decorator)


def _denies(node: ast.Assert) -> bool:
    return any(isinstance(op, (ast.NotEq, ast.NotIn)) for part in ast.walk(node.test)
               if isinstance(part, ast.Compare) for op in part.ops)


def _texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node)
            if isinstance(part, ast.Constant) and isinstance(part.value, str))


def never_tried() -> list[str]:
    files = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__).resolve()]
    heard = {code for path in files for code in tried(path)}
    return sorted(set(NOS) - heard)


def test_every_no_is_heard_by_somebody_in_some_test():
    assert never_tried() == [], "each of these is declared, and no test has heard it"


def test_a_no_that_nobody_tries_would_be_listed():
    NOS["never-said"] = NOS["no-yes"]
    try:
        assert "never-said" in never_tried()
    finally:
        del NOS["never-said"]
