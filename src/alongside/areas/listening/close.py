"""A session that heard what is missing also says what works already and what is dangerous (3.2).

"Nothing was said about it" is an answer; only silence about the question is not.
"""

from alongside.action import Action, Free, asks, no
from alongside.areas.listening.find import SESSION_CLOSED
from alongside.areas.listening.tables import Heard, Session
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import Audience, BookKind, Ref, Sealed

NO_WORKS = no("works-unanswered", N_("This session heard what is missing, but not yet what works."),
              rule="3.2", yours=True,
              lift=N_("Write down what works, or say that nothing was said about it."))
NO_RISKS = no("risks-unanswered", N_("This session heard what is missing, but not yet what is dangerous."),
              rule="3.2", yours=True,
              lift=N_("Write down the risks, or say that nothing was said about them."))


class SessionClosed(Fact):
    says = "{by} closed {session}."
    session: Ref[Session]
    works: Heard
    risks: Heard
    missing: Sealed | None = None


class CloseSession(Action):
    title = N_("Close a session")
    happens = N_("What was said stays as it was written down. Nothing is added to this session any more.")
    books = (BookKind.INNER,)
    session: Ref[Session] = asks("Which session?")
    nothing_on_works: bool = asks("Was nothing said about what works already?", default=False)
    nothing_on_risks: bool = asks("Was nothing said about what is dangerous?", default=False)
    missing: Sealed = asks("Who was missing, and why?", to=Audience.GROUP, optional=True, long=True)

    who = host_member
    needs = Free("The host listens among itself; nobody else is asked.")
    within = Free("No memorandum reaches into the host's own sessions.")
    unless = Free("A stop holds what moves, not who may be listened to.")

    def check(self, by, at, moment):
        session = at.get(self.session)
        if session.closed:
            yield SESSION_CLOSED(day=session.ended)
        elif session.needs:
            if heard(session.works, self.nothing_on_works) is Heard.NOT_ASKED:
                yield NO_WORKS()
            if heard(session.risks, self.nothing_on_risks) is Heard.NOT_ASKED:
                yield NO_RISKS()

    def becomes(self, by, at, moment):
        session = at.get(self.session)
        return SessionClosed(session=self.session, works=heard(session.works, self.nothing_on_works),
                             risks=heard(session.risks, self.nothing_on_risks), missing=self.missing)


def heard(findings, nothing_said):
    """How a session answered a question: what was found goes before what was ticked."""
    if findings:
        return Heard.FOUND
    return Heard.NOTHING_SAID if nothing_said else Heard.NOT_ASKED


@folds(SessionClosed)
def end_session(fact, entry, at):
    session = at.get(fact.session)
    at.put(replace(session, closed=True, ended=entry.day, heard_works=fact.works, heard_risks=fact.risks,
                   missing=fact.missing or session.missing))
