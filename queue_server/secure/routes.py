"""The page that tells how devices come to trust the server, and the authority to take along."""

from typing import TYPE_CHECKING, cast

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.core.errors import UnknownName
from queue_server.secure.names import in_addresses
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of

if TYPE_CHECKING:  # a server without HTTPS does without a library of 16 MB
    from cryptography.x509 import Certificate

    from queue_server.secure.kept import Kept

AUTHORITY_TYPE = "application/x-x509-ca-cert"


class Offer(Struct, frozen=True, kw_only=True):
    """What the server offers over HTTPS."""

    port: int
    names: tuple[str, ...] = ()
    kept: "Kept | None" = None
    """The own authority; None with a certificate that devices trust anyway."""


async def certificate_page(request: Request) -> Response:
    """What the secure connection is for, and how to install the authority on a device."""
    pages, offer = cast("Pages", request.state.pages), _offer(request)
    authority = offer.kept.authority() if offer and offer.kept else None
    return pages.response(
        "secure/certificate.html",
        language=language_of(request),
        is_secure=request.url.scheme == "https",
        addresses=_addresses(request, offer) if offer else [],
        fingerprint=_fingerprint(authority) if authority else "",
        valid_until=f"{authority.not_valid_after_utc:%d/%m/%Y}" if authority else "",
    )


async def authority_file(request: Request) -> Response:
    """The authority as devices install it: ``.crt`` in DER, ``.pem`` as text."""
    offer = _offer(request)
    if offer is None or offer.kept is None:
        message = "expected a server with an authority of its own, started with --https"
        raise UnknownName(message, kind="authority")
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    is_text = request.url.path.endswith(".pem")
    encoding = Encoding.PEM if is_text else Encoding.DER
    data = offer.kept.authority().public_bytes(encoding)
    name = f"authority.{'pem' if is_text else 'crt'}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    }
    return Response(data, media_type=AUTHORITY_TYPE, headers=headers)


def _fingerprint(authority: "Certificate") -> str:
    from queue_server.secure.authority import fingerprint  # noqa: PLC0415

    return fingerprint(authority)


def _offer(request: Request) -> Offer | None:
    return cast("Offer | None", getattr(request.state, "secure", None))


def _addresses(request: Request, offer: Offer) -> list[str]:
    """The name by which this device asked comes first: it works from there."""
    asked = request.url.hostname or ""
    names = [name for name in offer.names if name not in {"localhost", "127.0.0.1", "::1"}]
    if not offer.names:
        names = [asked]
    elif asked in offer.names:
        names = [asked, *(name for name in names if name != asked)]
    return [f"https://{name}:{offer.port}/" for name in in_addresses(names)]


ROUTES: list[BaseRoute] = [
    Route("/certificate", certificate_page),
    Route("/certificate/authority.crt", authority_file),
    Route("/certificate/authority.pem", authority_file),
]
