"""A real server, a real browser, a printer emulator; screenshots are kept as artefacts."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.support.printer_emulator import PrinterEmulator
from tests.support.served import ServedCentre, sample_centre

ARTEFACTS = Path("artefacts/end_to_end")
Shoot = Callable[[Page, str], Awaitable[None]]


@pytest.fixture
def printer() -> Iterator[PrinterEmulator]:
    """The printer at the kiosk and at the counters."""
    with PrinterEmulator() as emulator:
        yield emulator


@pytest.fixture
def served(tmp_path: Path, printer: PrinterEmulator) -> Iterator[ServedCentre]:
    """The sample centre, served for real."""
    address = f"{printer.address.host}:{printer.address.port}"
    with ServedCentre(tmp_path, sample_centre(address)) as served:
        yield served


@pytest.fixture
def shoot() -> Shoot:
    """Keeps a picture of a page."""

    ARTEFACTS.mkdir(parents=True, exist_ok=True)

    async def keep(page: Page, name: str) -> None:
        await page.screenshot(path=ARTEFACTS / f"{name}.png")

    return keep
