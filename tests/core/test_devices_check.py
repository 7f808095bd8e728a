"""Printers and boards of a centre are checked."""

import pytest

from queue_server.core.configuration_check import problems_of
from queue_server.core.problems import Severity
from tests.core.test_configuration_check import PRINTER, configuration, found


@pytest.mark.parametrize("address", ["10.0.0.7:9100", "[fe80::1]:9100", "printer.local:9100"])
def test_printers_are_at_a_host_and_port(address: str) -> None:
    assert found(printers={"till": {**PRINTER, "address": address}}, kiosk_printer="till") == []


@pytest.mark.parametrize("address", ["10.0.0.7", "10.0.0.7:0", "10.0.0.7:65536", "usb:1:2", ""])
def test_printers_are_nowhere_else(address: str) -> None:
    assert found(printers={"till": {**PRINTER, "address": address}}) == ["printers.till.address"]


def test_a_board_shows_zones_of_the_centre_and_has_a_size() -> None:
    board = {"id": "hall", "zones": ["hall", "hal"], "diagonal_inch": 2, "farthest_seat_m": 0.5}

    assert found(boards={"hall": board}) == [
        "boards.hall.zones[2]",
        "boards.hall.diagonal_inch",
        "boards.hall.farthest_seat_m",
        "boards.hall.farthest_seat_m",
    ]


@pytest.mark.parametrize(
    ("diagonal_inch", "farthest_seat_m", "needed"),
    [(43, 8.9, None), (43, 12, "58 inches"), (55, 11.4, None), (55, 12, "58 inches")],
)
def test_a_seat_too_far_from_its_board_is_a_warning(
    diagonal_inch: float, farthest_seat_m: float, needed: str | None
) -> None:
    board = {
        "id": "hall",
        "diagonal_inch": diagonal_inch,
        "farthest_seat_m": farthest_seat_m,
    }
    doubts = problems_of(configuration(boards={"hall": board}))

    assert all(each.severity is Severity.WARNING for each in doubts)
    assert [needed for each in doubts if f"take {needed}" in each.reason] == (
        [needed] if needed else []
    )
    assert len(doubts) == (1 if needed else 0)
