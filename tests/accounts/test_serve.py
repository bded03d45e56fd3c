"""A node starts from nothing, says by which link to move in, answers, and stops without leaving anything
behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SECONDS = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def workers_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def node(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    data, port = tmp_path / "data", free_port()
    # Whoever starts a node may stand in a folder where somebody left a trap: no module is read from there.
    stands_in = tmp_path / "downloads"
    stands_in.mkdir()
    (stands_in / "django.py").write_text("raise SystemExit('this file was run')")
    path = os.pathsep.join(
        str(Path(p).absolute()) for p in os.environ.get("PYTHONPATH", "src").split(os.pathsep)
    )
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "alongside", "serve", "--data", str(data), "--port", str(port)],
        cwd=stands_in,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LANG": "C.UTF-8", "PYTHONPATH": path},
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        until(lambda: asked(f"{address}healthz") == (200, "ok") or process.poll() is not None)
        yield process, address, data
    finally:
        process.kill()
        process.communicate()


def until(so: object) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if so():        # type: ignore[operator]
            return
        time.sleep(0.2)
    pytest.fail("waited in vain")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_first_start_link_and_stop(node: tuple[subprocess.Popen[str], str, Path]) -> None:
    process, address, data = node
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in data.iterdir() if path.is_file()} == {0o600}
    status, page = asked(address)
    assert status == 200
    style = re.search(r"/static/alongside\.[0-9a-f]{12}\.css", page) or pytest.fail("no hashed stylesheet")
    assert asked(address.rstrip("/") + style[0])[0] == 200
    workers = workers_of(process.pid)
    assert len(workers) >= 2
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert re.search(rf"{re.escape(address)}join/[\w-]{{43}}\n", said)
    assert "Traceback" not in said
    until(lambda: not any(alive(worker) for worker in workers))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_no_worker_outlives_its_parent(node: tuple[subprocess.Popen[str], str, Path]) -> None:
    process, address, _ = node
    workers = workers_of(process.pid)
    assert len(workers) >= 2
    process.kill()
    process.wait()
    until(lambda: not any(alive(worker) for worker in workers))
    assert asked(address)[0] == 0


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "alongside", "serve", "--port", str(port),
             "--data", str(tmp_path / "data")], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


def test_an_unknown_word_lists_the_known_ones(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-P", "-m", "alongside", "srve"], capture_output=True, text=True,
                           check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join(
                               str(Path(each).resolve()) for each in sys.path if each)})
    assert ended.returncode == 2
    assert "serve" in ended.stderr
    assert not list(tmp_path.iterdir())         # asking makes nothing


def test_books_without_their_keys_are_not_served_with_new_ones(
    node: tuple[subprocess.Popen[str], str, Path],
) -> None:
    process, _, data = node
    process.terminate()
    process.wait(SECONDS)
    (data / "doorway.key").unlink()
    again = subprocess.run(
        [sys.executable, "-P", "-m", "alongside", "serve", "--data", str(data), "--port", str(free_port())],
        capture_output=True, text=True, check=False, timeout=SECONDS)
    assert again.returncode == 1
    assert "doorway.key is missing" in again.stderr
    assert not (data / "doorway.key").exists(), "no new key may take its place"
