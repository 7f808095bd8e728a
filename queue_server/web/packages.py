"""Which folders hold templates and which files of them browsers may fetch.

A page's template, its module and its style sheet live side by side, e.g. in `displays/kiosk/`.
The composition root says which packages have pages: `[WEB, beside("displays", folder), …]`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

SERVED_SUFFIXES: Final = frozenset(
    {".css", ".js", ".json", ".mp3", ".png", ".svg", ".webmanifest", ".woff2"}
)
"""Nothing else leaves a package: no template, no Python, no phrases file."""


class Package(msgspec.Struct, frozen=True):
    """One folder with pages. `name` is its first step in addresses and template names."""

    name: str
    templates: Path
    static: Path


def beside(name: str, folder: Path) -> Package:
    """Package whose templates and modules live side by side."""
    return Package(name=name, templates=folder, static=folder)


_HERE = Path(__file__).parent
WEB: Final = Package(name="web", templates=_HERE / "templates", static=_HERE / "static")


def content_version(release: str, packages: Iterable[Package]) -> str:
    """Release and a hash of all that browsers load, e.g. ``0.1.0+5f2c81aa``.

    It is part of every static address, so files may be cached for ever, and screens reload
    themselves when the heartbeat names another one.
    """
    digest = hashlib.sha256()
    for package in packages:
        for folder in (package.static, package.templates):
            for path in sorted(folder.rglob("*")):
                if path.suffix in SERVED_SUFFIXES or path.suffix == ".html":
                    name = f"{package.name}/{path.relative_to(folder).as_posix()}"
                    digest.update(name.encode() + b"\0" + path.read_bytes())
    return f"{release}+{digest.hexdigest()[:8]}"


def find_file(packages: Sequence[Package], path: str) -> Path | None:
    """File behind ``displays/kiosk/kiosk.js``, or None if browsers may not have it."""
    name, _, rest = path.partition("/")
    for package in packages:
        if package.name == name:
            return _inside(package.static, rest)
    return None


def _inside(folder: Path, rest: str) -> Path | None:
    if "\0" in rest or any(step.startswith((".", "_")) for step in rest.split("/")):
        return None
    root = folder.resolve()
    path = (root / rest).resolve()
    allowed = path.is_relative_to(root) and path.suffix in SERVED_SUFFIXES and path.is_file()
    return path if allowed else None
