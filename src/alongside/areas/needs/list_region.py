"""The host gives a part of its country a number. It is never finer than a region: no street, no house."""

from alongside.action import Action, Free, asks
from alongside.areas.needs.tables import Region
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Sealed


class RegionListed(Fact):
    says = "{by} listed the region {label}."
    label: Sealed | None = None


class ListRegion(Action):
    title = N_("List a region")
    happens = N_("It gets a number in this book. Needs and deliveries say that they are there, never more.")
    label: Sealed = asks("What do you call it?", hint=N_("A region, never a street or a house."),
                         to=Audience.BOOK)

    who = host_member
    needs = Free("The host's own list needs nobody's yes.")
    within = Free("No memorandum can say what a host calls its places.")
    unless = Free("A stop holds what moves, not what is written on a list.")

    def becomes(self, by, at, moment):
        return RegionListed(label=self.label)


@folds(RegionListed)
def keep_region(fact, entry, at):
    at.put(Region(number=entry.number, label=fact.label))
