"""A check that cannot fail is worse than none: each rule meets a house that breaks it, and a tidy one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import test_tidy as code
from tests import test_tidy_text as text

Rule = Callable[[Path], Iterator[str]]
AREAS = "src/alongside/areas"
VERB = """
from alongside.action import Action
from alongside.fact import Fact
from alongside.fold import folds

class ConsentWithdrawn(Fact): ...
class WithdrawConsent(Action): ...
class Unsay(WithdrawConsent): ...
"""
PINS = "django==5.2 \\\n    --hash=sha256:aa\n    # via -r requirements.in\n"
SET_UP = {
    "requirements.in": "# why\ndjango>=5.2\n",
    "requirements.lock": PINS,
    "requirements-dev.lock": PINS + "pytest==9 \\\n    --hash=sha256:bb\n",
    "pyproject.toml": '[project]\ndependencies = ["django>=5.2"]\n',
    "run": "", "test": "", ".ci/run": "",
}

# Everything here comes close to a rule and keeps it.
TIDY = SET_UP | {
    "src/alongside/__init__.py": '__version__ = "0"',
    "src/alongside/__main__.py": "from alongside.node import x",
    "src/alongside/fact.py": """
from typing import TYPE_CHECKING
from . import words
from alongside import __version__
if TYPE_CHECKING:
    from alongside.action import Action
""",
    "src/alongside/words.py": "",
    "src/alongside/record/__init__.py": "",
    "src/alongside/record/tree.py": "from alongside.record.entry import x\nkept.append(1)\n",
    "src/alongside/areas/__init__.py": "",
    "src/alongside/areas/consent/__init__.py": "",
    "src/alongside/areas/consent/withdraw.py": VERB + """
from alongside.areas.consent import covering
from alongside.areas.consent.covering import end

@folds(ConsentWithdrawn)
def end_consent(fact, entry, at):
    end(at, fact)
    covering.open(at)
""",
    "src/alongside/areas/consent/covering.py": """
def end(at, fact):
    at.put(fact)
    end(at, fact)

def open(at):
    at.put(1)
""",
    "src/alongside/areas/stories/__init__.py": "",
    "src/alongside/areas/stories/tell.py": """
from alongside.areas.consent.withdraw import ConsentWithdrawn
from alongside.areas.consent.tables import Consent
from alongside.areas.consent import question
end = 1
""",
    "src/alongside/formats/__init__.py": "",
    "src/alongside/formats/iati.py": 'COLUMN = "name of the beneficiary"',
    "src/alongside/store/__init__.py": "",
    "src/alongside/store/sql.py": 'from django.db import x\nPUT = "INSERT INTO need VALUES (?)"',
    "src/alongside/people/__init__.py": "",
    "src/alongside/people/migrations/__init__.py": "",
    "src/alongside/people/migrations/0001.py": 'X = "update session set seen = 1"',
    "src/alongside/pages/__init__.py": "",
    "src/alongside/pages/views.py": """
def page(at):
    \"\"\"What a donor would say: delete from the list in the field.\"\"\"
    rows = []
    rows.append("The needs of the east lane.")
    form["field"] = x  # type: ignore[index]  # Django makes it while running
    y = 1  # noqa: PLW0603  set once, by the first request
""",
    "src/alongside/pages/templates/today.html": """
{# <p style="color: red"> for a donor #}
<a href="https://example.org/">out</a> <img src="/static/a.svg"> <script src="/static/a.js"></script>
<p>One field of the form.</p>
""",
    "src/alongside/pages/static/alongside.css": """
/* left: 0 */
@media (min-width: 40em) { .left:hover { margin-inline: 0 auto; inset-inline-start: 0; stroke-width: 2; } }
.a { margin: 1px 2px 3px 2px; padding: 0 max(1px, 2px) 0 max(1px, 2px); content: "left"; --s: 1px }
""",
    "src/alongside/pages/static/alongside.js": 'const ns = "http://www.w3.org/2000/svg";',
    "src/alongside/pages/static/sign.svg": '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>',
    "src/alongside/languages/catalogues/es.po": 'msgid ""\nmsgstr ""\n\nmsgid "ally"\nmsgstr "donor"\n',
    "docs/operating.md": "https://example.org/home/page, /srv/alongside, ~/alongside",
    "build/left.txt": "/ho" + "me/somebody/x",
}

LONG = "\n".join(f"x{n} = {n}" for n in range(301))
VERB_FILE = f"{AREAS}/consent/withdraw.py"
PAGE = "src/alongside/pages/today.py"
CSS = "src/alongside/pages/a.css"
HTML = "src/alongside/pages/today.html"

BROKEN: list[tuple[Rule, str, str, str]] = [
    (code.imports_run_one_way, "src/alongside/fact.py",
     "from alongside.action import Action", "before action"),
    (code.imports_run_one_way, "src/alongside/fact.py", "from .gate import ask", "before gate"),
    (code.imports_run_one_way, "src/alongside/gate.py", "def f():\n    import alongside.act", "before act"),
    (code.imports_run_one_way, "src/alongside/__init__.py", "from alongside import gate", "before gate"),
    (code.imports_run_one_way, "src/alongside/record/tree.py",
     "from alongside.words import Ref", "nothing of ours"),
    (code.imports_run_one_way, "src/alongside/toolbox.py", "", "has no place among the steps"),
    (code.django_stays_outside, "src/alongside/gate.py",
     "from django.utils import timezone", "Django lives in"),
    (code.django_stays_outside, "src/alongside/formats/csv.py", "import django", "Django lives in"),
    (code.areas_share_facts_and_rows, f"{AREAS}/stories/tell.py",
     "from alongside.areas.consent.withdraw import WithdrawConsent", "folds the fact"),
    (code.areas_share_facts_and_rows, f"{AREAS}/stories/tell.py",
     "from alongside.areas.consent.withdraw import Unsay", "folds the fact"),
    (code.areas_share_facts_and_rows, f"{AREAS}/stories/tell.py",
     "from alongside.areas.consent import withdraw", "by name"),
    (code.areas_share_facts_and_rows, f"{AREAS}/stories/tell.py",
     "from ..consent.withdraw import *", "folds the fact"),
    (code.files_are_short, "src/alongside/gate.py", LONG, "301 lines, at most 300"),
    (code.files_are_short, f"{AREAS}/consent/give.py", VERB.replace("WithdrawConsent", "Give") + "\n" * 80,
     "at most 80"),
    (code.lines_are_short, "src/alongside/gate.py", "x = " + "1" * 107, "longer than 110"),
    (code.functions_are_short, "src/alongside/gate.py",
     "def f():\n" + "    x = 1\n" * 40, "41 lines, at most 40"),
    (code.functions_are_short, "src/alongside/gate.py",
     "class A:\n    async def f(self):\n" + "        x = 1\n" * 40, "41 lines, at most 40"),
    (code.files_have_names, "src/alongside/pages/form_helpers.py", "", "form_helpers"),
    (code.files_have_names, "src/alongside/services/send.py", "", "services"),
    (code.nothing_is_left_over, "src/alongside/gate.py", "# TO" + "DO: ask", "finish it"),
    (code.nothing_is_left_over, HTML, "{# FIX" + "ME #}", "finish it"),
    (code.checks_are_switched_off_with_a_reason, "src/alongside/gate.py", "x  # type: ignore", "why"),
    (code.checks_are_switched_off_with_a_reason, "src/alongside/gate.py", "x  # type: ignore[misc]", "why"),
    (code.checks_are_switched_off_with_a_reason, "src/alongside/gate.py", "x  # noqa: F401", "why"),
    (code.checks_are_switched_off_with_a_reason, "src/alongside/gate.py", "# mypy: ignore-errors", "why"),
    (code.rows_are_written_on_one_road, PAGE, "tables.put(need)", ".put( outside the road"),
    (code.rows_are_written_on_one_road, "src/alongside/gate.py", "at.put(need)", ".put( outside the road"),
    (code.rows_are_written_on_one_road, "src/alongside/node/mend.py", "book.record.append(1)", ".append("),
    (code.rows_are_written_on_one_road, PAGE, 'run(f"UPDATE {table} SET open = 1")', "SQL that writes"),
    (code.rows_are_written_on_one_road, "src/alongside/node/mend.py",
     'x("delete from need")', "SQL that writes"),
    (code.pages_and_doorways_fold_nothing, PAGE, "from alongside.fold import fold", "neither folds"),
    (code.pages_and_doorways_fold_nothing, "src/alongside/doorways/web.py",
     "book.fold(fact)", "neither folds"),
    (code.areas_write_in_folds, VERB_FILE,
     VERB + "class A(Action):\n    def becomes(self, by, at, moment):\n        at.put(1)", "outside a fold"),
    (code.areas_write_in_folds, VERB_FILE, VERB + "def put_it(at):\n    at.put(1)", "outside a fold"),
    (code.areas_write_in_folds, VERB_FILE,
     VERB + "def put_it(at):\n    at.put(1)\n"
            "@folds(ConsentWithdrawn)\ndef f(fact, entry, at):\n    put_it(at)\n"
            "class A(Action):\n    def check(self, by, at, moment):\n        put_it(at)", "outside a fold"),
    (code.areas_write_in_folds, f"{AREAS}/consent/tables.py", "at.put(1)", "outside a fold"),
    (code.areas_write_in_folds, f"{AREAS}/stories/tell.py",
     "from ..consent.covering import end as stop\nclass Tell(Action):\n    who = stop", "covering.py:3"),
    (code.areas_write_in_folds, PAGE,
     "from alongside.areas.consent import covering as c\ndef page(at):\n    c.open(at)", "covering.py:7"),
    (text.styles_have_no_left_and_right, CSS, "a { margin-left: 1px }", "margin-left"),
    (text.styles_have_no_left_and_right, CSS, "/* x\n */\na { color: red; WIDTH : 1px; }", "a.css:3"),
    (text.styles_have_no_left_and_right, CSS,
     "@media print { a { border-right-color: red } }", "border-right"),
    (text.styles_have_no_left_and_right, CSS, "a { text-align: right }", "text-align: right"),
    (text.styles_have_no_left_and_right, CSS, "a { padding: 0 var(--a) 0 var(--b) !important }", "padding"),
    (text.styles_have_no_left_and_right, CSS, "a { max-height: 2px }", "max-height"),
    (text.nothing_is_fetched_from_others, HTML, '<img src="//cdn.example/x.png">', "fetches"),
    (text.nothing_is_fetched_from_others, HTML,
     '<link rel=stylesheet href="https://cdn.example/x">', "fetches"),
    (text.nothing_is_fetched_from_others, HTML, "<form action='http://a.example'>", "fetches"),
    (text.nothing_is_fetched_from_others, CSS, "a { background: url(https://a.example/x) }", "fetches"),
    (text.nothing_is_fetched_from_others, CSS, '@import "other.css";', "fetches"),
    (text.nothing_is_fetched_from_others, "src/alongside/pages/a.js",
     "fetch('https://a.example')", "fetches"),
    (text.nothing_is_fetched_from_others, "src/alongside/pages/a.svg",
     '<image href="http://a.example/">', "fetches"),
    (text.pages_keep_a_strict_policy, HTML, '<p style="color: red">', "content policy"),
    (text.pages_keep_a_strict_policy, HTML, "<button onclick='x()'>", "content policy"),
    (text.pages_keep_a_strict_policy, HTML, "<script>x()</script>", "content policy"),
    (text.words_are_chosen, "src/alongside/codes.py", 'N_("donors")', "“donors” is not ours"),
    (text.words_are_chosen, VERB_FILE, 'title = asks("Who is the beneficiary?")', "members, neighbours"),
    (text.words_are_chosen, VERB_FILE, 'class A:\n    says = f"{by} met the victim."', "survivor"),
    (text.words_are_chosen, HTML, "<p>Our work in the field</p>", "name the place"),
    (text.words_are_chosen, "src/alongside/languages/catalogues/es.po",
     'msgid ""\nmsgstr ""\n\n#: a.py:1\nmsgid "All "\n"stakeholders"\nmsgstr "x"\n', "people affected"),
    (text.no_machine_is_named, "docs/a.md", "see /ho" + "me/somebody/alongside", "somebody’s machine"),
    (text.no_machine_is_named, ".ci/steps", "cd /ro" + "ot/x", "somebody’s machine"),
    (text.nothing_strays, "src/alongside/pages/today.html.orig", "", "no place in the house"),
    (text.nothing_strays, "src/alongside/doorways/web.py", "", "__init__.py"),
    (text.locks_are_whole, "requirements.lock",
     "--index-url https://a.example\n" + PINS, "no place to get them"),
    (text.locks_are_whole, "requirements.lock", "django==5.2\n", "without a hash"),
    (text.locks_are_whole, "requirements-dev.lock", PINS.replace("5.2", "5.1"), "differs"),
    (text.locks_are_whole, "requirements.in", "django>=5.2\nbabel\n", "differ: babel"),
]


def build(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        path.chmod(0o755)
    return root


@pytest.mark.parametrize("rule", code.RULES + text.RULES, ids=lambda rule: rule.__name__)
def test_a_tidy_house_passes(rule: Rule, tmp_path: Path) -> None:
    assert list(rule(build(tmp_path, TIDY))) == []


@pytest.mark.parametrize(("rule", "name", "content", "says"), BROKEN,
                         ids=[f"{rule.__name__}-{n}" for n, (rule, *_) in enumerate(BROKEN)])
def test_a_broken_rule_is_named(rule: Rule, name: str, content: str, says: str, tmp_path: Path) -> None:
    found = list(rule(build(tmp_path, TIDY | {name: content})))
    where = name if name.startswith("src/") and ".py:" not in says else ""
    assert any(says in sentence and where in sentence for sentence in found), found


def test_heavy_styles_are_named(tmp_path: Path) -> None:
    noise = "".join(f".a{n * 7919 % 100_003}{{color:#{n * 104_729 % 16_777_216:06x}}}" for n in range(3_000))
    assert "at most 8000" in " ".join(text.styles_and_scripts_are_light(build(tmp_path, {CSS: noise})))


def test_a_script_that_cannot_start_is_named(tmp_path: Path) -> None:
    (build(tmp_path, SET_UP) / "run").chmod(0o644)
    assert list(text.scripts_start(tmp_path)) == ["run: cannot be started. chmod +x run"]


def test_every_rule_is_proven() -> None:
    proven = {rule for rule, *_ in BROKEN} | {text.styles_and_scripts_are_light, text.scripts_start}
    assert proven == {*code.RULES, *text.RULES}
