"""The host calls a listening session and one of its own leads it. No ally ever does either (3.1)."""

import re
from datetime import date

from alongside.action import Action, Free, asks, no
from alongside.areas.listening.tables import Session
from alongside.areas.partnership.tables import Member
from alongside.areas.partnership.who import host_member
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.words import Audience, BookKind, Ref, Sealed, Unclear

LANGUAGE, HOUR = re.compile("[a-z]{2,3}"), re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
NOT_OF_US = no("facilitator-outside", N_("Only a member of your own group can lead a listening session."),
               rule="3.1", yours=True, lift=N_("Choose a member of your group."))


class SessionCalled(Fact):
    says = "{by} called a listening session for {on}."
    facilitator: Ref[Member]
    languages: tuple[str, ...]
    on: date
    hour: str | None = None
    recording: bool
    place: Sealed | None = None
    missing: Sealed | None = None


class CallSession(Action):
    title = N_("Call a listening session")
    happens = N_("Your group sees it. Neither what is said nor that there was a session leaves this book.")
    undo = N_("You can close it without anything having been said.")
    books = (BookKind.INNER,)
    facilitator: Ref[Member] = asks("Who leads it?")
    languages: tuple[str, ...] = asks("In which languages?", hint=N_("Their short codes, such as ar or apd."))
    on: date = asks("On which day?")
    hour: str | None = asks("At what hour?", hint=N_("Such as 17:30."), optional=True)
    place: Sealed = asks("Where, roughly?", hint=N_("Never an address."), to=Audience.GROUP, optional=True)
    missing: Sealed = asks("Who cannot be there, and why?", to=Audience.GROUP, optional=True, long=True)
    recording: bool = asks("May it be recorded?", default=False)

    who = host_member
    needs = Free("The host listens among itself; nobody else is asked.")
    within = Free("No memorandum reaches into the host's own sessions.")
    unless = Free("A stop holds what moves, not who may be listened to.")

    def bounds(self):
        super().bounds()
        if not self.languages or not all(LANGUAGE.fullmatch(language) for language in self.languages):
            raise Unclear("languages", N_("A language is written as its short code, such as ar or apd."))
        if self.hour is not None and not HOUR.fullmatch(self.hour):
            raise Unclear("hour", N_("There is no such hour. Write it as 17:30."))

    def check(self, by, at, moment):
        facilitator = at.get(self.facilitator)
        if not facilitator.host or facilitator.left:
            yield NOT_OF_US()

    def becomes(self, by, at, moment):
        return SessionCalled(facilitator=self.facilitator, languages=self.languages, on=self.on,
                             hour=self.hour, recording=self.recording, place=self.place, missing=self.missing)


@folds(SessionCalled)
def keep_session(fact, entry, at):
    at.put(Session(
        number=entry.number, by=entry.author, facilitator=fact.facilitator, languages=fact.languages,
        on=fact.on, hour=fact.hour, recording=fact.recording, place=fact.place, missing=fact.missing,
        needs=0, works=0, risks=0, do_nots=0, heard_works=None, heard_risks=None, closed=False, ended=None))
