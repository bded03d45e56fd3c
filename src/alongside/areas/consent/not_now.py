"""The host says "not now" to an asking. That is an answer too, and it starts no argument."""

from alongside.action import Free
from alongside.areas.consent.answering import answer
from alongside.areas.consent.refuse import ConsentRefused, Refuse
from alongside.codes import N_
from alongside.fold import folds


class AskedNotNow(ConsentRefused):
    says = "{by} said “not now” to {group}: {kind}."


class NotNow(Refuse):
    title = N_("Say not now")
    happens = N_("They see your “not now”. The same asking rests for thirty days unless you invite it.")
    needs = Free("A not now needs nobody's yes.")

    def becomes(self, by, at, moment):
        asked = at.get(self.asking)
        return AskedNotNow(asking=asked.ref, group=asked.ally, kind=asked.kind, need=asked.need)


@folds(AskedNotNow)
def let_it_rest_for_now(fact, entry, at):
    answer(at, fact, entry, "not_now")
