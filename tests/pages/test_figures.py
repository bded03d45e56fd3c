"""A figure's lengths are right, it is drawn anew for a reader from the right, and its table says the same."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from django.template import engines

from alongside.languages.locale import Reader
from alongside.pages.figures import Flow, Span, Strand, bar, river, timeline
from alongside.pages.jinja import reading

FLOWS = [Flow("lantern", "sorghum", 1750), Flow("lantern", "fees", 90), Flow("claro", "sorghum", 700),
         Flow("own", "books", 600, own=True)]
NAMES = {"lantern": "Lantern Street", "claro": "Río Claro", "own": "Sidra’s own box",
         "sorghum": "Sorghum", "fees": "Fees", "books": "Bookkeeping <&>"}


def drawn(source: str, reader: Reader, **context: object) -> str:
    with reading(reader):
        whole = '{% import "figures.html" as figures %}' + source
        return engines["jinja2"].from_string(whole).render(context)


def test_a_bar_fills_from_where_reading_starts() -> None:
    assert bar(here=180, way=90, of=300) == [Strand("here", 0, 60), Strand("way", 60, 30)]
    assert bar(here=180, way=90, of=300, mirrored=True) == [Strand("here", 40, 60), Strand("way", 10, 30)]


def test_a_bar_never_runs_over() -> None:
    assert bar(here=50, of=40) == [Strand("here", 0, 100)]
    assert bar(here=30, said=30, of=40) == [Strand("here", 0, 50), Strand("said", 50, 50)]
    assert bar(of=0) == []


def test_consents_through_time() -> None:
    first, last, today = date(2026, 2, 1), date(2026, 5, 12), date(2026, 3, 3)
    line = timeline([Span(first, last), Span(first, date(2026, 2, 11)),
                     Span(first, last, ended=date(2026, 2, 21))], today)
    assert line.rows == [[Strand("here", 0, 100)], [Strand("over", 0, 10)],
                         [Strand("here", 0, 20), Strand("said", 20, 80)]]
    assert line.today == 30
    assert [month.month for _, month in line.months] == [2, 3, 4, 5]
    mirrored = timeline([Span(first, date(2026, 2, 11))], today, last=last, mirrored=True)
    assert mirrored.rows == [[Strand("over", 90, 10)]]
    assert mirrored.today == 70


def test_what_lies_outside_the_axis_is_left_out() -> None:
    line = timeline([Span(date(2025, 1, 1), date(2025, 2, 1))], date(2026, 3, 3), first=date(2026, 2, 1),
                    last=date(2026, 5, 1))
    assert line.rows == [[]]


def test_a_river_keeps_its_sums_and_gives_every_name_room() -> None:
    figure = river(FLOWS)
    assert [(b.name, b.amount) for b in figure.sources] == [("lantern", 1840), ("claro", 700), ("own", 600)]
    assert sum(b.amount for b in figure.uses) == sum(flow.amount for flow in FLOWS)
    high, other = (sum(b.height for b in banks) for banks in (figure.uses, figure.sources))
    assert high == pytest.approx(other, abs=0.5)
    for banks in (figure.sources, figure.uses):
        places = [bank.words for bank in banks]
        assert all(later - earlier >= 40 for earlier, later in pairwise(places))
        assert max(bank.top + bank.height for bank in banks) <= figure.height + 0.5


def test_a_mirrored_river_starts_from_the_other_side() -> None:
    plain, mirrored = river(FLOWS), river(FLOWS, mirrored=True)
    assert (plain.near, plain.far, mirrored.near, mirrored.far) == (0, 196, 196, 0)
    assert plain.ribbons[0].path.startswith("M4 ")
    assert mirrored.ribbons[0].path.startswith("M196 ")
    assert [bank.top for bank in plain.uses] == [bank.top for bank in mirrored.uses]


@pytest.mark.parametrize("flows", [[], [Flow("a", "b", 0)], [Flow("a", "b", 1)]])
def test_a_river_of_nothing_or_one(flows: list[Flow]) -> None:
    assert river(flows).height >= 1


def test_the_river_says_the_same_in_words() -> None:
    source = '{{ figures.river(river, names, "Money", "Crowns.", "Crowns", 0) }}'
    page = drawn(source, Reader("en"), river=river(FLOWS), names=NAMES)
    assert re.findall(r'<td class="n">(?:<b>)?([\d,]+)', page) == ["1,750", "90", "700", "600", "3,140"]
    assert "Bookkeeping &lt;&amp;&gt;" in page
    assert page.count("<path") == len(FLOWS)
    assert "style=" not in page
    arabic = drawn(source, Reader("ar"), river=river(FLOWS, mirrored=True), names=NAMES)
    assert "١٬٧٥٠" in arabic
    assert "←" in arabic


def test_a_timeline_is_drawn_with_her_months() -> None:
    spans = [Span(date(2026, 2, 1), date(2026, 5, 12))]
    page = drawn('{{ figures.through_time(line, rows, "Until today.") }}', Reader("ar"),
                 line=timeline(spans, date(2026, 3, 3), mirrored=True), rows=[("موافقة", "١٢")])
    assert "فبراير" in page
    assert 'class="now"' in page
