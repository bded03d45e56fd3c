"""A need that the host opened to offers is a yes too: to be offered, for that need, until its day."""

from alongside.areas.consent.covering import open_covers
from alongside.areas.consent.tables import Consent, How
from alongside.areas.needs.open import NeedOpened
from alongside.fold import folds


@folds(NeedOpened)
def keep_opening(fact, entry, at):
    open_covers(at, Consent(
        number=entry.number, how=How.OPENED, ally=fact.ally, kinds=fact.kinds, need=fact.need, cap=None,
        used=0, said=entry.day, until=fact.until, leans_on=None, by=entry.author, seconded=None, alone=False,
        ended=None, ended_by=None))
