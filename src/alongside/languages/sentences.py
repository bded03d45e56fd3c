"""An entry, a rule and a refusal are codes until a teller says them to somebody.

The words of people come opened by whoever asked for them; a teller opens nothing. What is closed to its
reader, or was erased, it calls by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from babel import Locale
from babel.numbers import get_currency_name
from markupsafe import Markup

from alongside.act import Book, Text
from alongside.action import Refusal, Who
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.tables import Member
from alongside.codes import CURRENCIES, N_
from alongside.fact import Entered
from alongside.languages.labels import HELPS, ROW_NAMES, label_of
from alongside.languages.opening import DETAILS, helpers, name_of, needed, readable_by
from alongside.languages.pieces import Piece, Unnamed, filled, listed, named_in, said, theirs
from alongside.languages.reading import Reads
from alongside.shape import Shape
from alongside.tables import Absent, Tables
from alongside.words import Kind, Quantity, Ref, Sealed

__all__ = ["RefusalText", "Teller", "decimals_of", "needed", "teller_for"]


class RefusalText(NamedTuple):
    """One no, in the reader's language: why not, the rule it keeps, what would lift it, who can help."""

    code: str
    says: Piece
    rule: Piece
    lift: Piece
    helps: Piece


class Teller:
    """Says codes, facts and refusals of one book to one reader. `opened` are the words that she may read."""

    def __init__(self, reader: Reads, opened: Mapping[str, Text], at: Tables) -> None:
        self.reader, self.opened, self.at = reader, opened, at

    def sentence(self, template: str, **params: Any) -> Markup:
        """The message with its values, for a page. Raises `Unnamed` for a name that it was not given."""
        return self.piece(template, **params).html

    def plain(self, template: str, **params: Any) -> str:
        """The same for a terminal or a message."""
        return self.piece(template, **params).plain

    def piece(self, template: str, **params: Any) -> Piece:
        """The same for both. A translation that names what was not given is passed over for the English."""
        translated = self.reader.gettext(template) if template else ""
        if not named_in(translated) <= params.keys():
            translated = template
        if unnamed := sorted(named_in(translated) - params.keys()):
            raise Unnamed(f"the sentence {template!r} wants {unnamed}, and nobody gave them")
        return filled(translated, {name: self.value(params[name]) for name in named_in(translated)})

    def entry(self, entered: Entered) -> Piece:
        """What happened, as the record says it."""
        fact = entered.fact
        told = {field.name: fact.__dict__[field.name] for field in fact.shape()}
        return self.piece(fact.says, **{"by": Ref[Member](entered.author), **told})

    def refusal(self, refusal: Refusal) -> RefusalText:
        """One no, with what would lift it and the names of those who can help."""
        no, params = refusal
        return RefusalText(no.code, self.piece(no.says, **params), self._rule(no.rule),
                           self.piece(no.lift, **params), self._helps(no.helps))

    def value(self, value: Any) -> Piece:
        """Anything that an entry may hold, in words."""
        if isinstance(value, Piece):
            return value
        for kind, say in _SAY:
            if isinstance(value, kind):
                piece: Piece = say(self, value)
                return piece
        raise TypeError(f"no entry holds a {type(value).__name__}")

    def row(self, ref: Ref[Any]) -> Piece:
        """A numbered thing with what tells it apart: "need 5: sorghum, 40 sacks of 50 kg"."""
        try:
            values = self.at.get(ref).__dict__
        except Absent:
            return self.value(ref)
        names = [name for name in DETAILS if values.get(name) is not None]
        if "item" in names and "kind" in names:
            names.remove("kind")
        if not names:
            return self.value(ref)
        comma = said(self.reader.gettext(N_(", ")))
        parts = [self.piece(N_("until {day}"), day=values[name]) if name == "until" else
                 self.value(values[name]) for name in names]
        details = Piece(comma.plain.join(p.plain for p in parts), comma.html.join(p.html for p in parts))
        return self.piece(N_("{thing}: {details}"), thing=ref, details=details)

    def needed(self, things: Iterable[Any]) -> set[str]:
        """The commitments that these are said with. `teller_for` opens what a member may read of them."""
        return {sealed.commitment for sealed in needed(things, self.at)}

    def currency(self, code: str, amount: Decimal = Decimal(2)) -> Piece:
        """The name of a currency, as it stands after an amount."""
        if code == "XTS":
            # 1.50 crowns are several, in every language of ours that tells one from several.
            count = int(amount) if amount == int(amount) else 2
            return said(self.reader.ngettext("crown", "crowns", abs(count)))
        return said(get_currency_name(code, amount, Locale.parse(self.reader.language)))

    def digits(self, number: int) -> Piece:
        """A number that is a name, in the reader's digits: entry 1234 is not parted by thousands."""
        return said("".join(self.reader.number(int(digit)) for digit in str(int(number))))

    def _money(self, quantity: Quantity) -> Piece:
        decimals = CURRENCIES[quantity.unit]
        amount = Decimal(quantity.n).scaleb(-decimals)
        return self.piece(N_("{amount} {unit}"), amount=said(self.reader.decimal(quantity.n, decimals)),
                          unit=self.currency(quantity.unit, amount))

    def _quantity(self, quantity: Quantity) -> Piece:
        if quantity.is_money:
            return self._money(quantity)
        unit = Ref[Unit](quantity.unit_number or 0)
        amount = said(self.reader.decimal(quantity.n, decimals_of(quantity.unit, self.at)))
        of = N_("{amount} {unit}") if self._name(unit) else N_("{amount} of {unit}")
        return self.piece(of, amount=amount, unit=unit)

    def _ref(self, ref: Ref[Any]) -> Piece:
        name = ref.row.__name__
        numbered = ROW_NAMES.get(name, name.lower() + " {number}")
        return self._name(ref) or self.piece(numbered, number=self.digits(ref))

    def _name(self, ref: Ref[Any]) -> Piece | None:
        sealed = name_of(ref, self.at)
        text = self.opened.get(sealed.commitment) if sealed else None
        return theirs(*text) if text else None

    def _words(self, sealed: Sealed) -> Piece:
        if sealed.commitment in self.opened:
            return theirs(*self.opened[sealed.commitment])
        return self.piece(N_("words that are closed to you or erased"))

    def _who(self, who: Who) -> Piece:
        one, *others = [self.piece(part.says) for part in who.parts()]
        for other in others:
            one = self.piece(N_("{one} or {other}"), one=one, other=other)
        return one

    def _rule(self, rule: str) -> Piece:
        if not rule:
            return said("")
        living = N_("Living with the rules, {number}") if rule.startswith("Living ") else N_("Rule {number}")
        return self.piece(living, number=rule.removeprefix("Living "))

    def _helps(self, role: str) -> Piece:
        if not role:
            return said("")
        people = [member.ref for member in helpers(role, self.at)]
        if not people:
            return self.piece(HELPS.get(role, role))
        return self.piece(N_("{who}: {people}"), who=self.piece(HELPS[role]), people=tuple(people))

    def _many(self, values: tuple[Any, ...]) -> Piece:
        return listed(self.reader, [self.value(v) for v in values]) if values else self.piece(N_("none"))

    def _shape(self, shape: Shape) -> Piece:
        return self._many(tuple(v for v in shape.__dict__.values() if v is not None))


# Asked from the top: a narrower kind of value stands above the wider one that it is made of.
_SAY: tuple[tuple[Any, Any], ...] = (
    (type(None), lambda teller, _: teller.piece(N_("not said"))),
    (bool, lambda teller, yes: teller.piece(N_("yes") if yes else N_("no"))),
    (Ref, Teller._ref),
    (int, lambda teller, n: said(teller.reader.number(n))),
    (Kind, lambda teller, kind: teller.piece(kind.label)),
    (StrEnum, lambda teller, code: teller.piece(label_of(code))),
    (str, lambda teller, code: said(code)),
    (date, lambda teller, day: said(teller.reader.day(day))),
    (Quantity, Teller._quantity),
    (Sealed, Teller._words),
    (Text, lambda teller, text: theirs(*text)),
    (Who, Teller._who),
    (tuple, Teller._many),
    (Shape, Teller._shape),
)


def teller_for(book: Book, reader: Reads, by: Member | None, things: Iterable[Any]) -> Teller:
    """A teller with every word of these things that a member may read, opened in one query."""
    at = book.tables
    return Teller(reader, book.vault.open(readable_by(by, things, at)) if by else {}, at)


def decimals_of(unit: str, at: Tables) -> int:
    """How many digits after the point a unit or currency has. A unit that is not there has none."""
    if unit in CURRENCIES:
        return CURRENCIES[unit]
    try:
        return at.get(Ref[Unit](int(unit[1:]))).decimals
    except (Absent, ValueError):
        return 0
