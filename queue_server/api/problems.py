"""Refusals as problem documents (RFC 9457). Nothing else mentions a status number for a refusal."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from queue_server.accounts.lockout import TooManyTries
from queue_server.accounts.principal import NotAllowed, NotSignedIn
from queue_server.api import remote_refusals
from queue_server.archive.database import DatabaseUnavailable
from queue_server.core import errors
from queue_server.core.errors import QueueError

log = structlog.get_logger()

STATUS_OF: Final[Mapping[type[QueueError], HTTPStatus]] = {
    errors.UnknownName: HTTPStatus.NOT_FOUND,
    errors.InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.IllegalAction: HTTPStatus.CONFLICT,
    errors.CounterRefusal: HTTPStatus.CONFLICT,
    errors.TicketRefusal: HTTPStatus.CONFLICT,
    errors.DayRefusal: HTTPStatus.CONFLICT,
    errors.CommandReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.CommandTooOld: HTTPStatus.CONFLICT,
    errors.Contended: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ClockOff: HTTPStatus.SERVICE_UNAVAILABLE,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    remote_refusals.RemoteTicketsOff: HTTPStatus.NOT_FOUND,
    remote_refusals.StalePass: HTTPStatus.FORBIDDEN,
    remote_refusals.PassUsed: HTTPStatus.CONFLICT,
    remote_refusals.TooManyRemoteTickets: HTTPStatus.TOO_MANY_REQUESTS,
    DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Status by the nearest class; a refusal that is not listed is a conflict."""

PROBLEM = "application/problem+json"
TYPE_PREFIX = "/docs/errors#"


class MalformedRequest(QueueError):
    """The request is not JSON, too large, too deep, or not UTF-8."""

    code = "malformed_request"


class TooLarge(MalformedRequest):
    """The body is larger than the interface takes."""

    code = "too_large"


_OWN_STATUS: Final[Mapping[type[QueueError], HTTPStatus]] = {
    MalformedRequest: HTTPStatus.BAD_REQUEST,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


def status_of(error: QueueError) -> HTTPStatus:
    """Status of the nearest listed class."""
    for cls in type(error).__mro__:
        if cls in _OWN_STATUS:
            return _OWN_STATUS[cls]
        if cls in STATUS_OF:
            return STATUS_OF[cls]
    return HTTPStatus.CONFLICT


def problem(status: HTTPStatus, code: str, detail: str, facts: Mapping[str, object]) -> Response:
    """A problem document; `facts` are extension members for screens in other languages."""
    body = {
        **{key: value for key, value in facts.items() if value is not None},
        "type": TYPE_PREFIX + code,
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
    }
    headers = {"Retry-After": "1"} if status is HTTPStatus.SERVICE_UNAVAILABLE else None
    data = msgspec.json.encode(body, enc_hook=str)
    return Response(data, status_code=status, media_type=PROBLEM, headers=headers)


async def on_refusal(_: Request, error: Exception) -> Response:
    """Answer a refusal."""
    if not isinstance(error, QueueError):
        raise error
    return problem(status_of(error), error.code, error.message, error.facts)


async def on_http_exception(_: Request, error: Exception) -> Response:
    """Answer what the framework refuses: no such page, wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return problem(status, status.phrase.lower().replace(" ", "_"), error.detail, {})


async def on_fault(request: Request, error: Exception) -> Response:
    """Answer an unexpected fault without details; they go to the log."""
    log.error("unexpected fault", path=request.url.path, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, "fault", "something went wrong here; nothing was changed", {})


HANDLERS = {QueueError: on_refusal, HTTPException: on_http_exception, Exception: on_fault}
