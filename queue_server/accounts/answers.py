"""What the routes read and write: bodies, cookies, and who one is."""

from collections.abc import Mapping
from typing import Final, Literal, TypedDict, TypeVar, cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.credentials import DEVICE_COOKIE, SESSION_COOKIE, principal_of
from queue_server.accounts.devices import page_of
from queue_server.accounts.principal import (
    DeviceKind,
    NotAllowed,
    NotSignedIn,
    Principal,
    Role,
)
from queue_server.api.body import convert, parse_object, read_body
from queue_server.core.identifiers import CentreId

DEVICE_COOKIE_LIFE_S: Final = 400 * 24 * 3600
"""The longest that browsers keep a cookie; it is set anew whenever the device asks who it is."""

T = TypeVar("T")


class Who(Struct, frozen=True, kw_only=True):
    """The one who asks, for its pages."""

    kind: str
    id: str
    name: str
    roles: tuple[Role, ...]
    centre: CentreId | None
    """None with a role: every centre."""
    device_kind: DeviceKind | None
    zone: str | None
    counter: str | None
    printer: str | None
    page: str | None
    """The page a device shows, or where somebody with one role works."""
    is_elsewhere: bool = False
    """Signed in at another place too, where signing out here changes nothing."""


class Link(Struct, frozen=True):
    """A one-time link: shown once, to be opened by the one it was made for."""

    token: str
    page: str
    """The path to open on this server."""


def who(principal: Principal, *, is_elsewhere: bool = False) -> Who:
    """The principal for its pages; roles in the order of the enumeration."""
    return Who(
        kind=principal.kind,
        id=principal.id,
        name=principal.name,
        roles=tuple(role for role in Role if role in principal.roles),
        centre=principal.centre,
        device_kind=principal.device_kind,
        zone=principal.zone,
        counter=principal.counter,
        printer=principal.printer,
        page=page_of(principal) or _desk_of(principal),
        is_elsewhere=is_elsewhere,
    )


_DESKS: Final[Mapping[Role, str]] = {
    Role.CLERK: "/console",
    Role.RECEPTION: "/reception",
    Role.MANAGER: "/manager",
    Role.ADMINISTRATOR: "/admin",
}


def _desk_of(principal: Principal) -> str | None:
    """Who has several roles chooses on the first page."""
    desks = [_DESKS[role] for role in Role if role in principal.roles]
    return desks[0] if len(desks) == 1 else None


def accounts_of(request: Request) -> Accounts:
    """The accounts of this server."""
    return cast("Accounts", request.state.accounts)  # the lifespan's state has no types


async def body_of(request: Request, wanted: type[T]) -> T:
    """The JSON body.

    Raises:
        MalformedRequest: It is no JSON object, or too large.
        InvalidValue: It does not fit.
    """
    return convert(parse_object(await read_body(request)), wanted)


async def asking(request: Request) -> Principal:
    """Who asks."""
    return await principal_of(request, accounts_of(request))


async def administrator(request: Request) -> Principal:
    """Who asks, an administrator.

    Raises:
        NotSignedIn: Nobody is signed in.
        NotAllowed: Somebody else is.
    """
    principal = await asking(request)
    if principal.kind == "nobody":
        raise NotSignedIn("expected an administrator, got nobody signed in")
    if not principal.has_role(Role.ADMINISTRATOR):
        message = f"expected an administrator, got {principal.name or principal.id}"
        raise NotAllowed(message)
    return principal


def demand_reach(principal: Principal, centre: CentreId | None) -> None:
    """Refuse an administrator of one centre what is another's or every centre's.

    Raises:
        NotAllowed: The centre is not the administrator's.
    """
    if principal.centre not in {None, centre}:
        message = (
            f"expected an administrator of {centre or 'every centre'}, got one of"
            f" {principal.centre}"
        )
        raise NotAllowed(message)


def answer(value: object, status: int = 200) -> Response:
    """The value as JSON that no cache keeps."""
    data = msgspec.json.encode(value)
    headers = {"Cache-Control": "no-store"}
    return Response(data, status, headers=headers, media_type="application/json")


def set_session(request: Request, response: Response, token: str) -> Response:
    """Give the browser the session; it forgets it when it is closed."""
    response.set_cookie(SESSION_COOKIE, token, **_flags(request))
    return response


def set_device(request: Request, response: Response, token: str) -> Response:
    """Make the browser this device."""
    response.set_cookie(DEVICE_COOKIE, token, max_age=DEVICE_COOKIE_LIFE_S, **_flags(request))
    return response


def clear_session(request: Request, response: Response) -> Response:
    """Take the session from the browser."""
    response.delete_cookie(SESSION_COOKIE, **_flags(request))
    return response


class _Flags(TypedDict):
    path: str
    secure: bool
    httponly: bool
    samesite: Literal["strict"]


def _flags(request: Request) -> _Flags:
    is_https = request.url.scheme == "https"
    return {"path": "/", "secure": is_https, "httponly": True, "samesite": "strict"}
