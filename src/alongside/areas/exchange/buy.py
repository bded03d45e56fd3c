"""The host buys near home, with money that arrived or on credit. What it bought is counted when it comes."""

from datetime import date

from alongside.action import Action, Free, asks
from alongside.areas.consent.question import Sought
from alongside.areas.exchange.buying import hinders, kind_of
from alongside.areas.exchange.fitting import item_of
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.tables import AMOUNT_MOST, NoReceipt, Payment
from alongside.areas.needs.tables import Item, Need, Region
from alongside.areas.partnership.who import host_member
from alongside.areas.safety.question import NotStopped
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Audience, Kind, Quantity, Ref, Sealed


class Bought(Fact):
    says = "{by} bought {quantity} for {need}, for {price}."
    need: Ref[Need]
    kind: Kind
    item: Ref[Item] | None = None
    quantity: Quantity
    price: Quantity
    payment: Payment
    related: bool
    region: Ref[Region] | None = None
    happened_on: date


class Buy(Action):
    title = N_("Write down a purchase")
    happens = N_("If it is paid, the oldest money leaves the store; if not, it is owed. Count what comes.")
    undo = N_("A wrong line is put right by a later one that says the difference.")
    need: Ref[Need] = asks("For which need?")
    quantity: Quantity = asks("How much was bought?", least=1, most=AMOUNT_MOST)
    kind: Kind | None = asks("Of what kind?", hint=N_("The need’s own, if you leave it open."), optional=True)
    price: Quantity = asks("For how much money in all?", least=1, most=AMOUNT_MOST)
    payment: Payment = asks("Is it paid?", choices={Payment.PAID: N_("Paid"), Payment.OWED: N_("Still owed")})
    related: bool = asks("Are the seller and whoever bought it related, or friends?")
    seller: Sealed = asks("Who sold it?", to=Audience.GROUP, optional=True)
    receipt: Sealed = asks("What does the receipt say, and where is it?", to=Audience.GROUP, optional=True)
    no_receipt: NoReceipt | None = asks("Or why is there none?", optional=True, choices={
        NoReceipt.NONE_WRITTEN: N_("The seller writes none"), NoReceipt.LOST: N_("It was lost"),
        NoReceipt.NOT_SAFE: N_("It was not safe to carry one")})
    witnesses: Sealed = asks("Then which two people saw it?", to=Audience.GROUP, optional=True)
    region: Ref[Region] | None = asks("In which region?", optional=True)
    happened_on: date | None = asks("When?", hint=N_("Today, if you leave it open."), optional=True)

    who = host_member
    needs = Free("What the host buys needs nobody else's yes.")
    within = Free("The money was accepted within the terms; what it buys is decided by the host (4.2).")
    unless = NotStopped()

    def sought(self, by, at):
        need = at.get(self.need)
        return Sought(by.group, kind_of(self, need), need.ref, self.quantity)

    def check(self, by, at, moment):
        yield from hinders(self, at)
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        need = at.get(self.need)
        kind = kind_of(self, need)
        return Bought(need=need.ref, kind=kind, item=item_of(kind, need), quantity=self.quantity,
                      price=self.price, payment=self.payment, related=self.related, region=self.region,
                      happened_on=self.happened_on or moment)
