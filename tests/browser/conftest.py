"""A browser, nodes that it can visit, and people who sit at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.node import Node, alongside, serving
from tests.browser.visitor import Sits, Visitor

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
        "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one that the system has."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium: install it, or run ./test quick"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, made once and never served: each node gets a copy."""
    folder = tmp_path_factory.mktemp("told") / "demo"
    made = alongside("demo", "--data", folder, "--only-build")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def demo(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The demo for whoever only looks."""
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(told, data)
    with serving("demo", data) as node:
        yield node


@pytest.fixture
def own_demo(told: Path, tmp_path: Path) -> Iterator[Node]:
    """A demo that a test may change."""
    shutil.copytree(told, tmp_path / "data")
    with serving("demo", tmp_path / "data") as node:
        yield node


@pytest.fixture
def sits(chromium: Browser) -> Iterator[Sits]:
    """Somebody sits down at a browser of her own. In the end nobody's browser has complained."""
    visitors: list[Visitor] = []

    def sit(node: Node, *, width: int = 1280, **more: Any) -> Visitor:
        size = {"width": width, "height": 800}
        context = chromium.new_context(viewport=size, locale="en-GB", **more)
        context.set_default_timeout(15_000)
        visitors.append(Visitor(context, node))
        return visitors[-1]

    yield sit
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
