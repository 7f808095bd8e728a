"""The register's page, and the dossiers of any day as JSON; for staff who meet citizens."""

import asyncio
from datetime import date
from typing import cast

import msgspec
from msgspec import Struct
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.register.earlier import entries_of
from counters.register.entry import Entry
from counters.staff_page import pages_of, turned_away
from queue_server.api.access import clerk, manager, require
from queue_server.api.state import principal_of, replica_of
from queue_server.archive.numbers import ticket_numbers
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time
from queue_server.intake.register import Register
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.routes import language_of


class DossiersOfDay(Struct, frozen=True):
    """What was received on one local date, newest first."""

    day: date
    dossiers: list[Entry]


async def register_page(request: Request) -> Response:
    """The page; the day's lines come over the socket, earlier ones when they are asked for."""
    replica = await centre_of_page(request)
    centre, facts = replica.centre, replica.centre.configuration
    if answer := await turned_away(request, clerk, centre.id):
        return answer
    language = language_of(request)
    name = facts.name if facts else {}
    procedures = facts.procedures.values() if facts else ()
    return pages_of(request).response(
        "counters/register/register.html",
        language=language,
        boot={
            "centre": centre.id,
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
            "today": local_time(facts, request.state.clock.now()).date() if facts else None,
            "procedures": {procedure.code: procedure.name for procedure in procedures},
        },
        is_manager=manager(await principal_of(request), centre.id),
        centre_name=name.get(language) or name.get("vi", centre.id),
    )


async def dossiers_of_day(request: Request) -> Response:
    """Dossiers received on a day; without names, which stand on the receipt alone."""
    centre = (await replica_of(request)).centre
    require(await principal_of(request), clerk, centre.id)
    day = _day(request)
    register = cast("Register", request.state.register)
    engine = cast("Engine", request.state.engine)
    dossiers = await asyncio.to_thread(register.dossiers_of_day, centre.id, day)
    numbers = await asyncio.to_thread(ticket_numbers, engine, centre.id, day)
    body = msgspec.json.encode(DossiersOfDay(day, entries_of(centre, dossiers, numbers)))
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _day(request: Request) -> date:
    text = request.query_params.get("day", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"expected day as a date like 2026-11-23, got {text!r}"
        raise InvalidValue(message) from None


ROUTES: list[BaseRoute] = [
    Route("/register", register_page, methods=["GET"]),
    Route("/api/v1/centres/{centre}/dossiers", dossiers_of_day, methods=["GET"]),
]
