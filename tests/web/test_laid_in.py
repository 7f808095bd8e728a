"""What the build lays in: modules without a bundler, one font, no download addresses."""

import json
import re
from pathlib import Path

import pytest

from queue_server.web.packages import SERVED_SUFFIXES, WEB
from queue_server.web.static_files import MEDIA_TYPES

ROOT = Path(__file__).parents[2]


def test_the_lock_file_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text()

    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for path, package in packages.items() if path)


def test_every_served_suffix_has_its_media_type() -> None:
    assert set(MEDIA_TYPES) == SERVED_SUFFIXES


@pytest.mark.parametrize(
    "name",
    [
        "vendor/lit-html/lit-html.js",
        "vendor/lit-html/LICENSE",
        "fonts/inter.woff2",
        "fonts/LICENSE",
        "locale/vi.json",
        "locale/en.json",
    ],
)
def test_the_build_has_laid_it_in(name: str) -> None:
    path = WEB.static / name

    assert path.is_file(), "run `pip install -e .` or `python hatch_build.py`"
    assert path.stat().st_size > 0


def test_vendored_modules_import_only_each_other() -> None:
    for module in (WEB.static / "vendor").rglob("*.js"):
        text = module.read_text(encoding="utf-8")
        for name in re.findall(r"""(?:from|import)\s*["']([^"']+)["']""", text):
            assert (module.parent / name).is_file(), f"{module.name} imports {name}"
        assert "sourceMappingURL" not in text


def test_no_page_loads_from_elsewhere() -> None:
    ours = [
        path
        for folder in (WEB.static, WEB.templates)
        for path in folder.rglob("*")
        if path.suffix in {".js", ".css", ".html"} and "vendor" not in path.parts
    ]

    for path in ours:
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8")):
            pytest.fail(f"{path.name} names {address}")
