"""Who is asking: staff, a device, or nobody known; and what they may do.

A citizen's phone is nobody known: the 128-bit ticket id in its address is its only credential.
"""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from queue_server.core.commit import Actor
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId


class NotSignedIn(QueueError):
    """Nobody is signed in, or the token is not known."""

    code = "not_signed_in"


class NotAllowed(QueueError):
    """The one who asks is known and may not do this."""

    code = "not_allowed"


class Role(StrEnum):
    """What a member of staff may do; a person may have several."""

    CLERK = "clerk"
    RECEPTION = "reception"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


DeviceKind = Literal["kiosk", "board", "counter_sign", "rating", "door", "printer", "announcer"]


class Principal(Struct, frozen=True, kw_only=True):
    """The one who asks."""

    kind: Literal["nobody", "staff", "device"] = "nobody"
    id: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    centre: CentreId | None = None
    """The centre it belongs to; None with a role means every centre."""
    device_kind: DeviceKind | None = None
    zone: str | None = None
    board: str | None = None
    kiosk: str | None = None
    counter: str | None = None
    printer: str | None = None

    @property
    def actor(self) -> Actor:
        """How this one is named in the journal."""
        if self.kind == "nobody":
            return Actor("citizen", "phone")
        return Actor(self.kind, self.id)

    def is_of(self, centre: CentreId) -> bool:
        """Whether this one belongs to the centre."""
        return self.kind != "nobody" and self.centre in {None, centre}

    def has_role(self, *roles: Role) -> bool:
        """Whether this one has any of the roles; an administrator has them all."""
        return bool(self.roles & {*roles, Role.ADMINISTRATOR})


NOBODY = Principal()
