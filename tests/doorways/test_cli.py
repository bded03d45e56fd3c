"""The command line: the same actions, in sentences and exit codes; nobody ever reads a trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.action import ACTIONS
from alongside.doorways import keeping, seats
from alongside.doorways.acting import options_of
from alongside.doorways.asking import action_called
from alongside.doorways.cli import commands
from alongside.node.data import DataFolder
from alongside.people.models import Session
from alongside.words import BookKind
from tests.doorways.conftest import Node, signed_in

SHEET = "item,kind,quantity,unit\nsorghum,food,40,sacks\nrice,food,many,sacks\n"


@pytest.fixture
def run(node: Node, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    signed_in(monkeypatch, node)

    def typed(*words: str) -> tuple[int, str, str]:
        code = commands[words[0]](list(words[1:]))
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err + shown.out
        return code, shown.out, shown.err

    return typed


def size(node: Node) -> int:
    return node.shared.tree.size


def test_an_action_is_done_and_said(run: Any, node: Node) -> None:
    code, out, _ = run("act", "needs", "list_region", "--as", "Amna", "--label", "region B")
    assert code == 0
    assert out == f"Entry {size(node)}: \u2068Amna\u2069 listed the region \u2068region B\u2069.\n"
    code, out, _ = run("act", "needs", "list_region", "--as", "amna", "--label", "region C", "--json")
    assert code == 0 and json.loads(out)["entry"] == size(node)


def test_it_answers_in_her_language(run: Any) -> None:
    _, out, _ = run("act", "needs", "list_region", "--as", "Amna", "--label", "ب", "--language", "ar")
    assert "Amna" in out and "٥" in out and "5" not in out
    code, _, err = run("act", "needs", "list_region", "--as", "Amna", "--label", "b", "--language", "tlh")
    assert code == 2 and err.startswith("--language is one of en, ")


def test_refused_it_says_each_no_with_its_code_and_lift(run: Any, node: Node) -> None:
    before = size(node)
    code, out, err = run("act", "needs", "list_region", "--as", "Maren", "--label", "region B")
    assert (code, out) == (3, "")
    assert "This is for a member of the host group to do. Ask them. [not-yours]" in err
    assert "Who can help: the host group: \u2068Amna\u2069 and \u2068Nuha\u2069" in err
    code, out, _ = run("act", "needs", "list_region", "--as", "Maren", "--label", "region B", "--json")
    no = json.loads(out)["refused"][0]
    assert code == 3 and no["code"] == "not-yours" and no["lift"] == "Ask them." and no["rule"] == "Rule L1"
    assert size(node) == before


def test_unclear_it_says_every_fault_by_its_option(run: Any, node: Node) -> None:
    before = size(node)
    code, _, err = run(
        "act", "consent", "give", "--as", "Amna", "--ally", "x", "--kind", "coats", "--until", "3/3"
    )
    assert code == 2
    assert err.splitlines() == ["--ally: Write the number of an entry, like 31.",
                                "--kind: This is not a kind of support that we know.",
                                "--until: Write the year too, like 28/2/2026."]
    code, out, _ = run("act", "consent", "give", "--as", "Amna", "--ally", "x", "--json")
    assert code == 2 and set(json.loads(out)["unclear"]) == {"ally", "kind", "until"}
    assert size(node) == before


def test_asked_twice_with_one_id_it_is_done_once(run: Any, node: Node) -> None:
    line = (
        "act",
        "needs",
        "list_region",
        "--as",
        "Amna",
        "--label",
        "region B",
        "--asked-id",
        "ab" * 16,
        "--json",
    )
    first, second = json.loads(run(*line)[1]), json.loads(run(*line)[1])
    assert first == second and first["entry"] == size(node)
    assert run(*line[:-3], "--asked-id", "AB")[0] == 2


@pytest.mark.parametrize("who", ["Sami", "Nobody", "", "\x00", "Robert'); DROP TABLE book_entry;--"])
def test_no_member_gets_code_four(run: Any, node: Node, who: str) -> None:
    before = size(node)
    code, out, err = run("act", "safety", "stop", "--as", who)
    assert (code, out) == (4, "") and err.strip()
    assert run("import-needs", __file__, "--as", who)[0] in (2, 4)
    assert size(node) == before


def test_who_asks_must_be_said_and_proved(run: Any, node: Node, house: DataFolder, monkeypatch: Any) -> None:
    assert run("act", "safety", "stop") == (4, "", "Say who asks: --as NAME.\n")
    (house.path / "passphrase").write_text("not this one")
    wrong = run("act", "safety", "stop", "--as", "Amna")
    assert wrong == (4, "", "This name and passphrase do not belong together.\n")
    assert run("act", "safety", "stop", "--as", "Nobody") == wrong, "an unknown name is told nothing more"
    monkeypatch.setenv("ALONGSIDE_PASSPHRASE_FILE", str(house.path / "nowhere"))
    assert run("act", "safety", "stop", "--as", "Amna")[0] == 2
    monkeypatch.delenv("ALONGSIDE_PASSPHRASE_FILE")
    code, _, err = run("act", "safety", "stop", "--as", "Amna")
    assert code == 4 and "ALONGSIDE_PASSPHRASE_FILE" in err


def test_guessing_is_slowed(run: Any, house: DataFolder) -> None:
    (house.path / "passphrase").write_text("a guess")
    said = [run("act", "safety", "stop", "--as", "Amna")[2] for _ in range(8)]
    assert said[-1].startswith("Too many tries.")


def test_a_terminal_keeps_nobody_signed_in(run: Any) -> None:
    run("may", "safety", "stop", "--as", "Amna")
    assert not Session.objects.exists()


def test_in_a_demo_the_cast_needs_no_passphrase(run: Any, house: DataFolder, monkeypatch: Any) -> None:
    monkeypatch.delenv("ALONGSIDE_PASSPHRASE_FILE")
    (house.path / "demo").touch()
    assert run("may", "safety", "stop", "--as", "Maren")[:2] == (0, "Yes.\n")
    assert run("may", "safety", "stop", "--as", "Nobody")[0] == 4


def test_may_asks_and_keeps_nothing(run: Any, node: Node) -> None:
    number = node.act("Amna", "consent.first_yes", {"ally": node.numbers["Maren"], "kinds": ["money"],
                                                    "cap": [120_000, "XTS"]})
    node.act("Nuha", "consent.second", {"consent": number})
    need = node.act(
        "Amna", "needs.name", {"kind": "goods.food", "quantity": [400_000, "XTS"]}, label="sorghum"
    )
    before = size(node)
    line = ("may", "exchange", "offer", "--as", "Maren", "--need", str(need), "--quantity", "2,000 XTS")
    assert run(*line, "--kind", "money") == (
        0,
        f"Yes, under consent {number}, until Wednesday 25 February.\n",
        "",
    )
    assert json.loads(run(*line, "--kind", "money", "--json")[1]) == {
        "may": True, "consent": number, "until": "2026-02-25"}
    code, _, err = run(*line, "--kind", "media")
    assert code == 3 and "[needs-memorandum]" in err
    assert run("may", "exchange", "offer", "--as", "Maren")[0] == 2
    assert size(node) == before


def test_the_book_is_found_by_what_is_asked_or_named(run: Any, node: Node) -> None:
    session = ("may", "listening", "call", "--as", "Amna", "--facilitator", "1", "--languages", "ar", "--on",
               "1/3/2026")
    assert run(*session)[0] == 0, "only the inner book has listening"
    assert run(*session, "--book", node.ids[BookKind.INNER][:8])[0] == 0
    assert run(*session, "--book", node.ids[BookKind.SHARED])[0] == 3
    for book in ("zzzz", node.ids[BookKind.SHARED][:3], "", "../x"):
        assert run(*session, "--book", book)[0] == 4
    assert run("may", "safety", "stop", "--as", "Maren", "--book", node.ids[BookKind.INNER])[0] == 4
    code, _, err = run("may", "partnership", "admit", "--as", "Amna", "--group", "1", "--name", "Idris")
    assert code == 2 and all(id in err for id in node.ids.values()), (
        "both of her books know it: she says which"
    )


@pytest.mark.parametrize(
    "line",
    [
        ("act", "consent", "fly"),
        ("act", "consent", "give", "--colour", "red"),
        ("act", "--as", "Amna"),
        ("act", "consent", "give", "--as"),
        ("may", "x", "y"),
        ("verify", "--depth", "deep"),
        ("verify", "nosuchbook"),
        ("export", "nosuchbook"),
        ("export",),
        ("import-needs",),
        ("import-needs", "/nowhere/at/all.csv"),
        ("books", "too", "many"),
        ("books", "--data"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_sentence(run: Any, line: tuple[str, ...]) -> None:
    code, _, err = run(*line)
    assert code == 2 and err.strip()


def test_help_follows_from_the_declaration(run: Any) -> None:
    for called, _ in ACTIONS:
        if (kind := action_called(*called.split("."))) is not None:
            says = options_of(kind, "act").format_help()
            for question in kind.questions().values():
                assert question.brought or question.says.split()[0] in says
    code, out, _ = run("act", "consent", "give", "--help")
    assert code == 0 and "Until when?" in out
    code, out, _ = run("act")
    assert code == 0 and "consent give" in out and "partnership found " not in out
    code, out, _ = run("act", "consent")
    assert code == 0 and "consent give" in out and "needs name" not in out
    assert all(command.__doc__ for command in commands.values())


def test_books_are_listed_by_codes_alone(run: Any, node: Node) -> None:
    code, out, _ = run("books")
    assert code == 0 and all(id in out for id in node.ids.values()) and "Sidra" not in out
    listed = {one["book"]: one for one in json.loads(run("books", "--json")[1])}
    assert listed[node.ids[BookKind.SHARED]]["kind"] == "shared"
    assert listed[node.ids[BookKind.SHARED]]["entries"] == size(node)


def test_an_exported_book_verifies_from_its_file(run: Any, node: Node, tmp_path: Path) -> None:
    file, id = tmp_path / "book.txt", node.ids[BookKind.SHARED]
    code, out, _ = run("export", id, "--out", str(file))
    assert code == 0 and out == f"{file} holds {size(node)} entries.\n"
    assert file.stat().st_mode & 0o777 == 0o600 and b"Sidra" not in file.read_bytes()
    assert run("export", id, "--out", str(file))[0] == 2, "nothing is written over"
    assert run("export", id, "--out", str(tmp_path / "no" / "such" / "folder"))[0] == 2
    for depth in ("seals", "state", "rules"):
        code, out, _ = run("verify", str(file), "--depth", depth)
        assert code == 0 and f"{size(node)} entries, verified to the depth of {depth}." in out
        assert f"All of it holds. Who vouches for them: doorway {size(node)}." in out
    file.write_bytes(file.read_bytes().replace(b'"author":1', b'"author":2', 1))
    code, out, _ = run("verify", str(file))
    assert code == 1 and "Entry 1 does not hold" in out
    assert json.loads(run("verify", str(file), "--json")[1])[0]["ok"] is False


def test_a_kept_book_and_every_book_verify(run: Any, node: Node) -> None:
    code, out, _ = run("verify", node.ids[BookKind.SHARED][:6])
    assert code == 0 and "All of it holds." in out
    code, out, _ = run("verify")
    assert code == 0 and out.count("All of it holds.") == 2


def test_a_sheet_of_needs_comes_in(run: Any, node: Node, tmp_path: Path) -> None:
    file, before = tmp_path / "needs.csv", size(node)
    file.write_text(SHEET)
    line = ("import-needs", str(file), "--as", "Amna")
    code, out, _ = run(*line, "--dry-run")
    assert code == 3 and "Nothing was kept." in out and size(node) == before
    code, out, _ = run(*line, "--all-or-none")
    assert code == 3 and "Nothing was kept." in out and size(node) == before
    code, out, _ = run(*line)
    assert (code, size(node)) == (3, before + 2)
    assert out.splitlines() == ["Line 3: quantity: Write the number in digits, like 40.",
                                "Lines: 2. New needs: 1. Brought before: 0. New units and regions: 1."]
    code, out, _ = run(*line, "--json")
    found = json.loads(out)
    assert found["same"] == 1 and found["refused"][0]["line"] == 3 and size(node) == before + 2


def test_a_sheet_with_other_columns_is_mapped(run: Any, node: Node, tmp_path: Path) -> None:
    file = tmp_path / "needs.csv"
    file.write_text("what;how many\nsorghum;40\n")
    code, out, _ = run(
        "import-needs",
        str(file),
        "--as",
        "Amna",
        "--map",
        "item=what",
        "--map",
        "quantity=how many",
        "--map",
        "kind==food",
        "--map",
        "unit==sacks",
    )
    assert code == 0 and "New needs: 1." in out
    for wrong in ("item", "=what", "item=", "colour=what", "item=nothing"):
        assert run("import-needs", str(file), "--as", "Amna", "--map", wrong)[0] == 2


def test_an_ally_brings_no_needs(run: Any, node: Node, tmp_path: Path) -> None:
    file, before = tmp_path / "needs.csv", size(node)
    file.write_text(SHEET)
    code, out, _ = run("import-needs", str(file), "--as", "Maren")
    assert (
        code == 3 and "Line 2: This is for a member of the host group to do." in out and size(node) == before
    )


def test_a_folder_without_books_is_said_and_not_made(
    run: Any, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(seats.connection.introspection, "table_names", list)
    for line in (("books",), ("verify",), ("act", "safety", "stop", "--as", "Amna"), ("export", "x")):
        assert run(*line) == (2, "", "There are no books in this folder.\n")


def test_a_machine_that_fails_says_so_without_a_trace(run: Any, monkeypatch: Any) -> None:
    def fail() -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(keeping, "all_books", fail)
    code, out, err = run("books")
    assert (code, out) == (1, "") and err.startswith("Something in the machine went wrong (RuntimeError).")
    assert "secret" not in err
    monkeypatch.setattr(keeping, "all_books", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("books")[0] == 130
