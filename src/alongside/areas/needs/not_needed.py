"""The host says what is not needed, or is there too much of. Naming a need for it takes that back."""

from alongside.action import Action, Free, asks, no
from alongside.areas.needs.name import NeedNamed
from alongside.areas.needs.tables import Item, Unwanted
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Kind, Ref, Sealed

UNWANTED_WHAT = no("unwanted-what", N_("This does not say what is not needed."), yours=True,
                   lift=N_("Choose a kind, or else one item of your list."))
UNWANTED_ALREADY = no("unwanted-already", N_("You said on {day} that this is not needed."),
                      lift=N_("Nothing needs to be done."))


class KindNotNeeded(Fact):
    says = "{by} said that {kind} is not needed here."
    kind: Kind
    why: Sealed | None = None


class ItemNotNeeded(Fact):
    says = "{by} said that {item} is not needed here."
    kind: Kind
    item: Ref[Item]
    why: Sealed | None = None


class NotNeeded(Action):
    title = N_("Say what is not needed")
    happens = N_("Your allies see it beside your needs, and why if you say so. What you agreed to stays.")
    undo = N_("Name a need for it, and it is wanted again.")
    kind: Kind | None = asks("Which kind is not needed?", optional=True)
    item: Ref[Item] | None = asks("Or only one item of your list?", optional=True)
    why: Sealed = asks("Do you want to say why?", to=Audience.BOOK, optional=True, long=True)

    who = host_member
    needs = Free("Saying what is not needed needs nobody's yes.")
    within = Free("No memorandum can say what a host needs.")
    unless = Free("A stop must never keep a no from being heard.")

    def check(self, by, at, moment):
        if (self.kind is None) == (self.item is None):
            yield UNWANTED_WHAT()
        else:
            for said in at.find(Unwanted, kind=self.kind or at.get(self.item).kind, ended=False):
                if said.item == self.item:
                    yield UNWANTED_ALREADY(day=said.said)

    def becomes(self, by, at, moment):
        if self.kind is not None:
            return KindNotNeeded(kind=self.kind, why=self.why)
        item = at.get(self.item)
        return ItemNotNeeded(kind=item.kind, item=item.ref, why=self.why)


@folds(KindNotNeeded)
def keep_unwanted_kind(fact, entry, at):
    at.put(Unwanted(number=entry.number, kind=fact.kind, item=None, why=fact.why, said=entry.day,
                    ended=False))


@folds(ItemNotNeeded)
def keep_unwanted_item(fact, entry, at):
    at.put(Unwanted(number=entry.number, kind=fact.kind, item=fact.item, why=fact.why, said=entry.day,
                    ended=False))


@folds(NeedNamed)
def want_again(fact, entry, at):
    for unwanted in fact.wanted_again:
        at.put(replace(at.get(unwanted), ended=True))
