"""Today: what needs the reader. First safety, then the people who wait, then dates; and then the page
ends."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.listening.tables import Session
from alongside.areas.safety.tables import Stop
from alongside.languages.sentences import Teller
from alongside.pages import due
from alongside.pages.desk import Desk, seated
from alongside.pages.due import DAYS_NEAR, Due
from alongside.pages.gather import look, newest

SHOWN_MOST = 10     # in each part; what is left comes up when these are done


@require_safe
@seated
def today(desk: Desk) -> HttpResponse:
    """The page of a shared book, or of an inner one."""
    return _inner(desk) if desk.inner else _shared(desk)


def _shared(desk: Desk) -> HttpResponse:
    found = due.read(desk)
    people, dates = due.people_waiting(desk, found), due.dates_near(desk, found)
    held = [stop for stop in found.stops if stop.group == desk.by.group]
    shown = [*people[:SHOWN_MOST], *dates[:SHOWN_MOST]]
    teller = desk.told([*held, *(thing for one in shown for thing in (one.row, one.need, one.quantity))])
    return _page(desk, teller, people, dates, held=held, not_now=found.not_now,
                 steps=_first_steps(desk, bool(found.needs)))


def _inner(desk: Desk) -> HttpResponse:
    """In the inner book: sessions that are near, and those that were held and are still open."""
    sessions, met = desk.at.gather(look(Session, closed=False), newest(Session, 1, closed=True))
    ahead = desk.moment + timedelta(days=DAYS_NEAR)
    people = [Due("heard", s.on, s, desk.to("listening"), since=True) for s in sessions if s.on < desk.moment]
    dates = [Due("listen", s.on, s, desk.to("listening")) for s in sessions if desk.moment <= s.on <= ahead]
    steps = ["listen"] if not (sessions or met) else []
    if steps and desk.steward and len(desk.people(desk.host)) == 1:
        steps.append("second")
    return _page(desk, desk.told(sessions), people, dates, held=[], not_now=False, steps=steps)


def _page(desk: Desk, teller: Teller, people: list[Due], dates: list[Due], *, held: list[Stop], not_now: bool,
          steps: list[str]) -> HttpResponse:
    more, later = (max(0, len(dues) - SHOWN_MOST) for dues in (people, dates))
    quiet = not (people or dates or held or not_now or steps)
    return desk.page(
        "today.html", "today", teller, people=people[:SHOWN_MOST], more=more, dates=dates[:SHOWN_MOST],
        later=later, held=held, not_now=not_now, steps=steps, quiet=quiet,
        alone=len(desk.people(desk.host)) == 1)


def _first_steps(desk: Desk, listed: bool) -> list[str]:
    """What a new book still lacks, of what this reader can do about it."""
    if not desk.by.host:
        return []
    steps = [] if listed else ["list"]
    if desk.steward:
        steps += ["second"] if len(desk.people(desk.host)) == 1 else []
        steps += [] if desk.allies else ["ally"]
    return steps

