"""`queue-server announcer`: speak the calls through a loudspeaker on this machine."""

import argparse
import asyncio
from pathlib import Path
from typing import Final

import httpx2
import structlog

from config.settings import Settings
from displays.speech.announcer.clip_shelf import ClipShelf
from displays.speech.announcer.facts import Assignment
from displays.speech.announcer.outputs import Output, output_of
from displays.speech.announcer.program import Announcer
from displays.speech.chime import chime
from queue_server.accounts.pairing import (
    Pairing,
    pair,
    read_pairing,
    save_pairing,
    tls_of,
)
from queue_server.core.identifiers import CentreId

log = structlog.get_logger()

KIND: Final = "announcer"
TIMEOUT: Final = httpx2.Timeout(10.0, connect=3.0)


def announce(settings: Settings, arguments: argparse.Namespace) -> int:
    """Pair if a link is given, then play the chime once, or announce until told to stop.

    Raises:
        NotPaired: It never was, or the server has shut it out.
        OutputFailed: The test sound cannot have been heard.
    """
    folder = settings.store.data_folder / KIND
    output = output_of(arguments.output)
    if arguments.link:
        save_pairing(folder / "pairing.json", pair(arguments.link, KIND, arguments.ca_file))
    if arguments.test:
        asyncio.run(output.play(chime(), "test"))
        return 0
    pairing = read_pairing(folder / "pairing.json")
    asyncio.run(_announce(folder, pairing, output))
    return 0


async def _announce(folder: Path, pairing: Pairing, output: Output) -> None:
    headers = {"authorization": f"Bearer {pairing.token}"}
    async with httpx2.AsyncClient(
        base_url=pairing.server,
        headers=headers,
        verify=tls_of(pairing.ca_file),
        trust_env=False,
        timeout=TIMEOUT,
    ) as client:
        assignment = Assignment(client)
        await assignment.begin()
        shelf = ClipShelf(folder / "clips", client, CentreId(pairing.centre))
        log.info("announcing", centre=pairing.centre, zones=assignment.facts.zones)
        await Announcer(pairing, assignment, shelf, output).run()
