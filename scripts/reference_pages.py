"""The pages of docs/reference that are lists, made from the code they list.

`PAGES` names them; ``scripts/update-reference`` writes them and a test compares them. A person
writes a page's head, down to `MARK`. What the list says about an item is its docstring: to change
a line, change the docstring.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, get_args

from msgspec import Struct, structs
from starlette.routing import BaseRoute, Route

from config.settings import settings_reference
from queue_server.api.endpoints import ENDPOINTS, Endpoint
from queue_server.api.health import Metrics
from queue_server.api.openapi import PREFIX, body_schema
from queue_server.api.refusal_list import (
    OF_THE_INTERFACE,
    AnsweredRefusal,
    answered_refusals,
    is_answered,
    meaning_of,
)
from queue_server.app import API_ROUTES
from queue_server.core import events
from queue_server.core.errors import QueueError
from queue_server.hub.connection import CloseCode
from queue_server.hub.messages import FromClient, ToClient
from queue_server.pages import VIEWS, page_parts

ROOT: Final = Path(__file__).resolve().parents[1]
REFERENCE: Final = ROOT / "docs" / "reference"
MARK: Final = "<!-- From here on made by scripts/update-reference. -->\n\n"
PACKAGES: Final = ("queue_server", "displays", "printers", "counters", "config")
_NOT_IMPORTED: Final = ("migrations", "__main__", "gtts_child")
"""Programs of their own: importing them would run them."""


# -- events ----------------------------------------------------------------------------------


def events_page() -> str:
    """Every event with its meaning and fields, in the groups of `queue_server/core/events.py`."""
    lines = [_head("events")]
    for heading, names in _groups_of_events():
        lines += [f"## {heading}", "", "| Event | Meaning | Fields |", "|---|---|---|"]
        lines += [
            _row(f"`{name}`", meaning_of(getattr(events, name)), _fields(getattr(events, name)))
            for name in names
        ]
        lines.append("")
    return "\n".join(lines)


def _groups_of_events() -> Iterator[tuple[str, list[str]]]:
    known = {event.__name__ for event in get_args(events.Event)}
    source = inspect.getsource(events)
    for part in re.split(r"^# -- ", source, flags=re.MULTILINE)[1:]:
        heading = part.partition(" -")[0]
        names = re.findall(r"^class (\w+)\(", part, re.MULTILINE)
        yield heading.capitalize(), [name for name in names if name in known]


def _fields(struct: type[Struct]) -> str:
    """Names of the fields; those with a default in parentheses."""
    shown = [
        f"`{each.encode_name}`" if each.required else f"(`{each.encode_name}`)"
        for each in structs.fields(struct)
    ]
    return ", ".join(shown)


# -- refusals --------------------------------------------------------------------------------


def errors_page() -> str:
    """Every refusal with its code, and the status where it is answered over HTTP."""
    logged = [
        _row(f"`{error.code}`", meaning_of(error))
        for error in sorted(refusals(), key=lambda each: each.code)
        if not is_answered(error)
    ]
    return "\n".join(
        [
            _head("errors"),
            "## Answered over HTTP",
            "",
            "| Code | Status | Meaning |",
            "|---|---|---|",
            *map(_refusal, answered_refusals()),
            "",
            "The interface itself adds four codes that are no refusal of a rule.",
            "",
            "| Code | Status | Meaning |",
            "|---|---|---|",
            *map(_refusal, OF_THE_INTERFACE),
            "",
            "## At the start, in jobs and in the log",
            "",
            "| Code | Meaning |",
            "|---|---|",
            *logged,
            "",
        ]
    )


def _refusal(refusal: AnsweredRefusal) -> str:
    return _row(f"`{refusal.code}`", str(refusal.status), refusal.meaning)


def refusals() -> set[type[QueueError]]:
    """Every class of refusal that has a code of its own."""
    for package in PACKAGES:
        _import_all(package)
    return {error for error in _descendants(QueueError) if "code" in vars(error)}


def _import_all(package: str) -> None:
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, f"{package}."):
        if not any(name in found.name for name in _NOT_IMPORTED):
            importlib.import_module(found.name)


def _descendants(error: type[QueueError]) -> Iterator[type[QueueError]]:
    yield error
    for child in error.__subclasses__():
        yield from _descendants(child)


# -- the socket ------------------------------------------------------------------------------

_COMES_BACK_BELOW: Final = 4500
_WHY: Final[Mapping[CloseCode, str]] = {
    CloseCode.SLOW: "The client did not take what was sent: more than 64 kB or 5 s behind.",
    CloseCode.GOING_DOWN: "The server ends or is updated.",
    CloseCode.STORE_AWAY: "The server cannot reach its store.",
    CloseCode.TOO_MANY_MESSAGES: "The client sent more than 20 messages a second, 60 at once.",
    CloseCode.UNREADABLE: "The client sent something that is no message.",
    CloseCode.REVOKED: "The device or session was shut out, within half a minute.",
    CloseCode.NOT_KNOWN: "The token is nobody's, or another site opened the socket.",
}


def close_codes_page() -> str:
    """Every code with which the server closes a socket."""
    lines = [_head("close-codes"), "| Code | Name | Reason | The client |", "|---|---|---|---|"]
    for code in CloseCode:
        does = "comes back" if code < _COMES_BACK_BELOW else "stays away"
        lines.append(_row(str(int(code)), f"`{code.name}`", _WHY[code], does))
    return "\n".join([*lines, ""])


# -- interface -------------------------------------------------------------------------------


def api_page() -> str:
    """Every address of the server: commands, queries, accounts, pages, socket."""
    lines = [_head("api"), "## Commands", "", _COMMANDS, ""]
    lines += ["| For | Who that is |", "|---|---|", *_accesses(), ""]
    lines += ["| Address below the centre | Command | For | Body |", "|---|---|---|---|"]
    lines += [_command(endpoint) for endpoint in ENDPOINTS]
    lines += ["", "## Queries, accounts and health", "", "| Address | Meaning |", "|---|---|"]
    lines += _routes(lambda path: path.startswith(("/api/", "/health", "/metrics")))
    lines += ["", "## Pages", "", "| Address | Meaning |", "|---|---|"]
    lines += _routes(lambda path: not path.startswith(("/api/", "/health", "/metrics")))
    lines += ["", "## Socket", "", _SOCKET, "", "| View | Sent |", "|---|---|"]
    lines += [_row(f"`{kind.name}`", _pace(kind.pace_s)) for kind in VIEWS]
    for heading, union in (("client", FromClient), ("server", ToClient)):
        lines += ["", f"The {heading} sends:", "", "| `type` | Meaning | Fields |", "|---|---|---|"]
        lines += [
            _row(f"`{each.__struct_config__.tag}`", meaning_of(each), _fields(each))
            for each in get_args(union)
        ]
    lines += ["", "## Figures", "", "`/metrics` holds these, for Prometheus.", ""]
    lines += ["| Name | Meaning |", "|---|---|", *_figures()]
    return "\n".join([*lines, ""])


_COMMANDS: Final = f"""\
Every command is a `POST` below `{PREFIX}`.
Fields in parentheses may be left out.
The server's page `/api` shows their types and limits.
For programs, `/api/v1/openapi.json` says the same."""
_SOCKET: Final = """\
`/live` is one WebSocket for everything a client watches.
Whoever has no cookie sends `hello` with a token first.
After `watch` the newest state of the view comes whole, and again after each change.
A heartbeat comes every 5 s; a client that hears nothing for 12 s takes the line for lost.
[Close codes](close-codes.md) say whether to come back."""


def _accesses() -> list[str]:
    accesses = dict.fromkeys(endpoint.access for endpoint in ENDPOINTS)
    return [_row(_words(access.__name__), meaning_of(access)) for access in accesses]


def _command(endpoint: Endpoint) -> str:
    schema = body_schema(endpoint)
    names = [
        f"`{name}`" if name in schema["required"] else f"(`{name}`)"
        for name in schema["properties"]
    ]
    meaning = f"`{endpoint.command.__name__}`: {meaning_of(endpoint.command)}"
    who = _words(endpoint.access.__name__)
    return _row(f"`{endpoint.path}`", meaning, who, ", ".join(names))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _routes(is_wanted: Callable[[str], bool]) -> list[str]:
    commands = {PREFIX + endpoint.path for endpoint in ENDPOINTS}
    routes: Iterable[BaseRoute] = [*API_ROUTES, *page_parts().routes]
    rows = [
        (route.path, *_method(route), meaning_of(route.endpoint))
        for route in routes
        if isinstance(route, Route) and is_wanted(route.path)
    ]
    return [
        _row(f"`{method}{path}`", meaning)
        for path, method, meaning in sorted(rows)
        if not (path in commands and method == "POST ")
    ]


def _method(route: Route) -> tuple[str]:
    methods = sorted((route.methods or set()) - {"HEAD"})
    return (f"{methods[0]} " if methods else "",)


def _pace(pace_s: float) -> str:
    return f"at most every {pace_s:g} s" if pace_s else "after each change"


def _figures() -> list[str]:
    families = list(Metrics().registry.collect())
    return [_row(f"`{each.name}`", f"{each.documentation}.") for each in families]


# -- the pages -------------------------------------------------------------------------------

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "api.md": api_page,
    "close-codes.md": close_codes_page,
    "errors.md": errors_page,
    "events.md": events_page,
    "settings.md": settings_reference,
}


def _head(name: str) -> str:
    """What a person wrote to stand above the list."""
    page = (REFERENCE / f"{name}.md").read_text(encoding="utf-8")
    return page.partition(MARK)[0] + MARK.rstrip("\n") + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def write_pages() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
