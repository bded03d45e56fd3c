"""Something of a delivery did not come. Whoever knows says how much; nobody is asked why, or blamed."""

from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.exchange.accepting import OTHER_UNIT
from alongside.areas.exchange.choosing import on_the_road
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.moving import add, between, write
from alongside.areas.exchange.tables import AMOUNT_MOST, Delivery
from alongside.areas.exchange.who import sender
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Quantity, Ref, Sealed

MORE_THAN_ON_ROAD = no("more-than-on-the-road", N_("Only {left} of this delivery has not come."), yours=True,
                       lift=N_("Report at most that much."))


class MissingReported(Fact):
    says = "{by} reported {quantity} of {delivery} missing."
    delivery: Ref[Delivery]
    ally: Ref[Group] | None = None
    need: Ref[Need]
    quantity: Quantity
    happened_on: date


class ReportMissing(Action):
    title = N_("Report something missing")
    happens = N_("It is written as missing, with no blame. If it comes after all, count it all the same.")
    undo = N_("Count it if it comes.")
    delivery: Ref[Delivery] = asks("Of which delivery?")
    quantity: Quantity = asks("How much did not come?", least=1, most=AMOUNT_MOST)
    happened_on: date | None = asks("When was that clear?", hint=N_("Today, if you leave it open."),
                                    optional=True)
    words: Sealed = asks("Do you want to say more?", to=Audience.PAIR, optional=True, long=True)

    who = host_member | sender
    needs = Free("What did not come can always be reported.")
    within = Free("What did not come can always be reported.")
    unless = Free("A stop holds what moves, not the report of what was lost.")

    def check(self, by, at, moment):
        delivery = at.get(self.delivery)
        yield from on_the_road(delivery)
        if self.quantity.unit != delivery.quantity.unit:
            yield OTHER_UNIT(wanted=delivery.quantity)
        elif 0 < delivery.on_road < self.quantity.n:
            yield MORE_THAN_ON_ROAD(left=delivery.quantity.of(delivery.on_road))
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return MissingReported(delivery=delivery.ref, ally=delivery.ally, need=delivery.need,
                               quantity=self.quantity, happened_on=self.happened_on or moment)


@folds(MissingReported)
def write_off(fact, entry, at):
    delivery, n = at.get(fact.delivery), fact.quantity.n
    add(at, delivery, missing=n)
    write(at, entry.number, fact.happened_on,
          [between(delivery, f"road:{delivery.number}", f"missing:{delivery.number}", n)])
