"""An ally offers something for a need of the host, with every condition said beforehand (3.4).

Without a need it is a question: it moves nothing, and its only answer is a kind no, or a need newly named.
"""

from datetime import date, timedelta

from alongside.action import Action, asks, no
from alongside.areas.consent.question import Covered, Sought, standing
from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.fitting import NotReserved, item_of, unfit
from alongside.areas.exchange.tables import AMOUNT_MOST, IfPart
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import ally_member
from alongside.areas.safety.question import NotStopped
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Audience, Kind, Quantity, Ref, Sealed

DAYS_DEFAULT, DAYS_LEAST = 30, 3
TOO_SOON = no("offer-too-soon", N_("This would run out too soon: the host group needs time to talk."),
              rule="Living 11", yours=True, lift=N_("Let it stand until {day}, or later."))


class OfferMade(Fact):
    says = "{ally} offered {quantity} for {need}: {kind}."
    ally: Ref[Group]
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None = None
    quantity: Quantity
    cover: Ref[Consent]
    until: date


class QuestionAsked(Fact):
    says = "{ally} asked whether {kind} would be wanted."
    ally: Ref[Group]
    kind: Kind
    until: date


class MakeOffer(Action):
    title = N_("Make an offer")
    happens = N_("The host group takes all of it, a part, or none. Nothing moves yet; a question never does.")
    undo = N_("You can take it back until it is accepted.")
    need: Ref[Need] | None = asks("For which need?", optional=True)
    kind: Kind = asks("What would you give?")
    quantity: Quantity | None = asks("How much?", optional=True, least=1, most=AMOUNT_MOST)
    stands_until: date | None = asks("Until when? Thirty days, if you leave it open.", optional=True)
    if_part: IfPart = asks("If only a part is accepted, what then?", default=IfPart.STAYS, choices={
        IfPart.STAYS: N_("The rest stays with us"),
        IfPart.ASK_AGAIN: N_("Ask us again: the rest stays on offer")})
    conditions: Sealed = asks("On which conditions?", hint=N_("All of them. None can be added later."),
                              to=Audience.PAIR, optional=True, long=True)
    words: Sealed = asks("What do you want to say to the host?", to=Audience.PAIR, optional=True, long=True)
    question: bool = asks("Or do you only ask, for no need?", default=False)

    who = ally_member
    needs = Covered()
    within = NotReserved()
    unless = NotStopped()

    def sought(self, by, at):
        return Sought(by.group, self.kind, self.need, None) if self.need and not self.question else None

    def check(self, by, at, moment):
        yield from unfit(self, by, at, moment)
        if self.stands_until and self.stands_until < (least := moment + timedelta(days=DAYS_LEAST)):
            yield TOO_SOON(day=least)

    def becomes(self, by, at, moment):
        until, sought = self.stands_until or moment + timedelta(days=DAYS_DEFAULT), self.sought(by, at)
        if sought is None:
            return QuestionAsked(ally=by.group, kind=self.kind, until=until)
        cover = standing(sought, at, moment)
        assert self.need and self.quantity and cover    # the gate has asked for them
        return OfferMade(ally=by.group, need=self.need, kind=self.kind, quantity=self.quantity,
                         item=item_of(self.kind, at.get(self.need)), cover=cover.ref, until=until)
