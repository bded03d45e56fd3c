"""Each test has a data folder of its own; a browser that asks for English, and one that asks for Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from alongside.node.data import DataFolder
from alongside.people import accounts, pace
from alongside.people.passphrase import Work


def quick(memory_kib: int = 64, passes: int = 1, lanes: int = 1) -> Work:
    return Work(memory_kib, passes, lanes)


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    settings.ALONGSIDE_FOLDER = folder      # type: ignore[attr-defined]
    monkeypatch.setattr(accounts, "Work", quick)
    monkeypatch.setattr(accounts, "SIGN_IN", pace.Pace())
    return folder


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": "localhost", "accept-language": "en"}, enforce_csrf_checks=False)


@pytest.fixture
def arabic() -> Client:
    return Client(headers={"host": "localhost", "accept-language": "ar-SD,ar;q=0.9,en;q=0.5"})
