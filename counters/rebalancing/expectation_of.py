"""What the rest of a live day is expected to be like, by what past days taught."""

from datetime import datetime

from msgspec.structs import replace

from counters.simulation.expectation import (
    DayExpectation,
    expectation_of_today,
    usual_expectation,
)
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability
from queue_server.core.hours import WEEKDAYS, local_time


def expectation_of(centre: Centre, now: datetime) -> DayExpectation:
    """The usual day, scaled to what came today so far.

    While nothing was learned of such a weekday, as many people are expected as keep the counters
    busy that are staffed today: a centre opens as many as it needs.
    """
    usual = learned_expectation(centre, _guessed(centre, now), now)
    return expectation_of_today(centre, now, usual)


def learned_expectation(centre: Centre, guessed: DayExpectation, now: datetime) -> DayExpectation:
    """The guess with everything in its place that past days taught."""
    learned = centre.learned
    if learned is None:
        return guessed
    weekday = WEEKDAYS[local_time(centre.facts, now).weekday()]
    factors = learned.clerk_factors
    return replace(
        guessed,
        arrivals=learned.arrivals.get(weekday) or guessed.arrivals,
        mix=learned.demand,
        mean_s=learned.mean_transaction_time_s,
        cv=learned.transaction_time_cv,
        clerk_factors={
            counter.id: factors[counter.staff]
            for counter in centre.counters.values()
            if counter.staff is not None and counter.staff in factors
        },
        no_show_share=learned.no_show_share,
        transfer_share=max(learned.again_share - learned.no_show_share * guessed.return_share, 0.0),
        priority_share=learned.priority_share,
    )


def _guessed(centre: Centre, now: datetime) -> DayExpectation:
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
    return usual
