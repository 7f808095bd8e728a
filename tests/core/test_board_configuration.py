"""Boards in a configuration: zones that exist, and seats from which numbers can be read."""

import pytest
from msgspec.structs import replace

from queue_server.core.board_configuration import BoardConfiguration
from queue_server.core.configuration_check import problems_of
from queue_server.core.identifiers import BoardId, ZoneId
from queue_server.core.problems import Problem, Severity
from tests.support.centres import small_configuration

HALL = BoardId("hall")


def problems(board: BoardConfiguration) -> list[Problem]:
    """What is wrong with a centre that has this board, beside what is wrong without it."""
    without = small_configuration()
    known = problems_of(without)
    found = problems_of(replace(without, boards={HALL: board}))
    return [problem for problem in found if problem not in known]


def test_a_board_shows_zones_of_the_centre_and_has_a_size() -> None:
    zones = (ZoneId("hall"), ZoneId("hal"))
    board = BoardConfiguration(id=HALL, zones=zones, diagonal_inch=5, farthest_seat_m=0.5)

    assert [problem.key for problem in problems(board)] == [
        "boards.hall.zones[2]",
        "boards.hall.diagonal_inch",
        "boards.hall.farthest_seat_m",
    ]


@pytest.mark.parametrize(
    ("diagonal_inch", "farthest_seat_m", "needed"),
    [(43, 8.9, None), (43, 12, 58), (55, 11.4, None), (55, 12, 58)],
)
def test_a_seat_too_far_from_its_board_is_a_warning(
    diagonal_inch: float, farthest_seat_m: float, needed: int | None
) -> None:
    board = BoardConfiguration(
        id=HALL, diagonal_inch=diagonal_inch, farthest_seat_m=farthest_seat_m
    )
    found = problems(board)

    assert [problem.severity for problem in found] == [Severity.WARNING] * bool(needed)
    assert all(f"take {needed} inches" in problem.reason for problem in found)
