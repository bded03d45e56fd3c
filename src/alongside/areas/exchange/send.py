"""An ally sends what was promised and checked: goods, money and hours alike. Then it is on the road."""

from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.question import LeansOn, Sought
from alongside.areas.exchange.checking import SHEET_OVER, stands
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.moving import set_out, write
from alongside.areas.exchange.states import yes_of
from alongside.areas.exchange.tables import Delivery, Promise
from alongside.areas.exchange.who import sender
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.areas.safety.question import NotStopped
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Kind, Quantity, Ref

SENT = no("already-sent", N_("Delivery {delivery} was sent already."), lift=N_("Nothing needs to be done."))
FELL = no("check-fell", N_("This check does not hold any more: the host group checked again."), rule="1.4",
          helps="host", lift=N_("Send under the newer check, or ask the host group to check."))


class DeliverySent(Fact):
    says = "{ally} sent {delivery}: {quantity}."
    delivery: Ref[Delivery]
    promise: Ref[Promise]
    ally: Ref[Group]
    need: Ref[Need]
    kind: Kind
    quantity: Quantity
    happened_on: date


class SendDelivery(Action):
    title = N_("Send a delivery")
    happens = N_("It is on the road, and the host group counts what arrives. If it takes back its yes"
                 " meanwhile, it chooses whether this may still come.")
    undo = N_("The host group can divert it or send it back; what was sent stays written.")
    delivery: Ref[Delivery] = asks("Which checked delivery do you send?")
    happened_on: date | None = asks("When did it leave?", hint=N_("Today, if you leave it open."),
                                    optional=True)

    who = sender
    needs = LeansOn()
    within = Free("What was accepted was within the terms, and ends with them.")
    unless = NotStopped()

    def leans_on(self, at):
        return yes_of(at.get(self.delivery), at)

    def sought(self, by, at):
        it = at.get(self.delivery)
        return Sought(it.ally, it.kind, it.need, it.quantity) if it.ally else None

    def check(self, by, at, moment):
        delivery = at.get(self.delivery)
        if delivery.sent:
            yield SENT(delivery=delivery.number)
        elif delivery.fallen:
            yield FELL()
        elif not stands(delivery, at, moment):
            yield SHEET_OVER(sheet=delivery.sheet)
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return DeliverySent(delivery=delivery.ref, promise=delivery.promise, ally=delivery.ally,
                            need=delivery.need, kind=delivery.kind, quantity=delivery.quantity,
                            happened_on=self.happened_on or moment)


@folds(DeliverySent)
def put_on_road(fact, entry, at):
    _, lines = set_out(at, at.get(fact.delivery), fact.happened_on)
    write(at, entry.number, fact.happened_on, lines)
