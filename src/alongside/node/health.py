"""A node is well when its database answers and has the shape that this version knows.

Answered before anything else: a health check comes without a host name of ours, without a cookie and
without a language.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase

_SHAPED = Event()


def healthz(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """`/healthz`: 200 and `ok`, or 503."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        if request.path != "/healthz":
            return answer(request)
        well = is_well()
        return HttpResponse("ok" if well else "not well", status=200 if well else 503,
                            content_type="text/plain", headers={"Cache-Control": "no-store"})

    return asked


def is_well() -> bool:
    """Whether the database answers and every migration is applied."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _is_shaped()
    except DatabaseError:
        return False


def _is_shaped() -> bool:
    """Asked until it is true once; a running node's database does not lose its shape."""
    if not _SHAPED.is_set():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _SHAPED.set()
    return _SHAPED.is_set()
