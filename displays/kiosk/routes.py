"""The kiosk's page, what it says aloud, the catalogue, and slips that were kept as pictures."""

import gzip
from http import HTTPStatus
from typing import Annotated, Final, cast

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from displays.kiosk.catalogue import entry_of, found_of, procedures_in_force
from displays.kiosk.indexes import Indexes
from displays.kiosk.search import MAX_QUERY, search
from displays.kiosk.view import is_kiosk, may_use_kiosk
from displays.speech.page_speech import MOST_LETTERS, PageSpeech
from queue_server.api import access
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.configuration import Procedure
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import Language, ProcedureCode
from queue_server.core.printing import PrintJob
from queue_server.hub.replica import Replica
from queue_server.places import Places
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import languages, translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of

JSON = "application/json"
MOST_SAID: Final = 4_096
"""Bytes of a request to say something."""
CATALOGUE_LEVEL: Final = 3
"""Takes 1 ms for a centre of a hundred procedures."""
GREETINGS: Final = "displays/kiosk/greetings.js"
INDEXES: Final = Indexes()


async def kiosk_page(request: Request) -> Response:
    """The kiosk, for a paired kiosk or for staff with a tablet."""
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    pages, language = cast("Pages", request.state.pages), language_of(request)
    is_helper = "helper" in request.query_params
    if is_helper and principal.kind != "staff":
        return RedirectResponse("/sign-in?next=/kiosk%3Fhelper", HTTPStatus.SEE_OTHER)
    if principal.kind == "nobody":
        return _not_paired(pages, language)
    if not may_use_kiosk(principal, replica.centre):
        return RedirectResponse("/sign-in?next=/kiosk", HTTPStatus.SEE_OTHER)
    facts = replica.centre.configuration
    speech = cast("PageSpeech", request.state.page_speech)
    template = "displays/kiosk/helper.html" if is_helper else "displays/kiosk/kiosk.html"
    boot = {
        "centre": replica.centre.id,
        "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
        "has_phone_page": bool(request.state.public_url),
        "printer": principal.printer or (facts.kiosk_printer if facts else None),
        "kiosk": request.query_params.get("kiosk", principal.kiosk or ""),
        "greetings": {tag: pages.messages(GREETINGS, tag) for tag in languages()},
        "can_speak": is_kiosk(principal, replica.centre.id) and speech.can_speak,
    }
    name = facts.name.get(language, facts.name["vi"]) if facts else ""
    return pages.response(template, language=language, boot=boot, centre_name=name)


def _not_paired(pages: Pages, language: str) -> Response:
    _ = translations(language).gettext
    return pages.response(
        "error.html",
        language=language,
        status=HTTPStatus.UNAUTHORIZED,
        heading=_("This kiosk is not paired yet"),
        text=_(
            "An administrator adds it under Devices and opens the link it gives on this screen. "
            "Staff can sign in and use this page on a tablet."
        ),
        home_url="/sign-in?next=/kiosk",
    )


async def procedures(request: Request) -> Response:
    """Procedures in force today; with ``search`` those that fit, and which to ask about."""
    replica = await replica_of(request)
    found = {entry.code: entry for entry in _in_force(request, replica)}
    query = request.query_params.get("search", "")[:MAX_QUERY]
    if not query:
        catalogue = [entry_of(procedure) for procedure in found.values()]
        return _compressed(catalogue, request.headers.get("accept-encoding", ""))
    hits = search(INDEXES.of(replica.centre.facts, found), query)
    return _json(found_of(hits, found))


async def procedure(request: Request) -> Response:
    """One procedure."""
    replica = await replica_of(request)
    code = ProcedureCode(request.path_params["code"])
    for known in _in_force(request, replica):
        if known.code == code:
            return _json(entry_of(known))
    message = f"expected a procedure that is in force today, got {code!r}"
    raise UnknownName(message, kind="procedure", name=code)


def _in_force(request: Request, replica: Replica) -> list[Procedure]:
    facts = replica.centre.facts
    clock = cast("Clock", request.state.clock)
    return list(procedures_in_force(facts, local_time(facts, clock.now()).date()))


class Saying(Struct, frozen=True, forbid_unknown_fields=True):
    """A text of the page that is to be read aloud."""

    language: Language
    text: Annotated[str, Meta(min_length=1, max_length=MOST_LETTERS)]
    is_private: bool = False
    """The citizen typed it or was given it: the sound is not kept."""


async def spoken(request: Request) -> Response:
    """A text of the kiosk's page as mp3, for a paired kiosk; nothing where no voice is at hand."""
    replica = await replica_of(request)
    access.require(await principal_of(request), is_kiosk, replica.centre.id)
    saying = convert(parse_object(await read_body(request, MOST_SAID)), Saying)
    known = replica.centre.facts.languages
    if saying.language not in known:
        message = f"expected one of {', '.join(known)}, got {saying.language!r}"
        raise InvalidValue(message, field="language")
    speech = cast("PageSpeech", request.state.page_speech)
    sound = await speech.spoken(saying.language, saying.text, is_private=saying.is_private)
    if sound is None:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return Response(sound, media_type="audio/mpeg", headers={"Cache-Control": "no-store"})


async def print_picture(request: Request) -> Response:
    """A slip or receipt that was kept as a picture.

    The ticket's id in a slip's name is its credential; a receipt has a name on it and is for
    staff.
    """
    replica = await replica_of(request)
    job = _print_job(replica.centre, request.path_params["job"])
    if job.kind != "slip":
        access.require(await principal_of(request), access.clerk, replica.centre.id)
    places = cast("Places", request.state.places)
    path = places.pictures / f"{job.id}.png"
    if not path.is_file():
        message = f"expected a job whose picture was kept, got {job.id}, which is {job.result}"
        raise UnknownName(message, kind="picture", name=job.id)
    return FileResponse(path, media_type="image/png", headers={"Cache-Control": "no-store"})


def _print_job(centre: Centre, name: str) -> PrintJob:
    job = centre.prints.get(name)
    if job is None:
        message = f"expected a print job of today, got {name!r}"
        raise UnknownName(message, kind="print job", name=name)
    return job


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type=JSON)


def _compressed(value: object, accepted: str) -> Response:
    """Every kiosk asks for the catalogue between two citizens: a fifth of the bytes."""
    answer = _json(value)
    answer.headers["Vary"] = "Accept-Encoding"
    if "gzip" in accepted:
        answer.body = gzip.compress(bytes(answer.body), CATALOGUE_LEVEL, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Length"] = str(len(answer.body))
    return answer


CENTRE = "/api/v1/centres/{centre}"
ROUTES: list[BaseRoute] = [
    Route("/kiosk", kiosk_page),
    Route(f"{CENTRE}/procedures", procedures, methods=["GET"]),
    Route(f"{CENTRE}/procedures/{{code}}", procedure, methods=["GET"]),
    Route(f"{CENTRE}/spoken", spoken, methods=["POST"]),
    Route(f"{CENTRE}/prints/{{job}}.png", print_picture, methods=["GET"]),
]
