"""Imports point inwards, and the middle is pure."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.support.source_tree import ROOT

LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)


def contract(name: str) -> dict[str, Any]:
    """The contract of that id in pyproject.toml."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return next(each for each in tables["contracts"] if each["id"] == name)


def modules_at(folder: str) -> Iterator[str]:
    """Modules and packages directly below a folder."""
    for path in sorted((ROOT / folder).iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            yield f"{folder}.{path.stem}"
        elif (path / "__init__.py").exists():
            yield f"{folder}.{path.name}"


def test_every_import_keeps_the_contracts() -> None:
    run = subprocess.run(  # noqa: S603 - own arguments
        [sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_every_module_of_the_server_has_its_layer() -> None:
    placed = {
        module.strip(" ()")
        for layer in contract("layers")["layers"]
        for module in layer.replace("|", ":").split(":")
    }

    assert set(modules_at("queue_server")) <= placed
