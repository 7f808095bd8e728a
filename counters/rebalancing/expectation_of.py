"""What the rest of a live day is expected to be like. The one place to put learned figures in."""

from datetime import datetime

from msgspec.structs import replace

from counters.simulation.expectation import (
    DayExpectation,
    expectation_of_today,
    usual_expectation,
)
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability


def expectation_of(centre: Centre, now: datetime) -> DayExpectation:
    """The usual day, scaled to what came today so far.

    While nothing was learned, as many people are expected as keep the counters busy that are
    staffed today: a centre opens as many as it needs.
    """
    facts = centre.facts
    usual = usual_expectation(facts, now)
    staffed = {
        key: counter
        for key, counter in facts.counters.items()
        if (state := centre.counters.get(key)) is not None
        if state.availability is not Availability.CLOSED
    }
    if staffed:
        of_staffed = usual_expectation(replace(facts, counters=staffed), now)
        usual = replace(of_staffed, breaks=usual.breaks)
    return expectation_of_today(centre, now, usual)
