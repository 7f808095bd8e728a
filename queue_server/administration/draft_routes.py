"""The draft of a centre's configuration over HTTP, for its administrators."""

import asyncio
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from config.centre_file import BrokenCentreFile, parse_centre
from config.centre_writer import dump_centre
from counters.routing.strategies import STRATEGIES
from printers.printer_model import MODELS
from queue_server.administration.answers import (
    accounts_of,
    answer,
    asked,
    drafts_of,
    editor,
    engine_of,
    now_of,
    preview_of,
    state_of,
)
from queue_server.administration.edits import Edit
from queue_server.administration.history import Applied, applied_before, configuration_at
from queue_server.administration.sentences import reason_in_words
from queue_server.administration.tree import Path, tree_of
from queue_server.administration.values_in_words import Words
from queue_server.api.body import MAX_CONFIGURATION, convert, parse_object, read_body
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.hub.replica import Replica
from queue_server.web.routes import language_of


class Changed(Struct, frozen=True, forbid_unknown_fields=True):
    """Edits that were made on a version of the draft."""

    version: int
    edits: tuple[Edit, ...]


class TakenBack(Struct, frozen=True, forbid_unknown_fields=True):
    """What is taken out of a version of the draft; the empty path is everything."""

    version: int
    path: Path = ()


class Scheduled(Struct, frozen=True, forbid_unknown_fields=True):
    """The day from which on the draft counts; None: when somebody applies it."""

    version: int
    day: date | None = None


class Version(Struct, frozen=True, forbid_unknown_fields=True):
    """The version that was looked at."""

    version: int


class Restored(Struct, frozen=True, forbid_unknown_fields=True):
    """A configuration that was applied before."""

    version: int
    epoch: str
    offset: int


class ListedConfiguration(Applied, frozen=True, kw_only=True):
    """A configuration that was applied, with the name of who did it."""

    name: str
    is_in_force: bool


async def read(request: Request) -> Response:
    """The draft of the configuration, the configuration in force, and what is wrong."""
    replica, _ = await asked(request)
    work = await drafts_of(request).read(replica)
    return answer(state_of(request, work))


async def change(request: Request) -> Response:
    """Add edits to the draft."""
    replica, principal = await asked(request)
    body = convert(parse_object(await read_body(request, MAX_CONFIGURATION)), Changed)
    if any(not edit.path or not all(edit.path) for edit in body.edits):
        raise InvalidValue("expected a path of names in each edit")
    work = await drafts_of(request).change(
        replica, body.version, body.edits, editor(request, principal)
    )
    return answer(state_of(request, work))


async def take_back(request: Request) -> Response:
    """Take edits out of the draft."""
    replica, principal = await asked(request)
    body = convert(parse_object(await read_body(request)), TakenBack)
    work = await drafts_of(request).take_back(
        replica, body.version, body.path, editor(request, principal)
    )
    return answer(state_of(request, work))


async def preview(request: Request) -> Response:
    """Everything the draft would change, and what people would notice."""
    replica, _ = await asked(request)
    work = await drafts_of(request).read(replica)
    devices = await accounts_of(request).list_devices(replica.centre.id)
    told = await asyncio.to_thread(
        preview_of, replica.centre, work, language_of(request), now_of(request), devices
    )
    return answer(told)


async def apply(request: Request) -> Response:
    """Make the centre what the draft says."""
    replica, principal = await asked(request)
    body = convert(parse_object(await read_body(request)), Version)
    await drafts_of(request).apply(replica, body.version, principal.actor)
    work = await drafts_of(request).read(replica)
    return answer(state_of(request, work))


async def schedule(request: Request) -> Response:
    """Let the draft count from a day on, or not by itself."""
    replica, principal = await asked(request)
    body = convert(parse_object(await read_body(request)), Scheduled)
    at = None
    if body.day is not None:
        zone = ZoneInfo(replica.centre.facts.timezone)
        at = datetime.combine(body.day, time(), zone)
        if at <= now_of(request):
            raise InvalidValue("expected a day after today", field="day")
    work = await drafts_of(request).postpone(replica, body.version, at, editor(request, principal))
    return answer(state_of(request, work))


async def upload(request: Request) -> Response:
    """Make the draft what a centre file says; nothing is changed where the file has errors."""
    replica, principal = await asked(request)
    version = version_of(request)
    data = await read_body(request, MAX_CONFIGURATION)
    try:
        reading = await asyncio.to_thread(
            parse_centre, data, known_strategies=tuple(STRATEGIES), known_models=tuple(MODELS)
        )
    except BrokenCentreFile as error:
        words = Words(language_of(request), {})
        problems = [
            {"key": each.key, "reason": reason_in_words(each, words), "severity": each.severity}
            for each in error.problems
        ]
        raise InvalidValue(error.message, reason="broken_centre_file", problems=problems) from None
    configuration = reading.configuration
    if configuration.id != replica.centre.id:
        message = f"expected a file of centre {replica.centre.id}, got one of {configuration.id}"
        raise InvalidValue(message, reason="other_centre", centre=configuration.id)
    work = await drafts_of(request).replace(
        replica, version, tree_of(configuration), editor(request, principal)
    )
    return answer(state_of(request, work))


def version_of(request: Request) -> int:
    """The version of the draft that was looked at."""
    text = request.query_params.get("version", "")
    if not text.isdecimal():
        raise InvalidValue("expected the version of the draft that was looked at")
    return int(text)


async def download(request: Request) -> Response:
    """The centre file of the configuration in force, of the draft, or of an earlier one."""
    replica, _ = await asked(request)
    configuration = await _named(request, replica)
    name = f"{configuration.id}.toml"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    text = dump_centre(configuration)
    return Response(text, headers=headers, media_type="application/toml")


async def _named(request: Request, replica: Replica) -> CentreConfiguration:
    if request.query_params.get("of") == "draft":
        work = await drafts_of(request).read(replica)
        return work.checked.configuration
    epoch, offset = (request.query_params.get(name, "") for name in ("epoch", "offset"))
    if epoch and offset.isdecimal():
        centre = replica.centre.id
        return await asyncio.to_thread(
            configuration_at, engine_of(request), centre, epoch, int(offset)
        )
    return replica.centre.facts


async def history(request: Request) -> Response:
    """Configurations that were applied, newest first."""
    replica, _ = await asked(request)
    found = await asyncio.to_thread(applied_before, engine_of(request), replica.centre.id)
    staff = await accounts_of(request).list_staff()
    names: dict[str, str] = {each.id: each.name for each in staff}
    listed = [
        ListedConfiguration(
            epoch=each.epoch,
            offset=each.offset,
            at=each.at,
            actor_kind=each.actor_kind,
            actor=each.actor,
            name=names.get(each.actor, each.actor),
            is_in_force=place == 0,
        )
        for place, each in enumerate(found)
    ]
    return answer(listed)


async def restore(request: Request) -> Response:
    """Make the draft an earlier configuration."""
    replica, principal = await asked(request)
    body = convert(parse_object(await read_body(request)), Restored)
    configuration = await asyncio.to_thread(
        configuration_at, engine_of(request), replica.centre.id, body.epoch, body.offset
    )
    work = await drafts_of(request).replace(
        replica, body.version, tree_of(configuration), editor(request, principal)
    )
    return answer(state_of(request, work))


CONFIGURATION = "/api/v1/centres/{centre}/configuration"
DRAFT = f"{CONFIGURATION}/draft"
ROUTES: list[BaseRoute] = [
    Route(DRAFT, read, methods=["GET"]),
    Route(f"{DRAFT}/edits", change, methods=["POST"]),
    Route(f"{DRAFT}/take-back", take_back, methods=["POST"]),
    Route(f"{DRAFT}/preview", preview, methods=["GET"]),
    Route(f"{DRAFT}/apply", apply, methods=["POST"]),
    Route(f"{DRAFT}/schedule", schedule, methods=["POST"]),
    Route(f"{DRAFT}/restore", restore, methods=["POST"]),
    Route(f"{DRAFT}/file", upload, methods=["POST"]),
    Route(f"{CONFIGURATION}/file", download, methods=["GET"]),
    Route(f"{CONFIGURATION}/history", history, methods=["GET"]),
]
