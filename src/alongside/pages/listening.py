"""Listening: the host's own sessions, in the inner book. What was said stays here, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.areas.listening.tables import Finding, FindingKind, Session
from alongside.languages.locale import LANGUAGES
from alongside.pages.desk import Desk, seated
from alongside.pages.gather import look, newest

SESSIONS_MOST, FINDINGS_MOST = 20, 50


@dataclass
class Heard:
    """A session with what was said in it, by kind; what is sealed is only counted for others."""

    session: Session
    findings: dict[FindingKind, list[Finding]] = field(default_factory=dict)
    closed_to_you: int = 0


@require_safe
@seated
def listening(desk: Desk) -> HttpResponse:
    """Open sessions with what was said, the closed ones below; one of those whole if it is asked for."""
    if not desk.inner:
        raise Http404
    at, chosen = desk.at, desk.request.GET.get("session", "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 16 else 0
    open_, closed, asked = at.gather(look(Session, closed=False), newest(Session, SESSIONS_MOST, closed=True),
                                     look(Session, number=[number]))
    whole = asked if asked and asked[0].closed else sorted(open_, key=lambda s: (s.on, s.number))
    parts = at.gather(*(newest(Finding, FINDINGS_MOST, session=session.number) for session in whole))
    names = {s.number: [LANGUAGES[c].name if c in LANGUAGES else c for c in s.languages] for s in whole}
    shown = [_heard(desk, session, findings) for session, findings in zip(whole, parts, strict=True)]
    told = [*whole, *closed, *(f for one in shown for findings in one.findings.values() for f in findings)]
    return desk.page("listening.html", "listening", desk.told(told), shown=shown, closed=closed,
                     languages_of=names, alone=asked if asked and asked[0].closed else None)


def _heard(desk: Desk, session: Session, findings: list[Finding]) -> Heard:
    heard = Heard(session, {kind: [] for kind in FindingKind})
    for finding in findings:
        if finding.seen_by(desk.by, desk.at):
            heard.findings[finding.kind].append(finding)
        else:
            heard.closed_to_you += 1
    for kept in heard.findings.values():
        kept.sort(key=lambda f: (f.priority or 10, f.number))
    return heard
