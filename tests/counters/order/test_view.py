"""The view `order` as values: the example is what the router would do."""

from msgspec.structs import replace

from counters.estimates.estimator import RollForwardEstimator
from counters.order.example import example, under
from counters.order.view import order
from counters.routing.router import StrategyRouter
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, COPY, ELDERLY, Hall, small_configuration

ONE = CounterId("1")


def seen(hall: Hall) -> Outlook:
    return Outlook(at=hall.now, by_field={}, estimator=RollForwardEstimator())


def busy_hall(routing: RoutingRules | None = None) -> Hall:
    hall = Hall(replace(small_configuration(), routing=routing or RoutingRules()))
    hall.issue(COPY)
    hall.later(minutes=3)
    hall.issue(BIRTH)
    hall.later(minutes=57)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.later(minutes=10)
    return hall


def test_the_first_of_the_example_is_the_next_call() -> None:
    hall = busy_hall()

    shown = order(hall.centre, ONE, seen(hall)).example
    choice = StrategyRouter().choose(hall.centre, ONE, hall.now)

    assert shown is not None
    assert choice is not None
    first, *others = shown.claimants
    assert first.number == hall.centre.tickets[choice.ticket].number
    assert [one.is_first for one in shown.claimants] == [True, *(False for _ in others)]


def test_nobody_has_waited_a_negative_time() -> None:
    hall = busy_hall()
    before = seen(hall)
    hall.later(seconds=20)
    hall.issue(BIRTH)

    shown = order(hall.centre, ONE, before).example

    assert shown is not None
    assert shown.at == hall.now
    assert all(one.waited_s >= 0 for one in shown.claimants)


def test_the_terms_make_the_claim() -> None:
    hall = busy_hall()

    shown = order(hall.centre, ONE, seen(hall)).example

    assert shown is not None
    for one in shown.claimants:
        product = one.clock_s * one.weight * one.length * one.urgency
        assert abs(product + one.long_wait_s - one.claim_s) <= 1
    priority = next(one for one in shown.claimants if one.line == "priority")
    assert priority.priority_class == {"vi": "Người cao tuổi"}
    assert priority.clock_s == 5400 + 4 * priority.waited_s


def test_a_trial_changes_nothing() -> None:
    hall = busy_hall()
    tried = under(hall.centre, RoutingRules(draw_window_s=3600))

    found = example(tried, ONE, hall.now)

    assert found.equals > 1
    assert sum(one.is_first for one in found.claimants) == found.equals
    assert hall.centre.facts.routing == RoutingRules()


def test_the_modes_bring_their_numbers_and_no_subject_takes_a_counter_with_candidates() -> None:
    hall = busy_hall(RoutingRules(mode=RoutingMode.FAST))

    shown = order(hall.centre, "", seen(hall))

    assert shown.modes[RoutingMode.FAST].overtakes_allowed == 3
    assert shown.modes[RoutingMode.EQUAL].long_wait_gain_s == 900
    assert shown.example is not None
    assert shown.example.counter in {"1", "2"}
    assert shown.strategies[0] == "graded_levels"
    assert shown.ranges["draw_window_s"] == (0, 3600)


def test_a_centre_without_configuration_has_no_order() -> None:
    assert not order(Centre(id=CentreId("x")), "", seen(Hall())).is_configured


def test_the_draw_key_is_shown_only_when_the_day_is_closed() -> None:
    hall = Hall()
    assert order(hall.centre, "", seen(hall)).draw is not None
    hall.do(c.CloseDay())

    shown = order(hall.centre, "", seen(hall)).draw

    assert shown is not None
    assert not shown.is_open
