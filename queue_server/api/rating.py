"""What the server does with a rating before it becomes a command."""

from typing import Annotated, Any, cast

from msgspec import Meta, Struct
from starlette.requests import Request

from queue_server.accounts.principal import NotAllowed, Principal
from queue_server.api.body import convert
from queue_server.api.state import Comments, replica_of
from queue_server.core.decisions.rating import require_may_rate
from queue_server.core.hours import local_time
from queue_server.core.identifiers import TicketId

Text = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]


class RatingExtra(Struct, frozen=True):
    """Fields of a rating that do not reach the journal: a sentence may name somebody."""

    comment: Text = ""


async def rate(request: Request, principal: Principal, body: dict[str, Any]) -> None:
    """A tablet rates what its counter served; the sentence goes to its row."""
    body.pop("has_comment", None)
    text = convert({"comment": body.pop("comment", "")}, RatingExtra).comment.strip()
    centre = (await replica_of(request)).centre
    ticket = centre.ticket(TicketId(request.path_params["ticket"]))
    if principal.kind == "device" and ticket.served_by != principal.counter:
        message = f"expected a visit that counter {principal.counter} served"
        raise NotAllowed(message)
    if not text:
        return
    require_may_rate(centre, ticket, request.state.clock.now())
    comments = cast("Comments", request.state.comments)
    day = local_time(centre.facts, ticket.issued_at).date()
    await comments.save(centre.id, ticket.id, day, text)
    body["has_comment"] = True
