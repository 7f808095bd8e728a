"""What handlers find in `request.state`, put there by the lifespan of `queue_server.app`."""

from datetime import date
from typing import Protocol, TypedDict, cast

from starlette.requests import HTTPConnection

from queue_server.accounts.principal import Principal
from queue_server.clock import Clock
from queue_server.core.identifiers import CentreId, PersonKey, PersonRef, StaffId, TicketId
from queue_server.hub.presence import Presence
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.hub.views import Views


class People(Protocol):
    """Keeps names and phone numbers out of the journal."""

    async def save(
        self, centre: CentreId, name: str, phone: str | None, *, has_consented: bool
    ) -> PersonRef:
        """A durable, erasable row for the person; its reference goes into the journal."""
        ...

    def key(self, centre: CentreId, identity: str) -> PersonKey:
        """Keyed hash of an identity, good for one day."""
        ...

    def lasting_key(self, centre: CentreId, identity: str) -> PersonKey:
        """Keyed hash of an identity, good until a booking is over."""
        ...


class Comments(Protocol):
    """Keeps what citizens write out of the journal."""

    async def save(self, centre: CentreId, ticket: TicketId, day: date, text: str) -> None:
        """A durable, erasable row for the sentence; it replaces an earlier one of the ticket."""
        ...


class Identify(Protocol):
    """Finds out who is asking."""

    async def __call__(self, connection: HTTPConnection) -> Principal:
        """The one who asks, or nobody."""
        ...

    async def by_token(self, token: str) -> Principal:
        """The device or staff a token belongs to, or nobody."""
        ...

    async def staff(self, staff: StaffId) -> Principal:
        """A member of staff who may sign in.

        Raises:
            UnknownName: There is none.
        """
        ...


class State(TypedDict):
    """The lifespan's state."""

    replicas: Replicas
    views: Views
    presence: Presence
    clock: Clock
    identify: Identify
    people: People
    comments: Comments
    version: str
    space: object


async def replica_of(connection: HTTPConnection) -> Replica:
    """The replica of the centre in the path."""
    centre = CentreId(connection.path_params["centre"])
    replicas = cast("Replicas", connection.state.replicas)
    return await replicas.get(centre)


async def principal_of(connection: HTTPConnection) -> Principal:
    """Who is asking."""
    identify = cast("Identify", connection.state.identify)
    return await identify(connection)


def presence_of(connection: HTTPConnection) -> Presence:
    """Where signs of life are told."""
    return cast("Presence", connection.state.presence)
