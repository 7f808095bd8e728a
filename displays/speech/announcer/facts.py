"""Whose calls an announcer speaks: asked of the server, and again with the clips."""

import asyncio
from http import HTTPStatus
from typing import Final

import httpx2
import msgspec
import structlog
from msgspec import Struct

from queue_server.accounts.pairing import NotPaired

log = structlog.get_logger(__name__)

RETRY_S: Final = 2.0
_SHUT_OUT: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class Facts(Struct, frozen=True):
    """What the server says of this device."""

    zones: tuple[str, ...]
    timezone: str = "Asia/Ho_Chi_Minh"
    """The centre's, for quiet hours."""


class Assignment:
    """Whose calls to speak. `begin` first; then `facts` are there."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client
        self.facts = Facts(zones=())

    async def begin(self) -> None:
        """Ask until the server answers.

        Raises:
            NotPaired: The server does not know the device.
        """
        while True:
            facts = await self._asked()
            if facts is not None:
                self.facts = facts
                return
            await asyncio.sleep(RETRY_S)

    async def has_changed(self) -> bool:
        """Ask again; whether other facts hold from now on. Without an answer the old ones do.

        Raises:
            NotPaired: The server does not know the device.
        """
        before = self.facts
        self.facts = await self._asked() or before
        return self.facts != before

    async def _asked(self) -> Facts | None:
        try:
            answer = await self._client.get("/api/v1/announcer")
        except httpx2.HTTPError as error:
            log.info("the server cannot be reached", reason=str(error))
            return None
        if answer.status_code in _SHUT_OUT:
            message = "the server does not know this announcer: pair it anew with --link"
            raise NotPaired(message)
        if answer.status_code != HTTPStatus.OK:
            log.info("the server does not say whose calls to speak", status=answer.status_code)
            return None
        return msgspec.json.decode(answer.content, type=Facts)
