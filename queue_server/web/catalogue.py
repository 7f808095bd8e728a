"""The translators' side: what the source says to people, merged into the catalogues.

Used by `scripts/update-translations` and by the test that no string is left untranslated.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from queue_server.web.extract_structs import configuration_classes

SPEAKING_PACKAGES: Final = ("queue_server", "displays", "counters", "printers", "config")

_EXTRACT_MODULES: Final = "queue_server.web.extract_javascript:extract"
_EXTRACT_STRUCTS: Final = "queue_server.web.extract_structs:extract"
_METHODS: Final = [
    ("**/static/vendor/**", "ignore"),
    # Their Structs are forms on the administrator's pages.
    *(
        (f"{module.removeprefix('queue_server.').replace('.', '/')}.py", _EXTRACT_STRUCTS)
        for module in configuration_classes()
    ),
    ("**.py", "python"),
    ("**.html", "jinja2"),
    ("**.js", _EXTRACT_MODULES),
]
_OPTIONS: Final = {"**.html": {"newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS: Final = {**DEFAULT_KEYWORDS, "problem_at": (2,)}
"""`queue_server.core.problems.problem_at` is given what is translated second."""
_HEADER: Final = "# Translations of the queue server. Kept by scripts/update-translations."


def extracted(root: Path) -> Catalog:
    """Every message of the source tree at `root`, without translations."""
    catalogue = Catalog(project="queue-server", charset="utf-8")
    for package in SPEAKING_PACKAGES:
        for _file, _line, message, _comments, context in extract_from_dir(
            root / package, _METHODS, _OPTIONS, keywords=_KEYWORDS
        ):
            catalogue.add(message, context=context)
    return catalogue


def catalogue_paths(root: Path) -> Iterator[Path]:
    """The `.po` file of each language."""
    yield from sorted((root / "queue_server/web/locale").glob("*/LC_MESSAGES/messages.po"))


def read_catalogue(path: Path) -> Catalog:
    """A language's catalogue as its translators left it."""
    with path.open("rb") as file:
        return pofile.read_po(file, locale=path.parent.parent.name)


def merged(path: Path, source: Catalog) -> bytes:
    """The catalogue at `path` with what `source` says today: new ids empty, dead ones gone.

    No dates, no places, sorted by id: two branches that add strings seldom meet.
    """
    catalogue = read_catalogue(path)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER
    content = io.BytesIO()
    pofile.write_po(content, catalogue, width=100, no_location=True, sort_output=True)
    lines = content.getvalue().decode("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(_DATED)]
    return ("\n".join(kept).rstrip() + "\n").encode("utf-8")


_DATED: Final = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Last-Translator',
    '"Language-Team',
    '"Report-Msgid-Bugs-To',
)


def untranslated(path: Path) -> list[str]:
    """Ids that have no translation, or one that awaits a look."""
    return [str(message.id) for message in read_catalogue(path) if message.id and _lacks(message)]


def _lacks(message: object) -> bool:
    string, is_fuzzy = message.string, message.fuzzy  # type: ignore[attr-defined]  # babel is untyped here
    return is_fuzzy or not all([string] if isinstance(string, str) else string)
