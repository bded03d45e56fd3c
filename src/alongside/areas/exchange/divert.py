"""The host turns what is on the road to another region or another need."""

from alongside.action import Action, Free, asks, no
from alongside.areas.exchange.choosing import on_the_road
from alongside.areas.exchange.moving import advance, goods_of
from alongside.areas.exchange.tables import Choice, Delivery
from alongside.areas.needs.tables import Need, Region
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Ref

SAME_PLACE = no("diverted-nowhere", N_("That is where delivery {delivery} goes already."), yours=True,
                lift=N_("Choose another region or another need."))


class DeliveryDiverted(Fact):
    says = "{by} diverted {delivery} to {need}."
    delivery: Ref[Delivery]
    ally: Ref[Group] | None = None
    need: Ref[Need]
    region: Ref[Region] | None = None


class Divert(Action):
    title = N_("Divert a delivery")
    happens = N_("The rest of it goes to the other region or need. Its giver sees that.")
    undo = N_("As long as it is on the road you can divert it again or send it back.")
    delivery: Ref[Delivery] = asks("Which delivery?")
    region: Ref[Region] | None = asks("To which region?", hint=N_("The same, if you leave it open."),
                                      optional=True)
    need: Ref[Need] | None = asks("For which need?", hint=N_("The same, if you leave it open."),
                                  optional=True)

    who = host_member
    needs = Free("Where something goes is always the host's choice.")
    within = Free("Who receives what is decided by the host (4.2).")
    unless = Free("A stop holds what would leave; this has left.")

    def check(self, by, at, moment):
        delivery = at.get(self.delivery)
        yield from on_the_road(delivery)
        if (self.region or delivery.region, self.need or delivery.need) == (delivery.region, delivery.need):
            yield SAME_PLACE(delivery=delivery.number)

    def becomes(self, by, at, moment):
        delivery = at.get(self.delivery)
        return DeliveryDiverted(delivery=delivery.ref, ally=delivery.ally, need=self.need or delivery.need,
                                region=self.region or delivery.region)


@folds(DeliveryDiverted)
def turn(fact, entry, at):
    delivery = at.get(fact.delivery)
    # What went missing or back could still come, so it follows.
    follows = {"on_the_way": delivery.on_road, "missing": delivery.missing, "returned": delivery.returned}
    advance(at, delivery.need, goods_of(delivery), **{stage: -n for stage, n in follows.items()})
    advance(at, fact.need, goods_of(delivery), **follows)
    at.put(replace(delivery, region=fact.region, need=fact.need, choice=Choice.DIVERTED, chosen=entry.number))
