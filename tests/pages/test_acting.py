"""The form of any action: opened it changes nothing, sent twice it is done once, and no word is ever lost."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from alongside.action import ACTIONS
from alongside.areas.consent.tables import Consent
from alongside.areas.exchange.tables import Offer
from alongside.areas.partnership.tables import Member
from alongside.people.models import Link
from alongside.store.books import open_book
from alongside.words import BookKind, Ref
from tests.pages.asked import address, carried, form, post, send, words
from tests.pages.kitchen import House, browser_of, busy

pytestmark = pytest.mark.django_db
FORM_BYTES = 14_000
SOLD = "Dear all, we sold the coats in our own street instead. <This> is what it brought."


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def size(house: House) -> int:
    return open_book(house.kitchen.shared.id).tree.size


def sorghum(house: House) -> str:
    return f"?need={house.kitchen.numbers['Sorghum']}&kind=money"


# Opening


@pytest.mark.parametrize("called", sorted({called for called, _ in ACTIONS}))
def test_every_action_that_a_person_can_ask_for_has_its_form(sidra: House, called: str) -> None:
    kind = next(kind for (name, _), kind in ACTIONS.items() if name == called)
    page = form(sidra, "Amna", called, inner=BookKind.SHARED not in kind.books)
    if called in {"partnership.found", "partnership.accept"} or called.startswith("clock."):
        assert page.status == HTTPStatus.NOT_FOUND  # a doorway brings along what these need
    else:
        assert page.status == HTTPStatus.OK and page.weight <= FORM_BYTES
        assert all(said in page.words for said in ("Who will see it", "What happens", "Can it be undone"))


def test_opening_a_form_changes_nothing(sidra: House) -> None:
    before = size(sidra)
    for _ in range(2):
        form(sidra, "Maren", "exchange.offer", sorghum(sidra))
    assert size(sidra) == before and not Link.objects.exists()


@pytest.mark.parametrize("path", ["do/exchange/nothing", "do/nothing/offer", "do/listening/call"])
def test_what_is_no_action_here_looks_like_any_other_address(sidra: House, path: str) -> None:
    page, other = sidra.page("Amna", path), sidra.page("Amna", "nothing/of/this/name")
    assert page.status == other.status == HTTPStatus.NOT_FOUND
    assert page.words == other.words
    assert (
        post(sidra, "Amna", path.removeprefix("do/").replace("/", "."), {}).status_code
        == HTTPStatus.NOT_FOUND
    )


def test_the_other_kind_of_book_has_other_forms(sidra: House) -> None:
    assert form(sidra, "Amna", "exchange.buy", inner=True).status == HTTPStatus.NOT_FOUND
    assert form(sidra, "Amna", "listening.call", inner=True).status == HTTPStatus.OK


def test_a_stranger_finds_no_form(sidra: House) -> None:
    where = address(sidra, "do/safety/stop")
    stranger = Client(headers={"host": "localhost"})
    assert stranger.get(where).status_code == HTTPStatus.FOUND
    assert stranger.post(where, {}).status_code == HTTPStatus.NOT_FOUND


def test_what_a_link_answers_is_a_fact_that_can_be_changed(sidra: House) -> None:
    page = form(sidra, "Maren", "exchange.offer", sorghum(sidra))
    assert page.html.count('<details class="known">') == 2
    assert "For which need? need 11: Sorghum, 40 sacks of 50 kg Change" in page.words
    assert re.search(r'<option value="XTS" selected>', page.html), "money is counted as the terms count it"
    bare = form(sidra, "Maren", "exchange.offer")
    assert '<details class="known">' not in bare.html


def test_no_link_puts_words_into_anybodys_mouth(sidra: House) -> None:
    page = form(sidra, "Maren", "exchange.offer", f"{sorghum(sidra)}&words=We+insist&conditions=Quick")
    assert "We insist" not in page.html and "Quick" not in page.html


def test_the_unit_follows_from_what_is_counted(sidra: House) -> None:
    n = sidra.kitchen.numbers
    page = form(sidra, "Idris", "exchange.count", f"?delivery={n['to choose']}")
    assert carried(page)["quantity.unit"] == f"u{n['litres']}"
    assert 'class="short big"' in page.html and "On the road: 120 litres." in page.words


def test_an_ally_learns_no_unit_from_anothers_offer(sidra: House) -> None:
    offer, hours = sidra.kitchen.numbers["offer"], sidra.kitchen.numbers["hours"]
    preset = f'<option value="u{hours}" selected>'
    own = form(sidra, "Tariq", "exchange.accept", f"?offer={offer}")
    assert preset in own.html or f'name="quantity.unit" value="u{hours}"' in own.html
    other = form(sidra, "Lucía", "exchange.accept", f"?offer={offer}")
    assert preset not in other.html and '<details class="known">' not in other.html
    assert "Bookkeeping" not in other.words


def test_accepting_shows_the_offer_and_the_room_under_the_cap(sidra: House) -> None:
    k = sidra.kitchen
    offer = k.act(
        "Maren",
        "exchange.offer",
        need=k.numbers["Sorghum"],
        kind="money",
        quantity=[90_000, "XTS"],
        words="From the bake sale.",
        conditions="None of it for fees.",
        if_part="ask_again",
    )
    page = form(sidra, "Amna", "exchange.accept", f"?offer={offer}")
    for said in (
        "Accept 900 crowns for Sorghum",
        "From the bake sale.",
        "None of it for fees.",
        "400 crowns more.",
        "The rest stays on offer.",
    ):
        assert said in page.words


# Sending


def test_what_is_sent_joins_the_record_and_leads_to_its_page(sidra: House) -> None:
    answer = send(
        sidra,
        "Maren",
        "exchange.offer",
        sorghum(sidra),
        need=str(sidra.kitchen.numbers["Sorghum"]),
        kind="money",
        quantity="300",
        quantity__unit="XTS",
        words=SOLD,
    )
    number = size(sidra)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer["Location"] == address(sidra, f"exchange?done={number}")
    assert "Kept Lantern Street offered 300 crowns" in sidra.page("Maren", f"exchange?done={number}").words


def test_it_goes_back_to_where_it_was_opened_and_nowhere_else(sidra: House) -> None:
    home = address(sidra, "safety")
    for given, expected in (
        (address(sidra, "needs"), address(sidra, "needs")),
        ("https://elsewhere.org/", home),
        ("//elsewhere.org/", home),
        ("/\\elsewhere.org", home),
    ):
        answer = send(sidra, "Idris", "safety.stop", f"?next={given}", kind="goods.baby", new="yes")
        assert answer["Location"].startswith(f"{expected}?done="), given
        sidra.kitchen.act("Amna", "safety.lift", stop=size(sidra))
        sidra.kitchen.act("Nuha", "safety.lift", stop=size(sidra) - 1)


def test_sent_twice_it_is_one_entry(sidra: House) -> None:
    typed = {**carried(form(sidra, "Idris", "safety.stop")), "kind": "goods.school"}
    first, second = (post(sidra, "Idris", "safety.stop", typed) for _ in range(2))
    assert (
        first["Location"] == second["Location"]
        and first.status_code == second.status_code == HTTPStatus.SEE_OTHER
    )


def test_a_form_without_its_number_is_given_back_whole(sidra: House) -> None:
    answer = post(sidra, "Maren", "consent.ask", {"kind": "visit", "words": SOLD})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "we sold the coats" in answer.content.decode() and size(sidra) == sidra.kitchen.shared.tree.size


def test_it_counts_only_when_opened_here(sidra: House) -> None:
    client = browser_of("Idris")
    client.handler.enforce_csrf_checks = True
    answer = post(sidra, "Idris", "safety.stop", {"asked_id": "0" * 32}, client=client)
    assert answer.status_code == HTTPStatus.FORBIDDEN and size(sidra) == sidra.kitchen.shared.tree.size


# Refused, and unclear


def test_a_refusal_keeps_every_word_and_says_what_would_lift_it(sidra: House) -> None:
    soon = sidra.kitchen.today + timedelta(days=1)
    answer = send(
        sidra,
        "Maren",
        "exchange.offer",
        sorghum(sidra),
        need=str(sidra.kitchen.numbers["Sorghum"]),
        kind="money",
        quantity="2,000",
        quantity__unit="XTS",
        stands_until=soon.isoformat(),
        words=SOLD,
        words__language="es",
        if_part="ask_again",
    )
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    for said in (
        "Not sent. Every word you wrote is still here.",
        "This would run out too soon",
        "The rule Living with the rules, 11",
        "What would lift it Let it stand until",
    ):
        assert said in words(answer)
    assert 'role="alert"' in html and 'value="2,000"' in html and f'value="{soon.isoformat()}"' in html
    assert "&lt;This&gt; is what it brought." in html and "<This>" not in html
    assert 'value="es" lang="es" selected' in html and 'value="ask_again" checked' in html
    assert size(sidra) == sidra.kitchen.shared.tree.size


def test_what_was_refused_can_be_put_right_and_sent_again(sidra: House) -> None:
    soon = (sidra.kitchen.today + timedelta(days=1)).isoformat()
    typed = {
        "need": str(sidra.kitchen.numbers["Sorghum"]),
        "kind": "money",
        "quantity": "3",
        "quantity__unit": "XTS",
    }
    refused = send(sidra, "Maren", "exchange.offer", sorghum(sidra), **typed, stands_until=soon)
    hidden = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', refused.content.decode())
    )
    assert post(sidra, "Maren", "exchange.offer", {**hidden, **typed}).status_code == HTTPStatus.SEE_OTHER


def test_what_cannot_be_read_is_told_beside_its_question(sidra: House) -> None:
    answer = send(
        sidra,
        "Maren",
        "exchange.offer",
        sorghum(sidra),
        need=str(sidra.kitchen.numbers["Sorghum"]),
        kind="money",
        quantity="two thousand",
        quantity__unit="XTS",
        stands_until="soon",
        words=SOLD,
    )
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "2 answers cannot be read yet." in words(answer)
    assert '<a href="#quantity">' in html and 'id="quantity-error"' in html
    assert re.search(
        r'name="quantity"[^>]*value="two thousand"[^>]*aria-describedby="[^"]*quantity-error"[^>]*'
        r'aria-invalid="true"',
        html,
    )
    assert 'value="soon"' in html


def test_a_stale_form_says_what_changed_meanwhile(sidra: House) -> None:
    k, offer = sidra.kitchen, sidra.kitchen.numbers["offer"]
    opened = carried(form(sidra, "Amna", "exchange.decline", f"?offer={offer}"))
    k.act("Tariq", "exchange.withdraw_offer", offer=offer)
    answer = post(sidra, "Amna", "exchange.decline", {**opened, "offer": str(offer)})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert (
        "While this form was open, this happened: Lantern Street took back what was not accepted of offer"
        in words(answer)
    )


def test_a_stale_form_tells_an_ally_nothing_that_is_not_hers(sidra: House) -> None:
    k = sidra.kitchen
    opened = carried(form(sidra, "Lucía", "exchange.send"))
    k.act("Nuha", "safety.stop")
    answer = post(sidra, "Lucía", "exchange.send", {**opened, "delivery": str(k.numbers["to choose"])})
    assert (
        answer.status_code == HTTPStatus.CONFLICT and "stop" not in words(answer).split("Go back")[1].lower()
    )


# Verbs that deserve more


def test_taking_back_a_yes_says_what_it_stops_and_takes_two_taps(sidra: House) -> None:
    k = sidra.kitchen
    yes = next(
        c
        for c in k.shared.tables.all(Consent)
        if c.how == "opened" and c.need == k.numbers["Sorghum"] and c.stands(k.today)
    )
    page = form(sidra, "Amna", "consent.withdraw", f"?consent={yes.number}")
    assert "What it stops now 400 crowns for Sorghum, promised by Lantern Street and not sent" in page.words
    answer = send(sidra, "Amna", "consent.withdraw", f"?consent={yes.number}")
    assert answer["Location"] == address(sidra, f"consents?done={size(sidra)}")
    assert open_book(k.shared.id).tables.get(Ref[Consent](yes.number)).ended == k.day


def test_a_stop_is_one_tap_for_everything_or_one_list_for_a_part(sidra: House) -> None:
    page = form(sidra, "Idris", "safety.stop")
    ids = re.findall(r'name="asked_id" value="([0-9a-f]{32})"', page.html)
    assert len(set(ids)) == 2, "two forms are two askings"
    assert post(sidra, "Idris", "safety.stop", {"asked_id": ids[0]}).status_code == HTTPStatus.SEE_OTHER
    assert "Idris said stop to everything." in sidra.page("Idris", f"safety?done={size(sidra)}").words


def test_what_was_stopped_before_asks_whether_it_is_new(sidra: House) -> None:
    k = sidra.kitchen
    stop = k.act("Idris", "safety.stop", kind="goods.baby")
    k.act("Amna", "safety.lift", stop=stop)
    k.act("Nuha", "safety.lift", stop=stop)
    answer = send(sidra, "Idris", "safety.stop", kind="goods.baby")
    assert answer.status_code == HTTPStatus.CONFLICT and "has something new happened since?" in words(answer)


def test_a_first_yes_offers_nothing_that_it_never_carries(sidra: House) -> None:
    page = form(sidra, "Amna", "consent.first_yes")
    assert (
        'value="media"' not in page.html
        and 'value="visit"' not in page.html
        and 'value="goods.food"' in page.html
    )


# The link that lets somebody in


def test_an_invitation_shows_its_link_once_and_in_no_address(sidra: House) -> None:
    opened = {**carried(form(sidra, "Amna", "partnership.invite")), "name_of_group": "Bridge Lane"}
    first = post(sidra, "Amna", "partnership.invite", opened)
    token = re.search(r"/join/([\w-]{20,})", first.content.decode())
    assert first.status_code == HTTPStatus.OK and token and "shown this once" in words(first)
    assert Link.objects.get().purpose == "invitation" and Link.objects.get().number == size(sidra)
    assert browser_of("Amna").get(f"/join/{token[1]}").status_code == HTTPStatus.OK
    again = post(sidra, "Amna", "partnership.invite", opened)
    assert "/join/" not in again.content.decode() and "shown once and is kept nowhere" in words(again)
    assert Link.objects.count() == 1 and size(sidra) == Link.objects.get().number


def test_a_lost_link_is_made_anew_and_the_old_one_opens_nothing(sidra: House) -> None:
    answer = send(sidra, "Amna", "partnership.admit", group="1", name="Zeinab")
    old = re.search(r"/join/([\w-]{20,})", answer.content.decode())
    number = size(sidra)
    assert old and "Zeinab" in words(answer)
    where = address(sidra, f"link/{number}")
    assert "/join/" not in browser_of("Amna").get(where).content.decode()
    new = re.search(r"/join/([\w-]{20,})", browser_of("Amna").post(where).content.decode())
    assert new and new[1] != old[1]
    assert browser_of("Amna").get(f"/join/{old[1]}").status_code == HTTPStatus.NOT_FOUND
    assert browser_of("Amna").get(f"/join/{new[1]}").status_code == HTTPStatus.OK
    for who in ("Nuha", "Maren"):
        assert browser_of(who).post(where).status_code == HTTPStatus.NOT_FOUND


def test_nobody_gets_a_link_to_a_place_that_is_taken(sidra: House) -> None:
    taken = [member.number for member in sidra.kitchen.shared.tables.all(Member)]
    for number in taken:
        assert browser_of("Amna").post(address(sidra, f"link/{number}")).status_code == HTTPStatus.NOT_FOUND


def test_the_offers_words_stay_between_the_two(sidra: House) -> None:
    offer = sidra.kitchen.shared.tables.get(Ref[Offer](sidra.kitchen.numbers["offer"]))
    assert (
        offer.words
        and "In the evenings" in form(sidra, "Amna", "exchange.accept", f"?offer={offer.number}").words
    )
    assert "In the evenings" not in form(sidra, "Lucía", "exchange.accept", f"?offer={offer.number}").words
