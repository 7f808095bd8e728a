"""What is called a delay: neither chance, nor only what a processor is busy with."""

import random  # noqa: TID251  # seeded

import pytest

from tests.speech_faults.announcements import LIMIT_MS, Fault
from tests.speech_faults.call_delay import Delays


def calls_ms(seed: int) -> list[float]:
    """Two hundred calls of a server: some milliseconds, one in fifteen many."""
    chance = random.Random(seed)  # noqa: S311
    return [
        chance.gauss(6, 1) + (chance.uniform(20, 40) if chance.random() < 0.07 else 0)
        for _ in range(200)
    ]


def delays(quiet: list[float], hanging: list[float]) -> dict[str, bool]:
    found = Delays(quiet, hanging).differences()
    return {name: each.is_delay for name, each in found.items()}


def test_two_servers_that_do_the_same_are_equal() -> None:
    assert delays(calls_ms(1), calls_ms(2)) == {"p50": False, "p95": False}


def test_a_millisecond_more_in_every_call_is_a_delay() -> None:
    slower = [ms + 1 for ms in calls_ms(2)]

    assert delays(calls_ms(1), slower)["p50"]


def test_some_calls_that_wait_long_are_a_delay_though_the_middle_one_is_not() -> None:
    slower = [ms + (90 if turn % 12 == 0 else 0) for turn, ms in enumerate(calls_ms(2))]

    assert delays(calls_ms(1), slower) == {"p50": False, "p95": True}


@pytest.mark.parametrize(
    ("words_ms", "is_well"),
    [([40.0] * 6, True), ([40.0, 40, 40, 40, 40, 900], True), ([LIMIT_MS + 50] * 6, False)],
)
def test_waiting_counts_and_one_slow_word_does_not(words_ms: list[float], *, is_well: bool) -> None:
    cheap = [5.0] * 6
    fault = Fault(name="x", later_ms=words_ms, later_cpu_ms=cheap, announcement_ms=[1.0])

    assert fault.is_well is is_well
