"""What a person wrote stays isolated from the sentence around it, on a page and in a terminal."""

from __future__ import annotations

import pytest

from alongside.languages.locale import Reader
from alongside.languages.pieces import Unnamed, filled, listed, named_in, said, theirs


def test_a_name_is_isolated_and_escaped() -> None:
    piece = theirs("<b>نهى</b> & Co", "ar")
    assert piece.html == '<bdi lang="ar">&lt;b&gt;نهى&lt;/b&gt; &amp; Co</bdi>'
    assert piece.plain == "\u2068<b>نهى</b> & Co\u2069"


def test_a_name_cannot_break_out_of_its_isolation() -> None:
    piece = theirs("evil\u2069\u202e name\u200f", 'en" onclick="')
    assert piece.plain == "\u2068evil name\u2069"
    assert piece.html == '<bdi lang="en&#34; onclick=&#34;">evil name</bdi>'


def test_a_template_runs_nothing() -> None:
    piece = filled("{by.__class__} {by!r} {by[0]} {} {by}", {"by": said("Amna")})
    assert piece.plain == "{by.__class__} {by!r} {by[0]} {} Amna"


def test_a_value_is_not_taken_for_a_place() -> None:
    piece = filled("{by} met {name}", {"by": theirs("{name}"), "name": said("Nuha")})
    assert piece.plain == "\u2068{name}\u2069 met Nuha"


def test_a_missing_name_raises() -> None:
    with pytest.raises(Unnamed, match="group"):
        filled("{by} joined {group}", {"by": said("Amna")})
    assert named_in("{by} joined {group}") == {"by", "group"}


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "food, <bdi>x, y</bdi> and tools"), ("es", "food, <bdi>x, y</bdi> y tools"),
    ("ar", "food، <bdi>x, y</bdi>، tools"),
])
def test_a_list_is_listed_as_its_reader_lists(language: str, expected: str) -> None:
    assert listed(Reader(language), [said("food"), theirs("x, y"), said("tools")]).html == expected


def test_arabic_joins_arabic_with_its_own_and() -> None:
    assert listed(Reader("ar"), [said("طعام"), said("مال")]).plain == "طعام ومال"


def test_a_list_of_one_of_none_and_of_strange_letters() -> None:
    assert listed(Reader("en"), [said("food")]).plain == "food"
    assert listed(Reader("en"), []).plain == ""
    strange = [theirs("\ue000x"), theirs("\ue001"), theirs("")]
    assert listed(Reader("en"), strange).plain == "\u2068\ue000x\u2069, \u2068\ue001\u2069 and \u2068\u2069"
