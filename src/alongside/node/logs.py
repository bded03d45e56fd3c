"""A log says what went wrong with the machine and never what a person did, wrote, or which page she was on.

Paths can hold a link's token, query strings can hold anything, and the text of an error can hold what was
typed. So a line holds a level, a source and a code; a trace holds files and lines, without the error's own
words.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

# Django writes the path, the host or the referrer into these; only the kind of trouble is kept.
SPOKEN_FOR = ("django.request", "django.security", "django.server")


class Plain(logging.Formatter):
    """Formats a record without anything personal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the places of a trace below it."""
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name}: {_said(record)}"
        broken = record.exc_info is not None and record.exc_info[0] is not None
        return f"{line}\n{self.formatException(record.exc_info)}" if broken else line

    def formatException(self, ei: Any) -> str:
        """Where it happened and what kind of error it was."""
        kind, _, trace = ei
        return "\n".join([*_places(trace), f"  {kind.__name__}"])


def _said(record: logging.LogRecord) -> str:
    if record.name.startswith(SPOKEN_FOR):
        status = getattr(record, "status_code", None)
        return f"answered {status}" if status else "a request was refused"
    return record.getMessage()


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "alongside.node.logs.Plain"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A page that is not there is no trouble of the machine.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
