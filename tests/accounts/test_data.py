"""The data folder is its keeper's alone, and each key in it is made once."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from alongside.node.data import ROLES, DataFolder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_naming_a_folder_makes_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert not folder.is_demo
    assert not folder.path.exists()


def test_folder_and_keys_are_closed_to_others(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.secret  # noqa: B018  reading it makes it
    for role in ROLES:
        folder.signing_key(role)
    assert mode(folder.path) == 0o700
    assert {path.name: mode(path) for path in folder.path.iterdir()} == {
        "secret": 0o600, "doorway.key": 0o600, "clock.key": 0o600, "log.key": 0o600}


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    assert mode(DataFolder(tmp_path / "data").make().path) == 0o700


def test_a_key_stays_the_same_and_each_role_has_its_own(tmp_path: Path) -> None:
    folder, again = DataFolder(tmp_path), DataFolder(tmp_path)
    raw = {role: folder.signing_key(role).private_bytes_raw() for role in ROLES}
    assert {len(key) for key in raw.values()} == {32}
    assert len(set(raw.values())) == len(ROLES)
    assert {role: again.signing_key(role).private_bytes_raw() for role in ROLES} == raw
    assert folder.secret == again.secret


def test_many_who_make_a_key_at_once_get_one_key(tmp_path: Path) -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(DataFolder(tmp_path).secret)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 16
    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]     # no drafts left lying


def test_a_node_signs_in_known_roles_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="doorway, clock, log"):
        DataFolder(tmp_path).signing_key("../secret")


def test_a_folder_with_books_never_becomes_a_demo(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.database.touch()
    with pytest.raises(FileExistsError):
        folder.mark_demo()
    assert not folder.is_demo
