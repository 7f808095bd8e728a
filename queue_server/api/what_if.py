"""What if? A manager asks what changes would bring; a process of its own works it out."""

import asyncio
import sys
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Final, cast

import msgspec
import structlog
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.api.access import manager, require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.core.centre import Centre
from queue_server.core.errors import Contended, InvalidValue
from queue_server.core.hours import require_open_day

log = structlog.get_logger()

TIMEOUT_S: Final = 30.0
CHILD: Final = "queue_server.what_if_child"
REFUSED: Final = 1


class Refused(Struct, frozen=True):
    """What the process answers to a change that cannot be understood or made."""

    message: str
    facts: dict[str, object]


class WhatIfQuestion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes in words, each compared with the day as it is."""

    changes: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...],
        Meta(min_length=1, max_length=4),
    ]
    days: Annotated[int, Meta(ge=10, le=100)] = 40


class WhatIfProcesses:
    """Starts a process for each question, one at a time."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()

    async def ask(self, centre: Centre, question: WhatIfQuestion, now: datetime) -> bytes:
        """The comparison as JSON.

        Raises:
            InvalidValue: A change cannot be understood or made.
            Contended: There is no answer in time.
        """
        asked = msgspec.json.encode(
            {"centre": centre, "changes": question.changes, "now": now, "days": question.days}
        )
        try:
            async with asyncio.timeout(self._timeout_s), self._turn:
                return await _run(asked)
        except TimeoutError:
            message = f"expected an answer within {self._timeout_s:g} s, got none; try again"
            raise Contended(message) from None


async def _run(asked: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        CHILD,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        answer, fault = await child.communicate(asked)
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode == 0:
        return answer
    if child.returncode == REFUSED and answer:
        refusal = msgspec.json.decode(answer, type=Refused)
        raise InvalidValue(refusal.message, **refusal.facts)
    log.error("a what-if failed", status=child.returncode, reason=fault.decode(errors="replace"))
    message = "the comparison could not be worked out; the server's log says why"
    raise Contended(message)


async def what_if(request: Request) -> Response:
    """What changes would bring for the rest of the day, with intervals; nothing is changed.

    The body has `changes`, up to four in words such as ``counter 7 takes land 9:00-11:30``, and
    `days`, on how many continuations of the day they are compared.
    """
    replica = await replica_of(request)
    require(await principal_of(request), manager, replica.centre.id)
    question = convert(parse_object(await read_body(request)), WhatIfQuestion)
    require_open_day(replica.centre)
    processes = cast("WhatIfProcesses", request.state.what_if)
    answer = await processes.ask(replica.centre, question, request.state.clock.now())
    return Response(answer, media_type="application/json")


ROUTES = [Route("/api/v1/centres/{centre}/what-if", what_if, methods=["POST"])]
