"""Finds scenarios: those that come with the program by name, others by file."""

from pathlib import Path
from typing import Final

from counters.simulation.scenario import Scenario
from counters.simulation.scenario_file import scenarios_of
from queue_server.core.errors import InvalidValue

FOLDER: Final = Path(__file__).parent.parent / "config" / "scenarios"
BENCH: Final = FOLDER / "bench_centre.json"
RANDOM: Final = FOLDER / "random_centres.json"


def bench_scenarios() -> tuple[Scenario, ...]:
    """S350, M700, H1000, X1200 and SURGE: five days of one centre."""
    return read_scenarios(BENCH)


def random_scenarios() -> tuple[Scenario, ...]:
    """Forty other centres."""
    return read_scenarios(RANDOM)


def read_scenarios(file: Path) -> tuple[Scenario, ...]:
    """Every scenario of a file; what it leaves out is as in the bench centre.

    Raises:
        InvalidValue: There is no such file, or it cannot be used.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        message = f"expected a scenario file, got {file}: {error.strerror}"
        raise InvalidValue(message) from None
    return scenarios_of(content, BENCH.read_bytes(), file.stem)


def scenario_named(text: str) -> Scenario:
    """One scenario: a name of ours, a file that holds one, or ``FILE:NAME``.

    Raises:
        InvalidValue: There is no such scenario; the message names those there are.
    """
    for scenario in (*bench_scenarios(), *random_scenarios()):
        if scenario.name == text:
            return scenario
    is_file = text.endswith(".json") or Path(text).is_file()
    file, _, name = (text, "", "") if is_file else text.rpartition(":")
    if not file:
        known = ", ".join(scenario.name for scenario in bench_scenarios())
        message = f"expected a scenario of {known}, random-00 to random-39, or a file, got {text!r}"
        raise InvalidValue(message)
    found = read_scenarios(Path(file))
    chosen = [each for each in found if each.name == name] if name else list(found)
    if len(chosen) != 1:
        names = ", ".join(each.name for each in found)
        message = f"expected one of the scenarios in {file} ({names}), as {file}:NAME, got {text!r}"
        raise InvalidValue(message)
    return chosen[0]
