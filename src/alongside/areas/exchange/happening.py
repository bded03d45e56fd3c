"""When it happened is asked apart from the day on which it is written down ("Living with the rules" 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from alongside.action import Refusal, no
from alongside.codes import N_

NOT_YET = no("not-happened-yet", N_("{day} has not come yet."), yours=True,
             lift=N_("Write it down once it happened."))


def not_yet(happened_on: date | None, moment: date) -> Iterable[Refusal]:
    """What has not happened cannot be written down."""
    if happened_on is not None and happened_on > moment:
        yield NOT_YET(day=happened_on)
