"""The host invites a group abroad. Nobody comes in who was not asked in."""

from datetime import date, timedelta

from alongside.action import Action, Free, asks, no
from alongside.areas.partnership.tables import Invitation
from alongside.areas.partnership.who import steward
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Sealed

DAYS_DEFAULT, DAYS_MOST = 14, 60
TOO_LATE = no("invitation-days", N_("An invitation can stand for at most {days} days."), yours=True,
              lift=N_("Choose an earlier last day."))
PAST = no("day-past", N_("That day has passed."), yours=True, lift=N_("Choose a day from today on."))


class GroupInvited(Fact):
    says = "{by} invited a group to come alongside, until {until}."
    name: Sealed | None = None
    until: date


class Invite(Action):
    title = N_("Invite a group")
    happens = N_("A place is kept for them, and you get a link that works once. They see nothing before they"
                 " accept.")
    undo = N_("It ends by itself on its last day. Whoever comes in can be shown out again.")
    name_of_group: Sealed = asks("What do you call the group you invite?", to=Audience.BOOK)
    until: date | None = asks("Until when does the invitation stand?", optional=True,
                              hint=N_("Fourteen days if you leave it open."))

    who = steward
    needs = Free("Inviting is the host's own yes.")
    within = Free("Terms are agreed with those who came.")
    unless = Free("A stop holds what moves, not who may be talked to.")

    def check(self, by, at, moment):
        if self.until is not None and self.until < moment:
            yield PAST()
        if self.until is not None and self.until > moment + timedelta(days=DAYS_MOST):
            yield TOO_LATE(days=DAYS_MOST)

    def becomes(self, by, at, moment):
        return GroupInvited(name=self.name_of_group,
                            until=self.until or moment + timedelta(days=DAYS_DEFAULT))


@folds(GroupInvited)
def keep_place(fact, entry, at):
    at.put(Invitation(number=entry.number, name=fact.name, until=fact.until, accepted=None))
