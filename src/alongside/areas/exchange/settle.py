"""The host pays what it still owes for a purchase, with money that arrived: the oldest first."""

from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.exchange.accepting import OTHER_UNIT
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.moving import Goods, take, write
from alongside.areas.exchange.stock import lacking
from alongside.areas.exchange.tables import AMOUNT_MOST, Happening, Purchase, What
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Quantity, Ref, Sealed

MORE_THAN_OWED = no("more-than-owed", N_("Only {owed} is still owed for this purchase."), yours=True,
                    lift=N_("Settle at most that much."))


class DebtSettled(Fact):
    says = "{by} settled {quantity} of what was owed for {purchase}."
    purchase: Ref[Purchase]
    need: Ref[Need]
    quantity: Quantity
    happened_on: date


class Settle(Action):
    title = N_("Pay what is owed")
    happens = N_("The money leaves the store, and so much less is owed.")
    undo = N_("A wrong line is put right by a later one that says the difference.")
    purchase: Ref[Purchase] = asks("For which purchase?")
    quantity: Quantity = asks("How much was paid?", least=1, most=AMOUNT_MOST)
    receipt: Sealed = asks("What does the receipt say, and where is it?", to=Audience.GROUP, optional=True)
    happened_on: date | None = asks("When?", hint=N_("Today, if you leave it open."), optional=True)

    who = host_member
    needs = Free("Paying what is owed needs nobody's yes.")
    within = Free("The money was accepted within the terms; what it pays for is decided by the host (4.2).")
    unless = Free("A stop holds what moves towards the host, not what it owes its neighbours.")

    def check(self, by, at, moment):
        purchase = at.get(self.purchase)
        if self.quantity.unit != purchase.price.unit:
            yield OTHER_UNIT(wanted=purchase.price)
        else:
            if self.quantity.n > purchase.owed:
                yield MORE_THAN_OWED(owed=purchase.price.of(purchase.owed))
            yield from lacking(at, "money", self.quantity)
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        purchase = at.get(self.purchase)
        return DebtSettled(purchase=purchase.ref, need=purchase.need, quantity=self.quantity,
                           happened_on=self.happened_on or moment)


@folds(DebtSettled)
def pay_debt(fact, entry, at):
    purchase = at.get(fact.purchase)
    at.put(replace(purchase, paid=purchase.paid + fact.quantity.n))
    lines = take(at, entry.number, Goods("money", fact.quantity.unit), fact.quantity.n, fact.need,
                 f"owed:{purchase.number}", purchase.number)
    at.put(Happening(number=entry.number, what=What.SETTLEMENT, need=fact.need, purchase=purchase.ref,
                     thing="money", quantity=fact.quantity, day=fact.happened_on, by=entry.author,
                     proof=entry.asked.receipt))
    write(at, entry.number, fact.happened_on, lines)
