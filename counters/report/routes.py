"""The report's page, and its figures as JSON and CSV; for managers."""

import asyncio
from datetime import date
from http import HTTPStatus
from typing import cast

import msgspec
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.report.calls import DAYS, MOST_DAYS, CallReport, call_report, clerks_csv
from counters.staff_page import pages_of, turned_away
from queue_server.api.access import manager, require
from queue_server.api.state import principal_of, replica_of
from queue_server.archive.comments import Comments
from queue_server.archive.report import day_report, days
from queue_server.archive.report_csv import report_csv, transactions_csv
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CentreId, TicketId
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.routes import language_of

JSON = "application/json"
CSV = "text/csv; charset=utf-8"


async def report_page(request: Request) -> Response:
    """The page; it asks for the report itself."""
    replica = await centre_of_page(request)
    centre, facts = replica.centre, replica.centre.configuration
    if answer := await turned_away(request, manager, centre.id):
        return answer
    language = language_of(request)
    name = facts.name if facts else {}
    today = local_time(facts, request.state.clock.now()).date() if facts else None
    centre_name = name.get(language) or name.get("vi", centre.id)
    return pages_of(request).response(
        "counters/report/report.html",
        language=language,
        boot={
            "centre": centre.id,
            "centre_name": centre_name,
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
            "today": today,
        },
        centre_name=centre_name,
    )


async def reported_days(request: Request) -> Response:
    """Days that have a report, newest first."""
    centre, engine = await _readable(request)
    return _answer(msgspec.json.encode(await asyncio.to_thread(days, engine, centre)), JSON)


async def report_json(request: Request) -> Response:
    """The report of a day."""
    centre, engine = await _readable(request)
    report = await asyncio.to_thread(day_report, engine, centre, _day(request))
    return _answer(msgspec.json.encode(report), JSON)


async def report_as_csv(request: Request) -> Response:
    """The same figures for a spreadsheet."""
    centre, engine = await _readable(request)
    report = await asyncio.to_thread(day_report, engine, centre, _day(request))
    text = report_csv(report, language_of(request))
    return _answer(text.encode(), CSV, f"report-{centre}-{report.day}.csv")


async def transactions_as_csv(request: Request) -> Response:
    """Every transaction of the day, from which the figures can be computed again."""
    centre, engine = await _readable(request)
    day, facts = _day(request), (await replica_of(request)).centre.facts
    text = await asyncio.to_thread(transactions_csv, engine, centre, day, facts.timezone)
    return _answer(text.encode(), CSV, f"transactions-{centre}-{day}.csv")


async def erase_comment(request: Request) -> Response:
    """Erase what a citizen wrote, for instance where it names somebody."""
    centre, engine = await _readable(request)
    ticket = TicketId(request.path_params["ticket"])
    if not await asyncio.to_thread(Comments(engine).erase, centre, ticket):
        message = f"expected a comment, got {ticket!r}"
        raise UnknownName(message, kind="comment", name=ticket)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def calls_json(request: Request) -> Response:
    """Did every call of the day follow the order? With the clerks over `?days=` days."""
    return _answer(msgspec.json.encode(await _calls(request)), JSON)


async def calls_as_csv(request: Request) -> Response:
    """The clerks' calls, draws and deviations over `?days=` days, for a spreadsheet."""
    report = await _calls(request)
    name = f"calls-{report.centre}-{report.day}.csv"
    return _answer(clerks_csv(report.clerks).encode(), CSV, name)


async def _calls(request: Request) -> CallReport:
    centre, engine = await _readable(request)
    text = request.query_params.get("days", str(DAYS))
    if not text.isdecimal() or not 1 <= int(text[:3]) <= MOST_DAYS:
        message = f"expected days as a number from 1 to {MOST_DAYS}, got {text[:40]!r}"
        raise InvalidValue(message)
    facts = (await replica_of(request)).centre.configuration
    signs = {counter.id: counter.number for counter in facts.counters.values()} if facts else {}
    return await asyncio.to_thread(
        call_report, engine, centre, _day(request), int(text), cast("dict[str, str]", signs)
    )


async def _readable(request: Request) -> tuple[CentreId, Engine]:
    """The centre and the archive, for who may read them."""
    centre = (await replica_of(request)).centre.id
    require(await principal_of(request), manager, centre)
    return centre, cast("Engine", request.state.engine)


def _day(request: Request) -> date:
    text = request.path_params["day"]
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"expected a day like 2026-11-23, got {text!r}"
        raise InvalidValue(message) from None


def _answer(body: bytes, media_type: str, file: str | None = None) -> Response:
    headers = {"Cache-Control": "no-store"}
    if file is not None:
        headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return Response(body, media_type=media_type, headers=headers)


REPORTS = "/api/v1/centres/{centre}/reports"
ROUTES: list[BaseRoute] = [
    Route("/report", report_page, methods=["GET"]),
    Route(REPORTS, reported_days, methods=["GET"]),
    Route(f"{REPORTS}/{{day}}.csv", report_as_csv, methods=["GET"]),
    Route(f"{REPORTS}/{{day}}/calls.csv", calls_as_csv, methods=["GET"]),
    Route(f"{REPORTS}/{{day}}/calls", calls_json, methods=["GET"]),
    Route(f"{REPORTS}/{{day}}/transactions.csv", transactions_as_csv, methods=["GET"]),
    Route(f"{REPORTS}/{{day}}", report_json, methods=["GET"]),
    Route("/api/v1/centres/{centre}/comments/{ticket}", erase_comment, methods=["DELETE"]),
]
