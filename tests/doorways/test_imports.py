"""A host's list comes in from a sheet: every line through the gate, all in one commit, twice the same as
once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from alongside.areas.needs.tables import Item, Need, Region, Unit
from alongside.doorways.imports import Imported, import_needs
from alongside.doorways.late import Late
from alongside.formats.sheet import Unreadable
from alongside.gate import Refused
from alongside.languages.locale import Reader
from alongside.record.entry import Entry
from alongside.store.keys import signer
from alongside.store.verify import verify_book
from tests.doorways.conftest import Node
from tests.told import _DOORWAY, NOBODY, Story

LIST = """item,kind,quantity,unit,region,rank,by_when,whom
sorghum,food,40,sacks of 50 kg,region B,1,2026-03-31,the whole lane
belt for the pump,tools and parts,1,pieces,region B,2,,
Sorghum,food,"1,200",Sacks of 50 kg,region C,,,
grants for seed,money,"2,000",XTS,,,,
"""
DISTRIBUTE_AID = {"item": "name+age_gender+size_style", "kind": "category", "quantity": "needs_items"}


def bring(
    story: Story, text: str | bytes, who: int = 1, reader: Reader | None = None, **more: Any
) -> Imported:
    data = text if isinstance(text, bytes) else text.encode()
    told = story.told["shared"]
    found = import_needs(story.shared, data, author=who, signer=_DOORWAY, reader=reader or Reader("en"),
                         random=story.random, **more)
    told.follow([kept.text for kept in story.shared.vault.kept.values()])
    return found


def unkept(story: Story, *args: Any, **more: Any) -> Imported:
    with story.unchanged():
        return bring(story, *args, **more)


def names(story: Story, row: Any) -> list[str]:
    return [story.words(one.label) for one in story.rows(row)]


def test_a_list_comes_in_with_its_units_and_regions() -> None:
    story = Story.partnership()
    found = bring(story, LIST)
    assert found == Imported(lines=4, named=4, same=0, listed=4, refused=[], notices=[], kept=True)
    assert names(story, Unit) == ["sacks of 50 kg", "pieces"]
    assert names(story, Region) == ["region B", "region C"]
    assert names(story, Item) == ["sorghum", "belt for the pump", "grants for seed"]
    needs = story.rows(Need)
    assert [(need.quantity.n, need.rank, need.kind) for need in needs] == [
        (40, 1, "goods.food"), (1, 2, "goods.tools"), (1_200, 0, "goods.food"), (200_000, 0, "money")]
    assert needs[0].item == needs[2].item and needs[0].region != needs[2].region
    assert story.words(needs[0].whom) == "the whole lane" and needs[0].by_when.isoformat() == "2026-03-31"


def test_brought_twice_nothing_changes() -> None:
    story = Story.partnership()
    bring(story, LIST)
    assert unkept(story, LIST).same == 4


def test_brought_twice_in_another_dress_nothing_changes() -> None:
    story = Story.partnership()
    bring(story, LIST)
    dressed = ("sep=;\r\n" + LIST.replace('"1,200"', "1200.0").replace('"2,000"', "2 000").replace(",", ";")
               .replace("2026-03-31", "31/3/2026").replace("food", "goods.food")).encode("utf-16")
    found = unkept(story, dressed)
    assert (found.same, found.named, found.refused) == (4, 0, [])


def test_by_another_person_of_the_host_it_is_still_the_same_list() -> None:
    story = Story.partnership()
    bring(story, LIST)
    assert unkept(story, LIST, who=story.number("Nuha"), reader=Reader("sw")).same == 4


def test_a_longer_list_adds_only_what_is_new() -> None:
    story = Story.partnership()
    bring(story, LIST)
    found = bring(story, LIST + "rice,food,3,sacks of 50 kg,region B,,,\n")
    assert (found.same, found.named, found.listed) == (4, 1, 0)
    assert names(story, Unit) == ["sacks of 50 kg", "pieces"], "units are found by their labels"


def test_items_listed_by_hand_are_found() -> None:
    story = Story.partnership()
    item = story.act("Amna", "needs.list_item", kind="goods.food", label="SORGHUM")
    other = story.act("Amna", "needs.list_item", kind="goods.tools", label="sorghum")
    bring(story, "item,kind,quantity,unit\nsorghum,food,4,sacks\n")
    assert story.rows(Need)[0].item == item != other


def test_the_same_line_twice_is_said_not_merged() -> None:
    story = Story.partnership()
    text = "item,kind,quantity,unit\nrice,food,4,sacks\nrice,food,4,sacks\n"
    found = bring(story, text)
    need = story.rows(Need)[0].number
    assert found.named == 1 and [(one.line, one.code) for one in found.refused] == [(3, "need-named")]
    assert f"need {need}" in found.refused[0].says
    again = unkept(story, text)
    assert again.same == 1 and [one.line for one in again.refused] == [3]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",food,4,sacks", "“item” is empty."),
        ("rice,,4,sacks", "“kind” is empty."),
        ("rice,food,,sacks", "“quantity” is empty."),
        ("rice,foood,4,sacks", "kind: “foood” is not a kind of support"),
        ("rice,food,#DIV/0!,sacks", "quantity: The sheet shows an error here: #DIV/0!."),
        ("#REF!,food,4,sacks", "item: The sheet shows an error here: #REF!."),
        ("rice,food,-5,sacks", "quantity: This must be at least 1."),
        ("rice,food,0,sacks", "quantity: This must be at"),
        ("rice,food,forty or so,sacks", "quantity: Write the number in digits, like 40."),
        ("rice,food,=1+1,sacks", "quantity: Write the number in digits"),
        ("rice,food,1.200,XTS", "quantity: This could mean two numbers."),
        ("rice,food,2.5,XTS,,1.5", "rank: Only whole numbers can be counted here"),
        ("rice,food,2,XTS,,101", "rank: This can be at most 100."),
        ("rice,food,2,XTS,,,3/3", "by_when: Write the year too"),
        ("ri\x00ce,food,2,XTS", "item: This text holds control characters."),
        ("ri\u202ece,food,2,XTS", "item: This text holds hidden marks"),
        ("rice,food,2,XTS,,,,\u2066x", "whom: This text"),
        ("x" * 5_000 + ",food,2,XTS", "A cell is longer than 4,000 characters."),
        ("rice,food,2,XTS,,,,,,,,,more", "This line has more cells"),
        ("rice,food,99999999999999999,sacks", "quantity: This number is larger than a book can hold."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number_and_the_others_go_on(
    line: str, says: str
) -> None:
    story = Story.partnership()
    text = (
        f"item,kind,quantity,unit,region,rank,by_when,whom\nbeans,food,1,bags\n{line}\nlentils,food,2,bags\n"
    )
    found = bring(story, text)
    assert [(one.line, one.code) for one in found.refused] == [(3, "unclear")]
    assert found.refused[0].says.startswith(says)
    assert found.named == 2 and found.kept


@pytest.mark.parametrize(("line", "code"), [
    ("rice,food,2,bags,,,2020-01-01", "need-passed"), ("Beans,food,9,bags", "need-named"),
])
def test_what_the_gate_refuses_is_told_with_what_would_lift_it(line: str, code: str) -> None:
    story = Story.partnership()
    head = "item,kind,quantity,unit,region,rank,by_when,whom\nbeans,food,1,bags\n"
    found = bring(story, f"{head}{line}\n")
    assert [(one.line, one.code) for one in found.refused] == [(3, code)]


def test_formulas_are_names_and_nothing_runs() -> None:
    story = Story.partnership()
    bring(story, 'item,kind,quantity,unit\n"=HYPERLINK(""http://x"")",food,1,"@unit"\n')
    assert names(story, Item) == ['=HYPERLINK("http://x")'] and names(story, Unit) == ["@unit"]


def test_tried_first_every_line_is_gated_and_nothing_is_kept() -> None:
    story = Story.partnership()
    text = LIST + "rice,food,many,bags,,,,\nSorghum,food,7,sacks of 50 kg,region B,,,\n"
    found = unkept(story, text, dry_run=True)
    assert (found.named, found.listed, found.kept) == (4, 4, False)
    assert [(one.line, one.code) for one in found.refused] == [(6, "unclear"), (7, "need-named")]
    real = bring(story, text)
    assert real.refused[0] == found.refused[0] and (real.named, real.listed) == (found.named, found.listed)


@pytest.mark.parametrize("bad", ["rice,food,many,bags,,,,\n", "rice,food,1,bags,,,2020-01-01,\n"])
def test_all_or_none_keeps_none_when_one_is_refused(bad: str) -> None:
    story = Story.partnership()
    found = unkept(story, LIST + bad, all_or_none=True)
    assert not found.kept and len(found.refused) == 1 and found.named == 4
    assert bring(story, LIST, all_or_none=True).kept


def test_an_ally_cannot_bring_needs_and_nothing_is_listed_for_it() -> None:
    story = Story.partnership()
    found = unkept(story, LIST, who=story.number("Maren"))
    assert {one.code for one in found.refused} == {"not-yours"} and len(found.refused) == 4
    assert (found.named, found.listed) == (0, 0)


@pytest.mark.parametrize("who", [0, NOBODY, 5])
def test_a_stranger_hears_nothing_about_the_sheet(who: int) -> None:
    story = Story.partnership()
    for data in (LIST, b"PK\x03\x04", ""):
        with story.unchanged(), pytest.raises(Refused) as no:
            import_needs(story.shared, data if isinstance(data, bytes) else data.encode(), author=who,
                         signer=_DOORWAY, reader=Reader("en"))
        assert [one.no.code for one in no.value.refusals] == ["unseen"]


def test_halves_give_a_new_unit_its_decimals() -> None:
    story = Story.partnership()
    found = bring(
        story, "item,kind,quantity,unit\nrice,food,2.5,tonnes\nbeans,food,3,tonnes\noil,food,0.25,tonnes\n"
    )
    assert found.refused == [] and story.rows(Unit)[0].decimals == 2
    assert [need.quantity.n for need in story.rows(Need)] == [250, 300, 25]
    found = bring(story, "item,kind,quantity,unit\nsalt,food,0.125,tonnes\n")
    assert found.refused[0].says == "quantity: At most 2 digits can stand after the point here."


def test_a_sheet_without_units_counts_in_pieces() -> None:
    story = Story.partnership()
    bring(story, "item,kind,quantity\nbelt,tools and parts,4\n")
    assert names(story, Unit) == ["pieces"]
    assert unkept(story, "item,kind,quantity\nbelt,tools and parts,4\n", reader=Reader("ar")).same == 1


def test_the_guess_and_the_tags_are_said_aloud() -> None:
    story = Story.partnership()
    text = "item,kind,quantity,unit\n#item+name,#item+type,#item+quantity,#item+unit\nblé cassé,food,4,sacs\n"
    found = bring(story, text.encode("windows-1252"))
    assert found.named == 1 and len(found.notices) == 2
    assert "windows-1252" in found.notices[0] and "HXL" in found.notices[1]


def test_words_of_the_sheet_are_in_the_language_that_was_said() -> None:
    story = Story.partnership()
    bring(story, "item,kind,quantity,unit\nذرة,food,4,جوال\n", language="ar")
    label = story.rows(Item)[0].label
    assert label.language == "ar"


def test_progress_is_told_and_can_stop_everything() -> None:
    story = Story.partnership()
    told: list[tuple[int, int]] = []
    bring(story, LIST, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

    class Stop(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 3:
            raise Stop

    other = Story.partnership()
    with other.unchanged(), pytest.raises(Stop):
        bring(other, LIST, progress=stop)


def test_what_the_record_keeps_of_a_sheet_tells_nobody_what_it_said() -> None:
    one, other = Story.partnership(), Story.partnership()
    other.shared._key = b"j" * 32
    for story in (one, other):
        bring(story, LIST)
    ids = [[Entry.read(raw).asked["asked_id"] for raw in story.shared.raw[-4:]] for story in (one, other)]
    assert not set(ids[0]) & set(ids[1]), "under another book's key the same line has another id"


def test_an_asking_that_is_made_late_is_an_asking() -> None:
    late = Late("a" * 32, 1, 1, lambda: None)  # type: ignore[arg-type, return-value]  # never made
    assert not hasattr(late, "nonsense")


def test_a_kept_book_takes_a_sheet_in_one_commit(node: Node) -> None:
    kept = {"author": 1, "signer": signer("doorway"), "reader": Reader("en")}
    before = node.shared.tree.size
    tried = import_needs(node.shared, LIST.encode(), dry_run=True, **kept)
    assert (tried.named, node.shared.tree.size) == (4, before)
    found = import_needs(node.shared, LIST.encode(), **kept)
    assert found.refused == [] and node.shared.tree.size == before + 8
    assert import_needs(node.shared, LIST.encode(), **kept).same == 4
    assert verify_book(node.shared.id).ok


@pytest.mark.slow
def test_ten_thousand_lines_come_in_while_somebody_waits() -> None:
    story = Story.partnership()
    text = "item;kind;quantity;unit\n" + "".join(f"thing {n};food;{n + 1};sacks\n" for n in range(10_000))
    began = time.monotonic()
    found = import_needs(story.shared, text.encode("utf-16"), author=1, signer=_DOORWAY, reader=Reader("en"))
    assert (found.named, found.refused) == (10_000, [])
    assert time.monotonic() - began < 60


def test_the_real_list_of_distribute_aid(shared: Path) -> None:
    data = (shared / "data" / "distributeaid_products.csv").read_bytes()
    story = Story.partnership()
    with pytest.raises(Unreadable, match="no column that says"):
        bring(story, data)
    found = bring(story, data, mapping=DISTRIBUTE_AID)
    assert found.lines == 1056 and found.named + len(found.refused) == 1056
    assert found.named > 220 and found.kept
    assert sum("is empty" in one.says for one in found.refused) == 817
    assert {one.code for one in found.refused} == {"unclear", "need-named"}
    assert all(need.kind.startswith("goods") for need in story.rows(Need))
    again = unkept(story, data, mapping=DISTRIBUTE_AID)
    assert again.same == found.named and again.named == 0


def test_its_broken_cells_are_refused_line_by_line(shared: Path) -> None:
    data = (shared / "data" / "distributeaid_products.csv").read_bytes()
    story = Story.partnership()
    mapping = DISTRIBUTE_AID | {"quantity": "count_per_kg"}
    found = unkept(story, data, mapping=mapping, dry_run=True)
    assert any("#DIV/0!" in one.says for one in found.refused)
    assert found.named > 0


def test_who_does_what_where_has_tags_that_are_no_line(shared: Path) -> None:
    data = (shared / "data" / "3w_rowca_sahel_2014.csv").read_bytes()
    story = Story.partnership()
    found = unkept(story, data, dry_run=True, mapping={
        "item": "Activity", "kind": "=knowledge", "quantity": "Achieved", "unit": "=people"})
    assert any("HXL" in notice for notice in found.notices) and found.lines == 244
