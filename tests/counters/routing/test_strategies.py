"""Named orders among the tickets a counter may call, in seconds of waiting."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.routing.eligibility import Eligible
from counters.routing.strategies import STRATEGIES, graded_levels, longest_waiting
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.ticket import Ticket
from tests.support.centres import BIRTH, ELDERLY, LAND_TITLE, MORNING, Hall, small_configuration

CONFIGURATION = small_configuration()
TICKET = Hall().issue(BIRTH)


def claim(
    waited_min: float,
    level: Level = Level.PRIMARY,
    *,
    ticket: Ticket = TICKET,
    configuration: CentreConfiguration = CONFIGURATION,
) -> float:
    """Claim by the graded levels of a ticket after some minutes of waiting."""
    procedure = configuration.procedures[ticket.procedure]
    now = MORNING + timedelta(minutes=waited_min)
    return graded_levels(configuration, Eligible(ticket, procedure, level), now)


def test_a_primary_claim_is_about_the_time_waited() -> None:
    assert claim(0) == 0
    assert claim(10) == pytest.approx(600, rel=0.05)
    assert claim(45) == pytest.approx(45 * 60 + 480)


@pytest.mark.parametrize(("level", "times"), [(Level.SECONDARY, 1 / 0.6), (Level.BACK_UP, 1 / 0.3)])
def test_what_a_counter_only_helps_with_must_have_waited_longer(level: Level, times: float) -> None:
    """About 1.7 and 3.3 times; very long waits count a little more."""
    primary = claim(2)

    assert claim(2 * times * 0.9, level) < primary < claim(2 * times * 1.1, level)


def test_the_weights_of_the_levels_are_configured() -> None:
    routing = replace(CONFIGURATION.routing, secondary_weight=0.5, back_up_weight=0.1)
    configuration = replace(CONFIGURATION, routing=routing)
    claims = [claim(1, level, configuration=configuration) for level in Level]

    assert claims == pytest.approx([60, 30, 6], abs=0.5)


def test_priority_is_a_head_start_and_a_faster_clock() -> None:
    elderly = replace(TICKET, priority_class=ELDERLY)

    assert claim(0, ticket=elderly) == 5400
    assert claim(10, ticket=elderly) == pytest.approx(5400 + 4 * 600, rel=0.01)
    assert claim(70) < claim(0, ticket=elderly) < claim(71), "very long waits grow in weight"


def test_a_class_that_is_configured_no_more_counts_as_none() -> None:
    configuration = replace(CONFIGURATION, priority_classes={})
    elderly = replace(TICKET, priority_class=ELDERLY)

    assert claim(7, ticket=elderly, configuration=configuration) == claim(7)


def test_an_appointment_counts_from_its_time_with_a_head_start() -> None:
    at = MORNING + timedelta(minutes=30)
    booked = replace(TICKET, appointment_at=at, queued_at=at)

    assert claim(30, ticket=booked) == pytest.approx(1800)
    assert claim(31, ticket=booked) == pytest.approx(1980, abs=1)
    assert claim(0, ticket=booked) == -3600


def test_a_transferred_citizen_has_five_minutes_credit_and_priority_keeps_priority() -> None:
    transferred = replace(TICKET, was_transferred=True)

    assert claim(0, ticket=transferred) == 300
    assert claim(0, ticket=replace(transferred, priority_class=ELDERLY)) == 5400


def test_an_urgent_target_and_a_short_procedure_count_more() -> None:
    title = replace(TICKET, procedure=LAND_TITLE, field="land")
    procedures = CONFIGURATION.procedures
    urgent = replace(procedures[LAND_TITLE], target_waiting_time_s=450)
    short = replace(procedures[LAND_TITLE], mean_transaction_time_s=120)

    for changed, factor in ((urgent, 2), (short, (360 / 120) ** 0.5)):
        configuration = replace(CONFIGURATION, procedures={**procedures, LAND_TITLE: changed})
        assert claim(1, ticket=title, configuration=configuration) == pytest.approx(
            60 * factor, abs=0.5
        )


def test_a_ticket_of_a_removed_field_has_the_usual_target() -> None:
    configuration = replace(CONFIGURATION, fields={})

    assert claim(10, configuration=configuration) == claim(10)


def test_longest_waiting_looks_at_nothing_else() -> None:
    elderly = replace(TICKET, priority_class=ELDERLY)
    candidate = Eligible(elderly, CONFIGURATION.procedures[BIRTH], Level.BACK_UP)

    assert longest_waiting(CONFIGURATION, candidate, MORNING + timedelta(minutes=5)) == 300


def test_a_centre_without_procedures_can_still_be_ordered() -> None:
    configuration = replace(CONFIGURATION, procedures={})
    candidate = Eligible(TICKET, CONFIGURATION.procedures[BIRTH], Level.PRIMARY)

    assert graded_levels(configuration, candidate, MORNING + timedelta(minutes=5)) > 0


def test_the_registry_names_every_strategy() -> None:
    assert set(STRATEGIES) == {"graded_levels", "longest_waiting"}
