"""A steward admits a person, to the host or to an ally group. No group abroad adds people by itself (6.3)."""

from alongside.action import Action, Free, asks
from alongside.areas.partnership.tables import Group, Member
from alongside.areas.partnership.who import steward
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, BookKind, Ref, Sealed


class PersonAdmitted(Fact):
    says = "{by} admitted {name} to {group}."
    group: Ref[Group]
    host: bool
    name: Sealed | None = None


class Admit(Action):
    title = N_("Admit a person")
    happens = N_("They get a link that works once, to choose their own name and passphrase.")
    undo = N_("They can leave at any time.")
    books = (BookKind.SHARED, BookKind.INNER)
    group: Ref[Group] = asks("To which group do they belong?")
    name: Sealed = asks("What are they called here?", to=Audience.BOOK)

    who = steward
    needs = Free("Admitting is the host's own yes.")
    within = Free("Who may come in is the host's alone to say.")
    unless = Free("A stop holds what moves, not who may be talked to.")

    def becomes(self, by, at, moment):
        return PersonAdmitted(group=self.group, host=at.get(self.group).host, name=self.name)


@folds(PersonAdmitted)
def add_member(fact, entry, at):
    at.put(Member(number=entry.number, group=fact.group, host=fact.host, name=fact.name, joined=entry.day,
                  left=None))
