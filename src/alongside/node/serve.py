"""Serving a node: made ready, then answered by two workers until somebody says stop.

The first start makes the folder, the keys and the tables, and prints a link that opens once. There is no
default passphrase and no account that the machine brings along.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import sys
from pathlib import Path

from alongside.node.data import DataFolder

# A slow phone holds a thread for a long time; with fewer, a hundred of them stop everybody.
THREADS = 128
DRAIN_SECONDS_MAX = 30
SETUP_DAYS = 2


class CannotStart(Exception):
    """Why the node does not start, and what to do, in a sentence."""


def command(argv: list[str]) -> int:
    """`alongside serve`."""
    parser = argparse.ArgumentParser(prog="alongside serve", description="Serve this node's pages.")
    add_address(parser)
    return serve(**vars(parser.parse_args(argv)))


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to listen: this machine alone, unless said otherwise."""
    parser.add_argument("--host", default=os.environ.get("ALONGSIDE_ADDRESS") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("ALONGSIDE_PORT") or 8000))
    parser.add_argument("--workers", type=int, default=2)


def serve(host: str, port: int, workers: int = 2) -> int:
    """Make ready, say where, and answer until told to stop. Returns the exit code."""
    try:
        free(host, port)
        prepare()
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    announce(host, port)
    answer(host, port, workers)
    return 0


def prepare() -> DataFolder:
    """The folder, the keys, the tables and the stylesheet, each made or brought up to date."""
    from django.conf import settings
    from django.core.management import call_command

    os.umask(0o077)
    folder: DataFolder = settings.ALONGSIDE_FOLDER.make()
    refuse_lost_keys(folder)
    folder.make_keys()
    refuse_newer()
    call_command("migrate", interactive=False, verbosity=0)
    check_pragmas()
    call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def refuse_lost_keys(folder: DataFolder) -> None:
    """Books name the keys that vouch for them. New keys in their place would spoil every later entry for
    good."""
    lost = [name for name in folder.missing_keys() if folder.database.exists()]
    if lost:
        raise CannotStart(
            f"This folder holds books, but not their keys any more: {', '.join(lost)} is missing.\n"
            "Put the keys back from your backup. Nothing was changed."
        )


def refuse_newer() -> None:
    """A database that a newer version has shaped would be misread by this one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    newer = sorted(".".join(each) for each in loader.applied_migrations
                   if each[0] in loader.migrated_apps and each not in known)
    if newer:
        raise CannotStart(f"This folder was last used by a newer version (it has {', '.join(newer)}).\n"
                          "Install that version or a later one, or restore a backup made before the change.")


def check_pragmas() -> None:
    """Read back what protects the record; SQLite ignores a pragma it cannot follow without a word."""
    from django.db import connection

    expected = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, wanted in expected.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != wanted:
                raise CannotStart(f"The database does not keep {pragma} at {wanted} (it says {found}).\nPut"
                                  " the data folder on a disk of this machine: others cannot keep it safe.")


def announce(host: str, port: int) -> None:
    """Say where the pages are and, in an empty house, by which link to move in."""
    from alongside.people import links
    from alongside.people.models import Account

    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    print(f"Alongside is at {address}", flush=True)
    if not Account.objects.exists():
        links.forget("setup")
        token = links.make_link("setup", days=SETUP_DAYS)
        print("Nobody lives here yet. This link opens once, within two days, and makes the first group:\n"
              f"  {address}join/{token}", flush=True)


def free(host: str, port: int) -> None:
    """Find out kindly that a port is taken, before two workers find out unkindly."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise CannotStart(f"Cannot listen on {host}, port {port}: {error.strerror}.\n"
                          "Choose another with --port, or end what is using it.") from None


def answer(host: str, port: int, workers: int) -> None:
    """Hand over to the server, which stops on SIGTERM or SIGINT once everything begun is answered."""
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from alongside.node.wsgi import PARENT

    connections.close_all()
    # A forked worker would share this process's locks and open files; a fresh one shares nothing.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ[PARENT] = str(os.getpid())
    # A worker looks for modules in the folder it is started from, where a file called django.py would be run:
    # so it is started from ours, and the data folder is named whole.
    os.environ["ALONGSIDE_DATA"] = str(settings.ALONGSIDE_FOLDER.path)
    os.chdir(Path(__file__).parents[2])
    Granian("alongside.node.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
            workers=workers, blocking_threads=THREADS, websockets=False, log_level=LogLevels.error,
            respawn_failed_workers=True, workers_kill_timeout=DRAIN_SECONDS_MAX).serve()
