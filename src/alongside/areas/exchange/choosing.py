"""What is on the road when a yes ends waits for the host: let it come, divert it, or send it back."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.action import Refusal, no
from alongside.areas.exchange.tables import Delivery
from alongside.codes import N_

NOT_ON_ROAD = no("not-on-the-road", N_("Nothing of delivery {delivery} is on the road."),
                 lift=N_("Nothing needs to be done."))


def on_the_road(delivery: Delivery) -> Iterable[Refusal]:
    """Only what is on the road can be turned."""
    if delivery.on_road <= 0:
        yield NOT_ON_ROAD(delivery=delivery.number)
