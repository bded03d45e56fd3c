"""Offering, asking, declining, taking back, accepting: an offer answers a need, and accepting is the yes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.action import ACTIONS
from alongside.areas.consent.accepted import keep_acceptance
from alongside.areas.consent.covering import open_covers
from alongside.areas.consent.question import Sought
from alongside.areas.consent.tables import Consent, Cover, How
from alongside.areas.exchange.accept import OfferAccepted
from alongside.areas.exchange.accepting import beyond_caps
from alongside.areas.exchange.states import OfferState, PromiseState
from alongside.areas.exchange.tables import Offer, OfferAnswer, Promise
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group
from alongside.fact import Entered
from alongside.shape import replace
from alongside.tables import MemoryTables
from alongside.words import Kind, Quantity, Ref
from tests.areas.test_exchange import Market, crowns
from tests.people import RIO_CLARO
from tests.told import MONDAY


@pytest.fixture
def market() -> Market:
    return Market()


def refused(market: Market, *args: object, who: str = "Maren", **other: object) -> list[str]:
    return market.story.refused(who, "exchange.offer", **market.offering(*args, **other))  # type: ignore[arg-type]


# What an offer must answer

def test_an_offer_answers_a_need(market: Market):
    given = market.offering()
    del given["need"]
    assert market.story.refused("Maren", "exchange.offer", **given) == ["offer-without-need"]


def test_only_an_ally_offers(market: Market):
    assert refused(market, who="Amna")[0] == "not-yours"
    assert refused(market, who="Sami") == ["unseen"]


def test_an_offer_needs_a_living_yes_for_its_kind_and_need(market: Market):
    assert refused(market, who="Lucía") == ["no-yes"]
    market.story.act("Amna", "needs.open", need=market.sorghum, ally=market.story.number(RIO_CLARO))
    market.offer(who="Lucía")
    assert refused(market, crowns(5), "money", who="Lucía") == ["no-yes"]
    assert refused(market, market.sacks(2), "goods.tools", market.belt, who="Lucía") == ["no-yes"]
    market.story.act("Amna", "consent.withdraw", consent=market.first)
    assert refused(market) == ["yes-taken-back"]


def test_a_stale_need_takes_no_offers_until_it_is_confirmed(market: Market):
    story = market.story.days_later(91)
    story.first_yes(["goods"])
    assert refused(market) == ["need-stale"]
    story.act("Amna", "needs.confirm", need=market.sorghum)
    market.offer()


def test_a_need_that_was_set_aside_takes_no_offers(market: Market):
    tables = market.story.shared.tables
    tables.put(replace(tables.get(Ref[Need](market.sorghum)), closed=True))
    asking = market.story.asking("Maren", "exchange.offer", **market.offering())
    assert [r.no.code for r in market.story.shared.may(asking.action, asking.author)] == ["need-closed"]


def test_what_is_not_needed_is_not_offered(market: Market):
    story = market.story
    story.act("Amna", "needs.not_needed", kind="goods.food")
    assert refused(market) == ["not-needed"]
    market.offer(crowns(5), "money")
    item = int(story.row(Need, market.belt).item)
    story.act("Amna", "needs.not_needed", item=item)
    assert refused(market, market.sacks(1), "goods.tools", market.belt) == ["not-needed"]


def test_an_offer_is_what_is_missing_or_money_or_what_helps_it_along(market: Market):
    assert refused(market, kind="goods.tools") == ["other-kind"]
    assert refused(market, kind="goods") == ["other-kind"]
    market.offer(market.hours(20), "transport")
    market.offer(market.hours(20), "skills.repair")
    market.offer(market.hours(20), "skills.bookkeeping", need=market.books)


def test_it_is_counted_as_the_need_is_and_money_in_a_currency(market: Market):
    assert refused(market, crowns(5)) == ["counted-otherwise"]
    assert refused(market, market.sacks(5), "money") == ["counted-otherwise"]
    assert refused(market, market.hours(5)) == ["counted-as-need"]
    assert refused(market, crowns(5), "transport") == ["counted-otherwise"]
    market.offer(
        Quantity(500, "EUR"), "money"
    )  # any currency; whether it can be accepted is another question


def test_an_offer_says_how_much_and_more_than_nothing(market: Market):
    given = market.offering()
    del given["quantity"]
    assert market.story.refused("Maren", "exchange.offer", **given) == ["offer-of-how-much"]
    for n in (0, -1, 10**14 + 1):
        given = market.offering(market.sacks(n))
        assert market.story.unclear("Maren", "exchange.offer", **given) == "quantity"


def test_an_offer_leaves_time_to_talk(market: Market):
    today = market.story.today
    assert refused(market, stands_until=today + timedelta(days=2)) == ["offer-too-soon"]
    assert refused(market, stands_until=today - timedelta(days=1)) == ["offer-too-soon"]
    offer = market.offer(stands_until=today + timedelta(days=3))
    assert market.offer_is(offer) is OfferState.OPEN
    market.story.days_later(3)
    assert market.offer_is(offer) is OfferState.OPEN
    market.story.days_later(1)
    assert market.offer_is(offer) is OfferState.OVER
    assert market.story.refused("Amna", "exchange.accept", offer=offer) == ["offer-over"]


def test_it_may_exceed_the_cap_and_never_be_of_a_kind_that_waits_for_a_memorandum(market: Market):
    market.offer(crowns(50_000), "money")
    visits = market.need("visit", "somebody who stays", market.hours(10))
    market.story.act("Amna", "needs.open", need=visits)
    assert refused(market, market.hours(10), "visit", visits) == ["needs-memorandum"]


def test_a_stop_holds_offers_and_says_only_not_now(market: Market):
    market.story.act("Idris", "safety.stop", kind="goods")
    assert refused(market) == ["not-now"]
    market.offer(crowns(5), "money")


def test_an_offer_is_seen_by_the_host_and_who_made_it(market: Market):
    offer = market.offer()
    assert market.story.refused("Lucía", "exchange.withdraw_offer", offer=offer) == ["unseen"]
    market.story.act("Tariq", "exchange.withdraw_offer", offer=offer)       # of the same group


# A question

def ask(market: Market, kind: str = "goods.clothes", who: str = "Maren") -> int:
    return market.story.act(who, "exchange.offer", kind=kind, question=True, quantity=market.sacks(40))


def test_a_question_needs_no_yes_moves_nothing_and_can_only_be_declined(market: Market):
    story = market.story
    asked = ask(market, "media")
    assert story.row(Offer, asked).question
    assert story.refused("Amna", "exchange.accept", offer=asked) == ["only-a-question"]
    assert story.refused("Amna", "exchange.accept", offer=asked, quantity=market.sacks(1)) == [
        "only-a-question"
    ]
    story.act("Amna", "exchange.decline", offer=asked)
    assert market.offer_is(asked) is OfferState.DECLINED
    assert not story.rows(Promise)


def test_a_question_names_no_need(market: Market):
    given = market.offering(question=True)
    assert market.story.refused("Maren", "exchange.offer", **given) == ["not-a-question"]


def test_what_is_not_needed_answers_the_question_already(market: Market):
    market.story.act("Amna", "needs.not_needed", kind="goods.clothes")
    assert market.story.refused("Maren", "exchange.offer", kind="goods.clothes", question=True) == [
        "not-needed"
    ]


def test_a_question_is_asked_once_and_rests_after_a_no(market: Market):
    story = market.story
    asked = ask(market)
    again = {"kind": "goods.clothes", "question": True}
    assert story.refused("Tariq", "exchange.offer", **again) == ["question-open"]
    ask(market, who="Lucía")
    story.act("Nuha", "exchange.decline", offer=asked)
    assert story.refused("Maren", "exchange.offer", **again) == ["asking-rests"]
    story.days_later(30)
    assert story.refused("Maren", "exchange.offer", **again) == ["asking-rests"]
    story.days_later(1)
    ask(market)


def test_a_question_is_no_way_round_a_no_to_an_asking(market: Market):
    story = market.story
    asking = story.act("Maren", "consent.ask", kind="media")
    story.act("Amna", "consent.refuse", asking=asking)
    assert story.refused("Maren", "exchange.offer", kind="media", question=True) == ["asking-rests"]
    ask(market, "media", "Lucía")


# Declining and taking back

def test_declining_needs_no_reason_and_touches_nothing_else(market: Market):
    story = market.story
    first, second = market.offer(market.sacks(3)), market.offer(market.sacks(4))
    promise = story.act("Nuha", "exchange.accept", offer=first)
    before = story.row(Consent, market.first)
    story.act("Amna", "exchange.decline", offer=second)
    assert market.promise_is(promise) is PromiseState.OPEN
    assert story.row(Consent, market.first) == before
    market.offer(market.sacks(4))
    assert story.refused("Amna", "exchange.decline", offer=second) == ["offer-answered"]
    assert story.refused("Amna", "exchange.accept", offer=second) == ["offer-declined"]


def test_only_the_host_declines_and_only_the_giver_takes_back(market: Market):
    offer = market.offer()
    assert market.story.refused("Maren", "exchange.decline", offer=offer) == ["not-yours"]
    assert market.story.refused("Amna", "exchange.withdraw_offer", offer=offer) == ["not-yours"]


def test_what_was_taken_back_cannot_be_accepted_nor_taken_back_twice(market: Market):
    story = market.story
    offer = market.offer()
    story.act("Maren", "exchange.withdraw_offer", offer=offer, reason="we found out that we have none")
    assert market.offer_is(offer) is OfferState.WITHDRAWN
    assert story.refused("Amna", "exchange.accept", offer=offer) == ["offer-taken-back"]
    assert story.refused("Maren", "exchange.withdraw_offer", offer=offer) == ["offer-answered"]
    assert story.refused("Amna", "exchange.decline", offer=offer) == ["offer-answered"]


def test_what_was_accepted_cannot_be_taken_back_by_its_giver(market: Market):
    offer = market.offer(if_part="ask_again")
    promise = market.story.act("Amna", "exchange.accept", offer=offer, quantity=market.sacks(10))
    market.story.act("Maren", "exchange.withdraw_offer", offer=offer)           # the rest
    assert market.promise_is(promise) is PromiseState.OPEN
    whole = market.offer()
    market.story.act("Amna", "exchange.accept", offer=whole)
    assert market.story.refused("Maren", "exchange.withdraw_offer", offer=whole) == ["offer-answered"]


def test_a_no_is_heard_while_everything_is_stopped(market: Market):
    offers = [market.offer(), market.offer()]
    market.story.act("Idris", "safety.stop")
    market.story.act("Amna", "exchange.decline", offer=offers[0])
    market.story.act("Maren", "exchange.withdraw_offer", offer=offers[1])


# Accepting

def test_a_part_closes_the_offer_or_leaves_the_rest_on_it_as_its_giver_said(market: Market):
    story = market.story
    stays, again = market.offer(), market.offer(if_part="ask_again")
    story.act("Amna", "exchange.accept", offer=stays, quantity=market.sacks(10))
    assert story.refused("Amna", "exchange.accept", offer=stays, quantity=market.sacks(1)) == [
        "offer-accepted"
    ]
    story.act("Amna", "exchange.accept", offer=again, quantity=market.sacks(10))
    assert market.offer_is(again) is OfferState.PART_ACCEPTED
    more = market.sacks(31)
    assert story.refused("Amna", "exchange.accept", offer=again, quantity=more) == ["more-than-offered"]
    rest = story.act("Amna", "exchange.accept", offer=again)
    assert story.row(Promise, rest).quantity == market.sacks(30)
    assert market.offer_is(again) is OfferState.ACCEPTED
    assert story.refused("Amna", "exchange.accept", offer=again) == ["offer-accepted"]


def test_what_is_accepted_is_of_the_offer_and_more_than_nothing(market: Market):
    offer = market.offer()
    accept = {"offer": offer, "quantity": market.sacks(41)}
    assert market.story.refused("Amna", "exchange.accept", **accept) == ["more-than-offered"]
    accept["quantity"] = market.hours(4)
    assert market.story.refused("Amna", "exchange.accept", **accept) == ["other-unit"]
    for n in (0, -3):
        accept["quantity"] = market.sacks(n)
        assert market.story.unclear("Amna", "exchange.accept", **accept) == "quantity"
    accept["quantity"] = Quantity(1, "u999")
    assert market.story.refused("Amna", "exchange.accept", **accept) == ["unseen"]


def test_only_the_host_accepts(market: Market):
    offer = market.offer()
    assert market.story.refused("Maren", "exchange.accept", offer=offer) == ["not-yours"]
    assert market.story.refused("Lucía", "exchange.accept", offer=offer) == ["unseen"]


def test_money_stays_under_the_cap_of_the_first_yes(market: Market):
    story = market.story
    offer = market.offer(crowns(2000), "money", if_part="ask_again")
    assert story.refused("Amna", "exchange.accept", offer=offer) == ["beyond-cap"]
    assert story.refused("Amna", "exchange.accept", offer=offer, quantity=crowns(1201)) == ["beyond-cap"]
    story.act("Amna", "exchange.accept", offer=offer, quantity=crowns(700))
    assert story.refused("Amna", "exchange.accept", offer=offer, quantity=crowns(501)) == ["beyond-cap"]
    story.act("Amna", "exchange.accept", offer=offer, quantity=crowns(500))
    assert story.row(Consent, market.first).used == 120_000
    assert story.refused("Amna", "exchange.accept", offer=offer, quantity=Quantity(1, "XTS")) == [
        "beyond-cap"
    ]
    euros = market.offer(Quantity(100, "EUR"), "money")
    # A cap in crowns allows no euros
    assert story.refused("Amna", "exchange.accept", offer=euros) == ["beyond-cap"]
    market.promise()  # nor does it bound sacks


def yes(number: int, how: How, cap: Quantity | None, leans_on: int | None, used: int = 0) -> Consent:
    return Consent(
        number=number,
        how=how,
        ally=Ref[Group](3),
        kinds=(Kind("money"),),
        need=None,
        cap=cap,
        used=used,
        said=MONDAY,
        until=MONDAY,
        leans_on=leans_on,
        by=1,
        seconded=MONDAY,
        alone=False,
        ended=None,
        ended_by=None,
    )


@pytest.mark.parametrize(("cap", "used", "codes"), [
    (None, 0, []), (crowns(100), 0, []), (crowns(99), 0, ["beyond-given-cap"]),
    (crowns(150), 5_001, ["beyond-given-cap"]), (Quantity(99_999, "EUR"), 0, ["beyond-given-cap"]),
])
def test_money_stays_under_every_cap_between_its_yes_and_the_terms(
    cap: Quantity | None, used: int, codes: list[str]
):
    """Told by hand: a first yes always lasts as long as what leans on it, and so is leant on itself."""
    at = MemoryTables()
    open_covers(at, yes(5, How.GIVEN, cap, 7, used))
    open_covers(at, yes(6, How.GIVEN, None, 5))
    open_covers(at, yes(7, How.FIRST_YES, crowns(1), None))
    at.put(replace(at.get(Ref[Consent](6)), number=4))
    open_covers(at, yes(4, How.GIVEN, None, 5))
    sought = Sought(Ref[Group](3), Kind("money"), None, crowns(100))
    found = list(beyond_caps(sought, at, MONDAY))
    assert [r.no.code for r in found] == codes
    assert list(beyond_caps(sought._replace(quantity=Quantity(9, "u1")), at, MONDAY)) == []
    assert list(beyond_caps(None, at, MONDAY)) == []


def test_the_gate_asks_about_those_caps(market: Market):
    story, tables = market.story, market.story.shared.tables
    given = story.act("Amna", "consent.give", ally=story.number("Maren"), kind="money", cap=crowns(100),
                      until=story.row(Consent, market.first).until)
    offer = market.offer(crowns(101), "money")
    tables.put(replace(tables.get(Ref[Consent](given)), until=story.today + timedelta(days=90)))
    asking = story.asking("Amna", "exchange.accept", offer=offer)
    assert story.shared.may(asking.action, asking.author) == (), (
        "the first yes has room, and one yes is enough"
    )
    first = tables.get(Ref[Consent](market.first))
    tables.put(replace(first, used=first.cap.n))
    codes = [r.no.code for r in story.shared.may(asking.action, asking.author)]
    assert set(codes) == {"beyond-cap", "beyond-given-cap"}


def test_what_was_accepted_is_counted_under_every_cap_above_it():
    at = MemoryTables()
    for row in (
        yes(4, How.GIVEN, crowns(9), 5),
        yes(5, How.GIVEN, None, 7),
        yes(7, How.FIRST_YES, crowns(9), None),
        yes(8, How.FIRST_YES, crowns(9), None),
        yes(9, How.FIRST_YES, crowns(9), None),
    ):
        open_covers(at, row)
    for number, quantity in ((20, crowns(5)), (21, Quantity(3, "u1"))):
        accepted = OfferAccepted(
            offer=10, ally=3, kind="money", need=2, quantity=quantity, leans_on=4, under=8, until=MONDAY
        )
        keep_acceptance(accepted, Entered(number, MONDAY, 1, 1, None, accepted), at)
    assert [row.used for row in at.all(Consent)] == [500, 0, 500, 500, 0, 0, 0]
    assert not at.find(Cover, number=20)


def test_a_withdrawn_cover_leaves_an_offer_that_cannot_be_accepted(market: Market):
    story = market.story
    opened = story.act("Amna", "needs.open", need=market.sorghum, until=story.today + timedelta(days=60))
    offer = market.offer()
    assert story.row(Offer, offer).cover == opened
    story.act("Amna", "consent.withdraw", consent=opened)
    assert story.refused("Amna", "exchange.accept", offer=offer) == ["offer-yes-taken-back"]
    story.act("Amna", "exchange.accept", offer=market.offer())      # offered anew, under the first yes


def test_without_terms_an_offer_to_an_opened_need_waits(market: Market):
    story = market.story
    story.act("Amna", "needs.open", need=market.sorghum)
    offer = market.offer(who="Lucía")
    assert story.refused("Amna", "exchange.accept", offer=offer) == ["no-terms"]
    terms = story.first_yes(["goods"], RIO_CLARO)
    yes = story.row(Consent, story.act("Amna", "exchange.accept", offer=offer))
    assert yes.under == terms


def test_taking_back_the_terms_reaches_a_promise_that_leans_on_an_opened_need(market: Market):
    story = market.story
    opened = story.act("Amna", "needs.open", need=market.sorghum, until=story.today + timedelta(days=60))
    promise = market.promise()
    assert (story.row(Consent, promise).leans_on, story.row(Consent, promise).under) == (opened, market.first)
    story.act("Amna", "consent.withdraw", consent=market.first)
    assert market.promise_is(promise) is PromiseState.STOPPED


def test_taking_back_the_opening_of_a_need_reaches_what_was_promised_for_it(market: Market):
    story = market.story
    opened = story.act("Amna", "needs.open", need=market.sorghum, until=story.today + timedelta(days=60))
    promise, other = market.promise(), market.promise(crowns(5), "money")
    story.act("Amna", "consent.withdraw", consent=opened)
    assert market.promise_is(promise) is PromiseState.STOPPED
    assert market.promise_is(other) is PromiseState.OPEN


def test_a_promise_stands_until_a_day_that_was_asked(market: Market):
    story = market.story
    offer = market.offer(if_part="ask_again")
    accept = {"offer": offer, "quantity": market.sacks(1)}
    yesterday, too_long = story.today - timedelta(days=1), story.today + timedelta(days=366)
    assert story.refused("Amna", "exchange.accept", until=yesterday, **accept) == ["accept-passed"]
    assert story.refused("Amna", "exchange.accept", until=too_long, **accept) == ["accept-days"]
    promise = story.act("Amna", "exchange.accept", until=story.today + timedelta(days=5), **accept)
    story.days_later(5)
    assert market.promise_is(promise) is PromiseState.OPEN
    story.days_later(1)
    assert market.promise_is(promise) is PromiseState.LAPSED


def test_the_lapse_of_the_first_yes_does_not_end_what_was_accepted(market: Market):
    promise = market.promise()
    market.story.days_later(31)
    assert not market.story.row(Consent, market.first).stands(market.story.today)
    assert market.promise_is(promise) is PromiseState.OPEN


def test_a_stop_holds_accepting_and_the_host_hears_which(market: Market):
    offer = market.offer()
    market.story.act("Idris", "safety.stop", kind="goods.food")
    assert market.story.refused("Amna", "exchange.accept", offer=offer) == ["stopped"]
    assert market.story.row(Offer, offer).answer is OfferAnswer.OPEN


def test_no_condition_can_be_added_after(market: Market):
    asks_conditions = [called for (called, _), kind in ACTIONS.items()
                       if kind.area() == "exchange" and "conditions" in kind.questions()]
    assert asks_conditions == ["exchange.offer"]
    offer = market.offer(conditions="a letter of thanks")
    before = market.story.row(Offer, offer).conditions
    market.story.act("Amna", "exchange.accept", offer=offer)
    assert market.story.row(Offer, offer).conditions == before
