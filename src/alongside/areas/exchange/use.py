"""The host writes down what was used, for which need. The oldest goes first; a use leads back to givers."""

from datetime import date

from alongside.action import Action, Free, asks
from alongside.areas.exchange.happening import not_yet
from alongside.areas.exchange.ledger import thing_of
from alongside.areas.exchange.moving import Goods, take, write
from alongside.areas.exchange.stock import lacking
from alongside.areas.exchange.tables import AMOUNT_MOST, Happening, What
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Kind, Quantity, Ref

PEOPLE_MOST = 100_000_000


class StockUsed(Fact):
    says = "{by} used {quantity} for {need}."
    need: Ref[Need]
    thing: str
    quantity: Quantity
    people: int
    happened_on: date


class Use(Action):
    title = N_("Write down what was used")
    happens = N_("It leaves the store. Whoever gave it can follow it to this need.")
    undo = N_("A wrong line is put right by a later one that says the difference.")
    need: Ref[Need] = asks("For which need?")
    quantity: Quantity = asks("How much was used?", least=1, most=AMOUNT_MOST)
    item: Ref[Item] | None = asks("Of what?", hint=N_("The need’s own, if you leave it open."), optional=True)
    kind: Kind | None = asks("Or which help?", hint=N_("Transport, storage or skills."), optional=True)
    people: int = asks("How many people did it reach?", hint=N_("0 if you would rather not say."), default=0,
                       least=0, most=PEOPLE_MOST)
    happened_on: date | None = asks("When?", hint=N_("Today, if you leave it open."), optional=True)

    who = host_member
    needs = Free("What arrived can always be used.")
    within = Free("How it is used is decided by the host (4.2).")
    unless = Free("A stop holds what moves towards the host, not what its people need.")

    def thing(self, at):
        """What was used: money, an item, a kind of help; or what the need is for."""
        if self.quantity.is_money:
            return "money"
        if self.kind and not self.item:
            return thing_of(self.kind, None)
        return thing_of("", self.item or at.get(self.need).item)

    def check(self, by, at, moment):
        yield from lacking(at, self.thing(at), self.quantity)
        yield from not_yet(self.happened_on, moment)

    def becomes(self, by, at, moment):
        return StockUsed(need=self.need, thing=self.thing(at), quantity=self.quantity, people=self.people,
                         happened_on=self.happened_on or moment)


@folds(StockUsed)
def take_from_store(fact, entry, at):
    lines = take(at, entry.number, Goods(fact.thing, fact.quantity.unit), fact.quantity.n, fact.need,
                 f"used:{int(fact.need)}")
    at.put(Happening(number=entry.number, what=What.USE, need=fact.need, thing=fact.thing,
                     quantity=fact.quantity, people=fact.people, day=fact.happened_on, by=entry.author))
    write(at, entry.number, fact.happened_on, lines)
