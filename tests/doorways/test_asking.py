"""One road: what is asked through a page, the command line or a test makes the same entry, and asks the same
gate."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict

from alongside.action import ACTIONS
from alongside.areas.consent.give import Give
from alongside.areas.needs.list_unit import ListUnit
from alongside.doorways import web
from alongside.doorways.asking import (
    Done,
    Faults,
    Refusals,
    Yes,
    action_called,
    ask_through,
    is_asked_id,
    may_through,
    new_asked_id,
)
from alongside.doorways.cli import commands
from alongside.languages.locale import Reader
from alongside.record.entry import Entry
from alongside.store.keys import signer
from alongside.words import Quantity
from tests.doorways.conftest import Node, signed_in
from tests.told import _DOORWAY, LANTERN_STREET, NOBODY, Story

EN = Reader("en")


def ask(story: Story, who: str, called: str, asked_id: str = "", **typed: Any) -> Any:
    kind = action_called(*called.split("."))
    assert kind is not None
    author = story.told["shared"].numbers.get(who, NOBODY)
    return ask_through(story.shared, kind, typed, author=author, asked_id=asked_id or new_asked_id(),
                       signer=_DOORWAY, reader=EN)


def test_what_was_typed_happens() -> None:
    story = Story.partnership()
    answer = ask(story, "Amna", "needs.list_unit", label="sacks of 50 kg", decimals="١")
    assert answer == Done(story.shared.tree.size)
    entry = Entry.read(story.shared.raw[-1])
    assert entry.fact["fields"]["decimals"] == 1
    assert b"sacks" not in entry.raw


def test_asked_twice_it_is_done_once() -> None:
    story = Story.partnership()
    once = new_asked_id()
    first = ask(story, "Amna", "needs.list_unit", once, label="an hour")
    assert ask(story, "Amna", "needs.list_unit", once, label="an hour") == first
    assert ask(story, "Amna", "needs.list_unit", once, label=" an hour\r\n") == first, (
        "the words are the same words"
    )
    other = ask(story, "Amna", "needs.list_unit", once, label="a day")
    assert [one.no.code for one in other.refusals] == ["asked-differently"]


def test_a_refusal_writes_nothing() -> None:
    story = Story.partnership()
    with story.unchanged():
        answer = ask(story, "Maren", "needs.list_unit", label="an hour")
    assert isinstance(answer, Refusals) and answer.refusals[0].no.code == "not-yours"


def test_a_fault_writes_nothing_and_asks_nobody() -> None:
    story = Story.partnership()
    with story.unchanged():
        answer = ask(story, "Amna", "needs.list_unit", label="an hour", decimals="many")
    assert answer == Faults({"decimals": "Write the number in digits, like 40."})


def test_what_an_action_itself_cannot_read_is_a_fault_of_its_question() -> None:
    story = Story.founded()
    kind = ACTIONS["listening.call", 1]
    answer = ask_through(
        story.inner,
        kind,
        {"facilitator": "1", "languages": "Arabic", "on": "1/3/2026"},
        author=1,
        asked_id=new_asked_id(),
        signer=_DOORWAY,
        reader=EN,
    )
    assert isinstance(answer, Faults) and list(answer.faults) == ["languages"]


@pytest.mark.parametrize("who", ["Sami", 0, -1, 5, NOBODY])
def test_a_stranger_hears_one_and_the_same_whatever_is_typed(who: Any) -> None:
    story = Story.partnership()
    said = set()
    for typed in ({"label": "x"}, {}, {"label": "x", "decimals": "soup"}, {"nothing": "here"}):
        author = who if isinstance(who, int) else NOBODY
        answer = ask_through(story.shared, ListUnit, typed, author=author, asked_id=new_asked_id(),
                             signer=_DOORWAY, reader=EN)
        said.add(str(answer))
        assert may_through(story.shared, ListUnit, typed, author=author, reader=EN) == answer
    assert len(said) == 1 and "unseen" in said.pop()


def test_who_left_is_a_stranger() -> None:
    story = Story.partnership()
    assert isinstance(ask(story, "Sami", "safety.stop"), Refusals)


def test_may_we_needs_no_words_and_keeps_nothing() -> None:
    story = Story.partnership()
    maren = story.number("Maren")
    story.first_yes(["money"])
    need = story.act("Amna", "needs.name", kind="goods.food", label="sorghum", quantity=Quantity(4000, "XTS"))
    offer = ACTIONS["exchange.offer", 1]
    typed = {"kind": "money", "need": str(need), "quantity": "2,000 XTS"}
    with story.unchanged():
        yes = may_through(story.shared, offer, typed, author=maren, reader=EN)
        assert isinstance(yes, Yes)
        no = may_through(story.shared, offer, typed | {"kind": "media"}, author=maren, reader=EN)
        assert isinstance(no, Refusals)
        find = may_through(story.shared, ListUnit, {}, author=1, reader=EN)
        assert isinstance(find, Yes), "a label must be given, and will be"
        faults = may_through(story.shared, Give, {"kind": "money"}, author=1, reader=EN)
        assert isinstance(faults, Faults) and set(faults.faults) == {"ally", "until"}


def test_what_brings_something_along_has_a_road_of_its_own() -> None:
    assert action_called("partnership", "found") is None
    assert action_called("partnership", "accept") is None
    assert action_called("consent", "give") is Give
    for area, verb in (
        ("consent", "nope"),
        ("", ""),
        ("consent", "give "),
        ("consent.give", "x"),
        ("..", "give"),
    ):
        assert action_called(area, verb) is None


def test_the_same_asking_gives_the_same_entry_through_every_doorway(
        node: Node, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """But for `asked_id`, salts, what was seen and the signature."""
    signed_in(monkeypatch, node)
    group = node.numbers["Maren"]
    form = web.show_form(node.shared, "consent", "first_yes", QueryDict(), author=1, reader=EN)
    posted = QueryDict(mutable=True)
    posted.update(
        {"ally": str(group), "cap": "1,200", "cap.unit": "XTS", "until": "2026-02-20"} | form.hidden
    )
    posted.setlist("kinds", ["money", "goods.tools"])
    went = web.send_form(
        node.shared, "consent", "first_yes", posted, author=1, signer=signer("doorway"), reader=EN
    )
    assert isinstance(went, web.Went)
    code = commands["act"](["consent", "first_yes", "--as", "Amna", "--ally", str(group), "--kinds", "money",
                            "--kinds", "goods.tools", "--cap", "١٬٢٠٠ XTS", "--until", "20/2/2026", "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert code == 0 and shown["entry"] == went.number + 1

    entries = [Entry.read(raw) for raw in node.shared.entries(went.number - 1)]
    assert len(entries) == 2

    def but_for_chance(entry: Entry) -> tuple[Any, ...]:
        asked = {name: value for name, value in entry.asked.items() if name not in ("asked_id", "seen")}
        return entry.author, entry.rules, asked, entry.fact, entry.attested["by"], entry.attested["key"]

    assert but_for_chance(entries[0]) == but_for_chance(entries[1])
    assert (
        is_asked_id(entries[0].asked["asked_id"]) and entries[0].asked["asked_id"] == form.hidden["asked_id"]
    )


def test_an_ally_may_not_say_the_hosts_yes_through_any_doorway() -> None:
    story = Story.partnership()
    with story.unchanged():
        answer = ask(
            story,
            "Maren",
            "consent.first_yes",
            ally=str(story.number(LANTERN_STREET)),
            kinds="money",
            cap="1 XTS",
        )
    assert answer.refusals[0].no.code == "not-yours"
