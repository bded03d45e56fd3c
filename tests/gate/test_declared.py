"""What may be declared at all. A verb that leaves something out does not even import."""

from __future__ import annotations

import subprocess
import sys
from string import Formatter

import pytest

from alongside import gate
from alongside.action import ACTIONS, NOS, QUESTIONS, Action, Asks, Free, asks, no
from alongside.areas.consent.withdraw import ConsentWithdrawn
from alongside.areas.partnership.who import anybody_here
from alongside.fact import FACTS, Fact
from alongside.fold import FOLDS
from alongside.shape import Shape
from alongside.tables import ROWS, MemoryTables, Row, Undeclared, declared

ANSWERS = {"who": anybody_here, "needs": Free("a"), "within": Free("b"), "unless": Free("c")}


@pytest.mark.parametrize("left_out", ["title", *QUESTIONS])
def test_an_action_that_leaves_out_an_answer_does_not_import(left_out: str):
    given = {"title": "Do it", **ANSWERS}
    del given[left_out]
    before = dict(ACTIONS)
    with pytest.raises(TypeError, match=left_out):
        type("DoIt", (Action,), {"__module__": __name__, **given})
    assert before == ACTIONS


def test_an_answer_that_cannot_be_asked_stops_the_gate_from_importing():
    program = ("from alongside.action import *\n"
               "from alongside.areas.partnership.who import anybody_here as who\n"
               "free = Free('because')\n"
               "type('DoIt', (Action,), dict(title='x', who=who, needs='no', within=free, unless=free))\n"
               "import alongside.gate")
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False,
                         env={"PYTHONPATH": ":".join(sys.path)})
    assert ran.returncode == 1 and "does not answer needs" in ran.stderr


def test_a_second_action_fact_row_or_no_of_the_same_name_does_not_import():
    with pytest.raises(TypeError, match=r"two actions are called consent\.withdraw, version 1"):
        type("Again", (Action,), {"__module__": __name__, "called": "consent.withdraw", "title": "x",
                                  **ANSWERS})
    with pytest.raises(TypeError, match="two facts are called ConsentWithdrawn"):
        type("ConsentWithdrawn", (Fact,), {"__module__": __name__, "says": "{by} did."})
    with pytest.raises(TypeError, match="two rows are called Consent"):
        type("Consent", (Row,), {"__module__": __name__})
    with pytest.raises(TypeError, match="two refusals have the code no-yes"):
        no("no-yes", "Another sentence.")
    assert FACTS["ConsentWithdrawn", 1] is ConsentWithdrawn and NOS["no-yes"].says != "Another sentence."


def test_a_fact_without_its_sentence_does_not_import():
    with pytest.raises(TypeError, match="needs its sentence"):
        type("Nothing", (Fact,), {"__module__": __name__})


def test_no_entry_holds_a_value_of_another_type():
    with pytest.raises(TypeError, match="no entry may hold"):
        type("Loose", (Shape,), {"__module__": __name__, "__annotations__": {"n": float}}).shape()


def test_a_look_up_that_was_not_declared_raises():
    for name, row in ROWS.items():
        assert declared(row, row.key) == row.key, name
        for way in row.found_by:
            assert declared(row, way) == way
    for where in ({"said": 1}, {"kind": 1, "number": 1}, {}):
        with pytest.raises(Undeclared):
            MemoryTables().find(ROWS["Consent"], **where)
        with pytest.raises(Undeclared):
            MemoryTables().first(ROWS["Consent"], **where)


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_fact_says_its_sentence_with_its_own_fields():
    for fact in FACTS.values():
        assert names(fact.says) <= {"by", *(f.name for f in fact.shape())}, fact.__name__
        assert fact.says.endswith("."), fact.__name__


def test_every_fact_is_folded_or_is_known_to_leave_no_row():
    assert {fact.__name__ for fact in FACTS.values() if fact not in FOLDS} == set()


def test_every_action_asks_and_answers_in_sentences():
    for action in ACTIONS.values():
        assert action.title[0].isupper() and not action.title.endswith("."), action.called
        for sentence in (action.happens, action.undo, *(getattr(action, q).says for q in QUESTIONS[1:])):
            assert sentence[0].isupper() and sentence.endswith("."), (action.called, sentence)
        for name, question in action.questions().items():
            assert "?" in question.says and question.says[-1] in "?.", (action.called, name)
            assert not question.hint or question.hint.endswith("."), (action.called, name)


def test_every_field_of_an_action_is_a_question_to_somebody():
    for action in ACTIONS.values():
        assert all(isinstance(f.default, Asks) for f in action.shape()), action.called
    assert isinstance(asks("Who?"), Asks)


def test_every_no_is_a_sentence_and_says_what_would_lift_it():
    for refusal in NOS.values():
        assert refusal.says.endswith("."), refusal.code
        assert refusal.says[0].isupper() or refusal.says[0] == "{", refusal.code
        assert refusal.lift and refusal.lift.endswith("."), refusal.code
        assert refusal.helps in {"", "host", "ally", "steward"}, refusal.code
        assert refusal.code == refusal.code.lower().replace("_", "-").strip(), refusal.code
    assert gate.UNSEEN.code in NOS
