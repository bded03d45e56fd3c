"""The host says how it counts: sacks of 50 kg, packets, hours."""

from alongside.action import Action, Free, asks
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Sealed


class UnitListed(Fact):
    says = "{by} listed the unit {label}."
    decimals: int
    label: Sealed | None = None


class ListUnit(Action):
    title = N_("List a unit")
    happens = N_("It gets a number in this book. Quantities can be counted in it.")
    undo = N_("It stays on the list; what was counted in it would not be readable without it.")
    label: Sealed = asks("How do you count?", to=Audience.BOOK,
                         hint=N_("Sacks of 50 kg, packets, hours: as you say it after a number."))
    decimals: int = asks("How many digits after the point?", hint=N_("None, for whole sacks."), default=0,
                         least=0, most=3)

    who = host_member
    needs = Free("The host's own list needs nobody's yes.")
    within = Free("No memorandum can say how a host counts.")
    unless = Free("A stop holds what moves, not what is written on a list.")

    def becomes(self, by, at, moment):
        return UnitListed(decimals=self.decimals, label=self.label)


@folds(UnitListed)
def keep_unit(fact, entry, at):
    at.put(Unit(number=entry.number, decimals=fact.decimals, label=fact.label))
