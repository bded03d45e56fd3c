"""A mistake is put right by a line that says the difference. What stood there first stays written (2.5)."""

from alongside.action import Action, Free, asks
from alongside.areas.exchange.correcting import hinders, stated
from alongside.areas.exchange.tables import AMOUNT_MOST, Happening, What
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Audience, Quantity, Ref, Sealed


class PutRight(Fact):
    says = "{by} put {happening} right: {quantity}, not {was}."
    happening: Ref[Happening]
    what: What
    need: Ref[Need]
    quantity: Quantity
    was: Quantity


class Correct(Action):
    title = N_("Put something right")
    happens = N_("The difference is written as a line of its own, and every sum follows. The first stays.")
    undo = N_("It can be put right again.")
    happening: Ref[Happening] = asks("Which count, use, purchase or payment?")
    quantity: Quantity = asks("What is right?", hint=N_("Of a purchase: how much was bought, or the price."),
                              least=0, most=AMOUNT_MOST)
    words: Sealed = asks("What happened?", to=Audience.GROUP, optional=True, long=True)

    who = host_member
    needs = Free("A mistake can always be put right.")
    within = Free("A mistake can always be put right.")
    unless = Free("A stop holds what moves, not what is true.")

    def check(self, by, at, moment):
        return hinders(self, at)

    def becomes(self, by, at, moment):
        happening = at.get(self.happening)
        return PutRight(happening=happening.ref, what=happening.what, need=happening.need,
                        quantity=self.quantity, was=stated(at, happening, self.quantity))
