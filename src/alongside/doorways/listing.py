"""What a book has on its lists, and what a sheet adds to them: units, regions and items, by their labels."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any

from alongside import gate
from alongside.act import Asking
from alongside.areas.needs.tables import Item, Region, Unit
from alongside.areas.partnership.tables import Member
from alongside.codes import CURRENCIES, N_
from alongside.doorways.late import Bringing, Late
from alongside.doorways.lines import NeedLine, decimals_for, read_amount
from alongside.formats.sheet import label
from alongside.languages.opening import readable_by
from alongside.tables import Row

PIECES = N_("pieces")      # how a sheet counts that does not say how


class Lists:
    """The lists of a book as an import meets them, and the askings that its lines become."""

    def __init__(self, bringing: Bringing, by: Member, lines: list[NeedLine]) -> None:
        self._bringing = bringing
        at = bringing.book.tables
        rows: list[Any] = [row for kind in (Unit, Region, Item) for row in at.all(kind)]
        words = bringing.book.vault.open(readable_by(by, rows, at))
        self._known: dict[tuple[type[Row], str, str], Any] = {}
        for row in rows:
            if row.label and row.label.commitment in words:
                said = label(words[row.label.commitment].text)
                self._known.setdefault((type(row), said, getattr(row, "kind", "")), row)
        self._decimals = self._of_units(lines)
        self._first: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def need(self, line: NeedLine) -> Late:
        """The asking that names this line's need. Raises `Unclear` for its amount."""
        bringing, decimals = self._bringing, self._decimals[label(line.unit)]
        n = read_amount(line, decimals, bringing.reader)
        asked_id = bringing.asked_id(*line.cells(n, decimals))
        return Late(asked_id, bringing.author, line.number, partial(self._name, line, n, asked_id))

    def new(self, lines: list[NeedLine]) -> list[Late]:
        """The askings that list what these lines need and no list has yet: units first, then regions."""
        found: dict[str, Late] = {}
        for line in lines:
            for kind, said in ((Unit, line.unit or self._pieces()), (Region, line.region)):
                is_new = said and (kind, label(said), "") not in self._known
                asked_id = self._listing_id(kind, said)
                if is_new and not (kind is Unit and said in CURRENCIES):
                    make = partial(self._list, kind, said, asked_id)
                    found.setdefault(asked_id, Late(asked_id, self._bringing.author, 0, make))
        return [one for id, one in found.items() if self._bringing.book.find(id) is None]

    def _of_units(self, lines: list[NeedLine]) -> dict[str, int]:
        """Decimals by the label of the unit: as the book has it, else as the sheet needs them."""
        amounts: defaultdict[str, list[str]] = defaultdict(list)
        for line in lines:
            amounts[label(line.unit)].append(line.amount)
        found = {}
        for said, written in amounts.items():
            unit = self._known.get((Unit, said or label(self._pieces()), ""))
            if said.upper() in CURRENCIES:
                found[said] = CURRENCIES[said.upper()]
            else:
                found[said] = unit.decimals if unit else decimals_for(written, self._bringing.reader)
        return found

    def _list(self, kind: type[Row], said: str, asked_id: str) -> Asking:
        if kind is Region:
            return self._bringing.asking("needs.list_region", {}, {"label": said}, asked_id)
        plain = {"decimals": self._decimals.get(label(said), self._decimals.get("", 0))}
        return self._bringing.asking("needs.list_unit", plain, {"label": said}, asked_id)

    def _name(self, line: NeedLine, n: int, asked_id: str) -> Asking:
        unit = line.unit if line.unit in CURRENCIES else f"u{self._number(Unit, line.unit or self._pieces())}"
        plain: dict[str, Any] = {**line.plain, "quantity": [n, unit]}
        texts = {"whom": line.whom}
        if line.region:
            plain["region"] = self._number(Region, line.region)
        if item := self._item(line):
            plain["item"] = item
        else:
            plain["kind"], texts["label"] = line.kind, line.item
            self._first[label(line.item), line.kind].append(asked_id)
        return self._bringing.asking("needs.name", plain, texts, asked_id)

    def _item(self, line: NeedLine) -> int | None:
        """The item's number: from the book's list, or under the first need of this sheet that named it."""
        if known := self._known.get((Item, label(line.item), line.kind)):
            return int(known.number)
        for asked_id in self._first[label(line.item), line.kind]:
            if done := self._bringing.book.find(asked_id):
                return done[0]
        return None

    def _number(self, kind: type[Row], said: str) -> int:
        """The number of a unit or region. Raises `Refused` where it could not be listed."""
        if known := self._known.get((kind, label(said), "")):
            return int(known.number)
        asked_id = self._listing_id(kind, said)
        if done := self._bringing.book.find(asked_id):
            return done[0]
        refused = self._list(kind, said, asked_id)
        raise gate.Refused(self._bringing.book.may(refused.action, self._bringing.author) or (gate.UNSEEN(),))

    def _listing_id(self, kind: type[Row], said: str) -> str:
        return self._bringing.asked_id(kind.__name__, label(said))

    def _pieces(self) -> str:
        # A message may come isolated from the words around it; a label stands alone.
        return "".join(c for c in self._bringing.reader.gettext(PIECES) if c.isprintable())
