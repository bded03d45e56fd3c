"""A list of needs comes in: tried first, then all good lines, or all or none. Brought twice it changes
nothing."""

from __future__ import annotations

import gzip
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.areas.needs.tables import Need
from alongside.pages import importing
from alongside.store.books import open_book
from tests.pages.asked import address, words
from tests.pages.kitchen import House, browser_of, busy

pytestmark = pytest.mark.django_db
SHEET = """Item,Kind,Quantity,Unit,Region
Rice,food,20,sacks,North
Blankets,household goods,100,pieces,
Bad,nothing of ours,3,pieces,
Lamps,tools and parts,many,pieces,
"""


@pytest.fixture
def sidra(monkeypatch: pytest.MonkeyPatch) -> House:
    kitchen = busy()
    kitchen.accounts()
    return House(kitchen, monkeypatch)


def bring(house: House, who: str = "Amna", **typed: Any) -> Any:
    return browser_of(who).post(
        address(house, "needs/import"), {name.replace("__", "."): v for name, v in typed.items()}
    )


def carried(answer: Any) -> str:
    found = re.search(r'<textarea name="sheet" hidden readonly>([^<]+)<', answer.content.decode())
    assert found
    return found[1]


def size(house: House) -> int:
    return open_book(house.kitchen.shared.id).tree.size


def test_it_begins_with_a_file_or_a_list_that_is_pasted(sidra: House) -> None:
    page = sidra.page("Amna", "needs/import")
    assert 'type="file"' in page.html and 'name="pasted"' in page.html and page.weight < 14_000
    assert "#item+name" in page.html


def test_it_is_tried_first_and_nothing_is_kept(sidra: House) -> None:
    before = size(sidra)
    answer = bring(sidra, pasted=SHEET, language="en")
    said = words(answer)
    assert answer.status_code == HTTPStatus.OK and size(sidra) == before
    for part in (
        "2 lines would become needs. Nothing is kept so far.",
        "refused 2",
        "2 lines are refused",
        "4 Kind: “nothing of ours” is not a kind of support that we know.",
        "5 Quantity: Write the number",
        "How its letters are written utf-8",
    ):
        assert part in said


def test_all_good_lines_join_the_list_and_twice_changes_nothing(sidra: House) -> None:
    sheet = carried(bring(sidra, pasted=SHEET, language="en"))
    answer = bring(sidra, sheet=sheet, step="bring", refused="leave", language="en")
    assert "2 needs joined your list." in words(answer) and "2 lines are refused" in words(answer)
    after, needs = size(sidra), len(list(open_book(sidra.kitchen.shared.id).tables.all(Need)))
    assert "Blankets" in sidra.page("Amna", "needs").words
    again = bring(sidra, sheet=sheet, step="bring", refused="leave", language="en")
    assert "This list was brought before. Nothing on your list changed." in words(again)
    assert size(sidra) == after and len(list(open_book(sidra.kitchen.shared.id).tables.all(Need))) == needs
    assert "Nothing would change." in words(bring(sidra, pasted=SHEET, language="en"))


def test_all_or_none_keeps_none_where_one_is_refused(sidra: House) -> None:
    before = size(sidra)
    answer = bring(sidra, sheet=carried(bring(sidra, pasted=SHEET)), step="bring", refused="none")
    assert "you asked for all or none" in words(answer) and size(sidra) == before
    good = "\n".join(SHEET.splitlines()[:3])
    assert "2 needs joined" in words(
        bring(sidra, sheet=carried(bring(sidra, pasted=good)), step="bring", refused="none")
    )


def test_a_file_comes_in_whatever_wrote_it(sidra: House) -> None:
    data = "الصنف;النوع;الكمية;الوحدة\r\nذرة رفيعة;طعام;٢٠;جوال\r\n".encode("windows-1256", "replace")
    answer = bring(sidra, file=SimpleUploadedFile("list.csv", data), language="ar")
    said = words(answer)
    assert answer.status_code in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "windows-1256" in said or "Which column says what" in said
    utf8 = bring(sidra, file=SimpleUploadedFile("list.csv", SHEET.encode()), language="en")
    assert "2 lines would become needs." in words(utf8)


def test_headings_that_are_not_ours_are_matched_on_the_page(sidra: House) -> None:
    pasted = "Cosa;Tanto;Dónde\nArroz;20;Norte\nAceite;5;Norte\n"
    first = bring(sidra, pasted=pasted, language="es")
    assert first.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This sheet has no column that says" in words(
        first
    ) and "Its first line says: Arroz · 20 · Norte" in words(first)
    assert '<option value="Tanto">' in first.content.decode()
    typed = {
        "column__item": "Cosa",
        "column__quantity": "Tanto",
        "column__region": "Dónde",
        "every__kind": "goods.food",
    }
    second = bring(sidra, sheet=carried(first), language="es", **typed)
    assert "2 lines would become needs." in words(second)
    html = second.content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="((?:column|every)\.[^"]+)" value="([^"]*)"', html))
    assert kept == {
        "column.item": "Cosa",
        "column.quantity": "Tanto",
        "column.region": "Dónde",
        "every.kind": "goods.food",
    }
    done = bring(
        sidra,
        sheet=carried(second),
        step="bring",
        language="es",
        **{k.replace(".", "__"): v for k, v in kept.items()},
    )
    assert "2 needs joined your list." in words(done) and "Aceite" in sidra.page("Maren", "needs").words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a file, or paste the list."),
        (b"PK\x03\x04workbook", "This is a workbook"),
        (b"%PDF-1.7 \x80\x81", "This is no sheet"),
    ],
)
def test_what_is_no_sheet_is_told_kindly(sidra: House, data: bytes, said: str) -> None:
    typed = {"file": SimpleUploadedFile("list.csv", data)} if data else {}
    answer = bring(sidra, **typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and said in words(answer)


@pytest.mark.parametrize("torn", ["not base64!", "AAAA", "eJwr", ""])
def test_a_torn_sheet_is_asked_for_again(sidra: House, torn: str) -> None:
    before = size(sidra)
    answer = bring(sidra, sheet=torn, step="bring", refused="leave")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and size(sidra) == before


def test_a_sheet_packed_to_be_far_more_than_it_seems_is_refused(sidra: House) -> None:
    bomb = importing._packed(b"x" * (importing.BYTES_MOST + 1))
    assert len(bomb) < 10_000
    assert "did not come back whole" in words(bring(sidra, sheet=bomb, step="bring"))


def test_a_file_of_more_than_five_megabytes_is_refused_before_it_is_read(sidra: House) -> None:
    answer = bring(sidra, file=SimpleUploadedFile("list.csv", b"x" * (5 * 1024 * 1024 + 1)))
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and "at most 5 MB" in words(answer)


def test_a_long_sheet_is_told_in_part_and_stays_light(sidra: House) -> None:
    lines = "".join(f"Thing {n},nothing,{n},pieces,\n" for n in range(400))
    answer = bring(sidra, pasted="Item,Kind,Quantity,Unit,Region\n" + lines)
    assert "400 lines are refused" in words(answer) and "360 more lines are refused." in words(answer)
    assert len(gzip.compress(answer.content, 6)) < 20_000


def test_cells_are_text_and_nothing_else(sidra: House) -> None:
    answer = bring(
        sidra, pasted='Item,Kind,Quantity\n"=HYPERLINK(""x"")<script>",food,3\n<b>x</b>,<b>no</b>,3\n'
    )
    html = answer.content.decode()
    assert "<script>" not in html and "<b>no</b>" not in html and "&lt;b&gt;no&lt;/b&gt;" in html


def test_the_list_is_the_hosts_alone(sidra: House) -> None:
    before = size(sidra)
    for who in ("Maren", "Lucía"):
        assert browser_of(who).get(address(sidra, "needs/import")).status_code == HTTPStatus.NOT_FOUND
        assert bring(sidra, who, pasted=SHEET, step="bring").status_code == HTTPStatus.NOT_FOUND
    assert (
        browser_of("Amna").get(address(sidra, "needs/import", inner=True)).status_code == HTTPStatus.NOT_FOUND
    )
    assert size(sidra) == before
