"""What print agents ask over HTTP: the next paper, and its picture.

That a paper begins and what became of it are commands like others (`queue_server.api.endpoints`).
"""

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Annotated, cast

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from printers.agent_desk import AgentDesk
from queue_server.accounts.principal import NotAllowed, Principal
from queue_server.api.access import print_agent, require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.core.commands import ReportPrinter
from queue_server.core.identifiers import CentreId, CommandId, PrinterId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition, PaperKind
from queue_server.hub.replica import Replica, payload_hash
from queue_server.hub.replica import Request as HubRequest

LONGEST_WAIT_S = 20.0
DrawPaper = Callable[[CentreId, str], Awaitable[bytes]]
"""The PNG of a job's paper."""


class Turn(Struct, frozen=True, forbid_unknown_fields=True):
    """An agent asks what is next, and says how its printer is."""

    condition: Condition | None = None
    """None while it does not know yet."""
    wait_s: Annotated[float, Meta(ge=0, le=LONGEST_WAIT_S)] = 0.0


class NextJob(Struct, frozen=True, kw_only=True):
    """A paper to print."""

    id: str
    kind: PaperKind
    copy: int


class NextPaper(Struct, frozen=True, kw_only=True):
    """The answer: the printer's row, and the next paper if there is one."""

    printer: PrinterConfiguration | None
    """None when the centre has no such printer for an agent any more."""
    job: NextJob | None = None


async def next_paper(request: Request) -> Response:
    """Keep how the printer is; wait for the next paper."""
    replica, principal = await _agent(request)
    turn = convert(parse_object(await read_body(request)), Turn)
    printer = PrinterId(principal.printer or "")
    facts = replica.centre.configuration
    row = facts.printers.get(printer) if facts else None
    if row is None or not row.has_agent:
        return _json(NextPaper(printer=None))
    desk = cast("AgentDesk", request.state.agents)
    desk.heard(replica.centre.id, printer)
    if turn.condition is not None:
        await _report(replica, principal, printer, turn.condition)
    job = await desk.next_job(lambda: replica.centre, printer, turn.wait_s)
    desk.heard(replica.centre.id, printer)
    found = None if job is None else NextJob(id=job.id, kind=job.kind, copy=job.copy)
    return _json(NextPaper(printer=row, job=found))


async def _report(
    replica: Replica, principal: Principal, printer: PrinterId, condition: Condition
) -> None:
    state = replica.centre.printers.get(printer)
    if state is not None and state.condition is condition:
        return
    command = ReportPrinter(printer=printer, condition=condition)
    text = f"{replica.centre.id} {command} {replica.epoch} {replica.centre.offset}"
    await replica.submit(
        HubRequest(
            command=command,
            actor=principal.actor,
            command_id=CommandId(blake2b(text.encode(), digest_size=16).hexdigest()),
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )


async def paper_picture(request: Request) -> Response:
    """The paper of a job of this agent's printer, as PNG in exactly the head's width."""
    replica, principal = await _agent(request)
    name = request.path_params["job"]
    job = replica.centre.prints.get(name)
    if job is None or job.printer != principal.printer:
        message = f"expected a print job of {principal.printer}, got {name!r}"
        raise NotAllowed(message)
    draw = cast("DrawPaper", request.state.draw_paper)
    data = await draw(replica.centre.id, job.id)
    return Response(data, media_type="image/png", headers={"Cache-Control": "no-store"})


async def _agent(request: Request) -> tuple[Replica, Principal]:
    replica = await replica_of(request)
    principal = await principal_of(request)
    require(principal, print_agent, replica.centre.id)
    return replica, principal


def _json(value: object) -> Response:
    data = msgspec.json.encode(value)
    headers = {"Cache-Control": "no-store"}
    return Response(data, media_type="application/json", headers=headers)


CENTRE = "/api/v1/centres/{centre}"
ROUTES: list[BaseRoute] = [
    Route(f"{CENTRE}/papers/next", next_paper, methods=["POST"]),
    Route(f"{CENTRE}/papers/{{job}}.png", paper_picture, methods=["GET"]),
]
