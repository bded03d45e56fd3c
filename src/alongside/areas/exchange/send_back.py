"""The host sends back what is on the road. If it comes all the same, it is counted all the same."""

from alongside.action import Action, Free, asks
from alongside.areas.exchange.choosing import on_the_road
from alongside.areas.exchange.moving import add, between, went_back_to, write
from alongside.areas.exchange.tables import Choice, Delivery
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Quantity, Ref, Sealed


class DeliverySentBack(Fact):
    says = "{by} sent back {quantity} of {delivery}."
    delivery: Ref[Delivery]
    ally: Ref[Group] | None = None
    need: Ref[Need]
    quantity: Quantity


class SendBack(Action):
    title = N_("Send it back")
    happens = N_("What is still on the road of it goes back to where it came from.")
    undo = N_("If it comes all the same, count it.")
    delivery: Ref[Delivery] = asks("Which delivery?")
    reason: Sealed = asks("Do you want to say why? Nobody may ask you to.", to=Audience.PAIR, optional=True,
                          long=True)

    who = host_member
    needs = Free("Sending back is a no, and needs nobody's yes.")
    within = Free("No memorandum can bind anybody to receive.")
    unless = Free("A safety hold must never keep a no from being heard.")

    def check(self, by, at, moment):
        return on_the_road(at.get(self.delivery))

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return DeliverySentBack(delivery=delivery.ref, ally=delivery.ally, need=delivery.need,
                                quantity=delivery.quantity.of(delivery.on_road))


@folds(DeliverySentBack)
def turn_back(fact, entry, at):
    delivery, n = at.get(fact.delivery), fact.quantity.n
    add(at, replace(delivery, choice=Choice.SENT_BACK, chosen=entry.number), returned=n)
    write(at, entry.number, entry.day,
          [between(delivery, f"road:{delivery.number}", went_back_to(delivery), n)])
