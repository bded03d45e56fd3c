"""What was said in a session is written down in its own words, and stays in the circle."""

from alongside.action import Action, Free, asks, no
from alongside.areas.listening.tables import Finding, FindingKind, Sensitivity, Session
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, BookKind, Ref, Sealed

SESSION_CLOSED = no("session-closed", N_("This session was closed on {day}."), yours=True,
                    lift=N_("Call another session for what came up later."))
KINDS = {
    FindingKind.NEED: N_("something is missing"), FindingKind.WORKS: N_("something works already"),
    FindingKind.RISK: N_("something is dangerous"), FindingKind.DO_NOT: N_("something nobody should do here")}
HOW_FAR = {
    Sensitivity.PUBLIC: N_("anybody may know"), Sensitivity.NETWORK: N_("our allies may know"),
    Sensitivity.CIRCLE: N_("only our group"), Sensitivity.SEALED: N_("only who wrote it, and the stewards")}
COUNTED = {FindingKind.NEED: "needs", FindingKind.WORKS: "works", FindingKind.RISK: "risks",
           FindingKind.DO_NOT: "do_nots"}


class FindingMade(Fact):
    says = "{by} wrote down what was said in {session}: {kind}."
    session: Ref[Session]
    kind: FindingKind
    priority: int | None = None
    sensitivity: Sensitivity
    statement: Sealed | None = None


class Find(Action):
    title = N_("Write down what was said")
    happens = N_("Your group can read it. None of it leaves this book: a need is named anew for allies.")
    books = (BookKind.INNER,)
    session: Ref[Session] = asks("In which session?")
    kind: FindingKind = asks("What is it about?", choices=KINDS)
    statement: Sealed = asks("What was said, in its own words?", hint=N_("No names, numbers or addresses."),
                             to=Audience.GROUP, long=True)
    priority: int | None = asks("How urgent is it?", hint=N_("1 is the most urgent, 9 the least."),
                                optional=True, least=1, most=9)
    sensitivity: Sensitivity = asks("How far may it go?", default=Sensitivity.CIRCLE, choices=HOW_FAR)

    who = host_member
    needs = Free("The host listens among itself; nobody else is asked.")
    within = Free("No memorandum reaches into the host's own sessions.")
    unless = Free("A stop must never keep what was said from being written down.")

    def check(self, by, at, moment):
        session = at.get(self.session)
        if session.closed:
            yield SESSION_CLOSED(day=session.ended)

    def becomes(self, by, at, moment):
        return FindingMade(session=self.session, kind=self.kind, priority=self.priority,
                           sensitivity=self.sensitivity, statement=self.statement)


@folds(FindingMade)
def keep_finding(fact, entry, at):
    at.put(Finding(number=entry.number, session=fact.session, kind=fact.kind, statement=fact.statement,
                   priority=fact.priority, sensitivity=fact.sensitivity, by=entry.author))
    session = at.get(fact.session)
    counted = COUNTED[fact.kind]
    at.put(replace(session, **{counted: getattr(session, counted) + 1}))
