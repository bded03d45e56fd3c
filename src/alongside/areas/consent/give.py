"""The host says yes to an ally, within the terms in force, with its own conditions. It leans on them."""

from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.answering import answer, unanswerable
from alongside.areas.consent.bounds import CAP_NOT_MONEY, UNTIL_PASSED
from alongside.areas.consent.covering import open_covers
from alongside.areas.consent.question import Sought
from alongside.areas.consent.tables import Asking, Consent, How
from alongside.areas.memorandum.question import InTerms, terms_for
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Quantity, Ref, Sealed

BEYOND_TERMS = no("beyond-terms", N_("The terms it leans on end on {day}."), rule="Living 2", yours=True,
                  lift=N_("Choose a day up to then."))


class ConsentGiven(Fact):
    says = "{by} said yes to {kind} from {ally}, until {until}."
    ally: Ref[Group]
    kind: Kind
    need: Ref[Need] | None = None
    cap: Quantity | None = None
    until: date
    leans_on: Ref[Consent]
    asking: Ref[Asking] | None = None


class Give(Action):
    title = N_("Say yes")
    happens = N_("This ally may offer, and what you accept may come, until the last day or until you take it"
                 " back.")
    undo = N_("You can take it back at any moment, without a reason, and everything that leans on it stops.")
    ally: Ref[Group] = asks("To which ally group?")
    kind: Kind = asks("To what?")
    until: date = asks("Until when?", hint=N_("It ends by itself; silence is not a yes."))
    need: Ref[Need] | None = asks("For one need only?", optional=True)
    cap: Quantity | None = asks("Up to how much money?", optional=True, least=0)
    asking: Ref[Asking] | None = asks("Which asking does this answer?", optional=True)
    conditions: Sealed = asks("On which conditions?", to=Audience.PAIR, optional=True, long=True)

    who = host_member
    needs = Free("This is the yes.")
    within = InTerms()
    unless = Free("A stop holds what leans on a yes, not the saying of it.")

    def sought(self, by, at):
        return Sought(self.ally, self.kind, self.need, None)

    def check(self, by, at, moment):
        terms = terms_for(self.sought(by, at), at, moment)
        if self.until < moment:
            yield UNTIL_PASSED()
        elif terms and self.until > terms.last_day():
            yield BEYOND_TERMS(day=terms.last_day())
        if self.cap and not self.cap.is_money:
            yield CAP_NOT_MONEY()
        if self.asking:
            yield from unanswerable(at.get(self.asking), self.ally, self.kind)

    def becomes(self, by, at, moment):
        terms = terms_for(self.sought(by, at), at, moment)
        assert terms is not None        # `within` said so
        return ConsentGiven(ally=self.ally, kind=self.kind, need=self.need, cap=self.cap, until=self.until,
                            leans_on=terms.ref, asking=self.asking)


@folds(ConsentGiven)
def keep_yes(fact, entry, at):
    if fact.asking:
        answer(at, fact, entry, "given")
    open_covers(at, Consent(
        number=entry.number, how=How.GIVEN, ally=fact.ally, kinds=(fact.kind,), need=fact.need, cap=fact.cap,
        used=0, said=entry.day, until=fact.until, leans_on=fact.leans_on, by=entry.author, alone=False))
