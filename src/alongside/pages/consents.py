"""Consents: every yes through time, the askings, and what would stop if one yes were taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.consent.tables import Asking, Consent, Cover, How, Rest
from alongside.areas.needs.tables import Need
from alongside.codes import NEVER_BY_FIRST_YES
from alongside.fact import Entered
from alongside.pages.desk import Desk, seated
from alongside.pages.figures import Span, Timeline, timeline
from alongside.pages.gather import look, newest
from alongside.pages.leaning import Leaning, leaning_on
from alongside.words import Kind, Quantity, Ref, Sealed

OPEN_MOST, LIVE_PAGE, SAID_READ, OVER_PAGE, ASKINGS_MOST = 400, 40, 80, 20, 20
ANSWERS = ["given", "not_now", "refused"]
SAID = (How.OPENED, How.FIRST_YES, How.GIVEN)      # an acceptance is shown with the yes that it leans on


@dataclass
class Yes:
    """One yes as it stands today: `live`, `waiting` for its second, or `over`."""

    consent: Consent
    state: str
    left: int = 0               # days until it ends
    room: Quantity | None = None

    @classmethod
    def of(cls, consent: Consent, moment: date) -> Yes:
        """Where it stands on a day."""
        waits = consent.ended is None and consent.from_day() is None and moment <= consent.last_day()
        state = "live" if consent.stands(moment) else "waiting" if waits else "over"
        room = consent.cap.of(max(0, consent.cap.n - consent.used)) if consent.cap else None
        return cls(consent, state, (consent.last_day() - moment).days, room)

    @property
    def span(self) -> Span:
        """Its stretch of time; what waits for its second is not in force on any day of it."""
        first = self.consent.from_day() or self.consent.said
        return Span(first, self.consent.last_day(), first if self.state == "waiting" else self.consent.ended)


    def is_terms(self, asking: Asking) -> bool:
        """Whether a yes to this asking could lean on it."""
        terms = self.state == "live" and self.consent.how is How.FIRST_YES
        return terms and self.consent.ally == asking.ally and self.consent.covers(asking.kind, asking.need)


@dataclass
class Asked:
    """An asking with the words that came with it, and how it can be answered with a yes."""

    asking: Asking
    words: Sealed | None = None
    rests: date | None = None
    yes: str = ""       # consent.give within the terms, consent.first_yes before any, "" while neither can


@dataclass
class Part:
    """One group of the timeline, with its figure; `whole` counts those that are not on this page too."""

    name: str
    yeses: list[Yes] = field(default_factory=list)
    whole: int = 0
    line: Timeline | None = None


@require_safe
@seated
def consents(desk: Desk) -> HttpResponse:
    """The timeline of every yes, and the askings."""
    if desk.inner:
        raise Http404
    at, before, start = desk.at, _asked_for(desk, "before"), _asked_for(desk, "from") or 0
    allies = [int(group.number) for group in desk.allies] if desk.by.host else [int(desk.by.group)]
    mine = {"answer": ANSWERS} if desk.by.host else {"ally": allies}
    covers, said, open_, answered, rests = at.gather(
        newest(Cover, OPEN_MOST, open=True), newest(Consent, SAID_READ, before=before, how=list(SAID)),
        newest(Asking, OPEN_MOST, answer="open"), newest(Asking, ASKINGS_MOST, **mine),
        look(Rest, ally=allies))
    askings = [asking for asking in once(open_, answered) if asking.seen_by(desk.by, at)]
    entries = desk.entries(asking.number for asking in askings)
    under = [Ref[Consent](number) for number in dict.fromkeys(cover.number for cover in covers)]
    at.gather(*at.missing([*under, *(Ref[Need](c.need) for c in covers), *said, *askings, desk.entered]))
    seen = [yes for yes in once(map(at.get, under), said) if yes.seen_by(desk.by, at)]
    yeses = [Yes.of(yes, desk.moment) for yes in seen]
    parts, older = _parts(desk, yeses, said, before, start)
    found = [_asked(desk, asking, entries, rests, yeses) for asking in askings]
    shown = [yes.consent for part in parts.values() if part for yes in part.yeses]
    teller = desk.told([*shown, *askings], [(a.words, a.asking.ally) for a in found if a.words])
    return desk.page("consents.html", "consents", teller, parts_of=parts, before=before, older=older,
                     first=before is None and start == 0, onward=start + LIVE_PAGE,
                     waiting=[a for a in found if a.asking.answer == "open"],
                     answered=[a for a in found if a.asking.answer != "open"])


@require_safe
@seated
def consent(desk: Desk, number: int) -> HttpResponse:
    """One yes: its bounds, and what leans on it."""
    leaning: Leaning | None = None if desk.inner else leaning_on(desk, number)
    if leaning is None:
        raise Http404
    yes = Yes.of(leaning.consent, desk.moment)
    line = timeline([yes.span], desk.moment, mirrored=desk.mirrored)
    return desk.page("consent.html", "consents", desk.told(leaning.told(desk.at)), yes=yes, c=yes.consent,
                     on=leaning, line=line)


def once(*some: Iterable[Any]) -> list[Any]:
    """Rows that several look-ups found, each once, the newest first."""
    return sorted({row.number: row for rows in some for row in rows}.values(), key=lambda row: -row.number)


def _parts(desk: Desk, yeses: list[Yes], said: list[Consent], before: int | None,
           start: int) -> tuple[dict[str, Part | None], int | None]:
    """Live ones by their last day, those that wait, what is over; and where the older ones begin."""
    live = sorted((yes for yes in yeses if yes.state == "live"), key=lambda yes: yes.left)
    over = [yes for yes in yeses if yes.state == "over" and yes.consent in said]
    waiting = [yes for yes in yeses if yes.state == "waiting"]
    parts = [] if start else [Part("over", over[:OVER_PAGE])]
    if before is None:
        parts += [Part("live", live[start:start + LIVE_PAGE], len(live)),
                  Part("waiting", [] if start else waiting)]
    for part in parts:
        spans = [yes.span for yes in part.yeses]
        part.line = timeline(spans, desk.moment, mirrored=desk.mirrored) if spans else None
    older = over[OVER_PAGE - 1].consent.number if len(over) > OVER_PAGE else None
    if older is None and len(said) == SAID_READ:
        older = said[-1].number
    shown: dict[str, Part | None] = {"live": None, "waiting": None, "over": None}
    return shown | {part.name: part if part.yeses else None for part in parts}, None if start else older


def _asked(desk: Desk, asking: Asking, entries: Iterable[Entered], rests: Iterable[Rest],
           yeses: Iterable[Yes]) -> Asked:
    words = next((e.asked.__dict__["words"] for e in entries if e.number == asking.number), None)
    same = (asking.ally, asking.kind, int(asking.need or 0))
    rest = next((r.until for r in rests if (r.ally, r.kind, r.need) == same), None)
    terms = any(yes.is_terms(asking) for yes in yeses)
    never = any(Kind(kind).covers(asking.kind) for kind in NEVER_BY_FIRST_YES)
    return Asked(asking, words, rest if rest and rest >= desk.moment else None,
                 "consent.give" if terms else "" if never else "consent.first_yes")


def _asked_for(desk: Desk, name: str) -> int | None:
    asked = desk.request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else None
