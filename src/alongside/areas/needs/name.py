"""The host names what is missing. Nobody else ever does, and nothing says in which session it came up."""

from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.needs.order import put_in_order
from alongside.areas.needs.tables import RANKS_MOST, Item, Need, Region, Unwanted
from alongside.areas.needs.wanted import unwanted_for
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, Kind, Quantity, Ref, Sealed

NEED_OF_WHAT = no("need-of-what", N_("This does not say what is missing."), yours=True,
                  lift=N_("Choose one item of your list, or else a kind and what you call it."))
NAMED_ALREADY = no("need-named", N_("This is missing there already: need {need}."), rule="1.1", yours=True,
                   lift=N_("Confirm need {need}, with another quantity if you like, or rank it anew."))
NEED_PASSED = no("need-passed", N_("That day has passed."), yours=True, lift=N_("Choose a later day."))


class NeedNamed(Fact):
    says = "{by} named a need: {quantity}, {kind}."
    item: Ref[Item] | None = None               # None: a new item, under the need's own number
    kind: Kind
    label: Sealed | None = None
    quantity: Quantity
    region: Ref[Region] | None = None
    whom: Sealed | None = None
    by_when: date | None = None
    rank: int
    wanted_again: tuple[Ref[Unwanted], ...]


class NameNeed(Action):
    title = N_("Name a need")
    happens = N_("It joins the list that your allies see. Nobody can offer before you say yes to that.")
    undo = N_("You can confirm it with another quantity, or give it another place in your order.")
    item: Ref[Item] | None = asks("What is missing?", optional=True)
    kind: Kind | None = asks("Of what kind is it?", hint=N_("If it is not on your list yet."), optional=True)
    label: Sealed | None = asks("What do you call it?", hint=N_("If it is not on your list yet."),
                                to=Audience.BOOK, optional=True)
    quantity: Quantity = asks("How much is missing?", least=1)
    region: Ref[Region] | None = asks("In which region?", optional=True)
    whom: Sealed = asks("For whom is it?", hint=N_("A group, no names."), to=Audience.BOOK, optional=True)
    by_when: date | None = asks("By when?", optional=True)
    rank: int = asks("Which place in your order?", hint=N_("1 comes first; 0 for none."), default=0, least=0,
                     most=RANKS_MOST)

    who = host_member
    needs = Free("Saying what is missing needs nobody's yes.")
    within = Free("No memorandum can say what a host needs.")
    unless = Free("A stop holds what moves, not what is missing.")

    def check(self, by, at, moment):
        new = (self.kind, self.label)
        if (new != (None, None)) if self.item else (None in new):
            yield NEED_OF_WHAT()
        there = int(self.region or 0)
        if self.item and (same := at.first(Need, item=self.item, region_number=there, closed=False)):
            yield NAMED_ALREADY(need=same.number)
        if self.by_when and self.by_when < moment:
            yield NEED_PASSED()

    def becomes(self, by, at, moment):
        kind = self.kind or at.get(self.item).kind
        return NeedNamed(item=self.item, kind=kind, label=self.label, quantity=self.quantity,
                         region=self.region, whom=self.whom, by_when=self.by_when, rank=self.rank,
                         wanted_again=tuple(one.ref for one in unwanted_for(at, kind, self.item)))


@folds(NeedNamed)
def keep_need(fact, entry, at):
    if fact.item is None:
        at.put(Item(number=entry.number, kind=fact.kind, label=fact.label))
    put_in_order(at, Need(
        number=entry.number, item=fact.item or entry.number, kind=fact.kind, quantity=fact.quantity,
        region=fact.region, region_number=int(fact.region or 0), whom=fact.whom, by_when=fact.by_when,
        rank=0, confirmed=entry.day, closed=False), fact.rank)
