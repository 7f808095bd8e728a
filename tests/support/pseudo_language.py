"""A third language made for a test: every text in brackets, a mark for each plural form.

Polish has three forms for whole numbers (one, few, many), so whoever counts by hand is found out.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog

from queue_server.web.catalogue import extracted
from tests.support.source_tree import ROOT

TAG: Final = "pl"
FORMS: Final = ("one", "few", "many")
UNKNOWN_TAG: Final = "tyz"
"""Tày, which CLDR does not know: a catalogue that says its name and no more."""
_NOT_NEEDED: Final = shutil.ignore_patterns(
    "__pycache__", "*.mo", "node_modules", "journals", "data", ".mypy_cache", ".ruff_cache"
)


def pseudo(text: str, form: str = "") -> str:
    """The text as somebody who knows only that language would see it."""
    return f"⟦{text}{'·' + form if form else ''}⟧"


def pseudo_catalogue(root: Path) -> Catalog:
    """A whole catalogue, as a translator would hand it in."""
    catalogue = Catalog(locale=TAG, charset="utf-8")
    for message in extracted(root):
        if message.id:
            catalogue.add(message.id, _translated(message.id), context=message.context)
    return catalogue


def _begun_catalogue() -> Catalog:
    catalogue = Catalog(locale=UNKNOWN_TAG, charset="utf-8")
    catalogue.add("English", "Tày", context="what this language calls itself")
    return catalogue


def _lay_in(folder: Path, tag: str, catalogue: Catalog) -> None:
    path = folder / "queue_server/web/locale" / tag / "LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        pofile.write_po(file, catalogue)


def _translated(message: str | Sequence[str]) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return pseudo(message)
    return tuple(pseudo(message[1], form) for form in FORMS)


def copied_source(folder: Path) -> Path:
    """The source tree in a folder of its own, with the new language laid in as files."""
    for name in ("queue_server", "displays", "counters", "printers", "config", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=_NOT_NEEDED)
    for name in ("hatch_build.py", "package.json", "package-lock.json", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    _lay_in(folder, TAG, pseudo_catalogue(folder))
    _lay_in(folder, UNKNOWN_TAG, _begun_catalogue())
    words = folder / "printers/words"
    shutil.copy(words / "en.toml", words / f"{TAG}.toml")
    return folder
