"""Numbers and days as people write them, in their own digits; what could mean two things is asked about."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.doorways.days import read_day
from alongside.doorways.numbers import decimal_mark, read_number, write_number
from alongside.languages.locale import LANGUAGES, Reader
from alongside.words import NUMBER_MAX, Unclear

TWO_THOUSAND = [
    "2000",
    "2,000",
    "2.000",
    "2 000",
    "2\u00a0000",
    "2\u202f000",
    "2’000",
    "2'000",
    "٢٠٠٠",
    "٢٬٠٠٠",
    "۲۰۰۰",
    "۲٬۰۰۰",
    "٢،٠٠٠",
    "２０００",
    " 2,000 ",
    "+2000",
    "\u200e2000\u200f",
    "2000.0",
    "2000,00",
]


def unclear(text: str, decimals: int = 0, language: str = "en") -> str:
    with pytest.raises(Unclear) as wrong:
        read_number(text, decimals, Reader(language), "quantity")
    assert wrong.value.field == "quantity"
    return wrong.value.says.format(**wrong.value.params)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TWO_THOUSAND)
def test_two_thousand_sacks_however_they_are_written(text: str, language: str) -> None:
    assert read_number(text, 0, Reader(language), "quantity") == 2000


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("1,200", "en", 120_000),
        ("1.200", "es", 120_000),
        ("1.200", "pt", 120_000),
        ("1.200", "fr", 120_000),
        ("1 200", "fr", 120_000),
        ("1,200.50", "en", 120_050),
        ("1.200,50", "en", 120_050),
        ("1.200,50", "es", 120_050),
        ("1,200.5", "es", 120_050),
        ("12.5", "es", 1_250),
        ("12,5", "en", 1_250),
        ("0.5", "es", 50),
        (".5", "en", 50),
        ("5.", "en", 500),
        ("0,200", "es", 20),
        ("1.50", "ar", 150),
        ("١٬٢٠٠٫٥٠", "ar", 120_050),
        ("١٬٢٠٠", "en", 120_000),
        ("12,34,567.89", "en", 123_456_789),
        ("1.234.567", "en", 123_456_700),
        ("-12", "en", -1_200),
        ("−3", "en", -300),
        ("1,200", "sw", 120_000),
        ("12.500000", "en", 1_250),
    ],
)
def test_money_of_two_decimals(text: str, language: str, minor: int) -> None:
    assert read_number(text, 2, Reader(language), "quantity") == minor


@pytest.mark.parametrize(
    ("text", "language"),
    [("1.200", "en"), ("1.200", "sw"), ("1,200", "es"), ("1,200", "fr"), ("1.200", "ar"), ("1,200", "ar")],
)
def test_what_could_mean_two_numbers_is_asked_about(text: str, language: str) -> None:
    reader = Reader(language)
    says = unclear(text, 2, language)
    assert says.startswith("This could mean two numbers.")
    assert reader.number(1200) in says
    assert write_number(12, 1, reader) in says, "both readings stand in the sentence, in her own digits"


def test_three_decimals_are_read_as_the_reader_writes_them() -> None:
    assert read_number("1.200", 3, Reader("en"), "q") == 1_200
    assert read_number("1,200", 3, Reader("es"), "q") == 1_200
    assert read_number("1,200", 3, Reader("en"), "q") == 1_200_000


@pytest.mark.parametrize(
    "text",
    [
        "forty or so",
        "",
        "   ",
        "-",
        ",",
        "1,2,3",
        "1.2.3.4",
        "12,34",
        "1 2",
        "1e3",
        "0x10",
        "1_000",
        "½",
        "³",
        "12 sacks",
        "#DIV/0!",
        "=1+1",
        "NaN",
        "inf",
        "1/2",
        "12%",
        "٪",
        "1.234 567",
        "1,,200",
        "12\x003",
        "\ud800",
        "<b>1</b>",
        "१e२",
        "2,0000",
        "0,200",
        "9" * 61,
        "(5)",
        "5-",
    ],
)
def test_what_is_no_number_gets_a_sentence_with_an_example(text: str) -> None:
    says = unclear(text, 2) if text != "12,34" else unclear("12,34,5", 2)
    assert says == "Write the number in digits, like 40."
    assert unclear("forty", language="ar") == "Write the number in digits, like ٤٠."


def test_halves_are_not_counted_where_there_are_none() -> None:
    assert unclear("2.5") == "Only whole numbers can be counted here, like 3."
    assert unclear("٢٫٥", language="ar").endswith("٣.")
    assert unclear("2.55", 1) == "At most 1 digits can stand after the point here."


@pytest.mark.parametrize("text", ["9" * 17, "9" * 60, str(NUMBER_MAX + 1)])
def test_what_no_book_can_hold_is_said(text: str) -> None:
    assert unclear(text) == "This number is larger than a book can hold."
    assert read_number(str(NUMBER_MAX), 0, Reader(), "q") == NUMBER_MAX


def test_hostile_length_is_not_walked() -> None:
    assert unclear("1" * 10_000_000).startswith("Write the number in digits")


@given(
    st.integers(-NUMBER_MAX, NUMBER_MAX), st.integers(0, 3), st.sampled_from(sorted(LANGUAGES)), st.booleans()
)
def test_what_a_form_gives_back_is_read_the_same(n: int, decimals: int, language: str, western: bool) -> None:
    reader = Reader(language, western)
    assert read_number(write_number(n, decimals, reader), decimals, reader, "q") == n
    shown = reader.decimal(abs(n), decimals)
    if decimals != 3 and not (decimals and decimal_mark(reader) in shown and len(shown) < 6):
        assert read_number(shown, decimals, reader, "q") == abs(n), "what a page shows can be typed back"


@given(st.text(max_size=70), st.integers(0, 3), st.sampled_from(sorted(LANGUAGES)))
def test_nothing_typed_is_ever_more_than_unclear(text: str, decimals: int, language: str) -> None:
    try:
        assert abs(read_number(text, decimals, Reader(language), "q")) <= NUMBER_MAX
    except Unclear as wrong:
        assert wrong.says.format(**wrong.params).endswith(".")


# Days

@pytest.mark.parametrize(
    "text",
    [
        "2026-03-09",
        "9/3/2026",
        "09/03/2026",
        "9.3.2026",
        "9-3-2026",
        "٩/٣/٢٠٢٦",
        "۹/۳/۲۰۲۶",
        "2026/3/9",
        "٢٠٢٦-٠٣-٠٩",
        " 9 / 3 / 2026 ",
        "\u200f9/3/2026",
    ],
)
def test_a_day_is_day_month_year_or_comes_from_a_calendar(text: str) -> None:
    assert read_day(text, Reader("ar"), "until") == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3/3", "Write the year too, like 28/2/2026."),
        ("30/2/2026", "There is no such day."),
        ("03/13/2026", "There is no such day."),
        ("3/3/26", "Write the day as day, month and year, like 28/2/2026."),
        ("next Tuesday", "Write the day as day, month and year"),
        ("2026-W09-1", "Write the day as day"),
        ("20260309", "Write the day as day"),
        ("0000-01-01", "There is no such day."),
        ("9" * 1000, "Write the day as"),
        ("2026-03-09T00:00", "Write the day as"),
        ("\ud800", "Write the day as"),
    ],
)
def test_what_is_no_day_gets_a_sentence(text: str, says: str) -> None:
    with pytest.raises(Unclear) as wrong:
        read_day(text, Reader("en"), "until")
    assert wrong.value.says.format(**wrong.value.params).startswith(says)
