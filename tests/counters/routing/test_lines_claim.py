"""Who stands first claims for the next of the line, and the line keeps its order."""

import pytest

from counters.routing.choice import Order, choose, claims_of, order_of
from counters.routing.lines import Lines
from counters.routing.standing import PRIORITY, WALK_IN, Seat, Standing
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, TicketId
from queue_server.core.routing_rules import RoutingRules

LONG, SHORT, OTHER = ProcedureCode("long"), ProcedureCode("short"), ProcedureCode("other")
SEAT = Seat(CounterId("1"), dict.fromkeys((LONG, SHORT, OTHER), Level.PRIMARY))
NOW = 600.0


def order(strategy: str = "graded_lines", **more: float) -> Order:
    return order_of(RoutingRules(strategy=strategy, long_wait_gain_s=0, **more))  # type: ignore[arg-type]


def waiting(number: int, field: str, procedure: ProcedureCode, since_s: float) -> Standing:
    factor = {LONG: 0.25, SHORT: 2.0, OTHER: 1.0}[procedure]
    return Standing(
        ticket=TicketId(str(number)), series=FieldId(field), procedure=procedure, line=WALK_IN,
        since_s=since_s, sequence=number, factor=factor,
    )  # fmt: skip


def hall() -> Lines:
    """One series with a long service before three short ones, one with a single ticket."""
    line = [waiting(1, "a", LONG, 0.0)]
    line += [waiting(number, "a", SHORT, 30.0 * number) for number in (2, 3, 4)]
    return Lines([*line, waiting(5, "b", OTHER, 300.0)])


def test_a_long_service_goes_sooner_for_the_short_ones_behind_it() -> None:
    assert choose(hall(), SEAT, NOW, order("graded_levels")).ticket == "5"  # type: ignore[union-attr]
    assert choose(hall(), SEAT, NOW, order()).ticket == "1"  # type: ignore[union-attr]


def test_the_claim_is_the_best_average_of_the_first_of_the_line() -> None:
    claims = {
        str(claim.standing.ticket): claim.claim_s for claim in claims_of(hall(), SEAT, NOW, order())
    }

    assert claims["1"] == pytest.approx((600 + 540 + 510 + 480) / (4 + 0.5 + 0.5 + 0.5))
    assert claims["5"] == 300.0


def test_only_whom_the_counter_serves_counts() -> None:
    seat = Seat(CounterId("1"), {LONG: Level.PRIMARY, OTHER: Level.PRIMARY})

    assert choose(hall(), seat, NOW, order()).ticket == "5"  # type: ignore[union-attr]


def test_the_line_keeps_its_order() -> None:
    lines, called = hall(), []
    while (standing := choose(lines, SEAT, NOW, order())) is not None:
        lines.call(standing)
        called.append(standing.ticket)

    assert [ticket for ticket in called if ticket != "5"] == ["1", "2", "3", "4"]


def test_priority_claims_for_itself_and_overtaking_ends_claims_for_lines() -> None:
    lines = hall()
    priority = waiting(6, "a", LONG, 0.0)
    priority.line = f"{PRIORITY}elderly"
    lines.add(priority)

    claims = {
        str(claim.standing.ticket): claim.claim_s for claim in claims_of(lines, SEAT, NOW, order())
    }

    assert claims["6"] == 600 * 0.25
    assert order(overtakes_allowed=3).line_length == 1
