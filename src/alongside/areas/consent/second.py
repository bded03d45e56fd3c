"""The second person of the host says the first yes too. From this moment it stands."""

from alongside.action import Action, Free, asks, no
from alongside.areas.consent.tables import Consent, How
from alongside.areas.partnership.tables import Group
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Kind, Ref

NOT_FIRST = no("not-a-first-yes", N_("Only a first yes waits for a second person."),
               lift=N_("Nothing needs to be done."))
SAME_PERSON = no("same-person", N_("The second person is somebody else than the first."), rule="Living 2",
                 lift=N_("Ask another member of your group."), helps="host")
ALREADY = no("already-seconded", N_("Two people have said this yes already."),
             lift=N_("Nothing needs to be done."))
CANNOT = no("first-yes-over", N_("This first yes ended on {day}."), yours=True,
            lift=N_("Say a new first yes."))


class FirstYesSeconded(Fact):
    says = "{by} said it too: yes to {kinds} from {ally}."
    consent: Ref[Consent]
    ally: Ref[Group]
    kinds: tuple[Kind, ...]


class Second(Action):
    title = N_("Say it too")
    happens = N_("The first yes stands from now on, within its bounds.")
    undo = N_("Any member of your group can take it back at any moment, without a reason.")
    consent: Ref[Consent] = asks("Which first yes do you second?")

    who = host_member
    needs = Free("This is the yes.")
    within = Free("A first yes stands in for the memorandum until there is one.")
    unless = Free("A stop holds what leans on a yes, not the saying of it.")

    def check(self, by, at, moment):
        given = at.get(self.consent)
        if given.how is not How.FIRST_YES:
            yield NOT_FIRST()
        elif given.seconded is not None:
            yield ALREADY()
        elif given.ended is not None or moment > given.last_day():
            yield CANNOT(day=given.ended or given.last_day())
        elif given.by == by.number:
            yield SAME_PERSON()

    def becomes(self, by, at, moment):
        given = at.get(self.consent)
        return FirstYesSeconded(consent=given.ref, ally=given.ally, kinds=given.kinds)


@folds(FirstYesSeconded)
def let_it_stand(fact, entry, at):
    at.put(replace(at.get(fact.consent), seconded=entry.day))
