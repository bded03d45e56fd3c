"""Days, numbers and names as each reader writes them, and the catalogues that she reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from alongside.languages import catalogue
from alongside.languages.catalogue import Message, in_python, in_template, missing, update
from alongside.languages.locale import LANGUAGES, Reader, choose

TUESDAY = date(2026, 5, 12)
ENGLISH, ARABIC = Reader("en"), Reader("ar")


def test_a_day_in_every_language() -> None:
    assert {code: Reader(code).day(TUESDAY) for code in LANGUAGES} == {
        "en": "Tuesday 12 May", "ar": "الثلاثاء ١٢ مايو", "es": "martes 12 de mayo", "fr": "mardi 12 mai",
        "pt": "terça-feira, 12 de maio", "sw": "Jumanne 12 Mei"}
    assert ENGLISH.short_day(TUESDAY, year=True) == "12 May 2026"
    assert Reader("es").short_day(TUESDAY, year=True) == "12 de mayo de 2026"
    assert ARABIC.short_day(TUESDAY, year=True) == "١٢ مايو ٢٠٢٦"
    assert (ENGLISH.month(TUESDAY), ARABIC.month(TUESDAY)) == ("May 2026", "مايو ٢٠٢٦")
    assert Reader("pt").short_month(TUESDAY) == "mai"


def test_numbers_in_her_digits_and_separators() -> None:
    assert [Reader(code).number(1200) for code in ("en", "ar", "es")] == ["1,200", "١٬٢٠٠", "1.200"]
    assert ENGLISH.decimal(120000, 2) == "1,200"
    assert ENGLISH.decimal(120000, 2, full=True) == "1,200.00"
    assert ENGLISH.decimal(120050, 2) == "1,200.50"
    assert ARABIC.decimal(-120050, 2).strip("\u061c\u200e\u200f-") == "١٬٢٠٠٫٥٠"
    assert ENGLISH.decimal(25, 1) == "2.5"
    assert ENGLISH.decimal(9_007_199_254_740_991, 2) == "90,071,992,547,409.91"     # no float on the way
    assert (ENGLISH.percent(68), ARABIC.percent(68)) == ("68%", "٦٨٪")
    assert ARABIC.digits("21:40") == "٢١:٤٠"


def test_arabic_digits_are_the_readers_choice() -> None:
    western = Reader("ar", western_digits=True)
    assert western.day(TUESDAY) == "الثلاثاء 12 مايو"
    assert (western.number(1200), western.percent(68), western.digits("12")) == ("1,200", "68%", "12")
    assert Reader("en", western_digits=False).digits("12") == "12"


def test_names_in_a_row() -> None:
    assert ENGLISH.names(["Amna", "Nuha", "Idris"]) == "Amna, Nuha and Idris"
    assert Reader("sw").names(["Amna", "Nuha"]) == "Amna na Nuha"
    assert ENGLISH.names(["Amna"]) == "Amna"
    assert ENGLISH.names([]) == ""
    assert ARABIC.names(["آمنة", "نهى", "إدريس"]) == "آمنة ونهى وإدريس"
    assert ARABIC.names(["آمنة", "Maren"]) == "آمنة، Maren"     # the Arabic “and” cannot be written onto it


def test_names_on_a_page_are_isolated_and_escaped() -> None:
    assert ENGLISH.marked_names(["A & B", "<i>"]) == "<bdi>A &amp; B</bdi> and <bdi>&lt;i&gt;</bdi>"
    assert ARABIC.marked_names(["Maren", "نهى"]) == "<bdi>Maren</bdi> و<bdi>نهى</bdi>"


def test_direction_comes_from_the_language() -> None:
    assert {code for code in LANGUAGES if Reader(code).direction == "rtl"} == {"ar"}


@pytest.mark.parametrize(("chosen", "language"), [
    ({"cookie": "sw", "account": "ar", "accepts": ["es"]}, "sw"),
    ({"account": "ar", "accepts": ["es"]}, "ar"),
    ({"accepts": ["tlh", "pt-br", "es"]}, "pt"),
    ({"cookie": "../../etc", "accepts": ["de"]}, "en"),
    ({}, "en"),
])
def test_the_language_is_hers_before_her_browsers(chosen: dict[str, object], language: str) -> None:
    assert choose(**chosen).language == language     # type: ignore[arg-type]  # one of three kinds of answer


def test_what_nobody_has_translated_is_read_in_english() -> None:
    assert Reader("sw").gettext("Nobody has translated this.") == "Nobody has translated this."
    # Isolated, or the full stop would stand in front of the sentence.
    assert ARABIC.gettext("Nobody has translated this.") == "\u2068Nobody has translated this.\u2069"
    assert ARABIC.gettext("") == ""


def test_arabic_has_six_ways_to_count() -> None:
    one, many = "Please wait %(num)s second, then try again.", "Please wait %(num)s seconds, then try again."
    assert len({ARABIC.ngettext(one, many, n) for n in (0, 1, 2, 3, 11, 100)}) == 6
    assert ARABIC.ngettext(one, many, 30) == ARABIC.ngettext(one, many, 11)


# The catalogues

def test_what_is_taken_from_python() -> None:
    source = '''
class Withdraw(Action):
    title = N_("Take it back")
    consent: Ref[Consent] = asks("Which " "consent?", hint="One of yours.", choices={1: "all", 2: N_("some")})
    needs = Free("A no needs nobody's yes.")
class Withdrawn(Fact):
    says = "{by} took it back."
    other = "not for people"
ENDED = no("ended", N_("It has ended."), rule="3.2", lift="Ask again.")
who = Who(N_("the giver"), lambda *_: True)
reader.ngettext("%(num)s day", "%(num)s days", n)
reader.pgettext("verb", "open")
reader.gettext("yes" if good else "no")
log("not for people either")
'''
    assert set(in_python(source)) == {
        Message("Take it back"), Message("Which consent?"), Message("One of yours."), Message("all"),
        Message("some"), Message("A no needs nobody's yes."), Message("{by} took it back."),
        Message("It has ended."), Message("Ask again."), Message("the giver"),
        Message("%(num)s day", "%(num)s days"), Message("open", context="verb"), Message("yes"),
        Message("no")}


def test_what_is_taken_from_a_template() -> None:
    source = b"""{{ _("One %(name)s", name=x) }} {{ ngettext("a", "b", n) }} {{ pgettext("c", "d") }}
        {% trans n=1 %}  {{ n }} in
        two lines {% endtrans %}"""
    assert set(in_template(source)) == {
        Message("One %(name)s"), Message("a", "b"), Message("d", context="c"), Message("%(n)s in two lines")}


def test_an_update_loses_no_translation(tmp_path: Path) -> None:
    path = tmp_path / "ar.po"
    update(path, "ar", {Message("Yes"): ["a.py"], Message("No"): ["a.py"]})
    path.write_text(path.read_text().replace('msgid "Yes"\nmsgstr ""', 'msgid "Yes"\nmsgstr "نعم"'))
    update(path, "ar", {Message("No"): ["b.py"]})
    update(path, "ar", {Message("No"): ["b.py"], Message("Yes"): ["c.py"]})
    with path.open("rb") as file:
        assert read_po(file, locale="ar").get("Yes").string == "نعم"
    before = path.read_bytes()
    update(path, "ar", {Message("No"): ["b.py"], Message("Yes"): ["c.py"]})
    assert path.read_bytes() == before


def test_what_a_catalogue_lacks_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ar.po"
    found = {Message("Hello %(name)s"): ["a.py"], Message("<b>New</b>"): ["a.py"]}
    update(path, "ar", found)
    assert len(list(missing(path, "ar", found))) == 2
    assert not list(missing(path, "sw", found))         # a draft may have gaps …
    assert len(list(missing(path, "sw", {Message("Newer"): ["b.py"]}))) == 1     # … and must know of them
    text = path.read_text()
    for message, translation in (("Hello %(name)s", "أهلًا"), ("<b>New</b>", "<i>جديد</i>")):
        text = text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"')
    path.write_text(text)
    wrong = list(missing(path, "ar", found))
    assert any("leaves out a name" in line for line in wrong)
    assert any("does not have" in line for line in wrong)


@pytest.mark.parametrize("language", ["ar", "es", "fr", "pt", "sw"])
def test_the_shells_own_words_are_in_every_catalogue(language: str) -> None:
    """The whole house is checked by `python -m alongside.languages.catalogue --check`."""
    shell = ("page.html", "front.html", "sign-in.html", "join.html")
    ours = {message: files for message, files in catalogue.messages(catalogue.HOUSE).items()
            if any(file.endswith(shell) for file in files)}
    assert ours
    assert not list(missing(catalogue.CATALOGUES / f"{language}.po", language, ours))
    reader = Reader(language)
    assert all(reader.gettext(message.one) != message.one for message in ours if len(message.one) > 12)
