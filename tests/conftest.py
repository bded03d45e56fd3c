"""What every test may lean on."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from alongside.node.data import DataFolder

ROOT = Path(__file__).resolve().parent.parent

# A node of the tests' own, whoever starts them and wherever: no key and no database of a person is touched.
# pytest-django has read the settings before this file, so both are told: they, and processes that tests
# start.
OWN_NODE = Path(tempfile.mkdtemp(prefix="alongside-tests-"))
atexit.register(shutil.rmtree, OWN_NODE, ignore_errors=True)
os.environ["ALONGSIDE_DATA"] = str(OWN_NODE)
settings.ALONGSIDE_FOLDER = DataFolder(OWN_NODE)
# A file, as a node has one: a database in memory knows neither other processes nor the lock between them.
settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(OWN_NODE / "tests.sqlite3")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the browser tests out where ./test found no browser, and say why; under CI=true fail instead."""
    reason = os.environ.get("ALONGSIDE_NO_BROWSER")
    if reason and item.get_closest_marker("browser"):
        if os.environ.get("CI") == "true":
            pytest.fail(f"no browser ({reason}), and under CI=true nothing is left out", pytrace=False)
        pytest.skip(f"no browser ({reason})")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public schemas, word lists and sample data beside the checkout, where there is one."""
    beside = ROOT.parent / "shared"
    if not beside.is_dir():
        pytest.skip("the folder “shared” with schemas and sample data is not beside this checkout")
    return beside
