"""A group abroad comes in, under the number of its invitation. It can see and ask; nothing more yet."""

from alongside.action import Action, Free, asks, no
from alongside.areas.partnership.tables import Group, Invitation, Member
from alongside.areas.partnership.who import invited
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, Ref, Sealed

USED = no("invitation-used", N_("This invitation was already accepted."), helps="host",
          lift=N_("Ask the host for another."))
OVER = no("invitation-over", N_("This invitation ended on {until}."), helps="host",
          lift=N_("Ask the host for another."))


class GroupJoined(Fact):
    says = "{group} came alongside."
    group: Ref[Group]
    name: Sealed | None = None
    member_name: Sealed | None = None


class AcceptInvitation(Action):
    title = N_("Come alongside")
    happens = N_("Your group joins this book. You see what is needed, and can ask whether you may help.")
    undo = N_("You can leave at any time, without a reason.")
    invitation: Ref[Invitation] = asks("Which invitation do you hold?", brought=True)
    name_of_group: Sealed = asks("What is your group called?", to=Audience.BOOK)
    your_name: Sealed = asks("What shall the others call you?", to=Audience.BOOK)

    who = invited
    needs = Free("The invitation is the yes.")
    within = Free("Terms are agreed with those who came.")
    unless = Free("A stop holds what moves, not who may be talked to.")

    def check(self, by, at, moment):
        place = at.get(self.invitation)
        if place.accepted:
            yield USED()
        elif place.until < moment:
            yield OVER(until=place.until)

    def becomes(self, by, at, moment):
        return GroupJoined(group=Ref[Group](self.invitation), name=self.name_of_group,
                           member_name=self.your_name)


@folds(GroupJoined)
def come_in(fact, entry, at):
    at.put(replace(at.get(Ref[Invitation](fact.group)), accepted=entry.day))
    at.put(Group(number=int(fact.group), host=False, name=fact.name, joined=entry.day))
    at.put(
        Member(
            number=int(fact.group),
            group=fact.group,
            host=False,
            name=fact.member_name,
            joined=entry.day,
            left=None,
        )
    )
