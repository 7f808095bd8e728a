"""A number taken on a phone: who may, how many, and what becomes a command.

The pass proves that somebody stood at the door. Its one ticket has an id made from it, so that a
second number for the same pass is refused by the journal itself, on any process.
"""

import secrets
from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Protocol, cast

from msgspec import Meta, Struct
from starlette.requests import Request

from queue_server.accounts.principal import Principal
from queue_server.api.body import convert
from queue_server.api.door_codes import Pass, read_pass, ticket_of
from queue_server.api.remote_refusals import (
    PassUsed,
    RemoteTicketsOff,
    StalePass,
    TooManyRemoteTickets,
)
from queue_server.api.state import People, replica_of
from queue_server.core.citizen_rules import RemoteTicketRules
from queue_server.core.errors import InvalidValue, StoreUnavailable
from queue_server.core.identifiers import CentreId, PersonKey
from queue_server.core.ticket import Channel

ADDRESS_WINDOW: Final = timedelta(minutes=10)
PHONE_COOKIE: Final = "queue_phone"
PHONE_COOKIE_LIFE_S: Final = 24 * 3600
_SWEEP_AT: Final = 2_000


class DoorKeys(Protocol):
    """Keys that codes and passes are signed with."""

    def key(self, centre: CentreId) -> bytes:
        """The centre's key, the same in every process and after a restart."""
        ...


class RemoteExtra(Struct, frozen=True):
    """Fields of the request that are not the command's."""

    entry_pass: Annotated[str, Meta(max_length=200)]
    """What the page was given when the code at the door was scanned."""


class Counts:
    """How many numbers were taken lately, by code and by address. Each process counts its own."""

    def __init__(self) -> None:
        self._taken: dict[Hashable, deque[datetime]] = {}

    def take(self, what: Hashable, limit: int, now: datetime) -> None:
        """Count one more.

        Raises:
            TooManyRemoteTickets: There were as many as may be; it is not counted.
        """
        taken = self._taken.setdefault(what, deque())
        while taken and now - taken[0] >= ADDRESS_WINDOW:
            taken.popleft()
        if len(taken) >= limit:
            message = f"expected at most {limit} numbers in ten minutes, there were {len(taken)}"
            raise TooManyRemoteTickets(message, limit=limit)
        taken.append(now)
        if len(self._taken) > _SWEEP_AT:
            self._sweep(now)

    def _sweep(self, now: datetime) -> None:
        self._taken = {
            what: taken
            for what, taken in self._taken.items()
            if taken and now - taken[-1] < ADDRESS_WINDOW
        }


class Door(Struct, frozen=True, kw_only=True):
    """What the routes need: keys, and the counts of this process."""

    keys: DoorKeys
    counts: Counts


def door_of(request: Request) -> Door:
    """The door of this server.

    Raises:
        RemoteTicketsOff: It has none.
    """
    door = cast("Door | None", getattr(request.state, "door", None))
    if door is None:
        message = "expected a server that gives numbers on phones"
        raise RemoteTicketsOff(message)
    return door


def require_on(rules: RemoteTicketRules) -> None:
    """Refuse where the centre wants no numbers on phones."""
    if not rules.is_on:
        message = "this centre gives no numbers on phones"
        raise RemoteTicketsOff(message)


async def take(request: Request, _: Principal, body: dict[str, Any]) -> None:
    """Channel, ticket id and person key come from the pass and the phone, never from the body."""
    extra = convert({"entry_pass": body.pop("entry_pass", "")}, RemoteExtra)
    _require_own_fields(body)
    centre = (await replica_of(request)).centre
    rules, door, now = centre.facts.remote_tickets, door_of(request), request.state.clock.now()
    require_on(rules)
    found = _read(door, centre.id, extra.entry_pass, now)
    ticket = ticket_of(door.keys.key(centre.id), centre.id, found.nonce)
    is_retry = request.headers.get("idempotency-key") == found.nonce
    if ticket in centre.tickets and not is_retry:
        message = "a number was taken with this pass already"
        raise PassUsed(message, ticket=ticket)
    if not request.state.space.has_space():
        message = "expected free space on the server's disk: no numbers can be kept now"
        raise StoreUnavailable(message)
    if ticket not in centre.tickets:
        _count(request, door, found, rules, now)
    body |= {"ticket": ticket, "channel": Channel.PHONE, "print_slip": False, "printer": None}
    body["person_key"] = _person_key(request, centre.id)


def _require_own_fields(body: dict[str, Any]) -> None:
    mine = {"procedure", "language", "priority_class", "dossiers"}
    others = sorted(set(body) - mine)
    if others:
        message = f"expected {', '.join(sorted(mine))} in the request, got {others[0]!r}"
        raise InvalidValue(message)


def _read(door: Door, centre: CentreId, text: str, now: datetime) -> Pass:
    found = read_pass(door.keys.key(centre), centre, text, now)
    if found is None:
        message = "expected a pass of the last ten minutes: scan the code at the door again"
        raise StalePass(message)
    return found


def _count(
    request: Request, door: Door, found: Pass, rules: RemoteTicketRules, now: datetime
) -> None:
    centre = request.path_params["centre"]
    address = request.client.host if request.client else ""
    door.counts.take((centre, "code", found.slot), rules.per_code, now)
    door.counts.take((centre, "address", address), rules.per_address, now)


def _person_key(request: Request, centre: CentreId) -> PersonKey | None:
    """By the phone's cookie: as many numbers a day as one person may have."""
    phone = request.cookies.get(PHONE_COOKIE, "")
    people = cast("People", request.state.people)
    return people.key(centre, f"phone {phone}") if phone else None


def new_phone() -> str:
    """A name for a phone that says nothing of it."""
    return secrets.token_hex(16)
