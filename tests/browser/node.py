"""A node as its keeper starts it: a process of its own, in a folder of its own, that leaves nothing
behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src"
SECONDS = 60


@dataclass
class Node:
    """One that answers. `said` is what it printed when it started."""

    address: str
    data: Path
    said: str


def alongside(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """One command from beginning to end."""
    return subprocess.run([*_program(), *map(str, words)], env=_env(), text=True, capture_output=True,
                          timeout=SECONDS, check=False, **more)


@contextmanager
def serving(word: str, data: Path) -> Iterator[Node]:
    """`alongside serve` or `alongside demo` on a free port, until the block ends; then told to stop,
    kindly."""
    port, log = _free_port(), data.with_name(f"{data.name}.log")
    with log.open("w") as printed, subprocess.Popen(
        [*_program(), word, "--data", str(data), "--host", "127.0.0.1", "--port", str(port)],
        env=_env(), stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:
        address = f"http://127.0.0.1:{port}/"
        try:
            _until(lambda: _is_well(f"{address}healthz"), lambda: process.poll() is not None,
                   "it does not answer", log)
            said = log.read_text("utf-8")
            yield Node(address, data, said)
            process.send_signal(signal.SIGTERM)
            code = process.wait(SECONDS)
            _until(lambda: not _of_group(process.pid), lambda: False, "it left processes behind", log)
        finally:
            if _of_group(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
    assert code == 0, f"it stopped with {code}: {log.read_text('utf-8')}"
    assert log.read_text("utf-8") == said, "it had something to complain about"


def _program() -> list[str]:
    return [sys.executable, "-P", "-m", "alongside"]


def _env() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE", "DJANGO"))}
    return {**ours, "LANG": "C.UTF-8", "PYTHONPATH": str(SOURCE)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.HTTPError, OSError):
        return False


def _until(so: Callable[[], bool], otherwise: Callable[[], bool], says: str, log: Path) -> None:
    """Wait until it is so; fail at once where it cannot become so any more."""
    end = time.monotonic() + SECONDS
    while not so():
        assert not otherwise() and time.monotonic() < end, f"{says}: {log.read_text('utf-8')}"
        time.sleep(0.1)


def _of_group(leader: int) -> list[int]:
    """Whoever it started and who still runs."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = status.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == leader and state != "Z":
            found.append(int(status.parent.name))
    return found
