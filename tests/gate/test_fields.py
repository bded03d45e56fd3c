"""What cannot be read is answered with a sentence, at the question it belongs to, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.act import Text
from alongside.words import NUMBER_MAX, TEXT_MAX
from tests.told import Story

KEY = {"by": "doorway", "key": "a", "proof": "b", "verbs": ["*"]}
FOUND = {"name_of_group": "Others", "your_name": "Me", "kind": "shared", "keys": [KEY], "log_key": "x"}
UNIT = {"label": "a sack of 50 kg"}
NEED = {"kind": "goods.food", "label": "Sorghum in sacks"}
FIND = {"session": 4, "kind": "need", "statement": "said in its own words"}
HUGE = 10 ** 400

WRONG: dict[str, tuple[str, dict[str, Any], str, list[Any]]] = {
    "whole numbers": ("needs.list_unit", UNIT, "decimals", [
        None, "2", "", 2.0, True, [2], {"n": 2}, NUMBER_MAX + 1, -NUMBER_MAX - 1, HUGE, float("nan")]),
    "yes or no": ("safety.stop", {}, "new", [None, 0, 1, "yes", "true", "", []]),
    "days": ("partnership.invite", {"name_of_group": "Friends abroad"}, "until", [
        "2026-02-30", "2026-02-29", "2026-2-1", "20260201", "2026-W05-1", "2026-02-01T00:00:00", "0000-01-01",
        "٢٠٢٦-٠٢-٠١", "２０２６-02-01", "+2026-02-01", " 2026-02-01", "2026-02-01\x00", "\ud800", "",
        "tomorrow", 20260201, True, None, ["2026-02-01"]]),
    "kinds": ("consent.ask", {}, "kind", [
        None, "", "goods.", ".food", "GOODS", "goods.food ", "goods.food.sorghum", "good", "\ud800",
        "goods\x00", "\u202egoods", 5, ["goods"], {"kind": "goods"}]),
    "quantities": ("needs.name", NEED, "quantity", [
        None, "5 XTS", [], [5], [5, "XTS", 1], ["5", "XTS"], [5.0, "XTS"], [True, "XTS"], [HUGE, "XTS"],
        [NUMBER_MAX + 1, "XTS"], [5, "xts"], [5, "XXX"], [5, ""], [5, None], [5, ["u1"]], [5, "u"], [5, "u0"],
        [5, "u01"], [5, "u-1"], [5, "u1 "], [5, "u１"], [5, "u²"], [5, "u" + "9" * 17],
        {"n": 5, "unit": "XTS"}, [0, "XTS"], [-5, "XTS"]]),
    "references": ("consent.withdraw", {}, "consent", [
        None, 0, -1, "3", 3.0, True, NUMBER_MAX + 1, HUGE, [3], "\ud800"]),
    "answers offered": ("listening.find", FIND, "sensitivity", [
        None, "", "Circle", "circle ", "secret", 1, True, ["circle"], "\ud800"]),
    "lists": ("consent.first_yes", {"ally": 4, "cap": [1, "XTS"]}, "kinds", [
        None, [], "money", {"0": "money"}, ["money", 5], ["money", None], [["money"]], ["money"] * 1001, 5]),
    "codes": ("listening.call", {"facilitator": 2, "on": "2026-01-26", "languages": ["ar"]}, "hour", [
        5, "25:00", "17:30\n", "17:30\x00", "١٧:٣٠", "\ud800", "x" * 401, ["17:30"], True]),
    "lists of codes": ("listening.call", {"facilitator": 2, "on": "2026-01-26"}, "languages", [
        None, [], "ar", ["AR"], ["arabic"], ["ar "], ["ar\x00"], ["العربية"], ["\ud800"], [5],
        ["ar"] * 1001]),
    "named parts": ("partnership.found", FOUND, "keys", [None, "x", ["x"], [5], [None]]),
}
CASES = [(what, called, fields, name, value) for what, (called, fields, name, values) in WRONG.items()
         for value in values]
STORY: list[Story] = []


def story() -> Story:
    """One story for all: nothing that is unclear changes it."""
    if not STORY:
        STORY.append(Story.partnership())
    return STORY[0]


@pytest.mark.parametrize("what, called, fields, name, value", CASES,
                         ids=[f"{what}-{n}" for n, (what, *_) in enumerate(CASES)])
def test_a_wrong_answer_is_unclear(what: str, called: str, fields: dict[str, Any], name: str, value: Any):
    assert story().unclear("Amna", called, **{**fields, name: value}) == name


def test_a_wrong_part_of_a_named_whole_names_the_part():
    for key, part in (({}, "by"), ({**KEY, "note": "x"}, "note"), ({**KEY, "verbs": "all"}, "verbs"),
                      ({**KEY, "key": "é"}, "key")):
        assert story().unclear("Amna", "partnership.found", **{**FOUND, "keys": [key]}) == part


@pytest.mark.parametrize("text", [
    "a\x00b", "a\x07b", "a\x1b[31mb", "a\x7fb", "a\x85b", "half \ud800 of it", "\udfff",
    "turned \u202e around", "in \u2066 a \u2069 box", "marked \u200f", "marked \u061c", "é" * (TEXT_MAX + 1)])
def test_words_hold_no_controls_no_hidden_marks_and_no_half_characters(text: str):
    assert story().unclear("Maren", "consent.ask", kind="money", words=text) == "words"


@pytest.mark.parametrize("text, kept", [
    ("  two\r\nlines\rand\ta tab \n", "two\nlines\nand\ta tab"), ("e\u0301", "é"),
    ("می\u200cخواهم", "می\u200cخواهم"), ("👩🏽\u200d🌾 🌍", "👩🏽\u200d🌾 🌍"),
    ("é" * TEXT_MAX, "é" * TEXT_MAX)])
def test_words_of_every_script_are_kept_as_they_were_meant(text: str, kept: str):
    story = Story.partnership()
    story.act("Maren", "consent.ask", kind="money", words=text)
    assert [k.text for k in story.shared.vault.kept.values() if k.field == "consent.ask/words"] == [kept]


def test_words_are_text_in_a_language_that_we_know():
    sealed = {"commitment": "x", "language": "en", "audience": "pair"}
    assert story().unclear("Maren", "consent.ask", kind="money", words=sealed) == "words"
    assert story().unclear("Maren", "consent.ask", kind="money", words=Text("hallo", "xx")) == "words"
    for missing in ({}, {"name_of_group": " \n\t "}):
        assert story().unclear("Amna", "partnership.invite", **missing) == "name_of_group"


def test_every_question_is_known_and_every_needed_one_answered():
    assert story().unclear("Maren", "consent.ask") == "kind"
    assert story().unclear("Maren", "consent.ask", kind="money", colour="red") == "colour"
    assert story().unclear("Maren", "consent.ask", kind="money", **{"col\ud800": 1}) == "?"
    assert story().unclear("Maren", "consent.ask", kind="money", **{"c" * 90: 1}) == "?"


@pytest.mark.parametrize("asked_id", [
    " ", "0" * 31, "0" * 33, "0" * 31 + "g", "A" * 32, "0" * 32 + "\n", "é" * 32])
def test_an_asking_carries_a_number_of_its_own_that_the_record_can_hold(asked_id: str):
    with story().unchanged(), pytest.raises(ValueError, match="asked_id"):
        story().asking("Maren", "consent.ask", kind="money", asked_id=asked_id)
