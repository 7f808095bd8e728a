"""Members of staff as values, and the one way their names and roles are written."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from queue_server.accounts.principal import Principal, Role
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, StaffId

LONGEST_LOGIN: Final = 64
LONGEST_NAME: Final = 120


class Staff(Struct, frozen=True, kw_only=True):
    """A member of staff as an administrator sees one."""

    id: StaffId
    centre: CentreId | None
    """None: every centre of the deployment."""
    name: str
    login: str
    roles: tuple[Role, ...]
    organisation: str
    is_active: bool
    has_password: bool
    link_until: datetime | None
    """When the one-time link that was last made stops working; None when there is none."""

    @property
    def principal(self) -> Principal:
        """This person as the one who asks."""
        return Principal(
            kind="staff",
            id=self.id,
            name=self.name,
            roles=frozenset(self.roles),
            centre=self.centre,
        )

    @property
    def has_the_keys(self) -> bool:
        """Whether this person can let others in everywhere."""
        return self.is_active and self.centre is None and Role.ADMINISTRATOR in self.roles


class NewStaff(Struct, frozen=True, kw_only=True):
    """Somebody to be let in."""

    login: str
    name: str
    roles: tuple[Role, ...]
    centre: CentreId | None
    organisation: str = ""


class DemoPerson(Struct, frozen=True, kw_only=True):
    """Somebody anybody may be, in the demo."""

    id: StaffId
    login: str
    name: str
    roles: tuple[Role, ...]


def plain_login(login: str) -> str:
    """The login however it was typed: small letters, no spaces around it, one form (NFKC)."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def checked_login(login: str) -> str:
    """A login fit for a new person.

    Raises:
        InvalidValue: It is empty, too long or has spaces.
    """
    plain = plain_login(login)
    if not 1 <= len(plain) <= LONGEST_LOGIN or not plain.isprintable() or " " in plain:
        message = f"expected a login of 1 to {LONGEST_LOGIN} characters without spaces"
        raise InvalidValue(message, field="login")
    return plain


def checked_name(name: str) -> str:
    """A name to be shown, with single spaces.

    Raises:
        InvalidValue: It is empty or too long.
    """
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(whole) <= LONGEST_NAME or not whole.isprintable():
        message = f"expected a name of 1 to {LONGEST_NAME} characters"
        raise InvalidValue(message, field="name")
    return whole


def checked_roles(roles: Iterable[Role]) -> list[str]:
    """Roles as they are stored, each once, in the order of the enumeration.

    Raises:
        InvalidValue: There is none.
    """
    chosen = set(roles)
    if not chosen:
        raise InvalidValue("expected at least one role, got none", field="roles")
    return [role.value for role in Role if role in chosen]


def roles_of(stored: Sequence[str]) -> tuple[Role, ...]:
    """Roles as values, from what is stored."""
    return tuple(Role(role) for role in stored)
