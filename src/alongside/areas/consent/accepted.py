"""An accepted offer is a yes of its own, for that much and no more. It leans on the yes it was offered under.

It has no cover: nothing else can lean on it. What money was accepted counts against every cap above it.
"""

from alongside.areas.consent.tables import Consent, How
from alongside.areas.exchange.accept import OfferAccepted
from alongside.fold import folds
from alongside.shape import replace


@folds(OfferAccepted)
def keep_acceptance(fact, entry, at):
    at.put(Consent(
        number=entry.number, how=How.ACCEPTED, ally=fact.ally, kinds=(fact.kind,), need=fact.need, cap=None,
        used=0, said=entry.day, until=fact.until, leans_on=fact.leans_on, under=fact.under, by=entry.author,
        seconded=None, alone=False, ended=None, ended_by=None))
    if fact.quantity.is_money:
        count_against_caps(at, fact)


def count_against_caps(at, fact):
    """Add the money to what was accepted under the terms, and under every yes between it and them."""
    above, step = {fact.under}, fact.leans_on
    while step:
        above.add(step)
        step = at.get(step).leans_on
    for number in sorted(above):
        yes = at.get(number)
        if yes.cap is not None:
            at.put(replace(yes, used=yes.used + fact.quantity.n))
