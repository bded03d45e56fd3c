"""The yes ended while something was on the road. The host chooses that it may still come."""

from alongside.action import Action, Free, asks, no
from alongside.areas.exchange.choosing import on_the_road
from alongside.areas.exchange.states import DeliveryState, delivery_state, yes_of
from alongside.areas.exchange.tables import Choice, Delivery
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Ref

NOTHING_TO_CHOOSE = no("nothing-to-choose", N_("Delivery {delivery} may come as it is."),
                       lift=N_("Nothing needs to be done."))


class DeliveryLetCome(Fact):
    says = "{by} let {delivery} come."
    delivery: Ref[Delivery]
    ally: Ref[Group] | None = None
    need: Ref[Need]


class LetCome(Action):
    title = N_("Let it come")
    happens = N_("This delivery may still come. Nothing else leaves: the yes stays ended.")
    undo = N_("As long as it is on the road you can divert it or send it back.")
    delivery: Ref[Delivery] = asks("Which delivery?")

    who = host_member
    needs = Free("What is on the road when a yes ends is the host's choice.")
    within = Free("What is on the road when a yes ends is the host's choice.")
    unless = Free("A stop holds what would leave; this has left.")

    def check(self, by, at, moment):
        delivery = at.get(self.delivery)
        yield from on_the_road(delivery)
        state = delivery_state(delivery, yes_of(delivery, at), moment)
        if delivery.on_road > 0 and state is not DeliveryState.HOST_MUST_CHOOSE:
            yield NOTHING_TO_CHOOSE(delivery=delivery.number)

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return DeliveryLetCome(delivery=delivery.ref, ally=delivery.ally, need=delivery.need)


@folds(DeliveryLetCome)
def let_come(fact, entry, at):
    at.put(replace(at.get(fact.delivery), choice=Choice.LET_COME, chosen=entry.number))
