"""A yes and its covers are written and ended together: what the gate finds is what the yes says."""

from __future__ import annotations

from datetime import date

from alongside.areas.consent.tables import Consent, Cover
from alongside.shape import replace
from alongside.tables import Tables


def open_covers(at: Tables, consent: Consent) -> None:
    """Keep a yes, and a cover for each of its kinds."""
    at.put(consent)
    for line, kind in enumerate(consent.kinds, 1):
        at.put(Cover(number=consent.number, line=line, ally=int(consent.ally or 0), kind=kind,
                     need=int(consent.need or 0), open=True))


def end(at: Tables, consent: Consent, day: date, by: int) -> None:
    """End a yes and everything that leans on it, however far down, in this same step."""
    if consent.ended is not None:
        return
    at.put(replace(consent, ended=day, ended_by=by))
    for cover in at.find(Cover, number=consent.number):
        at.put(replace(cover, open=False))
    for leaning in (*at.find(Consent, leans_on=consent.number), *at.find(Consent, under=consent.number)):
        end(at, at.get(leaning.ref), day, by)
