"""Where dossiers go: the register of this server, or an existing dossier system over HTTP.

To connect a system that speaks otherwise, write one more class like these two.
"""

import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec

from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.intake.hand_over import Delivered, DeliveryFailed, HandOver
from queue_server.intake.register import Register

LONGEST_ANSWER: Final = 65_536
"""Bytes of an answer that are read; longer ones are cut."""
_TRY_AGAIN: Final = frozenset({408, 425, 429})
"""Client errors that say "not now": time-out, too early, too many requests."""


class LocalRegister:
    """The register itself, for a centre without another dossier system."""

    name = "register"

    def __init__(self, register: Register) -> None:
        self._register = register

    def deliver(self, hand_over: HandOver) -> Delivered:
        """Make sure that the register holds the dossier, open.

        Raises:
            DeliveryFailed: It is not there yet, or was voided (permanent).
            DatabaseUnavailable: The register cannot be read now.
        """
        code = hand_over.dossier_code
        try:
            state = self._register.dossier(code).state
        except UnknownName as error:
            raise DeliveryFailed(error.message, is_permanent=False) from None
        if state != "open":
            message = f"expected {code} to be open, got a {state} dossier"
            raise DeliveryFailed(message, is_permanent=True)
        return Delivered(system=self.name)


class HttpDossierSystem:
    """A dossier system that takes hand-overs as JSON by POST.

    The header ``Idempotency-Key`` is the dossier code. Taken is what is answered with 2xx, or
    with 409 that names the same key (in the header ``Idempotency-Key`` or as ``dossier_code``
    of a JSON body): an earlier attempt came through. Redirects are not followed, since they
    would carry the token elsewhere.
    """

    def __init__(
        self, url: str, token: str = "", timeout_s: float = 10.0, ca_file: Path | None = None
    ) -> None:
        """Connect to nothing yet.

        Args:
            url: Where hand-overs are posted.
            token: Sent as a bearer token; empty for none.
            timeout_s: For each step of an attempt: connecting, sending, waiting for the answer.
            ca_file: Authorities to trust instead of the machine's, for an agency's own.

        Raises:
            InvalidValue: The URL or the token cannot be one.
        """
        self.name = _host(url)
        self._url = url
        self._timeout_s = timeout_s
        self._client = httpx2.Client(
            headers=_headers(token),
            timeout=timeout_s,
            verify=ssl.create_default_context(cafile=ca_file),
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections that are kept."""
        self._client.close()

    def deliver(self, hand_over: HandOver) -> Delivered:
        """Post the dossier once.

        Raises:
            DeliveryFailed: Refused (permanent), or the system cannot take it now.
        """
        key = hand_over.dossier_code
        headers = {"Idempotency-Key": key}
        content = msgspec.json.encode(hand_over)
        try:
            with self._client.stream("POST", self._url, content=content, headers=headers) as answer:
                return self._judged(answer, key)
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            message = f"expected an answer from {self.name}, got {type(error).__name__}"
            raise DeliveryFailed(message, is_permanent=False) from error

    def _judged(self, answer: httpx2.Response, key: str) -> Delivered:
        if answer.is_success:
            return Delivered(system=self.name, detail=str(answer.status_code))
        body = _json_object(self._body(answer))
        keys = (answer.headers.get("idempotency-key"), body.get("dossier_code"))
        if answer.status_code == HTTPStatus.CONFLICT and key in keys:
            return Delivered(system=self.name, detail=str(answer.status_code))
        message = f"expected {self.name} to take {key}, got {answer.status_code}{_title(body)}"
        is_refused = answer.is_redirect or answer.is_client_error
        is_permanent = is_refused and answer.status_code not in _TRY_AGAIN
        raise DeliveryFailed(message, is_permanent=is_permanent)

    def _body(self, answer: httpx2.Response) -> bytes:
        ends = time.monotonic() + self._timeout_s
        body = bytearray()
        for part in answer.iter_raw():
            body += part
            if len(body) > LONGEST_ANSWER or time.monotonic() > ends:
                break
        return bytes(body)


def _host(url: str) -> str:
    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL:
        target = httpx2.URL()
    if target.scheme not in {"http", "https"} or not target.host or target.userinfo:
        # The URL is not repeated: it may hold a password.
        raise InvalidValue("expected the URL of a dossier system such as https://host/hand-overs")
    return target.host


def _headers(token: str) -> Mapping[str, str]:
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidValue("expected a token of printable ASCII characters, got others in it")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers | {"Authorization": f"Bearer {token}"} if token else headers


def _json_object(body: bytes) -> Mapping[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _title(answer: Mapping[str, Any]) -> str:
    """The title of a problem document: the kind of problem, never about one dossier."""
    title = answer.get("title")
    return f" ({title[:120]})" if isinstance(title, str) and title else ""
