"""The translations that a page's modules ask for, and no others.

All words of all pages are more than a phone should load for one ticket; and words that come with
the page are there before its module runs.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from queue_server.web.extract_javascript import messages_in
from queue_server.web.packages import WEB, Package, find_file

Messages = Mapping[str, str | Mapping[str, str]]
"""As in the catalogue's JSON: text by id, or by plural category where it has forms."""


def messages_of(packages: Sequence[Package], modules: Iterable[str], language: str) -> Messages:
    """The catalogue of `language`, cut to what `modules` say.

    Args:
        packages: Where the modules are.
        modules: Static names, e.g. ``displays/kiosk/kiosk.js``.
        language: A language without a catalogue has no messages: its pages read English.
    """
    path = WEB.static / "locale" / f"{language}.json"
    if not path.is_file():
        return {}
    known: Messages = msgspec.json.decode(path.read_bytes())["messages"]
    said = {message for module in modules for message in _said_in(packages, module)}
    return {message: known[message] for message in sorted(said) if message in known}


def _said_in(packages: Sequence[Package], module: str) -> list[str]:
    file = find_file(packages, module)
    return [] if file is None else messages_in(file.read_text(encoding="utf-8"))
