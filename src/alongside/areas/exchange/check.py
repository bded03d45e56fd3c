"""The host checks before anything moves: is there supply near home, is the way safe? A "no" holds at once."""

from datetime import date, timedelta

from alongside.action import Action, Free, asks
from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.checking import DAYS_DEFAULT, falling, hinders, unchecked
from alongside.areas.exchange.tables import AMOUNT_MOST, Delivery, Promise, Sheet, Supply
from alongside.areas.needs.tables import Region
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.words import Audience, Kind, Quantity, Ref, Sealed


class DeliveryChecked(Fact):
    says = "{by} checked {quantity} of {promise}: it may leave."
    promise: Ref[Promise]
    ally: Ref[Group]
    kind: Kind
    quantity: Quantity
    region: Ref[Region] | None = None
    sheet: Ref[Sheet] | None = None             # None: answered anew, until `good_until`
    good_until: date
    falls: tuple[Ref[Delivery], ...]


class WayNotSafe(Fact):
    says = "{by} said that the way is not safe for {kind} of {promise}."
    promise: Ref[Promise]
    ally: Ref[Group]
    kind: Kind
    region: Ref[Region] | None = None
    falls: tuple[Ref[Delivery], ...]


class CheckDelivery(Action):
    title = N_("Check before it leaves")
    happens = N_("If the way is safe it may leave while your sheet stands. If not, nothing leaves that way.")
    undo = N_("Check again whenever something changes. The latest answer holds.")
    promise: Ref[Promise] = asks("Of which promise?")
    quantity: Quantity | None = asks("How much of it?", hint=N_("All that is left, if you leave it open."),
                                     optional=True, least=1, most=AMOUNT_MOST)
    supply: Supply | None = asks("Is it to be had near home?", optional=True, choices={
        Supply.YES: N_("Yes"), Supply.NO: N_("No"), Supply.PARTLY: N_("Partly")})
    way_safe: bool | None = asks("Is the way safe now?", optional=True)
    region: Ref[Region] | None = asks("In which region is it handed over?", optional=True)
    backup: Sealed = asks("What if it cannot get through?", to=Audience.PAIR, optional=True, long=True)
    good_until: date | None = asks("Until when do these answers hold?", optional=True,
                                   hint=N_("Seven days if you leave it open, thirty at most."))
    sheet: Ref[Sheet] | None = asks("Or does an earlier sheet still hold for this way?", optional=True)

    who = host_member
    needs = Free("Saying what is safe needs nobody's yes. Only under the yes of its promise may it leave.")
    within = Free("What was accepted was within the terms; a check only holds back.")
    unless = Free("A stop must never keep anybody from saying that a way is not safe.")

    def leans_on(self, at):
        return at.get(Ref[Consent](self.promise))

    def check(self, by, at, moment):
        return hinders(self, by, at, moment)

    def becomes(self, by, at, moment):
        promise, sheet = at.get(self.promise), at.get(self.sheet) if self.sheet else None
        falls = falling(promise, at, moment, unsafe=self.way_safe is False)
        named = {"promise": promise.ref, "ally": promise.ally, "kind": promise.kind,
                 "falls": tuple(d.ref for d in falls)}
        if self.way_safe is False:
            return WayNotSafe(region=self.region, **named)
        good_until = sheet.good_until if sheet else self.good_until or moment + timedelta(days=DAYS_DEFAULT)
        return DeliveryChecked(quantity=self.quantity or promise.quantity.of(unchecked(promise, falls)),
                               region=sheet.region if sheet else self.region, sheet=self.sheet,
                               good_until=good_until, **named)
