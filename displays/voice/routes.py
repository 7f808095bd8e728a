"""The page on which a voice is recorded, and where its takes go."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from displays.speech.announcement import Clip, ClipId, clips_in_reserve, clips_needed
from displays.speech.clip_files import read_manifest
from displays.speech.phrase_files import read_phrases
from displays.speech.recorded_pack import RecordedPack
from displays.voice.view import languages_to_record
from queue_server.api.access import administrator, require
from queue_server.api.state import principal_of, replica_of
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue, StoreUnavailable, UnknownName
from queue_server.core.identifiers import CentreId, Language
from queue_server.places import Places
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of

log = structlog.get_logger(__name__)

MOST_BYTES: Final = 3_000_000
"""Half a minute of 16 bits at 48 kHz; a clip lasts seconds."""
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(self), payment=()"
"""Of this page alone: no other one has a microphone."""
DEADLINE_S: Final = 20.0
_CHILD: Final = "displays.speech.take_child"
_writing = asyncio.Lock()

PrepareClips = Callable[[CentreId], Awaitable[None]]
"""Has the clips of a centre made, soon; found in the request's state."""


class UnusableTake(InvalidValue):
    """A recording that cannot be heard as what it should be."""

    code = "unusable_take"


async def page(request: Request) -> Response:
    """The page, for administrators."""
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    if principal.kind != "staff":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(here)}", HTTPStatus.SEE_OTHER)
    language = language_of(request)
    pages = cast("Pages", request.state.pages)
    if not administrator(principal, replica.centre.id):
        _ = translations(language).gettext
        return pages.response(
            "error.html",
            language=language,
            status=HTTPStatus.FORBIDDEN,
            heading=_("This page is not for your account"),
            text=_("Please ask the manager or the administrator of the centre."),
        )
    facts = replica.centre.configuration
    name = facts.name if facts else {}
    shown = pages.response(
        "displays/voice/voice.html",
        language=language,
        boot={"centre": replica.centre.id},
        centre_name=name.get(language) or name.get("vi"),
    )
    shown.headers["Permissions-Policy"] = PERMISSIONS
    return shown


async def listed(request: Request) -> Response:
    """What there is to record for the voice of the centre, and what was."""
    facts, places = await _facts(request)
    phrases = read_phrases()
    languages = list(phrases)
    recorded = {
        language: frozenset(RecordedPack(places.voice_packs, facts.id, language).clips)
        for language in languages
    }
    voices = {
        language: read_manifest(places.clips, facts.id, language).voice for language in languages
    }
    return _json(languages_to_record(facts, phrases, recorded, voices))


async def keep(request: Request) -> Response:
    """Keep a recording of one clip of the voice; answers how long and how good it is."""
    facts, places = await _facts(request)
    clip = _clip(facts, request)
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            message = f"expected at most {MOST_BYTES} bytes of sound"
            raise InvalidValue(message)
    take = await _looked_at(bytes(data), clip.text)
    pack = RecordedPack(places.voice_packs, facts.id, clip.language)
    async with _writing:
        await asyncio.to_thread(pack.add, clip.id, bytes(data))
    return Response(take, media_type="application/json", status_code=HTTPStatus.CREATED)


async def drop(request: Request) -> Response:
    """Throw a recording away."""
    facts, places = await _facts(request)
    clip = _clip(facts, request)
    async with _writing:
        RecordedPack(places.voice_packs, facts.id, clip.language).remove(clip.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def listen(request: Request) -> Response:
    """One recording, as it was made."""
    facts, places = await _facts(request)
    clip = _clip(facts, request)
    file = RecordedPack(places.voice_packs, facts.id, clip.language).file_of(clip.id)
    if file is None:
        message = f"expected a recording of {clip.id}"
        raise UnknownName(message, kind="recording", name=clip.id)
    return FileResponse(file, media_type="audio/wav", headers={"Cache-Control": "no-store"})


async def use(request: Request) -> Response:
    """Make the clips of the centre anew: a complete recording is preferred to every other voice."""
    facts, _ = await _facts(request)
    prepare = cast("PrepareClips | None", getattr(request.state, "prepare_clips", None))
    if prepare is None:
        message = "expected a server with workers"
        raise StoreUnavailable(message)
    await prepare(facts.id)
    return Response(status_code=HTTPStatus.ACCEPTED)


async def _facts(request: Request) -> tuple[CentreConfiguration, Places]:
    replica = await replica_of(request)
    require(await principal_of(request), administrator, replica.centre.id)
    return replica.centre.facts, cast("Places", request.state.places)


def _clip(facts: CentreConfiguration, request: Request) -> Clip:
    phrases = read_phrases()
    language = Language(request.path_params["language"])
    id_ = ClipId(f"{language}/{request.path_params['part']}")
    every = (*clips_needed(facts, phrases), *clips_in_reserve(facts, phrases))
    found = next((clip for clip in every if clip.id == id_), None)
    if found is None:
        message = f"expected a clip of this centre, got {id_!r}"
        raise UnknownName(message, kind="clip", name=id_)
    return found


async def _looked_at(data: bytes, text: str) -> bytes:
    """What the child says of a recording.

    Raises:
        UnusableTake: It cannot be used.
    """
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _CHILD, text, stdin=pipe, stdout=pipe, stderr=pipe, cwd=_ROOT
    )
    try:
        async with asyncio.timeout(DEADLINE_S):
            answer, words = await child.communicate(data)
    except TimeoutError:
        child.kill()
        await child.wait()
        answer, words = b"", b"nothing"
    if child.returncode != 0:
        reason = words.decode(errors="replace").strip()
        known = reason if reason in {"nothing", "silence", "length"} else "nothing"
        if known != reason:
            log.warning("a recording could not be looked at", reason=reason[-300:])
        message = f"expected speech of {text!r}, got {known}"
        raise UnusableTake(message, reason=known)
    return answer


_ROOT: Final = Path(__file__).parents[2]


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


VOICE: Final = "/api/v1/centres/{centre}/voice"
RECORDING: Final = f"{VOICE}/{{language}}/recordings/{{part}}"
ROUTES: list[BaseRoute] = [
    Route("/voice", page, methods=["GET"]),
    Route(VOICE, listed, methods=["GET"]),
    Route(f"{VOICE}/use", use, methods=["POST"]),
    Route(RECORDING, listen, methods=["GET"]),
    Route(RECORDING, keep, methods=["PUT"]),
    Route(RECORDING, drop, methods=["DELETE"]),
]
