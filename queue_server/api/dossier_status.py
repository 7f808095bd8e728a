"""Where a dossier stands, for the citizen who types its code at the kiosk. No name is told."""

import asyncio
from datetime import datetime
from typing import Literal, cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.api.access import may_issue, require
from queue_server.api.state import principal_of, replica_of
from queue_server.core.configuration import Texts
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import DossierCode
from queue_server.intake.register import Register


class DossierStatus(Struct, frozen=True, kw_only=True):
    """What anybody may know who holds the receipt."""

    code: DossierCode
    procedure: Texts
    received_at: datetime
    due_at: datetime | None
    """None where the procedure's term is not known: ask at the counter."""
    return_by: Literal["counter", "post", "online"]
    state: Literal["in_progress", "due", "voided"]
    """`due`: its day has come, so the result should be there. This register knows no more; the
    dossier system does."""


async def dossier_status(request: Request) -> Response:
    """Where a dossier of this centre stands, by the code on its receipt; however it was typed."""
    replica = await replica_of(request)
    centre = replica.centre
    require(await principal_of(request), may_issue, centre.id)
    code = DossierCode("".join(request.path_params["code"].upper().split()))
    register = cast("Register", request.state.register)
    dossier = await asyncio.to_thread(register.dossier, code)
    if dossier.centre != centre.id:
        message = f"expected a dossier of {centre.id}, {code} belongs to another centre"
        raise UnknownName(message, kind="dossier", name=code)
    now = request.state.clock.now()
    is_due = dossier.due_at is not None and dossier.due_at <= now
    known = centre.facts.procedures.get(dossier.procedure)
    status = DossierStatus(
        code=dossier.code,
        procedure=known.name if known else {"vi": dossier.procedure_name},
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        return_by=dossier.return_by,
        state="voided" if dossier.state == "voided" else "due" if is_due else "in_progress",
    )
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(status), media_type="application/json", headers=headers)


ROUTES = [
    Route("/api/v1/centres/{centre}/dossiers/{code}/status", dossier_status, methods=["GET"]),
]
