"""Rules change only by being adopted. What was written under older rules is read under them for ever."""

from alongside.action import Action, Free, asks, no
from alongside.areas.partnership.tables import Charter
from alongside.areas.partnership.who import steward
from alongside.codes import N_
from alongside.fact import Fact
from alongside.fold import folds
from alongside.shape import replace
from alongside.words import BookKind, Ref

LATEST = 1      # the newest rules this version of Alongside knows

NOT_NEWER = no("rules-not-newer", N_("Rules {now} are in force already; these are not newer."),
               lift=N_("Nothing needs to be done."))
NOT_KNOWN = no("rules-not-known", N_("This machine knows rules up to {latest} only."),
               lift=N_("Update Alongside first."))


class RulesAdopted(Fact):
    says = "{by} adopted rules {rules}."
    rules: int


class AdoptRules(Action):
    title = N_("Adopt newer rules")
    happens = N_("From the next entry on, the gate asks by the newer rules.")
    books = (BookKind.SHARED, BookKind.INNER)
    rules: int = asks("Which version of the rules?", least=1)

    who = steward
    needs = Free("The rules are the host's to adopt.")
    within = Free("A memorandum stands under the rules, not over them.")
    unless = Free("A stop holds what moves, not the rules.")

    def check(self, by, at, moment):
        now = at.get(Ref[Charter](1)).rules
        if self.rules <= now:
            yield NOT_NEWER(now=now)
        if self.rules > LATEST:
            yield NOT_KNOWN(latest=LATEST)

    def becomes(self, by, at, moment):
        return RulesAdopted(rules=self.rules)


@folds(RulesAdopted)
def change_rules(fact, entry, at):
    at.put(replace(at.get(Ref[Charter](1)), rules=fact.rules))
