"""What the server adds to or takes out of a request before it becomes a command."""

import secrets
from typing import Annotated, Any, cast

from msgspec import Meta, Struct
from starlette.requests import Request

from queue_server.accounts.principal import NotAllowed, Principal, Role
from queue_server.api.access import OUT_OF_ORDER_ROLES, clerk
from queue_server.api.body import convert
from queue_server.api.state import Identify, People, replica_of
from queue_server.core.commands import TakeCounter
from queue_server.core.errors import InvalidValue, StoreUnavailable
from queue_server.core.identifiers import CentreId, PrinterId
from queue_server.core.ticket import Channel


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """Who the dossier is of. Kept in an erasable row, never in the journal."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    phone: Annotated[str, Meta(pattern=r"^\+?[0-9 ]{8,16}$")] | None = None
    has_consented: bool = False


class IssueExtra(Struct, frozen=True):
    """Fields of an issue request that do not reach the journal as they are."""

    identity: Annotated[str, Meta(min_length=4, max_length=64)] | None = None
    """An identity number; only its keyed hash of the day is kept, to limit tickets."""


def _centre(request: Request) -> CentreId:
    return CentreId(request.path_params["centre"])


async def new_ticket(_: Request, __: Principal, body: dict[str, Any]) -> None:
    """A fresh ticket id: 128 random bits."""
    if "ticket" in body:
        message = "expected no ticket id in the request: the server chooses it"
        raise InvalidValue(message)
    body["ticket"] = secrets.token_hex(16)


async def issue(request: Request, principal: Principal, body: dict[str, Any]) -> None:
    """Channel and printer by who asks; an identity becomes its keyed hash."""
    await new_ticket(request, principal, body)
    for server_side in ("channel", "person", "person_key"):
        if server_side in body:
            message = f"expected no {server_side!r} in the request: the server fills it in"
            raise InvalidValue(message)
    if not request.state.space.has_space():
        message = "expected free space on the server's disk: no numbers can be kept now"
        raise StoreUnavailable(message)
    is_kiosk = principal.kind == "device"
    body["channel"] = Channel.KIOSK if is_kiosk else Channel.RECEPTION
    if body.get("appointment_at") is not None:
        body["channel"] = Channel.APPOINTMENT
    if "printer" not in body:
        body["printer"] = await _own_printer(request, principal)
    extra = convert({"identity": body.pop("identity", None)}, IssueExtra)
    if extra.identity is not None:
        if not any(char.isalnum() for char in extra.identity):
            message = "expected an identity number, got no letter or digit"
            raise InvalidValue(message)
        people = cast("People", request.state.people)
        body["person_key"] = people.key(_centre(request), extra.identity)


async def _own_printer(request: Request, principal: Principal) -> PrinterId | None:
    """The device's printer; None when it is configured no more: a number is given all the same."""
    facts = (await replica_of(request)).centre.configuration
    printer = PrinterId(principal.printer or "")
    return printer if facts is not None and printer in facts.printers else None


async def own_print(_: Request, principal: Principal, body: dict[str, Any]) -> None:
    """A print agent speaks of its own printer, and under its own name."""
    body["printer"] = principal.printer
    body["sender"] = f"agent-{principal.id}"


async def new_trial(_: Request, __: Principal, body: dict[str, Any]) -> None:
    """A test print is a job of its own, also the next day."""
    body["trial"] = secrets.token_hex(8)


async def complete(request: Request, _: Principal, body: dict[str, Any]) -> None:
    """Names and phone numbers go to their rows; references go on."""
    dossiers = body.get("dossiers", [])
    if not isinstance(dossiers, list):
        return
    people = cast("People", request.state.people)
    for paper in (*dossiers, body.get("form")):
        if not isinstance(paper, dict) or paper.get("person") is None:
            continue
        person = convert(paper["person"], Person)
        if person.phone and not person.has_consented:
            message = "expected has_consented with a phone number: it is kept only if they agreed"
            raise InvalidValue(message, field="has_consented")
        paper["person"] = await people.save(
            _centre(request), person.name, person.phone, has_consented=person.has_consented
        )


async def call_out_of_order(request: Request, principal: Principal, _: dict[str, Any]) -> None:
    """Calling out of order is a permission that the centre gives."""
    allowed = (await replica_of(request)).centre.facts.limits.out_of_order_by
    if not principal.has_role(*OUT_OF_ORDER_ROLES[allowed]):
        message = f"numbers are called out of order by {allowed} only in this centre"
        raise NotAllowed(message)


async def take_counter(request: Request, principal: Principal, body: dict[str, Any]) -> None:
    """Staff take a counter for themselves; a manager may seat somebody else who has an account."""
    staff = body.setdefault("staff", principal.id)
    if staff != principal.id and not principal.has_role(Role.MANAGER):
        message = f"expected {principal.id} to take the counter, got {staff!r}"
        raise NotAllowed(message)
    if staff == principal.id:
        body["name"] = principal.name
        return
    wanted = convert(body, TakeCounter)
    identify = cast("Identify", request.state.identify)
    seated = await identify.staff(wanted.staff)
    if not clerk(seated, _centre(request)):
        message = f"expected staff of {_centre(request)} who serve citizens, got {seated.name}"
        raise InvalidValue(message)
    body["name"] = seated.name


async def configuration(request: Request, _: Principal, body: dict[str, Any]) -> None:
    """The configuration is of the centre in the path."""
    inner = body.get("configuration")
    if isinstance(inner, dict):
        inner.setdefault("id", _centre(request))
