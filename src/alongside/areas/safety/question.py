"""Did anybody say stop to this? What moves waits; counting, noes, complaints and lifting never do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.action import Refusal, no
from alongside.areas.partnership.tables import Member
from alongside.areas.safety.tables import Stop
from alongside.codes import N_
from alongside.tables import Tables

STOPPED = no("stopped", N_("Stop {stop}, said on {day}, holds {kind}."), rule="6.5", yours=True,
             hidden=True, helps="host",
             lift=N_("Two people of your group lift stop {stop}. A group of one lifts it alone."))
OUR_STOP = no("stopped-by-us", N_("Your own group stopped its side on {day}: stop {stop} holds {kind}."),
              rule="6.5", yours=True, helps="ally", lift=N_("Anybody of your group lifts stop {stop}."))
# Hidden too: one ally's stop is not another ally's to know.
ALLY_STOPPED = no("stopped-by-ally", N_("This ally stopped its own side on {day}: stop {stop} holds {kind}."),
                  rule="6.5", hidden=True, helps="ally", lift=N_("Only that ally can lift stop {stop}."))


class NotStopped:
    """Holds what the action's `sought(by, at)` would move while a stop reaches it."""

    says = N_("No stop of the host that reaches its kind, nor of the ally whose support it is.")

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """Every stop in the way, for the host with its number; allies hear only "not now"."""
        sought = asked.sought(by, at)
        if sought is None:
            return ()
        return [_why(stop, by)(stop=stop.number, day=stop.said, kind=sought.kind)
                for stop in at.find(Stop, open=True) if stop.holds(sought.ally, sought.kind)]


def _why(stop: Stop, by: Member) -> Any:
    if stop.host:
        return STOPPED
    return OUR_STOP if stop.group == by.group else ALLY_STOPPED
