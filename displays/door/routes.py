"""The door's page with its changing code, and the page on the phone that takes a number."""

from datetime import datetime
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from displays.board.screen_page import screen_page
from displays.door.catalogue import catalogue_of
from displays.phone.qr_drawing import qr_svg
from queue_server.accounts.principal import Principal
from queue_server.api.access import require
from queue_server.api.door_codes import (
    PASS_LIFE,
    door_code,
    fresh_slot,
    new_pass,
    read_pass,
    slot_ends,
    slot_of,
    ticket_of,
)
from queue_server.api.remote import PHONE_COOKIE, PHONE_COOKIE_LIFE_S, door_of, new_phone
from queue_server.api.state import principal_of, replica_of
from queue_server.core.centre import Centre
from queue_server.core.hours import are_tickets_open, next_tickets_at
from queue_server.core.identifiers import CentreId
from queue_server.core.ticket import FINISHED
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import languages, translations
from queue_server.web.pages import DEFAULT_LANGUAGE, Pages
from queue_server.web.routes import language_of

JSON: Final = "application/json"
ENTRY_COOKIE: Final = "queue_entry"
DEVICES: Final = frozenset({"door", "board", "kiosk"})
PRIVATE: Final = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class DoorCode(Struct, frozen=True, kw_only=True):
    """What the door shows until `until`."""

    address: str
    svg: str
    until: datetime
    at: datetime
    clock_speed: float
    """Seconds that pass by the server's clock in one real second: 1, but in a demo."""
    is_on: bool
    are_tickets_open: bool
    opens_at: datetime | None


def may_show(principal: Principal, centre: CentreId) -> bool:
    """Screens of the centre, and its staff."""
    if not principal.is_of(centre):
        return False
    return principal.kind == "staff" or principal.device_kind in DEVICES


async def door_page(request: Request) -> Response:
    """The page for a screen at the door."""
    replica = await centre_of_page(request)
    pages, language = cast("Pages", request.state.pages), language_of(request)
    principal = await principal_of(request)
    if not may_show(principal, replica.centre.id):
        return _not_paired(pages, language)
    facts = replica.centre.facts
    boot = {"name": facts.name, "languages": facts.languages}
    return screen_page(request, replica.centre, "door", boot=boot, is_kept=False)


def _not_paired(pages: Pages, language: str) -> Response:
    _ = translations(language).gettext
    return pages.response(
        "error.html",
        language=language,
        status=HTTPStatus.UNAUTHORIZED,
        heading=_("This screen is not paired yet"),
        text=_(
            "An administrator adds it under Devices as a door code, and opens the link it gives "
            "on this screen."
        ),
        home_url="/sign-in?next=/door",
    )


async def code(request: Request) -> Response:
    """The present code as an address and its QR code."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), may_show, centre.id)
    rules, now = centre.facts.remote_tickets, request.state.clock.now()
    slot = slot_of(now, rules.code_every_s)
    key = door_of(request).keys.key(centre.id)
    base = cast("str | None", request.state.public_url) or str(request.base_url)
    query = urlencode({"centre": centre.id, "code": door_code(key, centre.id, slot)})
    address = f"{base.rstrip('/')}/join?{query}"
    is_open = are_tickets_open(centre.facts, now)
    shown = DoorCode(
        address=address,
        svg=qr_svg(address).decode(),
        until=slot_ends(slot, rules.code_every_s),
        at=now,
        clock_speed=request.state.clock.speed,
        is_on=rules.is_on,
        are_tickets_open=is_open and centre.day is not None and centre.day.is_open,
        opens_at=None if is_open else next_tickets_at(centre.facts, now),
    )
    return Response(msgspec.json.encode(shown), media_type=JSON, headers=PRIVATE)


async def join_page(request: Request) -> Response:
    """Take a number on the phone: with a fresh code, or the pass that it was exchanged for."""
    centre = (await centre_of_page(request)).centre
    pages, language = cast("Pages", request.state.pages), _language(request)
    if not centre.facts.remote_tickets.is_on:
        return _refused(pages, language, centre, "off")
    now, key = request.state.clock.now(), door_of(request).keys.key(centre.id)
    entry_pass = _entry_pass(request, centre, key, now)
    found = read_pass(key, centre.id, entry_pass, now) if entry_pass else None
    if found is None:
        return _refused(pages, language, centre, "stale")
    taken = centre.tickets.get(ticket_of(key, centre.id, found.nonce))
    if taken is not None and taken.state not in FINISHED:
        return RedirectResponse(f"/t/{taken.id}", HTTPStatus.SEE_OTHER, headers=PRIVATE)
    answer = pages.response(
        "displays/door/join.html",
        language=language,
        boot={
            "centre": centre.id,
            "timezone": centre.facts.timezone,
            "entry_pass": entry_pass,
            "key": found.nonce,
            "catalogue": catalogue_of(centre, now),
        },
        centre_name=centre.facts.name.get(language, centre.facts.name["vi"]),
        path=f"/join?{urlencode({'centre': centre.id})}",
    )
    answer.headers.update(PRIVATE)
    _keep(request, answer, ENTRY_COOKIE, entry_pass, int(PASS_LIFE.total_seconds()))
    phone = request.cookies.get(PHONE_COOKIE) or new_phone()
    _keep(request, answer, PHONE_COOKIE, phone, PHONE_COOKIE_LIFE_S, path="/")
    return answer


def _entry_pass(request: Request, centre: Centre, key: bytes, now: datetime) -> str:
    """A new pass for a fresh code; the kept one on a reload, and while somebody is choosing."""
    kept = request.cookies.get(ENTRY_COOKIE, "")
    known = read_pass(key, centre.id, kept, now)
    every_s = centre.facts.remote_tickets.code_every_s
    slot = fresh_slot(key, centre.id, request.query_params.get("code", ""), now, every_s)
    if slot is None or (known is not None and known.slot == slot):
        return kept if known is not None else ""
    return new_pass(key, centre.id, slot, new_phone(), now, request.state.clock.speed)


def _refused(pages: Pages, language: str, centre: Centre, why: str) -> Response:
    status = HTTPStatus.FORBIDDEN if why == "stale" else HTTPStatus.NOT_FOUND
    answer = pages.response(
        "displays/door/refused.html",
        language=language,
        status=status,
        why=why,
        path=f"/join?{urlencode({'centre': centre.id})}",
        centre_name=centre.facts.name.get(language, centre.facts.name["vi"]),
    )
    answer.headers.update(PRIVATE)
    return answer


def _keep(  # noqa: PLR0913, PLR0917  # what a cookie is made of
    request: Request, answer: Response, name: str, value: str, life_s: int, path: str = "/join"
) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=life_s,
        path=path,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",  # a scanned code is a link from outside
    )


def _language(request: Request) -> str:
    """``?language=``, else what the phone's browser asks for, else Vietnamese."""
    asked = request.query_params.get("language")
    if asked is None:
        accepted = request.headers.get("accept-language", "")
        asked = accepted.partition(",")[0].partition("-")[0].strip().lower()
    return asked if asked in languages() else DEFAULT_LANGUAGE


ROUTES: list[BaseRoute] = [
    Route("/door", door_page),
    Route("/join", join_page),
    Route("/api/v1/centres/{centre}/door-code", code, methods=["GET"]),
]
