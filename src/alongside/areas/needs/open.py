"""The host opens a need to offers, of one ally or of all, until a day. That is a yes to be offered.

The yes is folded by consent (`areas/consent/opened.py`), and taken back like any other.
"""

from datetime import date, timedelta

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.bounds import NOT_AN_ALLY, UNTIL_PASSED
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Kind, Ref

DAYS_DEFAULT, DAYS_MOST = 30, 90
OPEN_STALE = no("open-stale", N_("Nobody has confirmed this need since {day}."), rule="1.1", yours=True,
                lift=N_("Confirm the need first."))
OPEN_TOO_LONG = no("open-days", N_("A need is open to offers for at most {days} days at a time."),
                   rule="Living 1", yours=True, lift=N_("Choose an earlier last day."))


class NeedOpened(Fact):
    says = "{by} opened {need} to offers of {kinds}, until {until}."
    need: Ref[Need]
    ally: Ref[Group] | None = None              # None: all
    kinds: tuple[Kind, ...]
    until: date


class OpenNeed(Action):
    title = N_("Open a need to offers")
    happens = N_("From now on you may be offered this, until the last day or until you take it back. You need"
                 " accept nothing: accepting is a yes of its own.")
    undo = N_("You can take it back at any moment, without a reason. It ends by itself.")
    need: Ref[Need] = asks("Which need?")
    ally: Ref[Group] | None = asks("To which ally group?", hint=N_("To all, if you leave it open."),
                                   optional=True)
    kinds: tuple[Kind, ...] | None = asks("To which kinds of support?", optional=True,
                                          hint=N_("Its own, if you leave it open."))
    until: date | None = asks("Until when?", hint=N_("Thirty days if you leave it open, ninety at most."),
                              optional=True)

    who = host_member
    needs = Free("This is the yes.")
    within = Free("Opening lets allies offer; what is accepted must be within the terms.")
    unless = Free("A stop holds what leans on a yes, not the saying of it.")

    def check(self, by, at, moment):
        need = at.get(self.need)
        if need.stale(moment):
            yield OPEN_STALE(day=need.confirmed)
        if self.ally and at.get(self.ally).host:
            yield NOT_AN_ALLY()
        if self.until and self.until < moment:
            yield UNTIL_PASSED()
        if self.until and self.until > moment + timedelta(days=DAYS_MOST):
            yield OPEN_TOO_LONG(days=DAYS_MOST)

    def becomes(self, by, at, moment):
        return NeedOpened(need=self.need, ally=self.ally, kinds=self.kinds or (at.get(self.need).kind,),
                          until=self.until or moment + timedelta(days=DAYS_DEFAULT))
