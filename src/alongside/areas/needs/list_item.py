"""The host gives a thing or a service a number, so that the record can speak of it without its name."""

from alongside.action import Action, Free, asks
from alongside.areas.needs.tables import Item
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Sealed


class ItemListed(Fact):
    says = "{by} listed {label} among {kind}."
    kind: Kind
    label: Sealed | None = None


class ListItem(Action):
    title = N_("List a thing or a service")
    happens = N_("It gets a number in this book. Needs, offers and counts can name it.")
    kind: Kind = asks("Of what kind is it?")
    label: Sealed = asks("What do you call it?", to=Audience.BOOK)

    who = host_member
    needs = Free("The host's own list needs nobody's yes.")
    within = Free("No memorandum can say what a host calls its things.")
    unless = Free("A stop holds what moves, not what is written on a list.")

    def becomes(self, by, at, moment):
        return ItemListed(kind=self.kind, label=self.label)


@folds(ItemListed)
def keep_item(fact, entry, at):
    at.put(Item(number=entry.number, kind=fact.kind, label=fact.label))
