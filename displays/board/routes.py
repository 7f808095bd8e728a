"""The board's page, and the clips it plays."""

from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from displays.speech.announcement import spoken_languages
from displays.speech.clip_book import read_clip_book
from displays.speech.loudness import loudness_of
from queue_server.api.state import principal_of, replica_of
from queue_server.core.identifiers import ZoneId
from queue_server.places import Places
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.pages import Pages

IMMUTABLE: Final = "public, max-age=31536000, immutable"


async def board(request: Request) -> Response:
    """The page of one zone (``?zone=``), or of the whole centre; ``?sound=off`` is silent."""
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    pages = cast("Pages", request.state.pages)
    centre = replica.centre
    zone = ZoneId(request.query_params.get("zone", principal.zone or ""))
    if zone:
        centre.zone(zone)
    boot = {
        "centre": centre.id,
        "zone": zone,
        "has_sound": request.query_params.get("sound", "on") != "off",
        "zones": [zone] if zone else list(centre.facts.zones),
        "timezone": centre.facts.timezone,
        "is_paired": principal.is_of(centre.id),
    }
    return pages.response("displays/board/board.html", boot=boot)


async def clips(request: Request) -> Response:
    """Addresses of the clips in force, by language; a language without clips is chime only."""
    replica = await replica_of(request)
    places = cast("Places", request.state.places)
    facts = replica.centre.facts
    book = read_clip_book(places.clips, facts.id, spoken_languages(facts), "/clips")
    speech = loudness_of(facts.speech)
    body = msgspec.json.encode({**book.for_browser(), "speech": speech})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})


async def clip(request: Request) -> Response:
    """One clip. Its name is made of its content, so browsers keep it for ever."""
    places = cast("Places", request.state.places)
    file = _clip_file(places.clips, request.path_params["path"])
    if file is None:
        return PlainTextResponse("no such clip", HTTPStatus.NOT_FOUND)
    return FileResponse(file, media_type="audio/mpeg", headers={"Cache-Control": IMMUTABLE})


def _clip_file(folder: Path, path: str) -> Path | None:
    """The clip at `path`; None for what is not a clip of the folder."""
    if "\0" in path:  # no file system takes it
        return None
    root = folder.resolve()
    file = (root / path).resolve()
    is_clip = file.is_relative_to(root) and file.suffix == ".mp3" and file.is_file()
    return file if is_clip else None


ROUTES: list[BaseRoute] = [
    Route("/board", board),
    Route("/api/v1/centres/{centre}/clips", clips),
    Route("/clips/{path:path}", clip),
]
