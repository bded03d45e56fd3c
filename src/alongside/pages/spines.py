"""What stands on the shelf: whose book it is, and who is alongside, in the words that its member may read."""

from __future__ import annotations

from alongside.areas.partnership.tables import Charter, Group, Member
from alongside.codes import N_
from alongside.languages.locale import Reader
from alongside.languages.opening import readable_by
from alongside.languages.sentences import Teller
from alongside.pages.books import Spine, unnamed
from alongside.pages.desk import OF_GROUPS
from alongside.pages.gather import PageTables, look
from alongside.people.models import Membership
from alongside.store.books import NoSuchBook, open_book
from alongside.words import BookKind


def spine(membership: Membership, reader: Reader) -> Spine:
    """A book as it stands on its member's shelf. Whoever has left reads its name no more."""
    try:
        kept = open_book(membership.book)
    except NoSuchBook:
        return unnamed(membership, reader)
    at = kept.tables = PageTables(kept.id, kept.db)
    at.gather(*map(look, OF_GROUPS))
    by, host = at.first(Member, number=membership.member), at.first(Group, host=True)
    if by is None or by.left is not None or host is None or host.name is None:
        return unnamed(membership, reader)
    groups = list(at.all(Group))
    teller = Teller(reader, kept.vault.open(readable_by(by, groups, at)), at)
    name = teller.opened.get(host.name.commitment)
    return Spine(membership.book, name.text, _note(teller, groups)) if name else unnamed(membership, reader)


def _note(teller: Teller, groups: list[Group]) -> str:
    charter = teller.at.first(Charter, number=1)
    if charter is not None and charter.kind is BookKind.INNER:
        return teller.plain(N_("among yourselves"))
    allies = tuple(group.ref for group in groups if not group.host)
    return teller.plain(N_("with {allies}"), allies=allies) if allies else ""
