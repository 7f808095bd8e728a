"""Named orders among the tickets a counter may call, in seconds of waiting."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from counters.routing.choice import order_of
from counters.routing.standing import seconds, standing_of
from counters.routing.strategies import STRATEGIES
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.routing_rules import RoutingMode, RoutingRules
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
    """Claim of a ticket after some minutes of waiting, by the order that is configured."""
    return claim_at(MORNING + timedelta(minutes=waited_min), level, ticket, configuration)


def claim_at(
    now: datetime, level: Level, ticket: Ticket, configuration: CentreConfiguration
) -> float:
    order = order_of(configuration.routing)
    centre = Centre(id=configuration.id, configuration=configuration)
    standing = standing_of(centre, ticket, order.parameters)
    return order.strategy(order.parameters, standing, level, seconds(now))


def ordered_by(strategy: str) -> CentreConfiguration:
    return replace(CONFIGURATION, routing=RoutingRules(strategy=strategy))


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
    assert claim(25, ticket=booked) == -300, "before the hour only if nobody else waits"


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


def test_several_dossiers_need_their_time() -> None:
    assert claim(1, ticket=replace(TICKET, dossiers=4)) == pytest.approx(claim(1) / 2, abs=1)


def test_a_ticket_of_a_removed_field_has_the_usual_target() -> None:
    configuration = replace(CONFIGURATION, fields={})

    assert claim(10, configuration=configuration) == claim(10)


def test_each_mode_sets_the_numbers_that_are_left_out() -> None:
    def of(mode: RoutingMode, **own: int) -> CentreConfiguration:
        return replace(CONFIGURATION, routing=RoutingRules(mode=mode, **own))  # type: ignore[arg-type]

    elderly = replace(TICKET, priority_class=ELDERLY)
    assert claim(45, configuration=of(RoutingMode.EQUAL)) == 45 * 60 + 900
    assert claim(0, ticket=elderly, configuration=of(RoutingMode.STRICT_PRIORITY)) == 10800
    assert order_of(RoutingRules(mode=RoutingMode.FAST)).parameters.overtakes_allowed == 3
    assert claim(45, configuration=of(RoutingMode.EQUAL, long_wait_gain_s=0)) == 45 * 60


def test_longest_waiting_looks_at_nothing_else() -> None:
    elderly = replace(TICKET, priority_class=ELDERLY)
    configuration = ordered_by("longest_waiting")

    assert claim(5, Level.BACK_UP, ticket=elderly, configuration=configuration) == 300


def test_strict_priority_puts_priority_before_appointments_before_everybody() -> None:
    configuration = ordered_by("strict_priority")
    elderly = replace(TICKET, priority_class=ELDERLY)
    booked = replace(TICKET, appointment_at=MORNING)

    def claimed(ticket: Ticket, waited_min: float = 1) -> float:
        return claim(waited_min, ticket=ticket, configuration=configuration)

    assert claimed(elderly) > claimed(booked, 500) > claimed(booked) > claimed(TICKET, 500)
    assert claimed(booked, -1) == -60, "before its hour an appointment goes after everybody"


def test_accumulating_priority_is_a_faster_clock_whatever_the_level() -> None:
    configuration = ordered_by("accumulating_priority")
    elderly = replace(TICKET, priority_class=ELDERLY)

    assert claim(10, Level.BACK_UP, configuration=configuration) == 600
    assert claim(10, ticket=elderly, configuration=configuration) == 5400 + 4 * 600


def test_a_centre_without_mean_times_can_still_be_ordered() -> None:
    configuration = replace(CONFIGURATION, priority_classes={}, counters={})

    assert claim(5, configuration=configuration) > 0


def test_the_registry_names_every_strategy() -> None:
    expected = {
        "graded_levels",
        "graded_lines",
        "longest_waiting",
        "strict_priority",
        "accumulating_priority",
    }
    assert set(STRATEGIES) == expected
