"""Does somebody's living yes reach this? Silence is no, an unclear yes is no, a lapsed one is no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from alongside.action import Refusal, no
from alongside.areas.consent.tables import Consent, Cover
from alongside.areas.needs.tables import Need
from alongside.areas.partnership.tables import Group, Member
from alongside.codes import N_
from alongside.tables import Tables
from alongside.words import Kind, Quantity, Ref

NO_YES = no("no-yes", N_("Nobody here has said yes to {kind} from you."), rule="1.2", yours=True,
            helps="host", lift=N_("Ask the host group whether you may. It can say yes, not now, or no."))
YES_OVER = no("yes-over", N_("The yes to {kind} ended on {day}. A yes that has ended is a no."), rule="1.2",
              yours=True, helps="host", lift=N_("Ask the host group whether it says yes again."))
YES_BACK = no("yes-taken-back", N_("The host group took back its yes to {kind}."), rule="L2", helps="host",
              lift=N_("Only a new yes of the host group. It owes nobody a reason."))
YES_WAITS = no("yes-waits", N_("The first yes to {kind} still waits for a second person of the host group."),
               rule="Living 2", helps="host", lift=N_("A second person says yes."))


class Sought(NamedTuple):
    """What an action would move: which ally, what kind, for which need, how much."""

    ally: Ref[Group]
    kind: Kind
    need: Ref[Need] | None
    quantity: Quantity | None


def ancestry(kind: str) -> list[str]:
    """A kind and everything above it: a yes to any of them reaches it."""
    parts = kind.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def covers_of(sought: Sought, at: Tables) -> list[Consent]:
    """Every yes not taken back whose bounds reach what is sought, whether or not it stands today."""
    found = {cover.number for way in _ways(sought) for cover in at.find(Cover, **way, open=True)}
    return [at.get(Ref[Consent](n)) for n in sorted(found)]


def _ways(sought: Sought) -> list[dict[str, Any]]:
    """Where a covering yes can stand: this ally or all, this kind or above it, this need or any."""
    needs = (0, int(sought.need)) if sought.need else (0,)
    return [{"ally": ally, "kind": kind, "need": need}
            for ally in (int(sought.ally), 0) for kind in ancestry(sought.kind) for need in needs]


def standing(sought: Sought, at: Tables, moment: date) -> Consent | None:
    """The yes that this may lean on: one with room for it if there is any, and of these the longest."""
    live = [c for c in covers_of(sought, at) if c.stands(moment)]
    return max(live, key=lambda c: (_has_room(c, sought.quantity), c.last_day(), -c.number)) if live else None


def _has_room(consent: Consent, quantity: Quantity | None) -> bool:
    cap = consent.cap
    if cap is None or quantity is None or not quantity.is_money:
        return True
    return cap.unit == quantity.unit and cap.n - consent.used >= quantity.n


class Covered:
    """Needs a live, covering, unexpired yes for what the action's `sought(by, at)` would move."""

    says = N_("A living yes of the host group that covers its kind and its need.")

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """The refusal that says best why no yes reaches it."""
        sought = asked.sought(by, at)
        if sought is None or standing(sought, at, moment):
            return ()
        return (why_not(sought, at, moment),)


class LeansOn:
    """Needs the very yes that the action names in `leans_on(at)` not to be taken back."""

    says = N_("The yes that was given when it was accepted, not taken back.")

    def __call__(self, asked: Any, by: Member, at: Tables, moment: date) -> Iterable[Refusal]:
        """`YES_BACK` when it was taken back, `YES_OVER` when it ended by itself."""
        consent = asked.leans_on(at)
        if consent is None:
            return ()
        if consent.ended is not None:
            return (YES_BACK(kind=consent.kinds[0]),)
        if not consent.stands(moment):
            return (YES_OVER(kind=consent.kinds[0], day=consent.last_day()),)
        return ()


def why_not(sought: Sought, at: Tables, moment: date) -> Refusal:
    """Which no this is: never said, waiting for its second, or over."""
    open_ = covers_of(sought, at)
    if waiting := [c for c in open_ if c.from_day() is None and c.last_day() >= moment]:
        return YES_WAITS(kind=sought.kind, consent=waiting[0].ref)
    if over := [c for c in open_ if c.last_day() < moment]:
        return YES_OVER(kind=sought.kind, day=max(c.last_day() for c in over))
    if any(at.first(Cover, **way, open=False) for way in _ways(sought)):
        return YES_BACK(kind=sought.kind)
    return NO_YES(kind=sought.kind)
