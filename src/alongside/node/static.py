"""The stylesheet and the scripts are named after their bytes, so that a phone fetches each of them once.

`serve` gathers them into the data folder, named and compressed. Before that (in tests) they go by their
plain names.
"""

from __future__ import annotations

from pathlib import Path

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Named(CompressedManifestStaticFilesStorage):
    """Files by hashed name once gathered, by plain name before."""

    def stored_name(self, name: str) -> str:
        """The name a page links to."""
        return str(super().stored_name(name)) if self.hashed_files else name


class Static(WhiteNoiseMiddleware):
    """Serves what was gathered; a folder not yet gathered is nothing to warn about."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """Take in a folder of files if it is there."""
        if Path(root).is_dir():
            super().add_files(root, prefix)
