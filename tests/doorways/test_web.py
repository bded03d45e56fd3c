"""The form of an action: begun by a link, sent once, and given back with every word when it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404, QueryDict

from alongside.action import ACTIONS
from alongside.areas.consent.tables import Consent
from alongside.codes import KINDS
from alongside.doorways import web
from alongside.doorways.asking import action_called
from alongside.languages.locale import Reader
from alongside.words import Quantity
from tests.told import _DOORWAY, LANTERN_STREET, NOBODY, Story

EN = Reader("en")


def shown(
    story: Story, called: str, query: str = "", who: str | int = "Amna", reader: Reader = EN
) -> web.Form:
    author = who if isinstance(who, int) else story.number(who)
    return web.show_form(story.shared, *called.split("."), QueryDict(query), author=author, reader=reader)


def sent(story: Story, called: str, who: str = "Amna", form: web.Form | None = None, **typed: Any) -> Any:
    posted = QueryDict(mutable=True)
    posted.update({"csrfmiddlewaretoken": "x"} | (form or shown(story, called, who=who)).hidden)
    for name, value in typed.items():
        posted.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return web.send_form(
        story.shared, *called.split("."), posted, author=story.number(who), signer=_DOORWAY, reader=EN
    )


def test_a_form_says_what_will_happen_who_sees_it_and_whether_it_can_be_undone() -> None:
    form = shown(Story.partnership(), "consent.withdraw")
    assert (form.status, form.template, form.title.plain) == (200, "act.html", "Take back a yes")
    assert form.happens.plain.startswith("At once: nothing new may lean on it")
    assert form.undo.plain.startswith("You can say a new yes")
    assert form.seen.plain == (
        "Everybody in this book sees that it happened. What you write is for the host group"
        " and the ally it is about."
    )
    assert form.context() == {"form": form}
    assert len(form.hidden["asked_id"]) == 32 and form.hidden["next"] == ""


def test_two_forms_are_two_askings() -> None:
    story = Story.partnership()
    assert shown(story, "safety.stop").hidden["asked_id"] != shown(story, "safety.stop").hidden["asked_id"]


def test_a_link_begins_a_form_but_puts_no_words_into_it() -> None:
    story = Story.partnership()
    consent = story.first_yes(["money"])
    form = shown(story, "consent.withdraw", f"consent={consent}&reason=because&language=ar&done=3&x=1")
    asked = {one.name: one for one in form.inputs}
    assert asked["consent"].value == str(consent)
    assert [option.value for option in asked["consent"].options if option.chosen] == [str(consent)]
    assert asked["reason"].value == "" and form.status == 200 and not form.faults


def test_sent_it_happens_and_goes_on() -> None:
    story = Story.partnership()
    consent = story.first_yes(["money"])
    went = sent(story, "consent.withdraw", consent=str(consent), reason="we changed our mind")
    assert isinstance(went, web.Went) and went.status == 303 and went.area == "consent"
    assert went.location("/b/x/consents") == f"/b/x/consents?done={went.number}"
    assert story.row(Consent, consent).ended is not None


def test_the_same_form_sent_twice_leads_to_the_same_entry() -> None:
    story = Story.partnership()
    form = shown(story, "needs.list_region")
    first, second = (sent(story, "needs.list_region", form=form, label="region B") for _ in range(2))
    assert first == second and story.shared.tree.size == first.number
    other = sent(story, "needs.list_region", form=form, label="region C")
    assert other.status == 409 and other.refusals[0].code == "asked-differently"


def test_refused_it_comes_back_with_every_word_and_says_why_and_who_can_help() -> None:
    story = Story.partnership()
    need = story.act("Amna", "needs.name", kind="goods.food", label="sorghum", quantity=Quantity(400, "XTS"))
    form = sent(story, "exchange.offer", who="Maren", kind="money", need=str(need), quantity="2,000",
                quantity__unit="XTS", words="Dear all, we sold the coats.", stands_until="2026-01-27")
    assert form.status == 409
    assert {no.code for no in form.refusals} == {"no-yes", "offer-too-soon"}
    why = {no.code: no for no in form.refusals}["no-yes"]
    assert (why.rule.plain, why.says.plain) == ("Rule 1.2", "Nobody here has said yes to money from you.")
    assert "Nuha by name" in why.helps.plain
    typed = {one.name: one.value for one in form.inputs}
    assert typed["words"] == "Dear all, we sold the coats."
    assert (typed["quantity"], typed["stands_until"]) == ("2,000", "2026-01-27")
    assert {one.name: one.unit for one in form.inputs}["quantity"] == "XTS"
    again = sent(
        story,
        "exchange.offer",
        who="Maren",
        form=form,
        kind="money",
        need=str(need),
        quantity="2,000",
        quantity__unit="XTS",
        words="Dear all, we sold the coats.",
        stands_until="2026-01-27",
    )
    assert again.hidden == form.hidden, "tried again, it is the same asking"


def test_unclear_it_comes_back_with_every_word_and_a_sentence_for_each() -> None:
    story = Story.partnership()
    form = sent(
        story,
        "needs.name",
        kind="food please",
        label="sorghum",
        quantity="forty or so",
        quantity__unit="XTS",
        whom="<script>alert(1)</script>",
        by_when="3/3",
        colour="red",
    )
    assert form.status == 422
    assert set(form.faults) == {"kind", "quantity", "by_when", "colour"}
    asked = {one.name: one for one in form.inputs}
    assert asked["quantity"].value == "forty or so" and asked["quantity"].fault.startswith("Write the number")
    assert asked["whom"].value == "<script>alert(1)</script>" and asked["by_when"].by_hand


@pytest.mark.parametrize("asked_id", ["", "x", "A" * 32, "0" * 31, "0" * 33, "g" * 32, "0" * 32 + "\n"])
def test_a_form_that_came_back_broken_is_shown_again_whole(asked_id: str) -> None:
    story = Story.partnership()
    posted = QueryDict(mutable=True)
    posted.update({"label": "region B", "asked_id": asked_id})
    form = web.send_form(story.shared, "needs", "list_region", posted, author=1, signer=_DOORWAY, reader=EN)
    assert isinstance(form, web.Form) and form.status == 422 and list(form.faults) == [""]
    assert form.inputs[0].value == "region B" and form.hidden["asked_id"] != asked_id


@pytest.mark.parametrize("who", ["Sami", None, 0, 5, NOBODY])
def test_a_stranger_finds_no_page(who: Any) -> None:
    story = Story.partnership()
    author = NOBODY if who == "Sami" else who
    for go in (
        lambda: web.show_form(story.shared, "safety", "stop", QueryDict(), author=author, reader=EN),
        lambda: web.send_form(
            story.shared,
            "safety",
            "stop",
            QueryDict("asked_id=" + "0" * 32),
            author=author,
            signer=_DOORWAY,
            reader=EN,
        ),
        lambda: web.show_may(story.shared, QueryDict("kind=media"), author=author, reader=EN),
    ):
        with story.unchanged(), pytest.raises(Http404):
            go()


@pytest.mark.parametrize(
    ("area", "verb"),
    [
        ("consent", "fly"),
        ("partnership", "found"),
        ("partnership", "accept"),
        ("", ""),
        ("consent", "__init__"),
        ("consent", "give/../refuse"),
    ],
)
def test_what_is_no_action_is_no_page(area: str, verb: str) -> None:
    with pytest.raises(Http404):
        web.show_form(Story.founded().shared, area, verb, QueryDict(), author=1, reader=EN)


@pytest.mark.parametrize(
    "next",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "\\\\evil",
        "/\t/evil.example",
        "http:///evil.example",
        "/ok\r\nSet-Cookie: x=1",
        "///evil",
        "/%0d%0a".replace("%0d%0a", "\n"),
    ],
)
def test_no_form_sends_anybody_elsewhere(next: str) -> None:
    story = Story.partnership()
    assert web.local_path(next) == ""
    posted = QueryDict(mutable=True)
    posted.update({"label": "region B", "next": next} | {"asked_id": "0" * 32})
    went = web.send_form(story.shared, "needs", "list_region", posted, author=1, signer=_DOORWAY, reader=EN)
    assert isinstance(went, web.Went) and went.location("/b/x/needs").startswith("/b/x/needs?done=")


def test_a_page_of_ours_is_gone_back_to() -> None:
    went = web.Went(7, "needs", web.local_path("/b/x/needs?page=2#top"))
    assert went.location("/b/x/needs") == "/b/x/needs?page=2&done=7#top"


def test_every_action_has_a_form_for_every_member() -> None:
    story = Story.partnership()
    story.first_yes(["money"])
    for called, version in ACTIONS:
        if action_called(*called.split(".")) is None:
            continue
        for who in ("Amna", "Maren", "Lucía"):
            for language in ("en", "ar"):
                form = shown(story, called, who=who, reader=Reader(language))
                assert form.status == 200 and form.title and form.happens and form.undo, (called, version)


def test_an_empty_form_of_every_action_never_breaks() -> None:
    story = Story.partnership()
    for called, _ in ACTIONS:
        if action_called(*called.split(".")) is not None and called != "safety.stop":
            for who in ("Amna", "Maren"):
                form = sent(story, called, who=who)
                assert isinstance(form, web.Form) and form.status in (409, 422), called


# May we?

def may(story: Story, query: str, who: str = "Maren", reader: Reader = EN) -> Any:
    with story.unchanged():
        return web.show_may(story.shared, QueryDict(query), author=story.number(who), reader=reader)


@pytest.fixture
def kitchen() -> Story:
    """Week 1: the living list, and what is not needed."""
    story = Story.partnership()
    story.sacks = story.act("Amna", "needs.list_unit", label="sacks of 50 kg")
    story.hours = story.act("Amna", "needs.list_unit", label="hours")
    story.books = story.act("Amna", "needs.name", kind="skills.bookkeeping", label="somebody for our books",
                            quantity=Quantity(12, f"u{story.hours}"))
    story.sorghum = story.act("Amna", "needs.name", kind="goods.food", label="sorghum", rank=1,
                              quantity=Quantity(40, f"u{story.sacks}"))
    story.act("Amna", "needs.not_needed", kind="goods.clothes")
    return story


def test_nothing_asked_yet_shows_the_questions_alone(kitchen: Story) -> None:
    page = may(kitchen, "")
    assert (page.status, page.asked, page.yes, page.refusals) == (200, False, False, [])
    assert [one.name for one in page.inputs] == ["need", "kind", "quantity"]
    assert not any(one.fault for one in page.inputs)
    assert [need.need for need in page.instead] == [kitchen.sorghum, kitchen.books], "in the host's own order"


def test_forty_boxes_of_coats_get_a_kind_no_and_what_is_wanted_instead(kitchen: Story) -> None:
    page = may(kitchen, "kind=goods.clothes")
    assert not page.yes and page.status == 200
    codes = [no.code for no in page.refusals]
    assert "not-needed" in codes and "no-yes" in codes and "offer-without-need" in codes
    assert page.instead[0].says.plain.startswith(
        f"need {kitchen.sorghum}: \u2068sorghum\u2069"
    )
    assert page.ask == {"kind": "goods.clothes"}


def test_a_film_crew_hears_that_nobody_said_yes_and_that_it_waits_for_a_memorandum(kitchen: Story) -> None:
    codes = [no.code for no in may(kitchen, "kind=media").refusals]
    assert codes[:2] == ["no-yes", "needs-memorandum"]
    assert "other-kind" not in codes, "nobody asked for sorghum with a camera"


def test_a_yes_names_what_it_leans_on_until_when_and_for_which_need(kitchen: Story) -> None:
    number = kitchen.first_yes(["money", "goods.food"])
    page = may(kitchen, "kind=goods.food")
    assert page.yes and page.consent.number == number and page.need == kitchen.sorghum
    assert page.says.plain == f"Yes, under consent {number}, until Wednesday 25 February."
    assert page.offer == {"kind": "goods.food", "need": str(kitchen.sorghum)}
    assert kitchen.sorghum not in [need.need for need in page.instead]
    page = may(kitchen, f"kind=money&need={kitchen.books}&quantity=2,000&quantity.unit=XTS")
    assert page.yes and page.offer == {"kind": "money", "need": str(kitchen.books), "quantity": "2,000",
                                       "quantity.unit": "XTS"}


def test_the_offer_that_may_we_begins_is_then_taken(kitchen: Story) -> None:
    kitchen.first_yes(["money"])
    page = may(kitchen, "kind=money&quantity=2,000&quantity.unit=XTS")
    went = sent(
        kitchen, "exchange.offer", who="Maren", **{n.replace(".", "__"): v for n, v in page.offer.items()}
    )
    assert isinstance(went, web.Went), went.refusals


def test_a_lapsed_yes_is_a_no_that_says_when(kitchen: Story) -> None:
    kitchen.first_yes(["money"])
    kitchen.days_later(31)
    page = may(kitchen, f"kind=money&need={kitchen.books}")
    assert [no.code for no in page.refusals] == ["yes-over"]
    assert "ended on Wednesday 25 February" in page.refusals[0].says.plain


def test_a_hold_says_only_not_now(kitchen: Story) -> None:
    kitchen.first_yes(["money", "goods.food"])
    kitchen.act("Nuha", "safety.stop")
    for query in ("kind=money", "kind=goods.food", f"kind=money&need={kitchen.books}"):
        page = may(kitchen, query)
        assert [no.code for no in page.refusals] == ["not-now"]
        assert "stop" not in page.refusals[0].says.plain.lower()


def test_what_cannot_be_read_is_said(kitchen: Story) -> None:
    page = may(kitchen, "kind=coats&quantity=some")
    assert page.status == 422 and set(page.faults) == {"kind", "quantity"} and not page.yes
    assert may(kitchen, "need=5").faults == {"kind": "This must be answered."}


def test_a_need_that_is_not_there_is_uniformly_not_there(kitchen: Story) -> None:
    assert [no.code for no in may(kitchen, "kind=money&need=9999").refusals] == ["unseen"]


def test_a_host_member_hears_that_offering_is_for_allies(kitchen: Story) -> None:
    assert "not-yours" in [
        no.code for no in may(kitchen, f"kind=money&need={kitchen.books}", "Amna").refusals
    ]


def test_with_no_needs_at_all_there_is_still_an_answer() -> None:
    story = Story.partnership()
    assert "offer-without-need" in [no.code for no in may(story, "kind=money").refusals]
    assert may(story, "kind=money").instead == []


def test_every_kind_has_an_answer_in_every_state(kitchen: Story) -> None:
    for _ in range(2):
        for kind in KINDS:
            page = may(kitchen, f"kind={kind}", reader=Reader("ar"))
            assert page.yes or page.refusals
        kitchen.first_yes(["money", "goods", "transport"])


def test_an_offers_form_for_the_wrong_ally_shows_no_others_consents(kitchen: Story) -> None:
    kitchen.first_yes(["money"], LANTERN_STREET)
    form = shown(kitchen, "consent.withdraw", who="Lucía")
    assert {one.name: one.options for one in form.inputs}["consent"] == ()
