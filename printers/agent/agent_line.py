"""How a print agent speaks with its server: over HTTP or HTTPS, with its own token."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from types import TracebackType
from typing import Final, Self

import httpx2
import msgspec
from msgspec import Struct
from PIL import Image

from printers.printer import Verdict
from queue_server.accounts.pairing import NotPaired, Pairing, tls_of
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition

CONNECT_S: Final = 2.0
ANSWER_S: Final = 4.0
STARTS: Final = 3
"""Sendings of the question whether a job may begin; all are one by their key."""


class ServerAway(Exception):
    """The server gives no answer now; try again later."""


class NextJob(Struct, frozen=True, kw_only=True):
    """A paper to print."""

    id: str
    kind: str
    copy: int


class NextPaper(Struct, frozen=True, kw_only=True):
    """What is to be done."""

    printer: PrinterConfiguration | None
    job: NextJob | None = None


class AgentLine:
    """The server, as one agent speaks with it."""

    def __init__(self, pairing: Pairing) -> None:
        self._client = _client(pairing.server, pairing.token, pairing.ca_file)
        self._papers = f"/api/v1/centres/{pairing.centre}/papers"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._client.close()

    def next_paper(self, condition: Condition | None, wait_s: float) -> NextPaper:
        """Say how the printer is, and wait for the next paper.

        Raises:
            ServerAway: No answer.
            NotPaired: The server has shut this agent out.
        """
        body = {"condition": None if condition is None else condition.value, "wait_s": wait_s}
        answer = _ask(self._client, "POST", f"{self._papers}/next", body, more_s=wait_s)
        _require_known(answer)
        return msgspec.json.decode(answer.content, type=NextPaper)

    def picture(self, job_id: str) -> Image.Image:
        """The paper of a job.

        Raises:
            ServerAway: No answer.
        """
        answer = _ask(self._client, "GET", f"{self._papers}/{job_id}.png")
        if answer.status_code != HTTPStatus.OK:
            message = f"expected the picture of {job_id}, got {answer.status_code}"
            raise ServerAway(message)
        with Image.open(BytesIO(answer.content)) as picture:
            return picture.convert("1")

    def start(self, job_id: str) -> bool:
        """Whether the job may begin, now that the journal has it as begun by this agent.

        Raises:
            ServerAway: No answer, so nobody knows whether it is begun.
        """
        key = {"idempotency-key": secrets.token_hex(16)}
        for last in range(STARTS - 1, -1, -1):
            try:
                path = f"{self._papers}/{job_id}/start"
                answer = _ask(self._client, "POST", path, {}, headers=key)
            except ServerAway:
                if not last:
                    raise
            else:
                return answer.status_code == HTTPStatus.CREATED and b"PrintStarted" in (
                    answer.content
                )
        return False

    def record(self, job_id: str, verdict: Verdict) -> None:
        """Tell what became of a job; a server that does not know the job has no use for it.

        Raises:
            ServerAway: No answer; tell again later.
        """
        body = {"result": verdict.result, "detail": verdict.warning or verdict.detail}
        _ask(self._client, "POST", f"{self._papers}/{job_id}/record", body)


def _client(server: str, token: str, ca_file: str | None) -> httpx2.Client:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx2.Client(base_url=server, headers=headers, verify=tls_of(ca_file), trust_env=False)


def _ask(  # noqa: PLR0913 - one request, with all that one may have
    client: httpx2.Client,
    method: str,
    path: str,
    body: Mapping[str, object] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    more_s: float = 0.0,
) -> httpx2.Response:
    """The answer of the server itself.

    Raises:
        ServerAway: There is none, or it says "not now".
    """
    timeout = httpx2.Timeout(ANSWER_S + more_s, connect=CONNECT_S)
    content = None if body is None else msgspec.json.encode(body)
    try:
        answer = client.request(
            method, path, content=content, headers=dict(headers or {}), timeout=timeout
        )
    except httpx2.HTTPError as error:
        raise ServerAway(str(error) or type(error).__name__) from error
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        message = f"the server answers {answer.status_code}"
        raise ServerAway(message)
    return answer


def _require_known(answer: httpx2.Response) -> None:
    if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        message = "the server does not know this agent any more: pair it anew with --link"
        raise NotPaired(message)
    if answer.status_code != HTTPStatus.OK:
        message = f"the server answers {answer.status_code}"
        raise ServerAway(message)
