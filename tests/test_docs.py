"""What the docs say is so: pages made from the code are fresh, links lead somewhere, and walk-throughs were
walked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def run(*command: str, extra: str = "") -> str:
    """The output of a Python command with the source on its path."""
    path = f"{ROOT / 'src'}{':' + extra if extra else ''}"
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"}, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_of_actions_is_fresh() -> None:
    fresh = run("-m", "alongside.node.actions_page")
    assert (ROOT / "docs/actions.md").read_text() == fresh, (
        "docs/actions.md is not what the declarations say:"
        " python -m alongside.node.actions_page > docs/actions.md"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_the_walk_through_of_contributing_can_be_walked(tmp_path: Path) -> None:
    """The action of CONTRIBUTING is dropped in as one file; form, command and docs follow without another
    line."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    action = next(
        block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "class Thank(" in block
    )
    here = tmp_path / "alongside"
    subprocess.run(["cp", "-r", str(ROOT / "src/alongside"), str(here)], check=True)
    (here / "areas/exchange/thank.py").write_text(action)
    done = subprocess.run(
        [sys.executable, "-c", "from alongside.node.actions_page import page; print(page());"
         "from alongside.action import ACTIONS; from alongside.doorways.cli import commands;"
         "commands['act'](['exchange', 'thank', '--help'])"],
        capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "ALONGSIDE_DATA": str(tmp_path / "data"),
             "DJANGO_SETTINGS_MODULE": "alongside.node.settings"})
    assert "### exchange.thank" in done.stdout, done.stderr
    assert "`nothing-came`" in done.stdout
    assert done.stdout.count("For which promise?") >= 2, "the command line asks the action's questions too"
