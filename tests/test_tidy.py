"""The house rules about code, kept by machine; those about text and files are in test_tidy_text.py.

A rule goes from the top folder to the sentences of what is wrong there, and each names the right way.
tests/test_prove_tidy.py shows that every rule can fail.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = "src/alongside"

# Who stands on whom: a step imports from its own line and from the lines before it.
STEPS = (
    ("codes",), ("words",), ("codecs",), ("shape",), ("fact",), ("action", "tables"), ("record", "sealing"),
    ("fold",), ("areas",), ("gate",), ("act", "memory"), ("audit",), ("formats", "languages"), ("store",),
    ("people",), ("doorways",), ("pages",), ("node", "__main__"),
)
Name = tuple[str, ...]      # of a function, whole: alongside, areas, consent, covering, end
RANK = {step: rank for rank, line in enumerate(STEPS) for step in line}
WITH_DJANGO = ("store", "people", "doorways", "pages", "node", "__main__")
# `tables` and `fold` hand a fold its rows; `sealing` puts ciphertext into the vault.
PUTS = ("tables", "fold", "act", "store", "record", "sealing")
APPENDS = ("act", "store", "record")
LINES_MOST, VERB_LINES_MOST, FUNCTION_LINES_MOST, LINE_MOST = 300, 80, 40, 110
SAYS_NOTHING = {"manager", "service", "handler", "util", "base", "core", "helper"}

PRAGMA = re.compile(r"#\s*(?:type: ignore|noqa)(\[[^\]]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(.*)")
WHOLE_FILE = re.compile(r"^#\s*(?:ruff: noqa|mypy: ignore-errors|type: ignore)")
LEFT_OVER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
WRITES_SQL = re.compile(r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|delete\s+from|update\s+\S+\s+set"
                        r"|(?:create|drop|alter)\s+table)\b", re.IGNORECASE)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def house(root: Path, *steps: str, kind: str = ".py") -> Iterator[Path]:
    """The files of one kind in the house, or in some of its steps."""
    for path in sorted((root / HOUSE).rglob(f"*{kind}")):
        if not steps or step_of(path, root) in steps:
            yield path


def step_of(path: Path, root: Path) -> str:
    """The word of the sentence that a file belongs to: `alongside/record/tree.py` is of `record`."""
    return path.relative_to(root / HOUSE).parts[0].removesuffix(".py")


def at(path: Path, root: Path, line: int | None = None) -> str:
    return f"{path.relative_to(root)}:{line}" if line else f"{path.relative_to(root)}"


def imports(path: Path, root: Path) -> Iterator[tuple[int, list[str], bool]]:
    """Line, dotted name in parts, and whether it is for the type checker alone. Inside functions too."""
    for_types = {id(node) for block in ast.walk(parsed(path)) if isinstance(block, ast.If)
                 and ast.unparse(block.test).removeprefix("typing.") == "TYPE_CHECKING"
                 for statement in block.body for node in ast.walk(statement)}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in node.names:
                yield node.lineno, [*whence(node, path, root), *name.name.split(".")], id(node) in for_types


def whence(node: ast.Import | ast.ImportFrom, path: Path, root: Path) -> list[str]:
    """The module that names are imported from, in parts; relative ones made whole."""
    if isinstance(node, ast.Import):
        return []
    folder = module_of(path, root)[:-1]
    above = folder[:len(folder) + 1 - node.level] if node.level else []
    return [*above, *(node.module.split(".") if node.module else [])]


def module_of(path: Path, root: Path) -> list[str]:
    return [*path.relative_to(root / "src").with_suffix("").parts]


def last_name(node: ast.AST) -> str:
    """What a thing is called where it is used: `folds` in `@folds(X)`, `record` in `self.record`."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    return getattr(node, "attr", getattr(node, "id", ""))


def called(tree: ast.AST, method: str) -> Iterator[tuple[int, str]]:
    """Where a method of that name is called, and on what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node.lineno, last_name(node.func.value)


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings of a module but its docstrings; what an f-string fills in stands as `…`."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def actions(root: Path) -> set[str]:
    """The names of the classes that are an Action, over however many steps."""
    above = {node.name: {last_name(base) for base in node.bases} for path in house(root)
             for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)}
    found = {"Action"}
    while more := {name for name, parents in above.items() if parents & found} - found:
        found |= more
    return found


def imports_run_one_way(root: Path) -> Iterator[str]:
    for path in house(root):
        step = step_of(path, root)
        if step not in RANK and step != "__init__":
            yield (f"{at(path, root)}: {step} has no place among the steps. Put it into one of them,"
                   " or give it a line in STEPS (tests/test_tidy.py) and in ARCHITECTURE.md.")
            continue
        for line, name, for_types in imports(path, root):
            other = name[1] if name[0] == "alongside" and len(name) > 1 else step
            if other == step or other == "__version__":
                continue
            if step == "record":
                yield (f"{at(path, root, line)}: record imports nothing of ours, so that a book can be"
                       " verified without the rest of us.")
            elif not for_types and RANK.get(other, -1) > RANK.get(step, -1):
                yield (f"{at(path, root, line)}: {step} comes before {other}. Let the later step hand over"
                       " what is needed as an argument, or move what both need to the earlier one.")


def django_stays_outside(root: Path) -> Iterator[str]:
    for path in house(root):
        for line, name, _ in imports(path, root):
            if name[0] == "django" and step_of(path, root) not in WITH_DJANGO:
                yield (f"{at(path, root, line)}: Django lives in {', '.join(WITH_DJANGO)}. Take plain values"
                       " as arguments here.")


def areas_share_facts_and_rows(root: Path) -> Iterator[str]:
    known = actions(root)
    for path in house(root, "areas"):
        for line, name, _ in imports(path, root):
            if name[:2] != ["alongside", "areas"] or len(name) < 4 or name[2] == path.parent.name:
                continue
            if len(name) == 4 and name[3] not in {"tables", "question"}:
                yield f"{at(path, root, line)}: import from {name[2]}/{name[3]}.py by name what you need."
            elif name[-1] in known or name[-1] == "*":
                yield (f"{at(path, root, line)}: {name[-1]} is an action of {name[2]}. An area never calls"
                       " another's actions: it folds the fact that follows, with @folds(ThatFact).")


def files_are_short(root: Path) -> Iterator[str]:
    known = actions(root)
    for path in house(root):
        count = len(path.read_text("utf-8").splitlines())
        verb = any(isinstance(node, ast.ClassDef) and node.name in known for node in parsed(path).body)
        most = VERB_LINES_MOST if verb and step_of(path, root) == "areas" else LINES_MOST
        if count > most:
            yield (f"{at(path, root)}: {count} lines, at most {most}. Which idea is missing? Give it a file"
                   " and a name.")


def lines_are_short(root: Path) -> Iterator[str]:
    for path in house(root):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if len(PRAGMA.sub("", line).rstrip()) > LINE_MOST:
                yield f"{at(path, root, number)}: longer than {LINE_MOST}. Break it where you would breathe."


def functions_are_short(root: Path) -> Iterator[str]:
    for path in house(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or 0) - node.lineno + 1
                if count > FUNCTION_LINES_MOST:
                    yield (f"{at(path, root, node.lineno)}: {node.name} has {count} lines, at most"
                           f" {FUNCTION_LINES_MOST}. Let it read like a summary of what it calls, below it.")


def files_have_names(root: Path) -> Iterator[str]:
    for path in house(root):
        for part in path.relative_to(root / HOUSE).parts:
            if {word.removesuffix("s") for word in part.removesuffix(".py").split("_")} & SAYS_NOTHING:
                yield (f"{at(path, root)}: “{part}” says nothing. Call it after what it does or knows:"
                       " receive, words, gate.")


def nothing_is_left_over(root: Path) -> Iterator[str]:
    for kind in (".py", ".html", ".css", ".js"):
        for path in house(root, kind=kind):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if LEFT_OVER.search(line):
                    yield f"{at(path, root, number)}: finish it, or take it out and write an issue."


def checks_are_switched_off_with_a_reason(root: Path) -> Iterator[str]:
    for path in house(root):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            pragma = PRAGMA.search(line)
            unsaid = pragma is not None and not (pragma[1] and len(re.findall(r"\w+", pragma[2])) > 1)
            if unsaid or WHOLE_FILE.search(line):
                yield (f"{at(path, root, number)}: say which check, and why it cannot be kept here:"
                       " `# type: ignore[code]  # the class is known only at run time`.")


def rows_are_written_on_one_road(root: Path) -> Iterator[str]:
    way = "Rows change by `act` alone: make it an action, and let the fold of its fact write."
    for path in house(root):
        step = step_of(path, root)
        if step not in (*PUTS, "areas"):
            for line, _ in called(parsed(path), "put"):
                yield f"{at(path, root, line)}: .put( outside the road. {way}"
        if step not in APPENDS:
            for line, receiver in called(parsed(path), "append"):
                if receiver in {"record", "tables", "at", "book"}:
                    yield f"{at(path, root, line)}: .append( to the record outside the road. {way}"
        if step != "store" and "migrations" not in path.parts:
            for line, text in texts(parsed(path)):
                if WRITES_SQL.search(text):
                    yield f"{at(path, root, line)}: SQL that writes lives in store/. {way}"


def pages_and_doorways_fold_nothing(root: Path) -> Iterator[str]:
    for path in house(root, "pages", "doorways"):
        lines = [line for line, name, _ in imports(path, root) if name[:2] == ["alongside", "fold"]]
        for line in lines + [line for line, _ in called(parsed(path), "fold")]:
            yield (f"{at(path, root, line)}: a page shows the tables and a doorway hands over an action;"
                   " neither folds. Call `act` and read what is so.")


def areas_write_in_folds(root: Path) -> Iterator[str]:
    """A function of an area may put rows if it is a fold, or if in the whole house only such ones use it."""
    functions = {(*module_of(path, root), node.name): node for path in house(root, "areas")
                 for node in parsed(path).body if isinstance(node, ast.FunctionDef)}
    may = {name for name, node in functions.items() if "folds" in map(last_name, node.decorator_list)}
    users = _users(functions.keys(), root)
    unused = {name for name, used_by in users.items() if not used_by} - may
    living = {name: used_by - unused for name, used_by in users.items()}
    while more := {name for name, used_by in living.items() if used_by and used_by <= may} - may:
        may |= more
    for path in house(root, "areas"):
        for node in parsed(path).body:
            if (*module_of(path, root), getattr(node, "name", "")) not in may:
                for line, _ in called(node, "put"):
                    yield (f"{at(path, root, line)}: .put( outside a fold. Let `becomes` say what happened,"
                           " and write under @folds(ThatFact), or in a function that only folds use.")


def _users(functions: Iterable[Name], root: Path) -> dict[Name, set[Name]]:
    """For each function, by its whole name, who else names it: a function, or a module where a class does."""
    users: dict[Name, set[Name]] = {name: set() for name in functions}
    for path in house(root):
        module = module_of(path, root)
        known = {name[-1]: name for name in users if name[:-1] == tuple(module)}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for one in node.names:
                    name = (*whence(node, path, root), *one.name.split("."))
                    known[one.asname or name[-1]] = name
        for statement in parsed(path).body:
            user = (*module, statement.name if isinstance(statement, ast.FunctionDef) else "")
            for node in ast.walk(statement):
                named: Name = ()
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    named = known.get(node.id, ())
                elif isinstance(node, ast.Attribute):
                    named = (*known.get(last_name(node.value), ()), node.attr)
                if named in users and named != user:
                    users[named].add(user)
    return users


RULES: tuple[Callable[[Path], Iterator[str]], ...] = (
    imports_run_one_way, django_stays_outside, areas_share_facts_and_rows, files_are_short, lines_are_short,
    functions_are_short, files_have_names, nothing_is_left_over, checks_are_switched_off_with_a_reason,
    rows_are_written_on_one_road, pages_and_doorways_fold_nothing, areas_write_in_folds,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_is_tidy(rule: Callable[[Path], Iterator[str]]) -> None:
    wrong = list(rule(ROOT))
    assert not wrong, "\n" + "\n".join(wrong)
