"""How every person's page looks, at the size of their screen, in both languages."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import OpenAt, look

pytestmark = pytest.mark.asyncio(loop_scope="session")

KIOSK, BOARD = "queue_device=kiosk", "queue_device=board"
LAN, MINH, ADMIN = "queue_session=lan", "queue_session=minh", "queue_session=admin"


@pytest.mark.parametrize(
    ("name", "width", "height"), [("upright", 1080, 1920), ("lying", 1920, 1080)]
)
async def test_the_kiosk(open_at: OpenAt, name: str, width: int, height: int) -> None:
    page = await open_at("/kiosk", width, height, KIOSK)
    await expect(page.locator(".language").first).to_be_visible()
    await look(page, f"kiosk-start-{name}")

    await page.get_by_role("button", name="Tiếng Việt").click()
    await expect(page.locator(".way")).to_have_count(3)
    await look(page, f"kiosk-home-{name}")


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("hd", 1920, 1080), ("4k", 3840, 2160), ("upright", 1080, 1920)],
)
async def test_the_lobby_board(open_at: OpenAt, name: str, width: int, height: int) -> None:
    page = await open_at("/board?sound=off", width, height, BOARD)
    await expect(page.locator(".frame")).to_be_visible()
    await expect(page.locator(".banner")).to_have_count(0, timeout=60_000)

    await look(page, f"board-{name}", but=".queues, .foot")  # they take turns


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("path", "who", "shown"),
    [
        ("reception", LAN, "#procedure-search"),
        ("manager", MINH, ".figures"),
        ("centres", ADMIN, "[data-centre]"),
    ],
)
async def test_pages_of_staff(
    open_at: OpenAt, path: str, who: str, shown: str, language: str
) -> None:
    page = await open_at(f"/{path}?language={language}", 1280, 800, who)
    await expect(page.locator(shown).first).to_be_visible()

    await look(page, f"{path}-{language}")
