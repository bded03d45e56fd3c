"""The house rules about pages, words and files, kept by machine. How a rule looks: test_tidy.py."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from babel.messages.pofile import read_po

from tests.test_tidy import HOUSE, ROOT, at, house, last_name, parsed, texts

KINDS_OF_FILE = {".py", ".html", ".css", ".js", ".po", ".csv", ".svg"}
BYTES_MOST = {".css": 8_000, ".js": 15_000}       # as they travel: brotli, all files of a kind together
MADE_BY_MACHINES = {"__pycache__", "build", "dist", "htmlcov", "data", "alongside-data", "node_modules"}

# Our own English says these otherwise. What a standard calls them stays in formats/.
AVOIDED = {
    r"beneficiar(?:y|ies)|aid recipients?|target groups?": "the people we work with, members, neighbours",
    r"donors?": "contributor, ally; funder for an institution",
    r"in the field|field (?:trip|visit)s?": "name the place; a visit is invited",
    r"headquarters": "main office",
    r"aid (?:sector|workers?)": "mutual aid, organisers",
    r"capacity[- ]building": "training asked for by …, capacity sharing",
    r"empower\w*|voiceless|giv(?:e|es|ing) (?:a )?voice": "support, be heard, pass the microphone",
    r"implementing partners?": "host group",
    r"developing (?:countr(?:y|ies)|world)|third world|poor countr(?:y|ies)": "name it",
    r"vulnerable (?:people|persons?|groups?|communit(?:y|ies))": "people facing …, and name the cause",
    r"victims?": "survivor, or the person’s own word",
    r"ex-?pat(?:riate)?s?": "visiting ally",
    r"stakeholders?": "people affected, people involved",
    r"front[- ]?lines?|war chests?": "where it happens; fund",
    r"in-kind donations?": "goods offered",
    r"case stud(?:y|ies)|success stor(?:y|ies)": "story, experience: what worked, what did not",
}

PHYSICAL = re.compile(
    r"(?:scroll-)?(?:margin|padding)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|(?:min-|max-|contain-intrinsic-)?(?:width|height)|border-(?:left|right|top|bottom)(?:-.*)?")
FOUR_SIDED = re.compile(r"(?:scroll-)?(?:margin|padding)|inset|border-(?:width|style|color|radius)")
DECLARATION = re.compile(r"(?:(?<=[;{}])|^)\s*([-\w]+)\s*:\s*([^;{}]+?)\s*(?=[;}])")
PARTS = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")

AWAY = r"""\s*["'`]?\s*(?:https?:|wss?:)?//"""
LOADS = {
    ".html": re.compile(rf"\b(?:src|srcset|poster|data|(?:form)?action|xlink:href)\s*={AWAY}"
                        rf"|<(?:link|use|image|base)\b[^>]*?\bhref\s*={AWAY}", re.IGNORECASE),
    ".svg": re.compile(rf"\b(?:xlink:)?href\s*={AWAY}|<script", re.IGNORECASE),
    ".css": re.compile(rf"@import\b|url\({AWAY}", re.IGNORECASE),
    ".js": re.compile(r"""["'`](?:https?:|wss?:)?//(?!www\.w3\.org/)""", re.IGNORECASE),
}
INLINE = re.compile(r"\s(?:style|on[a-z]+)\s*=\s*[\"']|<style\b|<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.*}])/(?:home|root|Users)/[\w.]|\b[A-Z]:\\\\?Users\\")


def lines_of(path: Path, blank: str = "") -> Iterator[tuple[int, str]]:
    """The lines of a text, with what `blank` matches taken out."""
    text = path.read_text("utf-8")
    if blank:
        text = re.sub(blank, lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    yield from enumerate(text.splitlines(), 1)


def styles_have_no_left_and_right(root: Path) -> Iterator[str]:
    for path in house(root, kind=".css"):
        text = "\n".join(line for _, line in lines_of(path, r"/\*.*?\*/"))
        for found in DECLARATION.finditer(text):
            name, value = found[1].lower(), re.sub(r"""(["']).*?\1""", "", found[2])
            sides = PARTS.findall(value.partition("!")[0]) if FOUR_SIDED.fullmatch(name) else []
            physical = PHYSICAL.fullmatch(name) or re.search(r"(?<![-\w])(?:left|right)(?![-\w])", value)
            if physical or (len(sides) == 4 and sides[1] != sides[3]):
                line = text.count("\n", 0, found.start(1)) + 1
                yield (f"{at(path, root, line)}: “{found[1]}: {found[2]}” knows left and right. Say inline"
                       " and block, start and end: Arabic is read from the other side.")


def styles_and_scripts_are_light(root: Path) -> Iterator[str]:
    for kind, most in BYTES_MOST.items():
        weight = sum(len(brotli.compress(path.read_bytes())) for path in house(root, kind=kind))
        if weight > most:
            yield f"{HOUSE}: {kind} weighs {weight} bytes in brotli, at most {most}. What does no page use?"


def nothing_is_fetched_from_others(root: Path) -> Iterator[str]:
    for kind, loads in LOADS.items():
        for path in house(root, kind=kind):
            for number, line in lines_of(path):
                if loads.search(line):
                    yield (f"{at(path, root, number)}: fetches from somebody who then learns who reads here."
                           " Put the file into the house, or make it a link that a person follows.")


def pages_keep_a_strict_policy(root: Path) -> Iterator[str]:
    for path in house(root, kind=".html"):
        for number, line in lines_of(path, r"{#.*?#}"):
            if INLINE.search(line):
                yield (f"{at(path, root, number)}: the content policy refuses style and script inside a page."
                       " Give it a class, or a file.")


def said_in_python(path: Path) -> Iterator[tuple[int, str]]:
    """What a module may say to a person: strings of several words, and what is marked for the catalogues."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and last_name(node) in {"N_", "_", "asks", "gettext", "no", "Free"}:
            yield from texts(node)
    yield from ((line, text) for line, text in texts(parsed(path)) if " " in text.strip())


def said(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Our own English, wherever a person may read it. What standards call things is in formats/."""
    for path in house(root):
        if path.relative_to(root / HOUSE).parts[0] != "formats":
            yield from {(path, line, text) for line, text in said_in_python(path)}
    for path in house(root, kind=".html"):
        yield from ((path, number, line) for number, line in lines_of(path, r"{#.*?#}|<!--.*?-->"))
    for path in house(root, kind=".po"):
        with path.open("rb") as file:
            for message in read_po(file):
                for text in (message.id if isinstance(message.id, tuple) else (message.id,)):
                    yield path, message.lineno or 0, str(text)


def words_are_chosen(root: Path) -> Iterator[str]:
    for path, line, text in said(root):
        for avoided, instead in AVOIDED.items():
            if found := re.search(rf"\b(?:{avoided})\b", text, re.IGNORECASE):
                yield f"{at(path, root, line)}: “{found[0]}” is not ours to say. Instead: {instead}."


def written_files(root: Path) -> Iterator[Path]:
    """Every file that somebody wrote: what machines make, and hidden folders but .ci, left out."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in MADE_BY_MACHINES and (f[0] != "." or f == ".ci"))
        yield from (Path(folder, name) for name in sorted(names))


def no_machine_is_named(root: Path) -> Iterator[str]:
    for path in written_files(root):
        try:
            for number, line in lines_of(path):
                if MACHINE.search(line):
                    yield (f"{at(path, root, number)}: names a folder of somebody’s machine. Start from the"
                           " checkout or the data folder, or say /srv/….")
        except UnicodeDecodeError:
            continue


def nothing_strays(root: Path) -> Iterator[str]:
    for path in written_files(root / HOUSE):
        if path.suffix not in KINDS_OF_FILE:
            yield (f"{at(path, root)}: a file of this kind has no place in the house. Move it to docs/,"
                   " tests/ or benches/, or add its kind to KINDS_OF_FILE (tests/test_tidy_text.py).")
        if path.suffix == ".py" and not (path.parent / "__init__.py").exists():
            yield f"{at(path, root)}: its folder needs an __init__.py that says in a sentence what it is."


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock with its version and its hashes."""
    whole = lock.read_text("utf-8").replace("\\\n", " ")
    return {line.split("==")[0]: " ".join(sorted(line.split("==")[1].split()))
            for line in whole.splitlines() if re.match(r"\w", line)}


def locks_are_whole(root: Path) -> Iterator[str]:
    run, dev = pins(root / "requirements.lock"), pins(root / "requirements-dev.lock")
    again = "Run the pip-compile line that stands on top of the .in file."
    for name in ("requirements.lock", "requirements-dev.lock"):
        for number, line in lines_of(root / name, r"#[^\n]*"):
            if "://" in line or line.startswith("-") or re.search(r"(^|\s)/", line):
                yield f"{name}:{number}: a lock names packages and hashes, no place to get them from. {again}"
    for name, pin in (*run.items(), *dev.items()):
        if "--hash=sha256:" not in pin:
            yield f"{name} is locked without a hash. {again}"
    for name in sorted(name for name, pin in run.items() if dev.get(name) != pin):
        yield f"requirements-dev.lock: {name} differs from requirements.lock. {again}"
    asked = {line.strip() for line in (root / "requirements.in").read_text("utf-8").splitlines()
             if line.strip() and line[0] != "#"}
    declared = set(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])
    for line in sorted(asked ^ declared):
        yield f"requirements.in and pyproject.toml differ: {line}. Write it in both, and lock again."


def scripts_start(root: Path) -> Iterator[str]:
    for name in ("run", "test", ".ci/run"):
        if not os.access(root / name, os.X_OK):
            yield f"{name}: cannot be started. chmod +x {name}"


RULES: tuple[Callable[[Path], Iterator[str]], ...] = (
    styles_have_no_left_and_right, styles_and_scripts_are_light, nothing_is_fetched_from_others,
    pages_keep_a_strict_policy, words_are_chosen, no_machine_is_named, nothing_strays, locks_are_whole,
    scripts_start,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_text_is_tidy(rule: Callable[[Path], Iterator[str]]) -> None:
    wrong = list(rule(ROOT))
    assert not wrong, "\n" + "\n".join(wrong)
