"""Looks for printers in the server's own networks, when an administrator asks for it.

Whatever listens at port 9100 may be a receipt printer or an office printer; the latter would print
a page of what it is asked. So only what does not offer the office's own protocol (IPP) is asked
who it is.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network
from time import monotonic
from typing import Final

from msgspec import Struct

from printers.lines import STANDARD_PORT
from printers.printer_model import MODELS, PrinterModel
from printers.printer_status import ASK_MAKER, ASK_MODEL
from printers.replies import Replies

IPP_PORT: Final = 631
AT_ONCE: Final = 64
CONNECT_S: Final = 0.5
ANSWER_S: Final = 0.8
MOST_ADDRESSES: Final = 2_048
PAUSE_S: Final = 10.0
"""Between two searches; meanwhile the last one's findings are told."""


class FoundPrinter(Struct, frozen=True, kw_only=True):
    """Something that listens where printers do."""

    host: str
    port: int
    is_office: bool
    """It offers IPP: a printer of an office, which is reached through CUPS."""
    maker: str = ""
    model_text: str = ""
    """As it calls itself; empty where it did not answer."""
    model: str = ""
    """The row of that model; empty where none is known."""


class PrinterSearch:
    """Searches the server's own networks, one search at a time.

    Args:
        networks: What is searched.
        port: Where printers listen.
        ipp_port: Where office printers listen too.
        now_s: A clock for the pause between searches, in seconds.
    """

    def __init__(
        self,
        networks: Callable[[], Sequence[IPv4Network]],
        *,
        port: int = STANDARD_PORT,
        ipp_port: int = IPP_PORT,
        now_s: Callable[[], float] = monotonic,
    ) -> None:
        self._networks = networks
        self._port = port
        self._ipp_port = ipp_port
        self._now_s = now_s
        self._turn = asyncio.Lock()
        self._found: dict[str, FoundPrinter] = {}
        self._searched_s: float | None = None

    @property
    def found(self) -> Mapping[str, FoundPrinter]:
        """What the last search found, by host."""
        return self._found

    def networks(self) -> list[str]:
        """What a search goes through, for people."""
        return [str(network) for network in self._networks()]

    async def search(self) -> list[FoundPrinter]:
        """Everything that listens now; of the last ten seconds the last findings."""
        async with self._turn:
            recent = self._searched_s is not None and self._now_s() - self._searched_s < PAUSE_S
            if not recent:
                await self._search()
                self._searched_s = self._now_s()
        return sorted(self._found.values(), key=lambda found: IPv4Address(found.host))

    async def _search(self) -> None:
        places = asyncio.Semaphore(AT_ONCE)

        async def look(host: str) -> FoundPrinter | None:
            async with places:
                return await self._look(host)

        hosts = _addresses(self._networks())
        found = await asyncio.gather(*(look(host) for host in hosts))
        self._found = {each.host: each for each in found if each is not None}

    async def _look(self, host: str) -> FoundPrinter | None:
        try:
            async with asyncio.timeout(CONNECT_S):
                reader, writer = await asyncio.open_connection(host, self._port)
        except OSError:
            return None
        try:
            if await self._listens(host, self._ipp_port):
                return FoundPrinter(host=host, port=self._port, is_office=True)
            maker, model = await _who(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        row = model_called(model)
        return FoundPrinter(
            host=host,
            port=self._port,
            is_office=False,
            maker=maker,
            model_text=model,
            model=row.name if row else "",
        )

    async def _listens(self, host: str, port: int) -> bool:
        try:
            async with asyncio.timeout(CONNECT_S):
                _, writer = await asyncio.open_connection(host, port)
        except OSError:
            return False
        writer.close()
        return True


def model_called(text: str) -> PrinterModel | None:
    """The row of the model that calls itself so, by the longest name that fits."""
    fitting = [
        (len(name), model)
        for model in MODELS.values()
        for name in model.known_as
        if name.casefold() in text.casefold()
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None


def _addresses(networks: Iterable[IPv4Network]) -> list[str]:
    hosts: list[str] = []
    for network in networks:
        hosts += (str(host) for host in network.hosts())
    return hosts[:MOST_ADDRESSES]


async def _who(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, str]:
    """Maker and model as the printer calls itself (GS I); empty where it does not answer."""
    replies = Replies()
    with suppress(OSError):
        async with asyncio.timeout(ANSWER_S):
            writer.write(ASK_MAKER + ASK_MODEL)
            await writer.drain()
            while len(replies.information) < len((ASK_MAKER, ASK_MODEL)):
                data = await reader.read(256)
                if not data:
                    break
                replies.feed(data)
    texts = [each.decode("ascii", "replace").strip() for each in replies.information]
    maker, model = [*texts, "", ""][:2]
    return (maker, model) if len(texts) > 1 else ("", maker)
