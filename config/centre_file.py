"""Centre files: what a centre *is*, in TOML that a manager can read.

`load_centre` reads one; `read_centre` also tells the warnings. Tables are keyed by identifier
(``[fields.land]``, ``[procedures."1.001193"]``); docs/reference/centre-file.md lists every key.
"""

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec import Struct

from config.shape import fit
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_check import problems_of
from queue_server.core.errors import QueueError
from queue_server.core.problems import Problem, Severity


class BrokenCentreFile(QueueError):
    """A centre file that cannot be applied, with every problem it has."""

    code: ClassVar[str] = "broken_centre_file"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [each for each in problems if each.severity is Severity.ERROR]
        first = errors[0]
        super().__init__(
            f"expected a centre file without errors, got {len(errors)}, "
            f"first {first.key or 'the file'}: {first.reason}"
        )
        self.problems = problems


class CentreReading(Struct, frozen=True):
    """A configuration and the warnings about it."""

    configuration: CentreConfiguration
    warnings: tuple[Problem, ...]


class CheckedTree(Struct, frozen=True):
    """A configuration, as far as it could be read, and everything that is wrong with it."""

    configuration: CentreConfiguration
    problems: tuple[Problem, ...]

    @property
    def is_applicable(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(each.severity is not Severity.ERROR for each in self.problems)


def load_centre(path: Path) -> CentreConfiguration:
    """The configuration in a centre file.

    Raises:
        BrokenCentreFile: The file cannot be read, is no TOML, or holds errors; it names all.
    """
    return read_centre(path).configuration


def read_centre(
    path: Path,
    *,
    known_strategies: Collection[str] = (),
    known_models: Collection[str] = (),
) -> CentreReading:
    """The configuration in a centre file with the warnings about it.

    Raises:
        BrokenCentreFile: As for `load_centre`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise _unreadable(reason) from error
    return parse_centre(data, known_strategies=known_strategies, known_models=known_models)


def parse_centre(
    data: bytes,
    *,
    known_strategies: Collection[str] = (),
    known_models: Collection[str] = (),
) -> CentreReading:
    """The configuration in the bytes of a centre file (UTF-8, with or without a mark).

    Raises:
        BrokenCentreFile: As for `load_centre`.
    """
    checked = check_tree(_toml(data), known_strategies=known_strategies, known_models=known_models)
    if not checked.is_applicable:
        raise BrokenCentreFile(checked.problems)
    return CentreReading(checked.configuration, checked.problems)


def check_tree(
    tree: object,
    *,
    known_strategies: Collection[str] = (),
    known_models: Collection[str] = (),
) -> CheckedTree:
    """What a centre file says, as the TOML parser gives it, with every problem it has.

    The administrator's page checks its drafts by it too.
    """
    fitted, misfits = fit(tree, CentreConfiguration)
    configuration = msgspec.convert(fitted, CentreConfiguration)
    found = problems_of(configuration, known_strategies=known_strategies, known_models=known_models)
    problems = (*misfits, *(each for each in found if not _follows(each, misfits)))
    return CheckedTree(configuration, problems)


def _toml(data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line}: expected text in UTF-8"
        raise _unreadable(reason) from error
    except RecursionError as error:
        raise _unreadable("lists and tables are nested too deeply") from error
    except ValueError as error:
        raise _unreadable(_syntax_error(str(error))) from error


def _syntax_error(message: str) -> str:
    """The parser's message with the line in front."""
    match = re.fullmatch(r"(.*) \(at (line \d+), (column \d+)\)", message, re.DOTALL)
    return f"{match[2]}, {match[3]}: {match[1]}" if match else message


def _unreadable(reason: str) -> BrokenCentreFile:
    return BrokenCentreFile((Problem("", reason),))


def _follows(problem: Problem, misfits: list[Problem]) -> bool:
    """Whether a problem only follows from a stand-in for something that did not fit."""
    return any(
        _is_within(problem.key, each.key) or _is_within(each.key, problem.key) for each in misfits
    )


def _is_within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))
