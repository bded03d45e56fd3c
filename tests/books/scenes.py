"""What somebody would sensibly do next. Each scene gives some answers and who asks; None: nobody would
now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.books.drawn import Hand
from tests.books.remembered import FOUNDER, HOST, MONEY

Given = dict[str, Any]
Scene = Callable[[Hand], Given | None]
SCENES: dict[str, Scene] = {}
BY_FOUNDER = ("partnership.invite", "partnership.admit")


def scene(*called: str) -> Callable[[Scene], Scene]:
    """Say which actions a scene leads to."""

    def keep(told: Scene) -> Scene:
        SCENES.update(dict.fromkeys(called, told))
        return told

    return keep


def sensible(hand: Hand, called: str) -> Given | None:
    """Some answers, and under "by" who gives them."""
    if called in BY_FOUNDER:
        return {"by": FOUNDER}
    if called in SCENES:
        given = SCENES[called](hand)
        if given is not None:
            given.setdefault("by", hand.pick(hand.world.hosts()))
        return given
    return {"by": hand.pick(hand.world.hosts())}


def somebody_of(hand: Hand, ally: int | None) -> int:
    """Anybody of a group."""
    return hand.pick(hand.people_of(ally))


@scene("partnership.accept")
def come_in(hand: Hand) -> Given | None:
    free = [n for n in hand.world.invited if n not in hand.world.groups]
    return {"invitation": free[0], "by": free[0]} if free else None


@scene("listening.find", "listening.close")
def session(hand: Hand) -> Given | None:
    found = [s.number for s in hand.world.sessions.values() if not s.closed]
    return {"session": hand.pick(found)} if found else None


@scene("listening.call")
def call(hand: Hand) -> Given:
    return {"languages": ["ar"], "hour": "17:30", "facilitator": hand.pick(hand.world.hosts())}


@scene("needs.name")
def name(hand: Hand) -> Given:
    unit = [f"u{n}" for n in hand.world.units] or ["XTS"]
    given: Given = {"quantity": [hand.pick((10, 3, 40)), hand.pick(unit)], "by_when": None}
    if hand.world.items and hand.one_in(4):
        return {**given, "item": hand.pick(hand.world.items), "kind": None, "label": None}
    kind = hand.pick(("goods.food", "goods.tools", "skills.repair", "money", "goods"))
    return {**given, "item": None, "kind": kind, "label": "what is missing",
            "rank": hand.pick((0, 1, 2, 3, 100))}


@scene("needs.rank")
def rank(hand: Hand) -> Given | None:
    if not hand.world.needs:
        return None
    return {"need": hand.pick(hand.world.needs), "rank": hand.pick((1, 2, 3, 0, 4, 100))}


@scene("needs.not_needed")
def not_needed(hand: Hand) -> Given:
    items = [{"item": item, "kind": None} for item in hand.world.items]
    kind = hand.pick(("goods.clothes", "transport", "goods.tools", "money"))
    return hand.pick([*items, {"item": None, "kind": kind}])


@scene("needs.confirm")
def confirm(hand: Hand) -> Given | None:
    if not hand.world.needs:
        return None
    need = hand.pick(hand.world.needs.values())
    return {"need": need.number, "quantity": hand.pick((None, [need.quantity.n + 1, need.quantity.unit]))}


@scene("needs.open")
def open_need(hand: Hand) -> Given | None:
    if not hand.world.needs:
        return None
    need = hand.pick(hand.world.needs.values())
    return {"need": need.number, "ally": hand.pick((None, *hand.world.allies())),
            "kinds": hand.pick(([need.kind, "money"], None, ["money", "transport"])), "until": None}


@scene("consent.first_yes")
def first_yes(hand: Hand) -> Given | None:
    if not hand.world.allies():
        return None
    kinds = hand.pick(
        (
            ["money", "goods"],
            ["goods.food", "transport", "money"],
            ["goods", "money", "transport"],
            ["money"],
            ["goods.tools", "skills", "money"],
            ["goods", "money"],
            ["goods", "money", "skills"],
            ["goods", "visit.accompany"],
        )
    )
    return {"ally": hand.pick(hand.world.allies()), "kinds": kinds, "cap": [hand.pick((100, 1000, 0)), "XTS"],
            "until": hand.pick((None, None, hand.day + timedelta(days=hand.pick((30, 3, 0, 10)))))}


@scene("consent.second")
def second(hand: Hand) -> Given | None:
    first = [y for y in hand.world.yeses.values() if y.how == "first"]
    waiting = [y for y in first if not y.second and not hand.world.gone(y) and y.last() >= hand.day]
    if not waiting:
        return None
    yes = hand.pick(first if hand.one_in(12) else waiting)
    others = [p for p in hand.world.hosts() if p != yes.by]
    if hand.one_in(8):
        others = [yes.by]
    return {"consent": yes.number, "by": hand.pick(others)} if others else None


@scene("consent.give")
def give(hand: Hand) -> Given | None:
    terms = [y for y in hand.world.yeses.values() if y.how == "first" and hand.world.stands(y, hand.day)]
    if not terms:
        return None
    yes = hand.pick(terms)
    asked = [a for a in hand.world.askings.values() if a.answer == "open" and a.ally == yes.ally]
    until = hand.pick((yes.last(), yes.last(), hand.day, yes.last() + timedelta(days=1)))
    given: Given = {"ally": yes.ally, "until": until, "kind": hand.pick(yes.kinds),
                    "cap": hand.pick((None, [hand.pick((20, 60)), "XTS"])),
                    "need": hand.pick((None, *hand.world.needs)), "asking": None}
    return {**given, "asking": asked[0].number, "kind": asked[0].kind} if asked and hand.one_in(2) else given


@scene("consent.ask")
def ask(hand: Hand) -> Given | None:
    allies = [p for p, group in hand.world.people.items() if group != HOST]
    if hand.world.noes and not hand.one_in(3):
        said = hand.pick(hand.world.noes[-3:])
        return {"by": somebody_of(hand, said.ally), "kind": said.kind, "need": said.need}
    return {"by": hand.pick(allies)} if allies else None


@scene("consent.refuse", "consent.not_now")
def refuse(hand: Hand) -> Given | None:
    asked = [a.number for a in hand.world.askings.values() if a.answer == "open"]
    return {"asking": hand.pick(asked)} if asked else None


@scene("consent.withdraw")
def withdraw(hand: Hand) -> Given | None:
    left = [y for y in hand.world.yeses.values() if not hand.world.gone(y)]
    narrow = [y for y in left if y.how != "first"]
    return {"consent": hand.pick(narrow if narrow and not hand.one_in(4) else left).number} if left else None


@scene("safety.stop")
def stop(hand: Hand) -> Given | None:
    if sum(not s.lifted for s in hand.world.stops.values()) > 1:
        return None
    kind = hand.pick(("goods.food", "transport", "money", "goods.tools", "goods", None))
    return {"by": hand.pick(hand.world.people), "kind": kind}


@scene("safety.lift")
def lift(hand: Hand) -> Given | None:
    held = [s for s in hand.world.stops.values() if not s.lifted]
    if not held:
        return None
    one = hand.pick(held)
    return {"stop": one.number, "by": hand.pick((somebody_of(hand, one.group), one.again or one.by))}


@scene("exchange.offer")
def offer(hand: Hand) -> Given | None:
    if hand.one_in(8):
        much = hand.pick((None, [3, "XTS"]))
        return (ask(hand) or {}) | {"question": True, "need": None, "quantity": much, "stands_until": None}
    world = hand.world
    ways = [(ally, need, kind) for need in world.needs.values() for ally in world.allies()
            for kind in dict.fromkeys((need.kind, MONEY, "transport", "goods.food"))]
    said = [(ally, need, kind) for ally, need, kind in ways if world.living(ally, kind, need.number, hand.day)
            and not need.stale(hand.day) and not world.not_wanted(kind, world.item_of(kind, need))]
    if not ways:
        return None
    ally, need, kind = hand.pick(said if said and not hand.one_in(6) else ways)
    unit = "XTS" if kind == MONEY else need.quantity.unit
    return {"by": somebody_of(hand, ally), "need": need.number, "kind": kind, "question": False,
            "quantity": [hand.pick((50, 10, 101, 3)), unit], "if_part": hand.pick(("stays", "ask_again")),
            "stands_until": hand.pick((None, None, hand.day + timedelta(days=hand.pick((3, 2, 40)))))}


@scene("exchange.decline", "exchange.withdraw_offer")
def end_offer(hand: Hand) -> Given | None:
    left = [o for o in hand.world.offers.values() if o.answer == "open"]
    if not left:
        return None
    one = hand.pick(left)
    return {"offer": one.number, "by": hand.pick([*hand.people_of(one.ally), *hand.world.hosts()])}
