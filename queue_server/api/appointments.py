"""Appointments over HTTP: free half hours, booking, the day's list, arrival at the kiosk."""

import asyncio
import secrets
from datetime import date, datetime
from hashlib import blake2b
from typing import Annotated, Final, cast

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.accounts.principal import Principal
from queue_server.api.access import may_issue, reception, require
from queue_server.api.body import convert, parse_object, read_body
from queue_server.api.state import People, principal_of, replica_of
from queue_server.appointments.appointment import (
    Appointment,
    arrival_of,
    issue_command,
    plain_phone,
)
from queue_server.appointments.book import AppointmentBook
from queue_server.appointments.slots import Slot, slots_of
from queue_server.core import commands as c
from queue_server.core.centre import Centre, unknown
from queue_server.core.configuration import Procedure
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import (
    CentreId,
    CommandId,
    Language,
    PrinterId,
    ProcedureCode,
    TicketId,
    TicketNumber,
)
from queue_server.core.ticket import TicketState
from queue_server.hub import replica as hub
from queue_server.hub.replica import Replica

CENTRE: Final = "/api/v1/centres/{centre}/appointments"
JSON: Final = "application/json"


class Booking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked for when somebody books."""

    procedure: ProcedureCode
    at: datetime
    language: Language = Language("vi")
    dossiers: Annotated[int, Meta(ge=1, le=1000)] = 1
    phone: Annotated[str, Meta(min_length=8, max_length=24)] | None = None
    """Kept as a keyed hash alone, so that its owner is found on arrival."""


class ArrivalBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody typed or scanned on arrival."""

    text: Annotated[str, Meta(min_length=1, max_length=300)]
    printer: PrinterId | None = None
    print_slip: bool = True


class ListedAppointment(Struct, frozen=True, kw_only=True):
    """A line of the day's list."""

    appointment: Appointment
    number: TicketNumber | None = None
    """Of the ticket it has become."""
    state: TicketState | None = None


class CheckedIn(Struct, frozen=True, kw_only=True):
    """Who arrived has this number and waits."""

    id: TicketId
    number: TicketNumber
    at: datetime | None
    procedure: ProcedureCode
    more: int = 0
    """Further appointments of the same phone number later that day."""


async def slots(request: Request) -> Response:
    """Half hours of a day that can be booked for a procedure, with the room they have."""
    replica = await replica_of(request)
    require(await principal_of(request), may_issue, replica.centre.id)
    procedure = _procedure(replica.centre, request.query_params.get("procedure", ""))
    day = _day(request, replica.centre)
    book, facts = _book(request), replica.centre.facts
    booked = await asyncio.to_thread(book.instants, facts.id, procedure.field, day)
    now = request.state.clock.now()
    found = slots_of(facts, facts.fields[procedure.field], day, booked, now)
    return _json(list[Slot](found))


async def book(request: Request) -> Response:
    """Book a visit. The answer has the code that checks it in."""
    replica = await replica_of(request)
    principal = await principal_of(request)
    require(principal, reception, replica.centre.id)
    wanted = convert(parse_object(await read_body(request)), Booking)
    facts, now = replica.centre.facts, request.state.clock.now()
    procedure = _procedure(replica.centre, wanted.procedure)
    _require_zoned(wanted.at)
    if wanted.language not in facts.languages:
        known = ", ".join(facts.languages)
        message = f"expected one of the centre's languages ({known}), got {wanted.language!r}"
        raise InvalidValue(message)
    phone_key = _phone_key(request, facts.id, wanted.phone)
    appointment = Appointment(
        id=TicketId(secrets.token_hex(16)),
        code="",
        centre=facts.id,
        day=local_time(facts, wanted.at).date(),
        at=wanted.at,
        procedure=procedure.code,
        field=procedure.field,
        language=wanted.language,
        dossiers=wanted.dossiers,
        booked_at=now,
    )
    booked = await asyncio.to_thread(_book(request).enter, appointment, phone_key, facts, now)
    day = replica.centre.day
    if day is not None and day.is_open and day.date == booked.day:
        await _submit(replica, principal, issue_command(booked), "issue", booked.id)
    return _json(booked, status=201)


async def of_day(request: Request) -> Response:
    """Appointments of a day, with the numbers that those of today have become."""
    replica = await replica_of(request)
    require(await principal_of(request), reception, replica.centre.id)
    day = _day(request, replica.centre)
    found = await asyncio.to_thread(_book(request).of_day, replica.centre.id, day)
    return _json([_listed(replica.centre, each) for each in found])


async def cancel(request: Request) -> Response:
    """Take an appointment off the book; its number, if it has one already, is cancelled too."""
    replica = await replica_of(request)
    principal = await principal_of(request)
    require(principal, reception, replica.centre.id)
    ticket = TicketId(request.path_params["appointment"])
    cancelled = await asyncio.to_thread(_book(request).cancel, replica.centre.id, ticket)
    held = replica.centre.tickets.get(ticket)
    if held is not None and held.state is TicketState.BOOKED:
        command = c.CancelTicket(ticket=ticket, reason="appointment cancelled")
        await _submit(replica, principal, command, "cancel", ticket)
    return _json(cancelled)


async def arrive(request: Request) -> Response:
    """Check in who has an appointment today, by code, phone number or scanned QR.

    The same again changes nothing and gives the same number.
    """
    replica = await replica_of(request)
    principal = await principal_of(request)
    require(principal, may_issue, replica.centre.id)
    body = convert(parse_object(await read_body(request)), ArrivalBody)
    found = await _found(request, replica.centre, body.text)
    appointment = _next_of(replica.centre, found)
    if appointment.id not in replica.centre.tickets:
        await _submit(replica, principal, issue_command(appointment), "issue", appointment.id)
    ticket = replica.centre.ticket(appointment.id)
    if ticket.state is TicketState.BOOKED:
        command = c.CheckIn(
            ticket=ticket.id,
            print_slip=body.print_slip,
            printer=body.printer or _printer_of(replica.centre, principal),
        )
        await _submit(replica, principal, command, "check-in", ticket.id)
    more = sum(1 for each in found if _is_ahead(replica.centre, each))
    answer = CheckedIn(
        id=ticket.id,
        number=ticket.number,
        at=ticket.appointment_at,
        procedure=ticket.procedure,
        more=more,
    )
    return _json(answer)


async def _found(request: Request, centre: Centre, text: str) -> tuple[Appointment, ...]:
    arrival = arrival_of(text)
    today = local_time(centre.facts, request.state.clock.now()).date()
    phone_key = _phone_key(request, centre.id, arrival.phone)
    found = await asyncio.to_thread(
        lambda: _book(request).find(
            centre.id, today, id=arrival.ticket, code=arrival.code, phone_key=phone_key
        )
    )
    if not found:
        what = "phone number" if arrival.phone else "code"
        message = f"expected an appointment of today with this {what}, found none"
        raise UnknownName(message, kind="appointment", by=what)
    return found


def _next_of(centre: Centre, found: tuple[Appointment, ...]) -> Appointment:
    """The first that has not been checked in, else the last that was."""
    return next((each for each in found if _is_ahead(centre, each)), found[-1])


def _is_ahead(centre: Centre, appointment: Appointment) -> bool:
    ticket = centre.tickets.get(appointment.id)
    return ticket is None or ticket.state is TicketState.BOOKED


def _listed(centre: Centre, appointment: Appointment) -> ListedAppointment:
    ticket = centre.tickets.get(appointment.id)
    if ticket is None:
        return ListedAppointment(appointment=appointment)
    return ListedAppointment(appointment=appointment, number=ticket.number, state=ticket.state)


def _printer_of(centre: Centre, principal: Principal) -> PrinterId | None:
    printer = PrinterId(principal.printer or "")
    return printer if printer in centre.facts.printers else None


async def _submit(
    replica: Replica, principal: Principal, command: c.Command, what: str, ticket: TicketId
) -> None:
    """Send a command once for a ticket, however often it is asked for."""
    digest = blake2b(f"appointment\0{what}\0{ticket}".encode(), digest_size=16)
    await replica.submit(
        hub.Request(
            command=command,
            actor=principal.actor,
            command_id=CommandId(digest.hexdigest()),
            payload_hash=digest.hexdigest()[:16],
            may_act_for_others=True,
        )
    )


def _phone_key(request: Request, centre: CentreId, phone: str | None) -> str | None:
    if phone is None:
        return None
    plain = plain_phone(phone)
    if plain is None:
        message = "expected a phone number of 8 to 15 digits, got something else"
        raise InvalidValue(message)
    return cast("People", request.state.people).lasting_key(centre, plain)


def _procedure(centre: Centre, code: str) -> Procedure:
    procedure = centre.facts.procedures.get(ProcedureCode(code))
    if procedure is None:
        raise unknown("procedure", code, centre.facts.procedures)
    return procedure


def _require_zoned(at: datetime) -> None:
    if at.tzinfo is None:
        message = f"expected an instant with its zone such as 2026-11-23T08:00+07:00, got {at}"
        raise InvalidValue(message)


def _day(request: Request, centre: Centre) -> date:
    text = request.query_params.get("day", "")
    if not text:
        return local_time(centre.facts, request.state.clock.now()).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"expected day as a date like 2026-11-23, got {text!r}"
        raise InvalidValue(message) from None


def _book(request: Request) -> AppointmentBook:
    return cast("AppointmentBook", request.state.appointments)


def _json(value: object, status: int = 200) -> Response:
    body = msgspec.json.encode(value)
    headers = {"Cache-Control": "no-store"}
    return Response(body, status_code=status, media_type=JSON, headers=headers)


ROUTES = [
    Route(f"{CENTRE}/slots", slots, methods=["GET"]),
    Route(CENTRE, of_day, methods=["GET"]),
    Route(CENTRE, book, methods=["POST"]),
    Route(f"{CENTRE}/arrive", arrive, methods=["POST"]),
    Route(f"{CENTRE}/{{appointment}}/cancel", cancel, methods=["POST"]),
]
