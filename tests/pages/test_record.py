"""Every entry is a sentence with its proof; it is verified here and carried away to be verified elsewhere."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from alongside.pages import record
from alongside.record import checkpoint
from alongside.record.entry import leaf_hash
from alongside.record.note import NoteKey
from alongside.record.tree import verify_inclusion
from alongside.store import verify
from alongside.store.keys import log_private
from alongside.store.sql import Sql, here
from tests.pages.asked import address
from tests.pages.kitchen import House, Kitchen, browser_of, busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def size(house: House) -> int:
    return house.kitchen.shared.tree.size


def numbers(page: Any) -> list[int]:
    return [int(number) for number in re.findall(r'<li id="e(\d+)">', page.html)]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# Reading


def test_it_is_read_newest_first_by_day_and_goes_back_to_the_beginning(sidra: House) -> None:
    seen, path = [], "record"
    while path:
        page = sidra.page("Amna", path)
        seen += numbers(page)
        older = [link for link in page.links if "?before=" in link]
        path = "record?" + older[0].partition("?")[2] if older else ""
    assert seen == list(range(size(sidra), 0, -1))
    assert "This is where the book begins." in page.words and "Amna founded this book." in page.words


def test_an_entry_is_told_in_the_readers_language_with_who_vouches(sidra: House) -> None:
    words = sidra.page("Amna", "record").words
    assert "Idris said stop to medicine. by Idris · this machine vouches · proof" in words
    assert re.search(r"Friday \d+ May|Sunday \d+ May|Monday \d+ May", words)
    arabic = sidra.page("Amna", "record", language="ar")
    assert 'dir="rtl"' in arabic.html and "<bdi" in arabic.html


def test_an_ally_is_told_nothing_that_is_between_others(sidra: House) -> None:
    sidra.kitchen.act("Nuha", "safety.stop", kind="goods.baby")
    host, ally = sidra.page("Amna", "record"), sidra.page("Lucía", "record")
    assert numbers(host) == numbers(ally), "every entry stands in the record of everybody"
    for said in ("said stop to", "5 hours", "school things"):
        assert said in host.words and said not in ally.words
    assert "Something between others." in ally.words and "Something between others." not in host.words
    assert "Río Claro asked whether it may: repair." in ally.words


def test_what_is_closed_on_the_list_is_closed_on_its_own_page(sidra: House) -> None:
    offer = sidra.kitchen.numbers["offer"]
    open_, closed = sidra.page("Tariq", f"record/{offer}"), sidra.page("Lucía", f"record/{offer}")
    assert "In the evenings, by voice." in open_.words and '"exchange.offer"' in open_.html.replace(
        "&#34;", '"'
    )
    assert "Something between others" in closed.words and "It holds" in closed.words
    assert "exchange.offer" not in closed.html and "evenings" not in closed.html


@pytest.mark.parametrize("number", [0, 5_000])
def test_what_was_never_entered_is_nothing_here(sidra: House, number: int) -> None:
    assert sidra.page("Amna", f"record/{number}").status == HTTPStatus.NOT_FOUND


def test_strange_places_to_begin_are_taken_kindly(sidra: House) -> None:
    for before in ("0", "-3", "x", "9" * 15, "9" * 40, "%D9%A3", "1"):
        assert sidra.page("Amna", f"record?before={before}").status == HTTPStatus.OK


def test_an_inner_book_has_its_own_record(sidra: House) -> None:
    page = sidra.page("Nuha", "record", inner=True)
    assert page.status == HTTPStatus.OK and "listening" in page.html
    assert browser_of("Maren").get(address(sidra, "record", inner=True)).status_code == HTTPStatus.NOT_FOUND


# Proof


def test_the_proof_on_the_page_proves_the_entry(sidra: House) -> None:
    number, book = 33, sidra.kitchen.shared
    page = sidra.page("Maren", f"record/{number}")
    codes = [re.sub(r"\s", "", part) for part in re.findall(r'<code class="proof">(.*?)</code>', page.html)]
    leaf, steps, root = codes[0], codes[1].split("<br>")[:-1], codes[2]
    raw = next(book.entries(number - 1))
    assert bytes.fromhex(leaf) == leaf_hash(raw)
    assert verify_inclusion(
        bytes.fromhex(leaf),
        number - 1,
        book.tree.size,
        [bytes.fromhex(s) for s in steps],
        bytes.fromhex(root),
    )
    note = re.search(r'<pre class="proof"[^>]*>(alongside/.*?)</pre>', page.html, re.DOTALL)
    assert note
    public = Ed25519PrivateKey.from_private_bytes(log_private()).public_key().public_bytes_raw()
    found = checkpoint.read_signed(note[1], NoteKey(checkpoint.origin(book.id), public))
    assert (found.size, found.root.hex()) == (book.tree.size, root)


def test_the_codes_hold_no_word_of_anybody(sidra: House) -> None:
    page = sidra.page("Tariq", f"record/{sidra.kitchen.numbers['offer']}")
    codes = page.html.split("Its codes, as they stand")[1]
    assert "evenings" not in codes and "commitment" in codes


def test_erased_words_are_said_to_be_erased(sidra: House) -> None:
    offer = sidra.kitchen.numbers["offer"]
    here().run("DELETE FROM vault_words WHERE book = ? AND number = ?", (sidra.kitchen.shared.id, offer))
    assert (
        "Erased. What is left of it in the record says nothing any more."
        in sidra.page("Tariq", f"record/{offer}").words
    )


def test_an_entry_that_was_changed_on_the_disk_is_seen(sidra: House) -> None:
    here().run(
        "UPDATE book_entry SET leaf = ? WHERE book = ? AND number = 5", (b"x" * 32, sidra.kitchen.shared.id)
    )
    assert "It does not hold" in sidra.page("Amna", "record/33").words


def test_reading_writes_nothing(sidra: House, monkeypatch: pytest.MonkeyPatch) -> None:
    written, run = [], Sql.run
    monkeypatch.setattr(
        Sql,
        "run",
        lambda self, statement, params=(): written.append(statement) or run(self, statement, params),
    )
    for path in ("record", "record/33", "record/verify"):
        sidra.page("Amna", path)
    assert not written


# Verifying, and carrying it away


def test_it_is_verified_here_to_the_depth_of_rules(sidra: House) -> None:
    answer = browser_of("Lucía").post(address(sidra, "record/verify"))
    text = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert f"{size(sidra)} entries: each unchanged, and each permitted when it was made." in text
    assert "Signed by this book’s own key, over all of them." in text and "Make an offer" in text


def test_what_was_written_past_the_gate_is_found(sidra: House) -> None:
    here().run("UPDATE row_needs_need SET rank = 7 WHERE book = ?", (sidra.kitchen.shared.id,))
    text = browser_of("Amna").post(address(sidra, "record/verify")).content.decode()
    assert (
        "It does not hold" in text
        and "does not say what the entries say" in text
        and "All of it holds" not in text
    )


def test_a_long_record_is_verified_on_the_command_line(sidra: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "VERIFIED_MOST", 3)
    monkeypatch.setattr(record, "PROVED_MOST", 3)
    assert f"alongside verify {sidra.kitchen.shared.id}" in sidra.page("Amna", "record/verify").html
    answer = browser_of("Amna").post(address(sidra, "record/verify")).content.decode()
    assert "too long to verify" in answer and "All of it holds" not in answer
    assert "too long to prove" in sidra.page("Amna", "record/33").words


def test_the_file_verifies_by_itself_and_holds_no_words(sidra: House, tmp_path: Path) -> None:
    answer = browser_of("Maren").post(address(sidra, "record/export"))
    raw = body(answer)
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "Sidra" not in answer["Content-Disposition"] and answer["Cache-Control"] == "private, no-store"
    file = tmp_path / "carried.book"
    file.write_bytes(raw)
    report = verify.verify_file(file, "rules")
    assert report.ok and report.entries == size(sidra) and report.signed
    for said in ("Amna", "Sorghum", "In the evenings", "Sidra"):
        assert said.encode() not in raw


def test_nobody_downloads_by_a_link(sidra: House) -> None:
    answer = browser_of("Maren").get(address(sidra, "record/export"))
    assert answer.status_code == HTTPStatus.FOUND and answer["Location"] == address(sidra, "record")

    assert (
        Client(headers={"host": "localhost"}).post(address(sidra, "record/export")).status_code
        == HTTPStatus.NOT_FOUND
    )


def test_the_shortest_record_has_its_proof_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    kitchen.accounts()
    house = House(kitchen, monkeypatch)
    assert "One entry, sealed into one root." in house.page("Amna", "record").words
    assert "It holds" in house.page("Amna", "record/1").words
