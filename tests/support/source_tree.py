"""The project's own files, for tests that read them as text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("queue_server", "displays", "printers", "counters", "config")
_THIRD_PARTY: Final = ("vendor", "node_modules")


def source_files(*suffixes: str) -> Iterator[Path]:
    """Files of the packages, the tests and the scripts; what is laid in is not ours."""
    for folder in (*PACKAGES, "tests", "scripts"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and not set(_THIRD_PARTY) & set(path.parts):
                yield path


def shown(path: Path) -> str:
    """The path as the repository has it."""
    return path.relative_to(ROOT).as_posix()
