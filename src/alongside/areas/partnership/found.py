"""A host group begins: its book opens with its name, first steward, day, and the keys that vouch for it."""

from alongside.action import Action, Free, asks, no
from alongside.areas.partnership.tables import Charter, Group, Key, Member, Role, RoleName
from alongside.areas.partnership.who import founder
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, BookKind, Ref, Sealed

NO_KEYS = no("no-keys", N_("A book needs a key that vouches for it."),
             lift=N_("Found it through a doorway of ours."))


class Founded(Fact):
    says = "{by} founded this book."
    kind: BookKind
    offset_minutes: int
    name: Sealed | None = None
    founder_name: Sealed | None = None
    keys_joined: tuple[Key, ...]
    log_key: str


class Found(Action):
    title = N_("Found your group")
    happens = N_("Your group’s two books open: one for yourselves alone, one to share with allies.")
    undo = N_("A founded group can be left, but its record stays yours.")
    books = (BookKind.SHARED, BookKind.INNER)
    name_of_group: Sealed = asks("What is your group called?", to=Audience.BOOK)
    your_name: Sealed = asks("What shall the others call you?", to=Audience.BOOK)
    kind: BookKind = asks("Which book is this?", brought=True)
    offset_minutes: int = asks("How far is your clock from Greenwich, in minutes?", default=0, least=-840,
                               most=840, brought=True)
    keys: tuple[Key, ...] = asks("Which keys vouch here?", brought=True)
    log_key: str = asks("Which key signs the checkpoints?", brought=True)

    who = founder
    needs = Free("A group needs nobody's yes to exist.")
    within = Free("There are no terms before there is a group.")
    unless = Free("There is nothing to stop yet.")

    def check(self, by, at, moment):
        if not self.keys:
            yield NO_KEYS()

    def becomes(self, by, at, moment):
        return Founded(kind=self.kind, offset_minutes=self.offset_minutes, name=self.name_of_group,
                       founder_name=self.your_name, keys_joined=self.keys, log_key=self.log_key)


@folds(Founded)
def open_book(fact, entry, at):
    number, day = entry.number, entry.day
    host = Ref[Group](number)
    at.put(Charter(number=number, kind=fact.kind, offset_minutes=fact.offset_minutes, rules=entry.rules))
    at.put(Group(number=number, host=True, name=fact.name, joined=day))
    at.put(Member(number=number, group=host, host=True, name=fact.founder_name, joined=day, left=None))
    at.put(Role(number=number, member=number, role=RoleName.STEWARD, from_day=day, ended=None))
