"""Who may send which command: small rules, named, used by the table of endpoints."""

from collections.abc import Callable, Mapping
from typing import Final

from queue_server.accounts.principal import NotAllowed, NotSignedIn, Principal, Role
from queue_server.core.identifiers import CentreId

Access = Callable[[Principal, CentreId], bool]

OUT_OF_ORDER_ROLES: Final[Mapping[str, frozenset[Role]]] = {
    "clerks": frozenset({Role.CLERK, Role.RECEPTION, Role.MANAGER}),
    "reception": frozenset({Role.RECEPTION, Role.MANAGER}),
    "managers": frozenset({Role.MANAGER}),
}
"""Roles that may call out of order, by the centre's limit `out_of_order_by`."""


def anyone_with_the_ticket(_: Principal, __: CentreId) -> bool:
    """The unguessable ticket id in the path is the credential."""
    return True


def anyone_with_a_pass(_: Principal, __: CentreId) -> bool:
    """The signed pass in the body is the credential: somebody scanned the code at the door."""
    return True


def citizen(principal: Principal, centre: CentreId) -> bool:
    """Whoever holds the ticket, on a phone or at a counter's rating tablet; never staff."""
    if principal.kind == "device":
        return principal.device_kind == "rating" and principal.is_of(centre)
    return principal.kind == "nobody"


def may_issue(principal: Principal, centre: CentreId) -> bool:
    """Kiosks, and staff who meet citizens."""
    if not principal.is_of(centre):
        return False
    if principal.kind == "device":
        return principal.device_kind == "kiosk"
    return principal.has_role(Role.CLERK, Role.RECEPTION, Role.MANAGER)


def print_agent(principal: Principal, centre: CentreId) -> bool:
    """The program that prints for the server on another machine."""
    return principal.is_of(centre) and principal.device_kind == "printer"


def clerk(principal: Principal, centre: CentreId) -> bool:
    """Staff at counters; the rules check that it is their own counter."""
    is_staff = principal.kind == "staff" and principal.is_of(centre)
    return is_staff and principal.has_role(Role.CLERK, Role.RECEPTION, Role.MANAGER)


def reception(principal: Principal, centre: CentreId) -> bool:
    """Staff who put things right for citizens."""
    return principal.is_of(centre) and principal.has_role(Role.RECEPTION, Role.CLERK, Role.MANAGER)


def manager(principal: Principal, centre: CentreId) -> bool:
    """Who answers for the centre."""
    return principal.is_of(centre) and principal.has_role(Role.MANAGER)


def administrator(principal: Principal, centre: CentreId) -> bool:
    """Who sets the centre up."""
    return principal.is_of(centre) and principal.has_role(Role.ADMINISTRATOR)


def require(principal: Principal, access: Access, centre: CentreId) -> None:
    """Refuse who may not.

    Raises:
        NotSignedIn: Nobody is known; signing in may help.
        NotAllowed: Signing in does not help.
    """
    if access(principal, centre):
        return
    needed = access.__name__.replace("_", " ")
    if principal.kind == "nobody":
        message = f"expected {needed} of centre {centre}, got nobody signed in"
        raise NotSignedIn(message)
    message = f"expected {needed} of centre {centre}, got {principal.name or principal.id}"
    raise NotAllowed(message)
