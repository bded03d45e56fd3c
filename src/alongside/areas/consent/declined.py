"""A question is an asking too: after a no to it the same rests, so that a no needs saying only once."""

from alongside.areas.consent.resting import rest
from alongside.areas.exchange.decline import OfferDeclined
from alongside.fold import folds


@folds(OfferDeclined)
def let_a_question_rest(fact, entry, at):
    if fact.need is None:       # an offer for a need that is open was invited
        rest(at, fact.ally, fact.kind, None, entry)
