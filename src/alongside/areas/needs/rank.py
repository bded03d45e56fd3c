"""The host puts its needs into its own order. Nobody abroad has a word in it."""

from alongside.action import Action, Free, asks, no
from alongside.areas.needs.order import put_in_order
from alongside.areas.needs.tables import RANKS_MOST, Need
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Ref

RANKED_ALREADY = no("ranked-already", N_("It has that place already."), lift=N_("Nothing needs to be done."))


class NeedRanked(Fact):
    says = "{by} gave {need} place {rank} in the order."
    need: Ref[Need]
    rank: int


class RankNeed(Action):
    title = N_("Put a need in order")
    happens = N_("It takes that place, and what stood there moves one down. Your allies see your order.")
    undo = N_("You can give it another place at any time.")
    need: Ref[Need] = asks("Which need?")
    rank: int = asks("Which place in your order?", hint=N_("1 comes first; 0 for none."), least=0,
                     most=RANKS_MOST)

    who = host_member
    needs = Free("The order is the host's own.")
    within = Free("No memorandum can say what comes first for a host.")
    unless = Free("A stop holds what moves, not the order of needs.")

    def check(self, by, at, moment):
        if at.get(self.need).rank == self.rank:
            yield RANKED_ALREADY()

    def becomes(self, by, at, moment):
        return NeedRanked(need=self.need, rank=self.rank)


@folds(NeedRanked)
def change_order(fact, entry, at):
    put_in_order(at, at.get(fact.need), fact.rank)
