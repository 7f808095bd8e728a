"""What the linters cannot say: sizes, and words that must not appear."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.support.source_tree import PACKAGES, ROOT, shown, source_files

LONGEST: Final[Mapping[str, int]] = {".py": 350, ".js": 350, ".html": 350, ".lua": 350, ".css": 600}
"""Lines after which a file is two things; a style sheet is a list of blocks."""
LONGER: Final[Mapping[str, str]] = {
    "queue_server/core/commands.py": "every command, one Struct each",
    "queue_server/core/events.py": "every event, one Struct each",
    "tests/accounts/test_accounts.py": "one suite for one class",
    "tests/counters/routing/test_explain.py": "one suite for one function",
}
SLEEPERS: Final[Mapping[str, str]] = {
    "tests/archive/test_follower.py": "waits for a task of its own, which tells nobody when",
    "tests/support/live_servers.py": "waits for a server to listen; run by hand it never ends",
    "tests/support/waiting.py": "the one place that looks again until something holds",
}
DRIVERS: Final = (
    "tests/benchmarks/",
    "tests/paper/",
    "tests/reliability/",
    "tests/support/installation.py",
    "tests/surge/",
)
"""They put load on a running server at a pace of their own; what they assert waits for nothing."""
FEW: Final = 3
"""Modules that a reader sees at a glance."""
_HOVER: Final = re.compile(r"^\S[^{}]*:hover", re.MULTILINE)
"""A rule that stands outside ``@media (hover: hover)``: a touch would leave it on a card."""
_PAUSE: Final = re.compile(r"\b(?:sleep|wait_for_timeout)\(")
_UNDONE: Final = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b(?! \(#\d+\))")


def initial_modules() -> list[str]:
    """The `__init__.py` of every package."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("__init__.py")]
    return sorted(shown(path) for path in found if "migrations" not in path.parts)


def is_long(path: Path) -> bool:
    return len(path.read_text("utf-8").splitlines()) > LONGEST[path.suffix]


def test_files_are_short() -> None:
    long = {shown(path) for path in source_files(*LONGEST) if is_long(path)}

    assert long <= set(LONGER)


def test_long_files_that_are_excused_are_still_long() -> None:
    assert {name for name in LONGER if not is_long(ROOT / name)} == set()


def test_what_a_mouse_points_at_is_said_to_a_mouse_only() -> None:
    found = [shown(path) for path in source_files(".css") if _HOVER.search(path.read_text("utf-8"))]

    assert found == []


def test_tests_never_pause() -> None:
    own = Path(__file__)
    pausing = {
        shown(path)
        for path in source_files(".py")
        if path.is_relative_to(ROOT / "tests") and path != own
        if _PAUSE.search(path.read_text("utf-8"))
    }

    assert {name for name in pausing if not name.startswith(DRIVERS)} <= set(SLEEPERS)


def test_nothing_is_mocked() -> None:
    imports = re.compile(r"^\s*(?:from|import) unittest", re.MULTILINE)

    assert [shown(path) for path in source_files(".py") if imports.search(path.read_text())] == []


def test_what_is_undone_has_an_issue() -> None:
    files = source_files(".py", ".js", ".css", ".html", ".lua", ".toml", ".sh", "")

    assert [
        shown(path) for path in files if path.is_file() and _UNDONE.search(path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "package-lock.json", ".npmrc"]
)
def test_lock_files_name_no_registry(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert re.findall(r'"resolved"|index-url|^registry|https?://\S+', text, re.MULTILINE) == []


@pytest.mark.parametrize("name", initial_modules())
def test_a_package_says_what_is_in_it(name: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / name).read_text("utf-8")))

    assert docstring


@pytest.mark.parametrize("name", initial_modules())
def test_a_package_of_many_modules_says_where_to_start(name: str) -> None:
    folder = (ROOT / name).parent
    modules = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    if len(modules) <= FEW:
        return
    text = (ROOT / name).read_text("utf-8")

    named = [module for module in modules if re.search(rf"\b{module}\b", text)]

    assert named
