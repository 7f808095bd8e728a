"""Who sends a request, by bearer token or cookie, and whether a page of ours sent it.

A browser adds a cookie to whatever asks for it, also to what another site makes it send. So a
request that changes something, or opens a socket, counts only if the browser says that a page of
this server sent it.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import NOBODY, NotAllowed, NotSignedIn, Principal

SESSION_COOKIE: Final = "queue_session"
DEVICE_COOKIE: Final = "queue_device"
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


async def principal_of(connection: HTTPConnection, accounts: Accounts) -> Principal:
    """The one who asks: by bearer token, else session cookie, else device cookie, else nobody.

    A cookie whose time is over is nobody's: a citizen may have been staff. No database is asked
    while the token is remembered.

    Raises:
        NotSignedIn: The bearer token is nobody's.
        NotAllowed: Another site made the browser send this.
    """
    if bearer := bearer_of(connection):
        found = await accounts.by_token(bearer)
        if found is None:
            raise NotSignedIn("expected the token of a session or device, got an unknown one")
        return found
    for cookie, find in (
        (SESSION_COOKIE, accounts.by_session),
        (DEVICE_COOKIE, accounts.by_device),
    ):
        token = connection.cookies.get(cookie)
        if token and (found := await find(token)):
            _demand_own_page(connection)
            return found
    return NOBODY


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token of the `Authorization` header."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def refuse_other_sites(connection: HTTPConnection) -> None:
    """Refuse what a browser says another site sent; a program says neither and may go on.

    For requests that need no cookie, such as signing in.

    Raises:
        NotAllowed: Another site made the browser send this.
    """
    if is_own_page(connection) is False:
        raise _other_site()


def is_own_page(connection: HTTPConnection) -> bool | None:
    """Whether a page of this server sent the request; None when no browser says so."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    # Browsers leave it out on plain HTTP, but say where a request that changes something is from.
    origin = connection.headers.get("origin")
    if origin is None:
        return None
    return urlsplit(origin).netloc == connection.headers.get("host", "").lower()


def _demand_own_page(connection: HTTPConnection) -> None:
    is_read = connection.scope["type"] == "http" and connection.scope["method"] in _READS
    if not is_read and not is_own_page(connection):
        raise _other_site()


def _other_site() -> NotAllowed:
    return NotAllowed("expected a request from a page of this server, got one from elsewhere")
