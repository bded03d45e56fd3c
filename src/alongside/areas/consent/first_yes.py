"""Before any memorandum: one page, one ally, a few kinds, a cap, at most thirty days, no pictures, an end.

Two people of the host say it. A host of one says it alone, and it ends after seven days without a second.
"""

from datetime import date, timedelta

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.bounds import CAP_NOT_MONEY, NOT_AN_ALLY, UNTIL_PASSED
from alongside.areas.consent.covering import open_covers
from alongside.areas.consent.tables import Consent, How
from alongside.areas.partnership.tables import Group, host_members
from alongside.areas.partnership.who import host_member
from alongside.codes import N_, NEVER_BY_FIRST_YES
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Kind, Quantity, Ref

DAYS_MOST = 30
NOT_BY_FIRST_YES = no(
    "not-by-first-yes", N_("A first yes never carries {kind}. That waits for a memorandum."), rule="Living 2",
    yours=True, lift=N_("Leave it out of this first yes."))
TOO_LONG = no("first-yes-days", N_("A first yes lasts at most {days} days."), rule="Living 2", yours=True,
              lift=N_("Choose an earlier last day."))


class FirstYesSaid(Fact):
    says = "{by} said a first yes to {kinds} from {ally}, up to {cap}, until {until}."
    ally: Ref[Group]
    kinds: tuple[Kind, ...]
    cap: Quantity
    until: date
    alone: bool


class FirstYes(Action):
    title = N_("Say a first yes")
    happens = N_("It stands once a second person of your group says it too. Then this ally may offer and"
                 " send, within these bounds. No pictures, no visits, no data that leaves.")
    undo = N_("You can take it back at any moment, without a reason, and everything that leans on it stops.")
    ally: Ref[Group] = asks("To which ally group?")
    kinds: tuple[Kind, ...] = asks("To which kinds of support?")
    cap: Quantity = asks("Up to how much money in all?", least=0)
    until: date | None = asks("Until when?", optional=True,
                              hint=N_("At most thirty days. It ends by itself; silence is not a yes."))

    who = host_member
    needs = Free("This is the yes.")
    within = Free("A first yes stands in for the memorandum until there is one.")
    unless = Free("A stop holds what leans on a yes, not the saying of it.")

    def check(self, by, at, moment):
        until = self.until or moment
        if until < moment:
            yield UNTIL_PASSED()
        if until > moment + timedelta(days=DAYS_MOST):
            yield TOO_LONG(days=DAYS_MOST)
        if at.get(self.ally).host:
            yield NOT_AN_ALLY()
        if not self.cap.is_money:
            yield CAP_NOT_MONEY()
        for kind in self.kinds:
            if any(Kind(never).covers(kind) for never in NEVER_BY_FIRST_YES):
                yield NOT_BY_FIRST_YES(kind=kind)

    def becomes(self, by, at, moment):
        return FirstYesSaid(ally=self.ally, kinds=self.kinds, cap=self.cap, alone=len(host_members(at)) == 1,
                            until=self.until or moment + timedelta(days=DAYS_MOST))


@folds(FirstYesSaid)
def keep_first_yes(fact, entry, at):
    open_covers(at, Consent(
        number=entry.number, how=How.FIRST_YES, ally=fact.ally, kinds=fact.kinds, need=None, cap=fact.cap,
        used=0, said=entry.day, until=fact.until, leans_on=None, by=entry.author, alone=fact.alone))
