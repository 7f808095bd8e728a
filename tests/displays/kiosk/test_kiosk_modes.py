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
        (UPRIGHT, ["large"]),
        (UPRIGHT, ["contrast", "low"]),
        (UPRIGHT, ["spoken"]),
        (LYING, []),
        (LYING, ["contrast", "large"]),
        (TABLET, []),
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


@pytest.mark.parametrize(("inches", "screen"), [(15, UPRIGHT), (15, LYING), (32, LYING)])
async def test_whatever_is_touched_is_twenty_millimetres_large(
    kiosk: OpenKiosk, screen: dict[str, int], inches: float
) -> None:
    page = await kiosk(f"?inches={inches}", screen=screen)
    small: list[str] = []

    async for name in every_screen(page, []):
        small.extend(f"{name}: {text}" for text in await too_small(page, inches))

    assert small == []


async def test_the_keys_for_accents_and_digits_are_as_large(kiosk: OpenKiosk) -> None:
    page = await kiosk("?inches=15")
    await open_search(page)

    for panel in ("Gõ dấu", "123"):
        await page.get_by_role("button", name=panel).click()
        assert await too_small(page, 15) == []


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


@pytest.mark.parametrize(("inches", "screen"), [(21.5, UPRIGHT), (32, LYING)])
async def test_low_mode_leaves_nothing_to_touch_in_the_upper_part(
    kiosk: OpenKiosk, inches: float, screen: dict[str, int]
) -> None:
    page = await kiosk(f"?inches={inches}", screen=screen)
    high: list[str] = []

    async for name in every_screen(page, ["low"]):
        tops = await page.locator("button:visible").evaluate_all(TOPS)
        high.extend(f"{name}: {text}" for text, top in tops if 0 <= top < 0.24 * screen["height"])

    assert high == []


@pytest.mark.parametrize(("inches", "is_offered"), [(21.5, False), (24, False), (27, True)])
async def test_low_mode_is_offered_where_a_lying_screen_is_high(
    kiosk: OpenKiosk, inches: float, *, is_offered: bool
) -> None:
    page = await kiosk(f"?inches={inches}", screen=LYING)
    await begin(page)

    await expect(page.locator(".tool-large")).to_be_visible()
    await expect(page.locator(".tool-low")).to_have_count(int(is_offered))


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


async def too_small(page: Page, inches: float) -> list[str]:
    """What can be touched now and is smaller than 20 mm, but for a pixel of rounding."""
    least = 20 * (1080**2 + 1920**2) ** 0.5 / (inches * MM_PER_INCH) - 1
    found = page.locator(":is(button, input, a[href]):visible")
    sizes: list[tuple[str, float]] = await found.evaluate_all(
        "all => all.map((one) => { const { width, height } = one.getBoundingClientRect();"
        " return [one.innerText || one.className, Math.min(width, height)]; })"
    )
    return [f"{text} {size:.1f} < {least:.1f}" for text, size in sizes if size < least]
