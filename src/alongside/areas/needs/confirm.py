"""The host says that a need is still so, perhaps with another quantity. From then it is fresh (1.1)."""

from alongside.action import Action, Free, asks, no
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Quantity, Ref

OTHER_UNIT = no("need-unit", N_("This need is counted in another unit."), yours=True,
                lift=N_("Give the quantity in the unit of the need."))


class NeedConfirmed(Fact):
    says = "{by} confirmed {need}: {quantity}."
    need: Ref[Need]
    quantity: Quantity


class ConfirmNeed(Action):
    title = N_("Confirm a need")
    happens = N_("Your allies see that it is still so, as of today.")
    undo = N_("You can confirm it again with another quantity.")
    need: Ref[Need] = asks("Which need is still so?")
    quantity: Quantity | None = asks("How much is missing now?", hint=N_("As before, if you leave it open."),
                                     optional=True, least=1)

    who = host_member
    needs = Free("Saying what is missing needs nobody's yes.")
    within = Free("No memorandum can say what a host needs.")
    unless = Free("A stop holds what moves, not what is missing.")

    def check(self, by, at, moment):
        if self.quantity and self.quantity.unit != at.get(self.need).quantity.unit:
            yield OTHER_UNIT()

    def becomes(self, by, at, moment):
        return NeedConfirmed(need=self.need, quantity=self.quantity or at.get(self.need).quantity)


@folds(NeedConfirmed)
def make_fresh(fact, entry, at):
    at.put(replace(at.get(fact.need), quantity=fact.quantity, confirmed=entry.day))
