"""The board's page, and the clips it plays."""

from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from displays.board.screen_page import KEPT, screen_page
from displays.board.subject import subject_of
from displays.speech.announcement import spoken_languages
from displays.speech.clip_book import read_clip_book
from displays.speech.loudness import loudness_of
from queue_server.api.state import principal_of, replica_of
from queue_server.places import Places
from queue_server.web.centre_choice import centre_of_page

GUARD: Final = Path(__file__).with_name("guard.js")
IMMUTABLE: Final = "public, max-age=31536000, immutable"


async def board(request: Request) -> Response:
    """The page of a configured board (``?board=``), of one zone (``?zone=``), or of all.

    ``?sound=off`` is silent. Without names in the address a paired device shows what it is.
    """
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    names = request.query_params
    is_named = "board" in names or "zone" in names
    boot = {
        "subject": subject_of(
            names.get("board", "") if is_named else principal.board or "",
            names.get("zone", "") if is_named else principal.zone or "",
        ),
        "has_sound": names.get("sound", "on") != "off",
    }
    is_let_in = principal.is_of(replica.centre.id)
    return screen_page(request, replica.centre, "board", boot=boot, is_kept=is_let_in)


async def guard(_: Request) -> Response:
    """The script that loads a screen again when its page does not begin."""
    headers = {"Cache-Control": KEPT}
    return FileResponse(GUARD, media_type="text/javascript", headers=headers)


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
    Route("/board/guard.js", guard),
    Route("/api/v1/centres/{centre}/clips", clips),
    Route("/clips/{path:path}", clip),
]
