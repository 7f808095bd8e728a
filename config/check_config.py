"""The command `queue-server check-config`: every problem of a centre file at once."""

from collections.abc import Collection
from pathlib import Path

from config.centre_file import BrokenCentreFile, read_centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.problems import Problem, Severity


def check_config(
    path: Path,
    *,
    known_strategies: Collection[str] = (),
    known_models: Collection[str] = (),
) -> tuple[int, str]:
    """Exit code (0 applicable, 1 not) and what to print about a centre file."""
    try:
        reading = read_centre(path, known_strategies=known_strategies, known_models=known_models)
    except BrokenCentreFile as error:
        return 1, _report(path, error.problems)
    if reading.warnings:
        return 0, _report(path, reading.warnings)
    return 0, f"{path}: no problems; {_summary(reading.configuration)}\n"


def _report(path: Path, problems: tuple[Problem, ...]) -> str:
    errors = sum(each.severity is Severity.ERROR for each in problems)
    head = f"{path}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"
    return "\n".join([head, *map(_line, problems), ""])


def _line(problem: Problem) -> str:
    where = f"{problem.key}: " if problem.key else ""
    return f"  {problem.severity.value:<7}  {where}{problem.reason}"


def _summary(c: CentreConfiguration) -> str:
    parts = ((c.fields, "field"), (c.procedures, "procedure"), (c.counters, "counter"))
    return ", ".join(_count(len(part), name) for part, name in parts)


def _count(n: int, name: str) -> str:
    return f"{n} {name}" if n == 1 else f"{n} {name}s"
