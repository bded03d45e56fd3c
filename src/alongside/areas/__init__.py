"""The parts of the relationship: a folder each, a file per verb. The folder listing is the feature list."""

from __future__ import annotations

import importlib
import pkgutil


def every_verb() -> None:
    """Import every verb of every area, so that the registries of actions, facts and rows are whole."""
    for module in pkgutil.walk_packages(__path__, __name__ + "."):
        importlib.import_module(module.name)
