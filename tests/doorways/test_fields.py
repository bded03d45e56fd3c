"""What was typed becomes an action's answers, and back again; every fault is found at once and nothing is
lost."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.act import Text
from alongside.action import ACTIONS
from alongside.areas.consent.first_yes import FirstYes
from alongside.areas.consent.give import Give
from alongside.areas.exchange.offer import MakeOffer
from alongside.areas.listening.call import CallSession
from alongside.areas.needs.list_unit import ListUnit
from alongside.areas.needs.name import NameNeed
from alongside.areas.partnership.tables import Member
from alongside.codes import CURRENCIES, KINDS
from alongside.doorways.fields import choices_of, questions_of, read, write
from alongside.doorways.inputs import OPTIONS_MOST, inputs
from alongside.languages.locale import LANGUAGES, Reader
from alongside.words import LANGUAGES as OURS
from alongside.words import NUMBER_MAX, TEXT_MAX, Ref, clean
from tests.told import LANTERN_STREET, Story

EN = Reader("en")


@pytest.fixture(scope="module")
def story() -> Story:
    told = Story.partnership()
    told.unit = told.act("Amna", "needs.list_unit", label="sacks of 50 kg", decimals=1)
    told.whole = told.act("Amna", "needs.list_unit", label="packets")
    return told


def reading(story: Story, kind: Any, typed: dict[str, Any], reader: Reader = EN) -> Any:
    return read(kind, typed, story.shared.tables, reader)


# There and back

UNITS = st.sampled_from(["XTS", "JPY", "KWD", "USD", "u9", "u10"])
# Whatever a person may write: no control characters, no marks that turn the direction.
_TURNS = [chr(c) for c in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
_SIGNS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=_TURNS)
WORDS = st.text(_SIGNS, min_size=1, max_size=60).map(clean).filter(bool)
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LETTERS = st.characters(codec="ascii", categories=("L", "N"))


def answer_to(question: Any) -> st.SearchStrategy[Any]:
    least = question.asks.least if question.asks.least is not None else -NUMBER_MAX
    most = question.asks.most if question.asks.most is not None else NUMBER_MAX
    if question.widget == "choice":
        one: st.SearchStrategy[Any] = st.sampled_from(list(choices_of(question).values()))
    else:
        one = {
            "quantity": st.tuples(st.integers(least, most), UNITS).map(list),
            "number": st.integers(least, most),
            "kind": st.sampled_from(sorted(KINDS)),
            "yesno": st.booleans(),
            "row": st.integers(1, 10**14),
            "day": st.dates().map(date.isoformat),
            "code": st.text(LETTERS, min_size=1),
        }[question.widget]
    return st.lists(one, min_size=1, max_size=5) if question.many else one


@pytest.mark.parametrize("kind", ACTIONS.values(), ids=lambda kind: f"{kind.called}-{kind.version}")
@settings(max_examples=25, deadline=None, suppress_health_check=CALM)
@given(data=st.data())
def test_plain_answers_typed_and_read_are_the_same(story: Story, kind: Any, data: st.DataObject) -> None:
    plain, texts = {}, {}
    for question in questions_of(kind):
        if question.optional and data.draw(st.booleans()):
            continue
        if question.widget == "words":
            words = data.draw(WORDS)
            texts[question.name] = Text(words, data.draw(st.sampled_from(OURS)))
        else:
            plain[question.name] = data.draw(answer_to(question))
    reader = Reader(data.draw(st.sampled_from(sorted(LANGUAGES))))
    typed = write(kind, plain, texts, story.shared.tables, reader)
    found = reading(story, kind, typed, reader)
    assert (found.plain, found.texts, found.faults) == (plain, texts, {})
    assert write(kind, found.plain, found.texts, story.shared.tables, reader) == typed


def test_every_question_of_every_action_can_be_asked() -> None:
    for kind in ACTIONS.values():
        names = [question.name for question in questions_of(kind)]
        assert len(set(names)) == len(names)
        assert not {"csrfmiddlewaretoken", "asked_id", "next", "data", "json", "book", "language"} & set(
            names
        ), f"{kind.called}: a doorway uses that name itself"


# Faults

def test_every_fault_is_found_at_once_and_says_what_would_be_right(story: Story) -> None:
    found = reading(
        story,
        Give,
        {
            "ally": "Lantern Street",
            "kind": "coats",
            "until": "soon",
            "cap": "forty or so",
            "cap.unit": "XTS",
            "conditions": "a\u202eb",
            "asking": "0",
            "colour": "red",
        },
    )
    assert found.faults == {
        "ally": "Write the number of an entry, like 31.",
        "kind": "This is not a kind of support that we know.",
        "until": "Write the day as day, month and year, like 28/2/2026.",
        "cap": "Write the number in digits, like 40.",
        "asking": "Write the number of an entry, like 31.",
        "conditions": "This text holds hidden marks that turn the reading direction."
                      " Please type it without them.",
        "colour": "There is no such question here.",
    }
    assert found.plain == {} and found.texts == {}


def test_what_must_be_answered_is_said_once_for_each(story: Story) -> None:
    assert reading(story, Give, {"kind": " "}).faults == dict.fromkeys(
        ("ally", "kind", "until"), "This must be answered.")


def test_what_can_be_left_out_is_left_out(story: Story) -> None:
    found = reading(story, ListUnit, {"label": "an hour", "decimals": ""})
    assert found.plain == {} and not found.faults, "the action's own default holds then"


@pytest.mark.parametrize(("typed", "plain"), [
    ({"cap": "1,200", "cap.unit": "XTS"}, [120_000, "XTS"]), ({"cap": "1,200 XTS"}, [120_000, "XTS"]),
    ({"cap": "١٬٢٠٠", "cap.unit": "XTS"}, [120_000, "XTS"]), ({"cap": "2 000 JPY"}, [2_000, "JPY"]),
    ({"cap": "2.5 u9"}, [25, "u9"]), ({"cap": "2.5 u٩"}, [25, "u9"]),
])
def test_a_quantity_is_a_number_and_its_unit(story: Story, typed: dict[str, str], plain: list[Any]) -> None:
    asked = {"ally": "4", "kinds": "money"} | typed
    assert reading(story, FirstYes, asked).plain["cap"] == plain


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"cap": "1200"}, "Choose what it is counted in."),
        ({"cap": "1200", "cap.unit": ["XTS", "EUR"]}, "Choose what"),
        ({"cap": "1200", "cap.unit": "crowns"}, "This is not a unit of this book, nor a currency."),
        ({"cap": "1200", "cap.unit": "u"}, "This is not a unit"),
        ({"cap": "1200", "cap.unit": "u²"}, "This is not a unit"),
        ({"cap": "-5", "cap.unit": "XTS"}, "This must be at least 0."),
        ({"cap": ["5", "6"], "cap.unit": "XTS"}, "Only one answer can be given here."),
        ({"cap": "2.55", "cap.unit": "u9"}, "At most 1 digits"),
        ({"cap": "2.5", "cap.unit": "u10"}, "Only whole numbers"),
    ],
)
def test_a_quantity_that_cannot_be_read(story: Story, typed: dict[str, Any], says: str) -> None:
    faults = reading(story, FirstYes, {"ally": "4", "kinds": "money"} | typed).faults
    assert list(faults) == ["cap"] and faults["cap"].startswith(says)


def test_bounds_are_said_as_the_answer_is_counted(story: Story) -> None:
    typed = {"kind": "goods.food", "label": "rice", "quantity": "0", "quantity.unit": "u9", "rank": "101"}
    assert reading(story, NameNeed, typed).faults == {
        "quantity": "This must be at least 0.1.", "rank": "This can be at most 100."}


def test_several_answers_come_one_by_one_or_in_a_line(story: Story) -> None:
    for kinds in (["money", "goods.tools"], "money, goods.tools", "money goods.tools", ["money،goods.tools"]):
        typed = {"ally": "4", "kinds": kinds, "cap": "1 XTS"}
        assert reading(story, FirstYes, typed).plain["kinds"] == ["money", "goods.tools"]
    typed = {"facilitator": "1", "languages": "ar, apd", "on": "1/3/2026", "hour": "١٧:٣٠"}
    found = reading(story, CallSession, typed)
    assert found.plain == {"facilitator": 1, "languages": ["ar", "apd"], "on": "2026-03-01", "hour": "17:30"}


@pytest.mark.parametrize(
    ("said", "answer"), [("yes", True), ("no", False), ("YES", True), ("on", True), ("0", False)]
)
def test_yes_and_no(story: Story, said: str, answer: bool) -> None:
    typed = {"kind": "media", "question": said}
    assert reading(story, MakeOffer, typed).plain["question"] is answer
    assert reading(story, MakeOffer, typed | {"question": "perhaps"}).faults == {
        "question": "Answer yes or no."
    }


def test_a_choice_is_one_of_those_offered(story: Story) -> None:
    assert (
        reading(story, MakeOffer, {"kind": "money", "if_part": "ask_again"}).plain["if_part"] == "ask_again"
    )
    faults = reading(story, MakeOffer, {"kind": "money", "if_part": "keep it"}).faults
    assert faults == {"if_part": "This is not one of the answers offered."}


def test_words_keep_their_language(story: Story) -> None:
    found = reading(story, ListUnit, {"label": "جوال", "label.language": "ar"})
    assert found.texts["label"] == Text("جوال", "ar")
    assert reading(story, ListUnit, {"label": "gunia"}, Reader("sw")).texts["label"].language == "sw"
    faults = reading(story, ListUnit, {"label": "x", "label.language": "tlh"}).faults
    assert faults == {"label": "This is not a language that we know."}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("x" * (TEXT_MAX + 1), "This text is longer than 4,000 characters."),
        ("a\x00b", "This text holds control"),
        ("\ud800", "This text holds half a character."),
        ("a\u2066b", "This text holds hidden marks"),
        ("y" * 3_000_000, "This text is longer"),
    ],
)
def test_hostile_words(story: Story, words: str, says: str) -> None:
    assert reading(story, ListUnit, {"label": words}).faults["label"].startswith(says)


@settings(max_examples=60, deadline=None, suppress_health_check=CALM)
@given(kind=st.sampled_from(list(ACTIONS.values())), data=st.data())
def test_nothing_typed_breaks_the_doorway(story: Story, kind: Any, data: st.DataObject) -> None:
    names = [q.name for q in questions_of(kind)] + ["?", "", "a.b"]
    names += [f"{name}{more}" for name in names[:3] for more in (".unit", ".language", ".")]
    typed = data.draw(
        st.dictionaries(st.sampled_from(names), st.text(max_size=30) | st.lists(st.text(max_size=9)))
    )
    found = reading(story, kind, typed)
    assert all(says.endswith(".") for says in found.faults.values())


def test_a_thousand_answers_are_enough(story: Story) -> None:
    faults = reading(story, FirstYes, {"ally": "4", "cap": "1 XTS", "kinds": ["money"] * 1_001}).faults
    assert faults == {"kinds": "At most 1,000 answers can be given here."}
    faults = reading(story, Give, {"ally": "4" * 500, "kind": "money", "until": "1/1/2027"}).faults
    assert faults == {"ally": "This is too long for an answer here."}


# The questions as somebody meets them

def met(story: Story, kind: Any, who: str = "Amna", **typed: Any) -> dict[str, Any]:
    by = story.shared.tables.get(Ref[Member](story.number(who)))
    return {one.name: one for one in inputs(kind, typed, story.shared, by, EN)}


def test_each_question_has_the_widget_of_its_answer(story: Story) -> None:
    asked = met(story, NameNeed)
    assert {name: one.widget for name, one in asked.items()} == {
        "item": "row",
        "kind": "kind",
        "label": "text",
        "quantity": "quantity",
        "region": "row",
        "whom": "text",
        "by_when": "day",
        "rank": "number",
    }
    assert [one.name for one in asked.values() if one.required] == ["quantity"]
    assert met(story, Give)["conditions"].widget == "long"
    assert met(story, FirstYes)["kinds"].many
    assert "keys" not in met(story, ACTIONS["partnership.found", 1]), "what the doorway brings is not asked"


def test_nothing_is_chosen_beforehand(story: Story) -> None:
    for kind in ACTIONS.values():
        for one in met(story, kind).values():
            assert not any(option.chosen for option in one.options) and one.value == "" and one.fault == ""


def test_rows_to_choose_from_have_the_names_that_she_may_read(story: Story) -> None:
    group = met(story, Give, ally=str(story.number(LANTERN_STREET)))["ally"]
    assert [(option.value, option.label.html) for option in group.options if option.chosen] == [
        (str(story.number(LANTERN_STREET)), '<bdi lang="en">Lantern Street, all of us</bdi>')]
    units = met(story, NameNeed)["quantity"].units
    assert [units[0].value, units[0].label.plain, units[2].value, units[2].label.plain] == [
        f"u{story.unit}", "\u2068sacks of 50 kg\u2069", "XTS", "crowns"]
    assert {option.value for option in units} >= set(CURRENCIES)


def test_an_ally_chooses_only_among_what_it_may_see() -> None:
    story = Story.partnership()
    ours = story.act("Maren", "consent.ask", kind="media")
    theirs = story.act("Lucía", "consent.ask", kind="visit")
    refuse = ACTIONS["consent.refuse", 1]
    assert [option.value for option in met(story, refuse)["asking"].options] == [str(ours), str(theirs)]
    assert [option.value for option in met(story, refuse, "Maren", asking=str(theirs))["asking"].options] == [
        str(ours)
    ]
    story.act("Amna", "consent.refuse", asking=ours)
    assert [option.value for option in met(story, refuse)["asking"].options] == [str(theirs)], (
        "what is done is left out"
    )
    assert met(story, refuse, asking=str(ours))["asking"].options[1].chosen, "unless she came for it"


def test_too_many_rows_are_no_list() -> None:
    story = Story.founded()
    for n in range(OPTIONS_MOST + 1):
        story.act("Amna", "needs.list_region", label=f"region {n}")
    assert met(story, NameNeed)["region"].options == ()
    assert len(met(story, NameNeed, region="5")["region"].options) == 1


def test_answers_have_their_labels(story: Story) -> None:
    asked = met(story, MakeOffer, if_part="ask_again")
    assert [(o.value, o.label.plain, o.chosen) for o in asked["if_part"].options] == [
        ("stays", "The rest stays with us", False),
        ("ask_again", "Ask us again: the rest stays on offer", True),
    ]
    assert [(o.value, o.label.plain) for o in asked["question"].options] == [("yes", "yes"), ("no", "no")]
    assert [(o.value, o.depth) for o in asked["kind"].options[:2]] == [("goods", 0), ("goods.food", 1)]
    assert asked["words"].seen.plain == "the host group and the ally it is about"


def test_every_list_of_codes_is_offered_whole(story: Story) -> None:
    for kind in ACTIONS.values():
        for question in questions_of(kind):
            if isinstance(question.of, type) and issubclass(question.of, StrEnum):
                assert set(choices_of(question)) <= {str(code) for code in question.of}
