"""The administrator's first page over HTTP: how the server is doing, and what needs doing."""

import asyncio
import shutil
from datetime import date, datetime
from typing import Final, cast

import holidays
import msgspec
from msgspec import Struct
from sqlalchemy.engine import make_url
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.accounts.device_routes import sounds_of
from queue_server.administration.answers import (
    accounts_of,
    answer,
    asked,
    drafts_of,
    engine_of,
    now_of,
)
from queue_server.administration.findings import (
    Backup,
    Disk,
    Finding,
    Situation,
    findings_of,
)
from queue_server.clock import SystemClock
from queue_server.core.centre import Centre
from queue_server.core.configuration_check import problems_of
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time
from queue_server.places import Places
from queue_server.web.routes import language_of

YEARS_AHEAD: Final = 1


class Overview(Struct, frozen=True, kw_only=True):
    """How the server is doing."""

    version: str
    database: str
    """``sqlite`` or ``postgresql``."""
    disk: Disk | None
    backup: Backup | None
    devices: int
    devices_online: int
    staff: int
    waiting: int
    changes: int
    """Edits in the draft."""
    apply_at: datetime | None
    findings: tuple[Finding, ...]


class PublicHoliday(Struct, frozen=True):
    """A day off by law in the centre's country."""

    day: date
    name: str


async def overview(request: Request) -> Response:
    """What an administrator should look at, for administrators."""
    replica, _ = await asked(request)
    centre, now = replica.centre, now_of(request)
    accounts = accounts_of(request)
    everybody = await accounts.list_staff()
    staff = [each for each in everybody if each.centre in {None, centre.id}]
    devices = await accounts.list_devices(centre.id)
    work = await drafts_of(request).read(replica)
    places = cast("Places", request.state.places)
    disk, backup = await asyncio.to_thread(_of_places, places)
    machine_now = SystemClock().now()
    situation = Situation(
        centre=centre,
        now=now,
        machine_now=machine_now,
        devices=devices,
        sounds=await sounds_of(request, [centre.id]),
        staff=staff,
        disk=disk,
        backup=backup,
        problems=problems_of(centre.facts),
        public_holidays=_holidays_near(centre, now, language_of(request)),
        scheduled_at=work.draft.apply_at,
    )
    return answer(
        Overview(
            version=str(request.state.version),
            database=make_url(engine_of(request).url).get_backend_name(),
            disk=disk,
            backup=backup,
            devices=len(devices),
            devices_online=sum(each.was_heard_lately(machine_now) for each in devices),
            staff=sum(each.is_active for each in staff),
            waiting=len(centre.waiting),
            changes=len(work.draft.edits),
            apply_at=work.draft.apply_at,
            findings=findings_of(situation),
        )
    )


async def public_holidays(request: Request) -> Response:
    """Days off by law of a year in the centre's country, for administrators."""
    replica, _ = await asked(request)
    text = request.query_params.get("year", "")
    this_year = local_time(replica.centre.facts, now_of(request)).year
    if not text.isdecimal() or abs(int(text) - this_year) > YEARS_AHEAD + 1:
        raise InvalidValue("expected a year near this one")
    country = replica.centre.facts.holidays.country
    found = _holidays_of(country, int(text), language_of(request))
    return answer([PublicHoliday(day, found[day]) for day in sorted(found)])


def _of_places(places: Places) -> tuple[Disk | None, Backup | None]:
    """Space and the newest backup; None for what cannot be read."""
    try:
        usage = shutil.disk_usage(places.folder)
        disk = Disk(usage.total, usage.free)
    except OSError:
        disk = None
    try:
        backup = msgspec.json.decode(places.backed_up.read_bytes(), type=Backup)
    except (OSError, msgspec.DecodeError):
        backup = None
    return disk, backup


def _holidays_near(centre: Centre, now: datetime, language: str) -> dict[date, str]:
    year = local_time(centre.facts, now).year
    country = centre.facts.holidays.country
    both = (_holidays_of(country, each, language) for each in (year, year + YEARS_AHEAD))
    return {day: name for found in both for day, name in found.items()}


def _holidays_of(country: str, year: int, language: str) -> dict[date, str]:
    """Public holidays by day, in the reader's language where the calendar has it."""
    if country not in holidays.list_supported_countries():
        return {}
    known = holidays.list_localized_countries().get(country, [])
    wanted = next((each for each in known if each.split("_")[0] == language), None)
    found = holidays.country_holidays(country, years=year, language=wanted)
    return {day: name for day, name in found.items() if day.year == year}


ROUTES: list[BaseRoute] = [
    Route("/api/v1/centres/{centre}/overview", overview, methods=["GET"]),
    Route("/api/v1/centres/{centre}/public-holidays", public_holidays, methods=["GET"]),
]
