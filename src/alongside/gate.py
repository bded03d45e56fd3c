"""The only place that says yes or no.

It asks an action's four answers and its check, and says every no at once, first the one that the asker can
do something about. Somebody outside, and anyone asking about what they may not see, gets one and the same
refusal: a difference would tell a stranger what exists.
"""

from __future__ import annotations

from datetime import date

from alongside.action import ACTIONS, NOT_YOURS, QUESTIONS, Action, Refusal, no
from alongside.areas import every_verb
from alongside.areas.needs.tables import Unit
from alongside.areas.partnership.tables import Member, charter_of, host_of
from alongside.codes import N_
from alongside.shape import Shape
from alongside.tables import Absent, Tables
from alongside.words import Quantity, Ref

every_verb()

UNSEEN = no("unseen", N_("There is nothing by that number that you can see here."),
            lift=N_("Check the number, or ask somebody of the group."))
NOT_NOW = no("not-now", N_("Not now."), lift=N_("Wait, or ask the host group."), helps="host")
OTHER_BOOK = no("other-book", N_("This belongs to another of your books."), yours=True,
                lift=N_("Open the other book and do it there."))
NOT_IN_RULES = no("not-in-rules", N_("The rules in force here do not know this."),
                  lift=N_("A steward can adopt newer rules."), helps="steward")

for _action in ACTIONS.values():
    for _question in QUESTIONS:
        if not callable(getattr(_action, _question, None)):
            raise TypeError(f"{_action.called} does not answer {_question}")


class Refused(Exception):
    """The gate said no. `refusals` holds every reason, the most useful first."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(r.no.code for r in refusals))
        self.refusals = refusals


def asker(author: int, at: Tables) -> Member | None:
    """The member row of an author, or None for somebody who is not (or no longer) a member here."""
    if author < 1:
        return None
    member = at.first(Member, number=author)
    return member if member is not None and member.left is None else None


def asker_or_outside(author: int, at: Tables) -> Member:
    """The member row of an author, or the row that stands for somebody who has none yet."""
    return asker(author, at) or Member.outside(author)


def ask(asked: Action, author: int, at: Tables, moment: date) -> tuple[Refusal, ...]:
    """Every reason why not; empty means yes. Reads tables, writes nothing, and reads no clock.

    `moment` is the host's civil day, fixed once for this asking.
    """
    return decide(asked, asker_or_outside(author, at), at, moment)


def decide(asked: Action, by: Member, at: Tables, moment: date) -> tuple[Refusal, ...]:
    """As `ask`, for an asker already looked up."""
    if not by.group and not asked.who.outside:
        return (UNSEEN(),)
    if not _sees_what_it_names(asked, by, at):
        return (UNSEEN(),)
    charter = charter_of(at)
    if charter is not None and charter.kind not in asked.books:
        return (OTHER_BOOK(),)
    if not asked.since <= (charter.rules if charter else 1) < asked.before:
        return (NOT_IN_RULES(),)
    found = _every_no(asked, by, at, moment)
    return _in_order(found, by, at) if found else ()


def _every_no(asked: Action, by: Member, at: Tables, moment: date) -> list[Refusal]:
    not_theirs = [*asked.who(asked, by, at, moment)]
    if not_theirs and not host_of(by, at):
        # The other questions read what is between the host and another ally: has it a yes, until when?
        return not_theirs
    return [
        *not_theirs,
        *asked.needs(asked, by, at, moment),
        *asked.within(asked, by, at, moment),
        *asked.unless(asked, by, at, moment),
        *asked.check(by, at, moment),
    ]


def _in_order(found: list[Refusal], by: Member, at: Tables) -> tuple[Refusal, ...]:
    if len(found) > 1:
        # The same no from two questions is one no; what the asker can lift comes first.
        found = list({r.no.code: r for r in reversed(found)}.values())[::-1]
        found.sort(key=lambda r: (r.no is not NOT_YOURS, not r.no.yours))
    if any(r.no.hidden for r in found) and not host_of(by, at):
        # A hold may say that somebody is in danger. Why it holds is not an ally's to know.
        return (NOT_NOW(),)
    return tuple(found)


def _sees_what_it_names(asked: Action, by: Member, at: Tables) -> bool:
    """Resolve every reference before any rule is asked: absent, foreign and invisible are one answer."""
    try:
        return _sees(asked, by, at)
    except Absent:
        return False


def _sees(shape: Shape, by: Member, at: Tables) -> bool:
    for name in shape.named():
        value = shape.__dict__[name]
        if value is None:
            continue
        for one in value if type(value) is tuple else (value,):
            if isinstance(one, Ref):
                if not at.get(one).seen_by(by, at):
                    return False
            elif type(one) is Quantity:
                if (unit := one.unit_number) is not None:
                    at.get(Ref[Unit](unit))
            elif not _sees(one, by, at):        # a part of it, with references of its own
                return False
    return True
