"""Codes become sentences for one reader: with names that she may read, in her digits, honest about what is
closed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from alongside.action import ACTIONS, NOS, Refusal, Who
from alongside.areas.consent.tables import Consent, How
from alongside.areas.needs.tables import Item, Need
from alongside.areas.partnership.tables import Group, Key, Member, RoleName
from alongside.areas.partnership.who import ally_member, host_member
from alongside.audit import understood
from alongside.codecs import codec_of
from alongside.codes import KINDS
from alongside.doorways.fields import inner
from alongside.fact import FACTS
from alongside.languages.labels import HELPS, ROW_NAMES, is_labelled
from alongside.languages.locale import Reader
from alongside.languages.pieces import Unnamed, named_in
from alongside.languages.sentences import Teller, teller_for
from alongside.record.entry import Entry
from alongside.tables import ROWS
from alongside.words import Audience, BookKind, Kind, Quantity, Ref, Sealed
from tests.told import LANTERN_STREET, Story


class Fake(Reader):
    """A reader whose catalogue is given with her."""

    messages: ClassVar[dict[str, str]] = {}

    def gettext(self, message: str) -> str:
        return self.messages.get(message, message)


def fake(language: str = "es", **messages: str) -> Fake:
    reader = Fake(language)
    object.__setattr__(reader, "messages", messages)
    return reader


@pytest.fixture
def story() -> Story:
    told = Story.partnership()
    told.unit = told.act("Amna", "needs.list_unit", label="sacks of 50 kg", decimals=1)
    told.need = told.act("Amna", "needs.name", kind="goods.food", label="sorghum",
                         quantity=Quantity(400, f"u{told.unit}"))
    return told


def teller(story: Story, who: str = "Amna", reader: Any = None, *things: Any) -> Teller:
    by = story.shared.tables.get(Ref[Member](story.number(who)))
    return teller_for(story.shared, reader or Reader("en"), by, things)


def entry(story: Story, number: int) -> Any:
    return understood(Entry.read(story.shared.raw[number - 1]))


def test_what_happened_reads_as_a_sentence(story: Story) -> None:
    entered = entry(story, story.act("Amna", "consent.first_yes", ally=story.number(LANTERN_STREET),
                                     kinds=["money", "goods.tools"], cap=Quantity(120_000, "XTS")))
    says = teller(story, "Amna", None, entered).entry(entered)
    assert says.html == (
        '<bdi lang="en">Amna of the kitchen</bdi> said a first yes to money and tools and parts from '
        '<bdi lang="en">Lantern Street, all of us</bdi>, up to 1,200 crowns, until Wednesday 25 February.')
    assert says.plain.startswith("\u2068Amna of the kitchen\u2069 said a first yes to money")


def test_the_same_in_arabic_has_arabic_digits_and_isolated_names(story: Story) -> None:
    entered = entry(story, story.need)
    reader = fake("ar", **{entered.fact.says: "سمّت {by} احتياجًا: {quantity} ({kind})."})
    says = teller(story, "Amna", reader, entered).entry(entered)
    assert "\u2068Amna of the kitchen\u2069" in says.plain
    assert "٤٠ \u2068sacks of 50 kg\u2069" in says.plain


def test_words_that_are_not_opened_are_called_by_number(story: Story) -> None:
    closed = Teller(Reader("en"), {}, story.shared.tables)
    assert closed.value(Ref[Member](1)).plain == "member 1"
    assert (
        closed.value(Ref[Group](story.number(LANTERN_STREET))).plain
        == f"group {story.number(LANTERN_STREET)}"
    )
    assert closed.value(Quantity(25, f"u{story.unit}")).plain == f"2.5 of unit {story.unit}"
    assert closed.value(Ref[Item](story.need)).plain == f"item {story.need}"
    sealed = Sealed("c" * 44, "en", "pair")
    assert closed.value(sealed).plain == "words that are closed to you or erased"


def test_an_erased_name_falls_back_to_the_number(story: Story) -> None:
    name = story.row(Member, 1).name
    del story.shared.vault.kept[name.commitment]
    assert teller(story, "Amna", None, Ref[Member](1)).value(Ref[Member](1)).plain == "member 1"


def test_a_reader_is_told_only_what_she_may_read(story: Story) -> None:
    number = story.act("Maren", "consent.ask", kind="media", words="we have a film crew")
    words = entry(story, number).asked.words
    assert "film crew" in teller(story, "Amna", None, words).value(words).plain
    assert teller(story, "Lucía", None, words).value(words).plain == "words that are closed to you or erased"
    for_stewards = Sealed(words.commitment, "en", Audience.STEWARDS)
    assert "closed" in teller(story, "Nuha", None, for_stewards).value(for_stewards).plain
    assert "closed" in teller_for(story.shared, Reader("en"), None, [words]).value(words).plain


@pytest.mark.parametrize(("value", "plain"), [
    (None, "not said"), (True, "yes"), (False, "no"), (1234, "1,234"), (Kind("goods.food"), "food"),
    (Quantity(120_000, "XTS"), "1,200 crowns"), (Quantity(100, "XTS"), "1 crown"),
    (Quantity(150, "XTS"), "1.50 crowns"), (Quantity(200_000, "USD"), "2,000 US dollars"),
    (Quantity(1_500, "JPY"), "1,500 Japanese yen"), (date(2026, 3, 3), "Tuesday 3 March"),
    (Ref[Need](5), "need 5"), (Ref[Need](1234), "need 1234"), (Ref[Consent](12), "consent 12"),
    ((Kind("money"), Kind("goods.tools")), "money and tools and parts"), ((), "none"),
    (RoleName.STEWARD, "steward"), (How.FIRST_YES, "a first yes"), (BookKind.INNER, "inner book"),
    (Quantity(7, "u999"), "7 of unit 999"), ("xyz", "xyz"), (ally_member | host_member,
     "a member of an ally group or a member of the host group"),
    (Key(by="doorway", key="k", proof="p", verbs=("*",)), "doorway, k, p and *"),
])
def test_every_value_has_words(story: Story, value: Any, plain: str) -> None:
    assert teller(story).value(value).plain == plain


def test_money_in_the_readers_language(story: Story) -> None:
    say = {language: Teller(Reader(language), {}, story.shared.tables) for language in ("es", "ar", "sw")}
    assert say["es"].value(Quantity(120_050, "USD")).plain.endswith("dólares estadounidenses")
    assert "٢٬٠٠٠" in say["ar"].value(Quantity(200_000, "SDG")).plain
    assert say["sw"].value(Quantity(200_000, "KES")).plain.endswith("shilingi za Kenya")


def test_a_value_that_no_entry_holds_is_an_error_of_ours(story: Story) -> None:
    with pytest.raises(TypeError, match="float"):
        teller(story).value(1.5)


def test_a_missing_name_raises(story: Story) -> None:
    with pytest.raises(Unnamed, match="group"):
        teller(story).sentence("{by} joined {group}", by=Ref[Member](1))


def test_a_translation_that_names_what_is_not_there_is_passed_over(story: Story) -> None:
    reader = fake("es", **{"Yes, {name}.": "Sí, {nombre}."})
    assert teller(story, "Amna", reader).plain("Yes, {name}.", name="x") == "Yes, x."


def test_a_sentence_is_html_with_every_value_escaped(story: Story) -> None:
    html = teller(story).sentence("{one} & <i>{two}</i>", one="<b>", two=3)
    assert html == "&lt;b&gt; &amp; &lt;i&gt;3&lt;/i&gt;"


def test_a_refusal_says_why_which_rule_what_lifts_it_and_who_helps(story: Story) -> None:
    ally = story.number("Maren")
    refusals = story.shared.may(story.asking("Maren", "exchange.offer", kind="goods.food", need=story.need,
                                             quantity=Quantity(10, f"u{story.unit}")).action, ally)
    told = teller(story, "Maren", None, *refusals).refusal(refusals[0])
    assert told.code == "no-yes"
    assert told.says.plain == "Nobody here has said yes to food from you."
    assert told.rule.plain == "Rule 1.2"
    assert told.lift.plain.startswith("Ask the host group whether you may.")
    assert "Amna of the kitchen" in told.helps.plain and "Idris by name" in told.helps.plain
    assert '<bdi lang="en">' in told.helps.html


def test_a_refusal_names_nobody_to_whoever_may_not_read_names(story: Story) -> None:
    refusals = story.shared.may(story.asking("Maren", "needs.list_unit", label="a box").action,
                                story.number("Maren"))
    told = Teller(Reader("en"), {}, story.shared.tables).refusal(refusals[0])
    assert told.says.plain == "This is for a member of the host group to do."
    assert told.helps.plain == "the host group: member 1, member 2 and member 3"


def test_every_refusal_can_be_said_in_every_language(story: Story) -> None:
    for code, no in NOS.items():
        params = dict.fromkeys(named_in(no.says) | named_in(no.lift), "x")
        for language in ("en", "ar"):
            told = Teller(Reader(language), {}, story.shared.tables).refusal(Refusal(no, params))
            assert told.says.plain, code
        assert not no.helps or no.helps in HELPS, (
            f"{code}: give “{no.helps}” its words in languages/labels.py"
        )


def test_a_numbered_thing_is_told_apart_from_its_like(story: Story) -> None:
    ref = Ref[Need](story.need)
    assert teller(story, "Amna", None, ref).row(ref).plain == (
        f"need {story.need}: \u2068sorghum\u2069, 40 \u2068sacks of 50 kg\u2069")
    number = story.first_yes(["money"])
    yes = Ref[Consent](number)
    assert teller(story, "Amna", None, yes).row(yes).plain == (
        f"consent {number}: money, 1,200 crowns, \u2068Lantern Street, all of us\u2069,"
        " until Wednesday 25 February"
    )
    assert teller(story).row(Ref[Need](999)).plain == "need 999"
    assert teller(story, "Amna", None, Ref[Member](1)).row(Ref[Member](1)).plain.startswith("\u2068Amna")


def test_all_words_of_a_page_are_known_before_any_is_opened(story: Story) -> None:
    things = [
        entry(story, story.need),
        Ref[Need](story.need),
        Quantity(1, f"u{story.unit}"),
        [Ref[Group](1)],
        None,
        3,
    ]
    told = Teller(Reader("en"), {}, story.shared.tables)
    commitments = told.needed(things)
    said = {text.text for text in story.shared.vault.open(commitments).values()}
    assert {"sorghum", "sacks of 50 kg", "Amna of the kitchen", "Sidra Lanes Kitchen"} <= said


# Whoever adds a row, a list of answers or a fact gives it its words.

def _types(shapes: Any) -> set[Any]:
    return {inner(field.type)[0] for shape in shapes for field in shape.shape()}


ALL = (*ACTIONS.values(), *FACTS.values())


def test_every_row_that_is_named_has_words() -> None:
    named = {of.row.__name__ for of in _types(ALL) if isinstance(of, type) and issubclass(of, Ref)}
    assert named <= ROW_NAMES.keys(), "give these a line in languages/labels.py"
    assert all(named_in(says) <= {"number"} for says in ROW_NAMES.values())
    assert named <= ROWS.keys()


def test_every_list_of_answers_has_words() -> None:
    lists = {of for of in _types(ALL) if isinstance(of, type) and issubclass(of, StrEnum)}
    assert [kind.__name__ for kind in lists if not is_labelled(kind)] == [], (
        "give each answer its label: choices={…} in asks, or a line in languages/labels.py")


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: f"{fact.__name__}-{fact.version}")
def test_every_fact_names_what_it_holds(fact: Any) -> None:
    fields = {field.name for field in fact.shape()}
    assert named_in(fact.says) <= fields | {"by"}, "a fact's sentence names its own fields and {by}"


def test_no_fact_says_a_word_twice() -> None:
    twice = []
    for fact in FACTS.values():
        for field in fact.shape():
            of, _ = inner(field.type)
            word = (
                ROW_NAMES[of.row.__name__].partition(" ")[0]
                if isinstance(of, type) and issubclass(of, Ref)
                else ""
            )
            if word and f" {word} {{{field.name}}}" in f" {fact.says}":
                twice.append(f"{fact.__module__}: “{fact.says}” reads “{word} {word} 5”")
    assert not twice, "a Ref is said with its word: leave it out of the sentence\n" + "\n".join(twice)


def test_every_kind_of_value_of_the_kernel_is_known(story: Story) -> None:
    for of in _types((*ALL, *ROWS.values())):
        codec_of(of)        # raises for a type that no entry may hold
        assert isinstance(of, type)


def test_who_is_said_in_the_readers_words(story: Story) -> None:
    who: Who = ally_member
    reader = fake("es", **{who.says: "alguien de un grupo aliado"})
    assert teller(story, "Amna", reader).value(who).plain == "alguien de un grupo aliado"


def test_kinds_are_said_in_the_readers_words(story: Story) -> None:
    reader = fake("es", **{KINDS["goods.food"]: "alimentos"})
    assert teller(story, "Amna", reader).value(Kind("goods.food")).plain == "alimentos"

