"""The store as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """Entries, heads, words, checkpoints, jobs. The row tables are made by `schema.py`, after migrating."""

    name = "alongside.store"
    label = "store"
    verbose_name = "Books"

    def ready(self) -> None:
        """Row tables belong to every migrated database, tests' own included."""
        post_migrate.connect(_row_tables, sender=self, dispatch_uid="row tables")


def _row_tables(**_: Any) -> None:
    from alongside.store.folding import ensure_tables

    ensure_tables()
