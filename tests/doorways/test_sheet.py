"""A sheet is read as its writer's program wrote it; what cannot be read is said, and the rest goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.doorways.columns import HEADINGS, columns_of, kinds_by_name, template
from alongside.formats.sheet import CELL_MOST, LINES_MOST, Sheet, Unreadable, heading, label, read_sheet
from alongside.words import LANGUAGES

ARABIC = "الصنف,النوع,الكمية\nذرة رفيعة,طعام,٤٠\nزيت الطعام للمطبخ,طعام,١٢\n"
FRENCH = "article,genre,quantité\nblé concassé,nourriture,40\npâtes à l’huile,nourriture,12\n"


def unreadable(data: bytes, encoding: str = "") -> str:
    with pytest.raises(Unreadable) as wrong:
        read_sheet(data, encoding)
    return wrong.value.says.format(**wrong.value.params)


def rows(sheet: Sheet) -> list[tuple[str, ...]]:
    return [line.cells for line in sheet.lines]


@pytest.mark.parametrize(("data", "encoding", "guessed"), [
    (ARABIC.encode(), "utf-8", False), (ARABIC.encode("utf-8-sig"), "utf-8", False),
    (ARABIC.encode("utf-16"), "utf-16", False), (b"\xfe\xff" + ARABIC.encode("utf-16-be"), "utf-16", False),
    (ARABIC.encode("utf-16-le"), "utf-16-le", True), (ARABIC.encode("utf-16-be"), "utf-16-be", True),
    (ARABIC.replace("٤٠", "40").replace("١٢", "12").encode("windows-1256"), "windows-1256", True),
])
def test_an_arabic_sheet_in_every_encoding(data: bytes, encoding: str, guessed: bool) -> None:
    sheet = read_sheet(data)
    assert (sheet.encoding, sheet.guessed) == (encoding, guessed)
    assert sheet.header == ("الصنف", "النوع", "الكمية")
    assert [line.cells[0] for line in sheet.lines] == ["ذرة رفيعة", "زيت الطعام للمطبخ"]


def test_a_french_sheet_from_an_old_windows_is_not_taken_for_arabic() -> None:
    sheet = read_sheet(FRENCH.encode("windows-1252"))
    assert (sheet.encoding, sheet.guessed) == ("windows-1252", True)
    assert rows(sheet)[1] == ("pâtes à l’huile", "nourriture", "12")
    assert read_sheet(FRENCH.encode("windows-1252"), "windows-1252").guessed is False


def test_one_torn_letter_spoils_its_own_line_only() -> None:
    torn = (ARABIC * 3).encode().replace("زيت".encode(), "زيت".encode()[:-1], 1)
    sheet = read_sheet(torn)
    assert sheet.encoding == "utf-8" and sheet.guessed
    assert [line.number for line in sheet.lines if line.wrong] == [3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(delimiter: str, end: str) -> None:
    cells = [["item", "kind", "quantity"], ["oil; red, fine", "food", "2,5"], ["a\ttab", "food", "1"]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in cells) + end
    sheet = read_sheet(text.encode())
    assert sheet.delimiter == delimiter
    assert rows(sheet) == [("oil; red, fine", "food", "2,5"), ("a\ttab", "food", "1")]


def test_line_ends_may_be_mixed_and_cells_may_hold_them() -> None:
    sheet = read_sheet(b'item,kind\r\n"a\nb\r\nc",food\rrice,food\n\n\n,\nbeans,food')
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (2, ("a\nb\r\nc", "food")), (5, ("rice", "food")), (9, ("beans", "food"))]


def test_quotes_inside_quotes() -> None:
    assert rows(read_sheet(b'item,kind\n"5"" pipe, long",food\n')) == [('5" pipe, long', "food")]


def test_a_line_that_names_the_delimiter_is_not_the_header() -> None:
    sheet = read_sheet("\ufeffsep=;\r\nitem;kind\r\nrice;food\r\n".encode("utf-8-sig"))
    assert sheet.header == ("item", "kind") and [line.number for line in sheet.lines] == [3]


def test_hxl_tags_are_no_line() -> None:
    sheet = read_sheet(b"What,How many,\n#item+name,#item+quantity,\nrice,40,\n")
    assert sheet.tags == ("#item+name", "#item+quantity", "") and len(sheet.lines) == 1
    only_tags = read_sheet(b"#item+name,#item+quantity\nrice,40\n")
    assert only_tags.tags == only_tags.header and len(only_tags.lines) == 1


def test_a_number_sign_is_not_a_tag() -> None:
    assert len(read_sheet(b"item,kind\n#1 rice,food\n").lines) == 1


def test_short_lines_are_filled_and_long_ones_told() -> None:
    sheet = read_sheet(b"item,kind,unit\nrice\nbeans,food,sacks,and,more\noil,food,l,,\n")
    assert sheet.lines[0].cells == ("rice", "", "") and sheet.lines[2].cells == ("oil", "food", "l")
    assert sheet.lines[1].wrong and "more cells" in sheet.lines[1].wrong.says


def test_a_quotation_mark_left_open_spoils_its_own_lines() -> None:
    lines = b"".join(b"thing %d,food\n" % n for n in range(2_000))
    sheet = read_sheet(b'item,kind\nrice,food\n"beans,food\n' + lines)
    assert sheet.lines[0].wrong is None
    assert sheet.lines[1].number == 3 and "quotation mark" in sheet.lines[1].wrong.says
    far = b"".join(b"thing %d,food\n" % n for n in range(9_000))
    assert any(
        line.wrong is None and line.number > 3 for line in read_sheet(b'item,kind\n"beans,food\n' + far).lines
    )


def test_cells_beyond_measure() -> None:
    sheet = read_sheet(
        b"item,kind\n" + b"x" * (CELL_MOST + 1) + b",food\n" + b"y" * 200_000 + b",food\nrice,food\n"
    )
    assert [bool(line.wrong) for line in sheet.lines] == [True, True, False]


def test_formulas_are_text() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1", "'=1"]
    text = "item\n" + "".join('"' + cell.replace('"', '""') + '"\n' for cell in cells)
    assert [line.cells[0] for line in read_sheet(text.encode()).lines] == [cell.strip() for cell in cells]


def test_nul_stays_what_it_is_for_words_to_refuse() -> None:
    assert read_sheet(b"item,kind\nri\x00ce,food\n").lines[0].cells[0] == "ri\x00ce"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "There is nothing in this file."),
        (b"\n\r\n  \n", "There is nothing"),
        (b",,\n,,", "There is nothing"),
        (b"\xef\xbb\xbf", "There is nothing"),
        (b"PK\x03\x04rest", "This is a workbook."),
        (b"\xd0\xcf\x11\xe0\xa1", "This is a workbook."),
        (b"%PDF-1.7\n", "This is no sheet."),
        (b"\x89PNG\r\n", "This is no sheet."),
    ],
)
def test_what_is_no_sheet(data: bytes, says: str) -> None:
    assert unreadable(data).startswith(says)


@pytest.mark.parametrize("encoding", ["utf-8", "nonsense", "zlib", "../x"])
def test_an_encoding_that_does_not_fit_is_said(encoding: str) -> None:
    assert (
        unreadable(b"item\n\xff\xfe\x81", encoding)
        == f"The letters of this file cannot be read as {encoding}."
    )


def test_ten_thousand_lines_are_read_and_too_many_are_refused() -> None:
    assert len(read_sheet(b"item,kind\n" + b"rice,food\n" * 10_000).lines) == 10_000
    assert unreadable(b"item,kind\n" + b"rice,food\n" * (LINES_MOST + 1)).startswith("This file is too big.")
    assert unreadable(b"x" * (21 * 1024 * 1024)).startswith("This file is too big.")


@given(st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes) -> None:
    try:
        sheet = read_sheet(data)
        assert all(line.wrong or len(line.cells) == len(sheet.header) for line in sheet.lines)
    except Unreadable as wrong:
        assert wrong.says.format(**wrong.params).endswith(".")


# Columns

def found(header: str, mapping: dict[str, str] | None = None) -> dict[str, object]:
    return dict(columns_of(read_sheet(f"{header}\n".encode() + b"x\n"), mapping))


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_template_is_known_in_every_language(language: str) -> None:
    sheet = read_sheet(template(language).encode())
    assert sheet.tags and not sheet.lines
    assert columns_of(sheet) == {question: (place,) for place, question in enumerate(HEADINGS)}


def test_headings_are_known_in_any_case_and_order() -> None:
    assert found("QUANTITY, Kind ,By_When,ITEM") == {
        "quantity": (0,),
        "kind": (1,),
        "by_when": (2,),
        "item": (3,),
    }


def test_first_names_come_before_second_ones() -> None:
    assert found("name,item,kind,quantity")["item"] == (1,)
    assert found("name,category,amount")["item"] == (0,)


def test_tags_help_where_headings_are_unknown() -> None:
    sheet = read_sheet(
        "Ce qui manque,Sorte,Combien,Où\n#item+type,#item+name,#inneed,#adm1+name\nx,y,1,z\n".encode()
    )
    assert columns_of(sheet) == {"kind": (0,), "item": (1,), "quantity": (2,), "region": (3,)}


def test_columns_can_be_named_joined_and_replaced_by_one_answer() -> None:
    header = "category,name,age_gender,size_style,needs_items"
    mapping = {"item": "name+age_gender+size_style", "quantity": "needs_items", "unit": "=pieces"}
    assert found(header, mapping) == {"item": (1, 2, 3), "quantity": (4,), "unit": "pieces", "kind": (0,)}


@pytest.mark.parametrize(("header", "mapping", "says"), [
    ("a,b", {}, "This sheet has no column that says “item”. Its columns are: a, b."),
    ("item,kind", {}, "This sheet has no column that says “quantity”."),
    ("item,kind,quantity", {"item": "name"}, "This sheet has no column “name”."),
    ("item,kind,quantity", {"colour": "item"}, "A need has no “colour”."),
])
def test_a_column_that_is_missing_is_said(header: str, mapping: dict[str, str], says: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        found(header, mapping)
    assert wrong.value.says.format(**wrong.value.params).startswith(says)


def test_kinds_are_known_by_code_by_name_and_as_distribute_aid_calls_them() -> None:
    known = kinds_by_name()
    for said, kind in (
        ("goods.food", "goods.food"),
        ("Food", "goods.food"),
        (" food ", "goods.food"),
        ("Shelter ", "goods.shelter"),
        ("W.A.S.H.", "goods.water"),
        ("Toys & Activities", "goods"),
        ("household", "goods.household"),
        ("pictures, film and press", "media"),
    ):
        assert known[heading(said)] == kind


def test_labels_are_the_same_in_any_case_but_not_without_their_point() -> None:
    assert label("  Sack  of 50 KG ") == label("sack of 50 kg")
    assert label("1.5 l") != label("15 l")
