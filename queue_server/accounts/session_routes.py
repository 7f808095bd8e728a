"""Sign in, sign out, choose a password, and ask who one is."""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.accounts.answers import (
    accounts_of,
    answer,
    asking,
    body_of,
    clear_session,
    set_device,
    set_session,
    who,
)
from queue_server.accounts.credentials import (
    DEVICE_COOKIE,
    SESSION_COOKIE,
    bearer_of,
    refuse_other_sites,
)
from queue_server.accounts.principal import NOBODY
from queue_server.core.identifiers import StaffId
from queue_server.hub.stand_up import stand_up

Login = Annotated[str, Meta(max_length=256)]
Password = Annotated[str, Meta(max_length=1024)]
Token = Annotated[str, Meta(max_length=64)]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A login and its password."""

    login: Login
    password: Password


class ChoosePassword(Struct, frozen=True, forbid_unknown_fields=True):
    """The token of a one-time link and the password to be."""

    token: Token
    password: Password


class BeSomebody(Struct, frozen=True, forbid_unknown_fields=True):
    """A person of the demo."""

    staff: StaffId


async def sign_in(request: Request) -> Response:
    """Begin a session."""
    refuse_other_sites(request)
    body = await body_of(request, SignIn)
    token, principal = await accounts_of(request).sign_in(body.login, body.password)
    await _end_replaced(request)
    return set_session(request, answer(who(principal)), token)


async def _end_replaced(request: Request) -> None:
    """End the session whose cookie is about to be replaced: nobody is at that place twice."""
    if old := request.cookies.get(SESSION_COOKIE):
        await accounts_of(request).sign_out(old)


async def sign_out(request: Request) -> Response:
    """End the session of the cookie or the bearer token; who sat at a counter stands up.

    Whoever is signed in at another place too goes on sitting there. If no console is open at that
    place, the counter falls silent.
    """
    principal, accounts = await asking(request), accounts_of(request)
    token = bearer_of(request) or request.cookies.get(SESSION_COOKIE)
    if token:
        await accounts.sign_out(token)
    staff = StaffId(principal.id)
    if principal.kind == "staff" and not await accounts.is_elsewhere(staff):
        await stand_up(request.state.replicas, staff)
    return clear_session(request, answer(who(NOBODY)))


async def who_am_i(request: Request) -> Response:
    """Who asks; kind ``nobody`` when nobody is signed in."""
    principal = await asking(request)
    token = request.cookies.get(DEVICE_COOKIE)
    if principal.kind == "device" and token:
        return set_device(request, answer(who(principal)), token)
    if principal.kind != "staff":
        return answer(who(principal))
    session = bearer_of(request) or request.cookies.get(SESSION_COOKIE, "")
    is_elsewhere = await accounts_of(request).is_elsewhere(StaffId(principal.id), session)
    return answer(who(principal, is_elsewhere=is_elsewhere))


async def choose_password(request: Request) -> Response:
    """Spend a one-time link; the person is signed in."""
    refuse_other_sites(request)
    body = await body_of(request, ChoosePassword)
    accounts = accounts_of(request)
    token = await accounts.choose_password(body.token, body.password)
    await _end_replaced(request)
    principal = await accounts.by_session(token)
    return set_session(request, answer(who(principal or NOBODY)), token)


async def demo_people(request: Request) -> Response:
    """Who anybody may be; empty where this is no demo."""
    return answer(accounts_of(request).demo_people())


async def be_somebody(request: Request) -> Response:
    """Begin a session as a person of the demo."""
    refuse_other_sites(request)
    body = await body_of(request, BeSomebody)
    accounts = accounts_of(request)
    token = await accounts.demo_sign_in(body.staff)
    await _end_replaced(request)
    principal = await accounts.by_session(token)
    return set_session(request, answer(who(principal or NOBODY)), token)


SESSION = "/api/v1/session"
ROUTES = [
    Route(SESSION, sign_in, methods=["POST"]),
    Route(SESSION, sign_out, methods=["DELETE"]),
    Route(SESSION, who_am_i, methods=["GET"]),
    Route(f"{SESSION}/password", choose_password, methods=["POST"]),
    Route(f"{SESSION}/demo", demo_people, methods=["GET"]),
    Route(f"{SESSION}/demo", be_somebody, methods=["POST"]),
]
