"""The sample centre for a surge in land: active sets only, short hours, frequent looks."""

from datetime import UTC, datetime, time
from typing import Final

from msgspec.structs import replace

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from counters.simulation.expectation import usual_expectation
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Level,
    OpeningHours,
    Session,
    WorkProfile,
)
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.rebalancing_rules import RebalancingRules

LAND: Final = FieldId("land")
HELPERS: Final = (CounterId("counter-7"), CounterId("counter-12"))
"""Trained for land, which their profiles leave to counters 10 and 11."""
MORNING: Final = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Monday 07:30 in Vietnam, when the doors open."""
SURGE: Final = 2.4
"""So many times the usual visits for land."""
LOOK_EVERY_S: Final = 900


def surge_centre() -> CentreConfiguration:
    """Every counter serves what it is best at; what it is trained for is kept."""
    sample = load_centre(SAMPLE_CENTRE)
    session = Session(opens=time(7, 30), tickets_until=time(10, 15), closes=time(10, 30))
    counters = {key: _restricted(counter) for key, counter in sample.counters.items()}
    fields = {key: replace(field, daily_capacity=None) for key, field in sample.fields.items()}
    return replace(
        sample,
        hours=OpeningHours(weekdays=dict.fromkeys(WEEKDAYS, (session,))),
        fields=fields,
        counters=counters,
        rebalancing=RebalancingRules(every_s=LOOK_EVERY_S, max_changes=1),
    )


def _restricted(counter: Counter) -> Counter:
    trained = dict(counter.profile.fields)
    if counter.id in HELPERS:
        trained[LAND] = Level.SECONDARY
    active = {field: level for field, level in trained.items() if level is Level.PRIMARY}
    profile = WorkProfile(fields=active, procedures=counter.profile.procedures)
    return replace(counter, profile=profile, trained=trained)


def half_hours(configuration: CentreConfiguration) -> dict[FieldId, list[float]]:
    """Visits of the day: the usual ones, and the surge in land."""
    usual = usual_expectation(configuration, MORNING).arrivals
    return {
        field: [count * (SURGE if field == LAND else 1.0) for count in counts]
        for field, counts in usual.items()
    }
