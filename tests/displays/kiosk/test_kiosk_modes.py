"""Every screen in every mode: accessible, nothing cut off, all that is touched large enough."""

import pytest
from playwright.async_api import Page, expect

from tests.displays.kiosk.conftest import UPRIGHT, OpenKiosk
from tests.displays.kiosk.steps import begin, choose_birth, every_screen, open_search, take
from tests.support.accessibility import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

LYING = {"width": 1920, "height": 1080}
TABLET = {"width": 1280, "height": 800}
MM_PER_INCH = 25.4
TOPS = """buttons => buttons.flatMap((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return one.contains(seen) ? [[one.innerText, top]] : [];
})"""
"""Name and upper edge of the buttons that are not scrolled out of sight."""


@pytest.mark.parametrize(
    ("screen", "modes"),
    [
        (UPRIGHT, []),
        (UPRIGHT, ["large"]),
        (UPRIGHT, ["contrast", "low"]),
        (UPRIGHT, ["spoken"]),
        (LYING, []),
        (LYING, ["contrast", "large"]),
        (TABLET, []),
        (TABLET, ["large"]),
    ],
)
async def test_every_screen_is_accessible_and_fits(
    kiosk: OpenKiosk, screen: dict[str, int], modes: list[str]
) -> None:
    page = await kiosk(screen=screen)
    found: list[str] = []

    async for name in every_screen(page, modes):
        found.extend(f"{name}: {line}" for line in await violations(page))
        wide = await page.evaluate("document.documentElement.scrollWidth")
        found.extend([f"{name}: {wide} px wide"] if wide > screen["width"] else [])

    assert found == []


@pytest.mark.parametrize("screen", [UPRIGHT, LYING])
@pytest.mark.parametrize("inches", [15, 32])
async def test_whatever_is_touched_is_twenty_millimetres_large(
    kiosk: OpenKiosk, screen: dict[str, int], inches: float
) -> None:
    page = await kiosk(f"?inches={inches}", screen=screen)
    millimetre: float = (1080**2 + 1920**2) ** 0.5 / (inches * MM_PER_INCH)
    small: list[str] = []

    async for name in every_screen(page, []):
        sizes = await touched(page)
        small.extend(f"{name}: {text}" for text, size in sizes if size < 19.5 * millimetre)

    assert small == []


async def test_the_keys_for_accents_and_digits_are_as_large(kiosk: OpenKiosk) -> None:
    page = await kiosk("?inches=15")
    await open_search(page)
    millimetre = (1080**2 + 1920**2) ** 0.5 / (15 * MM_PER_INCH)

    for panel in ("Gõ dấu", "123"):
        await page.get_by_role("button", name=panel).click()
        small = [text for text, size in await touched(page) if size < 19.5 * millimetre]
        assert small == []


async def test_a_kiosk_of_the_configuration_has_its_own_diagonal(kiosk: OpenKiosk) -> None:
    usual = await kiosk(screen=LYING)
    wall = await kiosk("?kiosk=wall", screen=LYING)
    small: list[float] = []

    for page in (usual, wall):
        await expect(page.locator(".language").first).to_be_visible()
        size = await page.evaluate(
            "parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))"
        )
        small.append(size)

    assert small == pytest.approx([4.034, 2.710], abs=0.01)


async def test_the_ways_of_a_lying_screen_stand_in_a_line(kiosk: OpenKiosk) -> None:
    page = await kiosk(screen=LYING)
    await begin(page)
    await expect(page.locator(".way")).to_have_count(3)

    for part in (".badge", "strong"):
        tops = await page.locator(f".way {part}").evaluate_all(
            "parts => parts.map((one) => Math.round(one.getBoundingClientRect().top"
            " - one.closest('.way').getBoundingClientRect().top))"
        )
        assert len(set(tops)) == 1


async def test_low_mode_leaves_nothing_to_touch_in_the_upper_part(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    high: list[str] = []

    async for name in every_screen(page, ["low"]):
        tops = await page.locator("button:visible").evaluate_all(TOPS)
        high.extend(f"{name}: {text}" for text, top in tops if 0 <= top < 0.24 * UPRIGHT["height"])

    assert high == []


async def test_modes_go_with_the_citizen_into_another_language(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.get_by_role("button", name="Chữ to").click()
    await page.get_by_role("button", name="Tương phản").click()

    await page.get_by_role("button", name="English").click()

    await expect(page.get_by_role("heading", name="What would you like")).to_be_visible()
    await expect(page.get_by_role("button", name="Large text")).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "modes" not in page.url


async def test_modes_end_with_the_session(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    for mode in ("Nghe đọc", "Chữ to", "Tương phản", "Hạ thấp"):
        await page.get_by_role("button", name=mode).click()
    await choose_birth(page)
    await take(page)

    await page.get_by_role("button", name="Xong").click()

    await expect(page.get_by_role("heading", name="Kính chào ông/bà")).to_be_visible()
    html = page.locator("html")
    for attribute in ("data-large", "data-contrast", "data-spoken", "data-low", "data-theme"):
        assert await html.get_attribute(attribute) is None


async def test_a_kiosk_offers_the_modes_it_is_configured_with(kiosk: OpenKiosk) -> None:
    page = await kiosk("?kiosk=door")
    await begin(page)

    offered = await page.locator(".tool-modes .tool").all_inner_texts()

    assert offered == ["Nghe đọc", "Chữ to", "Tương phản", "Hạ thấp"]


async def touched(page: Page) -> list[tuple[str, float]]:
    """What can be touched now, each with its smaller edge in pixels."""
    sizes: list[tuple[str, float]] = await page.locator("button:visible").evaluate_all(
        "buttons => buttons.map((one) => { const { width, height } = one.getBoundingClientRect();"
        " return [one.innerText || one.className, Math.min(width, height)]; })"
    )
    return sizes
