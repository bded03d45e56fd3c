"""Whoever receives counts what arrives, in as many parts as it comes. What was counted is what is so."""

from datetime import date

from alongside.action import Action, Free, asks
from alongside.areas.exchange.accepting import OTHER_UNIT
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.tables import AMOUNT_MOST, Delivery
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Audience, Kind, Quantity, Ref, Sealed


class DeliveryCounted(Fact):
    says = "{by} counted {quantity} of {delivery}."
    delivery: Ref[Delivery]
    ally: Ref[Group] | None = None
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None = None
    quantity: Quantity
    final: bool
    happened_on: date


class CountDelivery(Action):
    title = N_("Count what arrived")
    happens = N_("What you count is in the store from now on, whatever was sent or promised.")
    undo = N_("A wrong count is put right by a later line that says the difference.")
    delivery: Ref[Delivery] = asks("Which delivery?")
    quantity: Quantity = asks("How much arrived?", hint=N_("More or less than was sent, or nothing at all."),
                              least=0, most=AMOUNT_MOST)
    final: bool = asks("Is this the last of it?", default=False)
    happened_on: date | None = asks("When did it arrive?", hint=N_("Today, if you leave it open."),
                                    optional=True)
    witness: Sealed = asks("Who counted with you?", to=Audience.GROUP, optional=True)

    who = host_member
    needs = Free("What arrived can always be counted.")
    within = Free("What arrived can always be counted.")
    unless = Free("A stop holds what moves, not the counting of what came.")

    def check(self, by, at, moment):
        sent = at.get(self.delivery).quantity
        if self.quantity.unit != sent.unit:
            yield OTHER_UNIT(wanted=sent)
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return DeliveryCounted(delivery=delivery.ref, ally=delivery.ally, need=delivery.need,
                               kind=delivery.kind, item=delivery.item, quantity=self.quantity,
                               final=self.final, happened_on=self.happened_on or moment)
