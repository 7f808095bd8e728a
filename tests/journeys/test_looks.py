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


@pytest.mark.parametrize("mode", ["large", "contrast", "low"])
async def test_a_mode_of_the_kiosk(open_at: OpenAt, mode: str) -> None:
    page = await open_at("/kiosk?kiosk=door", 1080, 1920, KIOSK)
    await page.get_by_role("button", name="Tiếng Việt").click()
    await page.locator(f".tool-{mode}").click()
    await expect(page.locator(f"html[data-{mode}]")).to_be_visible()

    await look(page, f"kiosk-{mode}")


@pytest.mark.parametrize(
    ("name", "width", "height"), [("upright", 1080, 1920), ("lying", 1920, 1080)]
)
async def test_a_procedure_at_the_kiosk(
    open_at: OpenAt, name: str, width: int, height: int
) -> None:
    page = await open_at("/kiosk", width, height, KIOSK)
    await page.get_by_role("button", name="English").click()
    await page.locator(".way").first.click()
    await expect(page.locator(".tile").first).to_be_visible()
    await look(page, f"kiosk-fields-{name}")

    await page.locator(".tile").first.click()
    await page.get_by_role("button", name="Birth registration").first.click()
    await expect(page.get_by_role("button", name="Take a number")).to_be_visible()
    await look(page, f"kiosk-procedure-{name}")


@pytest.mark.parametrize("layout", ["counters", "waits"])
async def test_a_layout_of_the_board(open_at: OpenAt, layout: str) -> None:
    page = await open_at(f"/board?sound=off&board={layout}", 1920, 1080, BOARD, is_held=True)
    await expect(page.locator(".frame")).to_be_visible()

    await look(page, f"board-{layout}")


@pytest.mark.parametrize(
    ("path", "shown", "name"),
    [("/sign?counter=counter-3", ".sign", "sign"), ("/door", ".door-qr", "door")],
)
async def test_screens_at_counter_and_door(
    open_at: OpenAt, path: str, shown: str, name: str
) -> None:
    page = await open_at(path, 1280, 800, BOARD)
    await expect(page.locator(shown)).to_be_visible()

    await look(page, name, but=".door-qr")


@pytest.mark.parametrize("path", ["waits", "sign-in"])
async def test_pages_for_everybody(open_at: OpenAt, path: str) -> None:
    page = await open_at(f"/{path}", 390, 844)
    await expect(page.locator("main")).to_be_visible()
    await page.wait_for_load_state("networkidle")

    await look(page, path)


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("hd", 1920, 1080), ("4k", 3840, 2160), ("upright", 1080, 1920)],
)
async def test_the_lobby_board(open_at: OpenAt, name: str, width: int, height: int) -> None:
    page = await open_at("/board?sound=off", width, height, BOARD, is_held=True)
    await expect(page.locator(".frame")).to_be_visible()

    await look(page, f"board-{name}")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("path", "who", "shown"),
    [
        ("reception", LAN, "#procedure-search"),
        ("manager", MINH, ".figures"),
        ("centres", ADMIN, "[data-centre]"),
        ("console", LAN, ".seat"),
        ("voice", ADMIN, "h1"),
        ("paper", ADMIN, ".preview-58 img"),
        ("order", MINH, "h1"),
    ],
)
async def test_pages_of_staff(
    open_at: OpenAt, path: str, who: str, shown: str, language: str
) -> None:
    page = await open_at(f"/{path}?language={language}", 1280, 800, who)
    await expect(page.locator(shown).first).to_be_visible()

    await look(page, f"{path}-{language}")
