"""Staff, for administrators: each sees and changes what is in their reach."""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.accounts.answers import (
    Link,
    accounts_of,
    administrator,
    answer,
    body_of,
    demand_reach,
)
from queue_server.accounts.people import LONGEST_NAME, Staff
from queue_server.accounts.principal import Role
from queue_server.core.identifiers import CentreId, StaffId


class AddStaff(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody to be let in."""

    login: str
    name: str
    roles: list[Role]
    centre: CentreId | None = None
    """Null: every centre, which only an administrator of every centre may give."""
    organisation: Annotated[str, Meta(max_length=LONGEST_NAME)] = ""


class ChangeStaff(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays as it is."""

    is_active: bool | None = None
    roles: list[Role] | None = None


async def list_staff(request: Request) -> Response:
    """The staff in the administrator's reach."""
    principal = await administrator(request)
    return answer(await accounts_of(request).list_staff(principal.centre))


async def add_staff(request: Request) -> Response:
    """Let somebody in; answers the one-time link to choose a password with."""
    principal = await administrator(request)
    body = await body_of(request, AddStaff)
    demand_reach(principal, body.centre)
    token = await accounts_of(request).create_staff(
        body.login, body.name, body.roles, body.centre, body.organisation
    )
    return answer(welcome(token), 201)


async def change_staff(request: Request) -> Response:
    """Change roles, or let in or shut out."""
    person = await _person(request)
    body = await body_of(request, ChangeStaff)
    changed = await accounts_of(request).change_staff(
        person.id, is_active=body.is_active, roles=body.roles
    )
    return answer(changed)


async def renew_link(request: Request) -> Response:
    """A new one-time link, for somebody who lost theirs or forgot the password."""
    person = await _person(request)
    return answer(welcome(await accounts_of(request).renew_one_time_token(person.id)), 201)


def welcome(token: str) -> Link:
    """The link that chooses a password."""
    return Link(token, f"/welcome?token={token}")


async def _person(request: Request) -> Staff:
    principal = await administrator(request)
    person = await accounts_of(request).staff(StaffId(request.path_params["staff"]))
    demand_reach(principal, person.centre)
    return person


STAFF = "/api/v1/staff"
ROUTES = [
    Route(STAFF, list_staff, methods=["GET"]),
    Route(STAFF, add_staff, methods=["POST"]),
    Route(f"{STAFF}/{{staff}}", change_staff, methods=["PATCH"]),
    Route(f"{STAFF}/{{staff}}/one-time-link", renew_link, methods=["POST"]),
]
