"""Ways to ask a book for a few things, during each of which anything may break."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alongside.act import Asking
from alongside.fact import FACTS
from alongside.fold import TELLS, tells
from alongside.gate import Refused
from tests.kernel.cast import AMNA, MAREN, NUHA, Hands, codes


@contextmanager
def jobs() -> Iterator[None]:
    """Whoever lists a region leaves a job too, so that jobs are among what could be half written."""
    fact = FACTS["RegionListed", 1]

    @tells(fact)
    def tell(fact: Any, entry: Any) -> Any:
        return [("notice", "{}")]

    yield
    TELLS[fact].remove(tell)


def asked(hands: Hands) -> list[Asking]:
    """Three that are done, with words, rows, a changed row and a job; and one that is refused."""
    return [hands.asking(AMNA, "needs.list_region", label="B"),
            hands.asking(MAREN, "needs.list_region", label="C"),
            hands.asking(AMNA, "consent.first_yes", ally=MAREN, kinds=["money"], cap=[5, "XTS"]),
            hands.asking(NUHA, "needs.list_unit", label="sack")]


def one_act(book: Any, askings: list[Asking]) -> list[Any]:
    return [book.act(askings[0])]


def acts_one_by_one(book: Any, askings: list[Asking]) -> list[Any]:
    told: list[Any] = []
    for one in askings:
        try:
            told.append(book.act(one))
        except Refused as no:
            told.append([r.no.code for r in no.refusals])
    return told


def all_at_once(book: Any, askings: list[Asking]) -> list[Any]:
    return codes(book.act_many(askings))


def asked_again(book: Any, askings: list[Asking]) -> list[Any]:
    return [*codes(book.act_many(askings[:1])), book.act(askings[0])]


WAYS: list[Callable[[Any, list[Asking]], list[Any]]] = [one_act, acts_one_by_one, all_at_once, asked_again]
