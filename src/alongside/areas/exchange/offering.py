"""What an offer writes, and a question. Its conditions are what came with it, and stay that."""

from alongside.areas.exchange.offer import OfferMade, QuestionAsked
from alongside.areas.exchange.tables import Offer, OfferAnswer
from alongside.fold import folds


@folds(OfferMade)
def keep_offer(fact, entry, at):
    asked = entry.asked
    at.put(Offer(number=entry.number, ally=fact.ally, need=fact.need, kind=fact.kind, item=fact.item,
                 quantity=fact.quantity, left=fact.quantity.n, cover=fact.cover, said=entry.day,
                 until=fact.until, if_part=asked.if_part, conditions=asked.conditions, words=asked.words,
                 question=False, answer=OfferAnswer.OPEN, answered=None))


@folds(QuestionAsked)
def keep_question(fact, entry, at):
    asked = entry.asked
    at.put(Offer(number=entry.number, ally=fact.ally, need=None, kind=fact.kind, item=None,
                 quantity=asked.quantity, left=0, cover=None, said=entry.day, until=fact.until,
                 if_part=asked.if_part, conditions=asked.conditions, words=asked.words, question=True,
                 answer=OfferAnswer.OPEN, answered=None))
