"""The page of paper in a real browser: seen at once, saved as configuration, refused in words."""

from base64 import b64decode

import pytest
from playwright.async_api import Page, expect

from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.paper_samples import sample_logo
from tests.support.staff_pages import DESK, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def open_page(open_as: OpenAs, path: str = "/paper?language=en", **options: object) -> Page:
    page = await open_as("admin", path, **options)
    await expect(page.locator(".preview-80 img")).to_be_visible()
    return page


def slip_of(server: LiveServer) -> object:
    (replica,) = server.core.replicas.loaded()
    return replica.centre.facts.slips.ticket


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("across", [1600, 390])
async def test_the_page_can_be_used_by_everybody(
    open_as: OpenAs, language: str, across: int
) -> None:
    size = {"width": across, "height": 900}
    page = await open_page(open_as, f"/paper?language={language}", viewport=size)

    assert await violations(page) == []
    assert await width_of(page) <= across


async def test_what_is_changed_is_seen_and_then_saved(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_page(open_as, viewport=DESK)
    before = await page.locator(".preview-80 img").get_attribute("src")

    await page.locator("[name=footer-vi]").fill("Xin cảm ơn ông/bà")
    await page.locator("[data-part=place] .button").first.click()
    await page.get_by_label("Large").check()
    await expect(page.get_by_text("Changed, not saved yet.")).to_be_visible()
    await expect(page.locator(".preview-80 img")).not_to_have_attribute("src", str(before))
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".toast-done")).to_be_visible()

    (replica,) = live_server.core.replicas.loaded()
    saved = replica.centre.facts.slips.ticket
    assert saved.footer == {"vi": "Xin cảm ơn ông/bà"}
    assert saved.text_size == "large"
    assert list(saved.parts)[:4] == ["centre", "number", "place", "procedure"]
    await expect(page.get_by_text("As it is printed now.")).to_be_visible()


async def test_a_part_is_left_out_and_the_usual_order_taken_back(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_page(open_as, viewport=DESK)

    await page.locator("[data-part=papers] input").uncheck()
    await expect(page.locator("[data-part=papers]")).to_have_class("is-left-out")
    await expect(page.locator("[data-part=number] input")).to_be_disabled()
    await page.get_by_role("button", name="Usual order").click()

    await expect(page.get_by_text("As it is printed now.")).to_be_visible()
    assert slip_of(live_server) is not None


async def test_a_logo_is_taken_from_a_file_and_made_small(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_page(open_as, viewport=DESK)
    data = b64decode(sample_logo(900, 500))

    await page.locator("#logo").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": data}
    )
    await expect(page.locator("img.logo")).to_be_visible()
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".toast-done")).to_be_visible()

    (replica,) = live_server.core.replicas.loaded()
    saved = b64decode(replica.centre.facts.logo)
    assert saved[:4] == b"\x89PNG"
    assert int.from_bytes(saved[16:20], "big") == 432


async def test_a_file_that_is_no_picture_is_refused_in_words(open_as: OpenAs) -> None:
    page = await open_page(open_as, viewport=DESK)

    await page.locator("#logo").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": b"no picture"}
    )

    await expect(page.locator(".toast-warning")).to_contain_text("no picture")


async def test_forms_are_seen_on_rolls_and_sheets(open_as: OpenAs) -> None:
    page = await open_page(open_as, viewport=DESK)

    await page.get_by_role("button", name="Form 02: supplement").click()

    for size in ("A5", "A4", "80", "58"):
        await expect(page.locator(f".preview-{size} img")).to_be_visible()
    await expect(page.locator("[data-part=reason] input")).to_be_disabled()


async def test_what_cannot_be_printed_is_told_and_not_saved(open_as: OpenAs) -> None:
    page = await open_page(open_as, viewport=DESK)

    await page.get_by_role("button", name="Form 03: refusal").click()
    await page.locator(".input-version").fill(" ")
    await page.locator(".input-version").press("Tab")

    await expect(page.locator(".paper-foot .is-danger")).to_contain_text(
        "documents.refusal.version"
    )
    await expect(page.get_by_role("button", name="Save")).to_be_disabled()


async def test_the_page_is_for_administrators(open_as: OpenAs) -> None:
    page = await open_as("minh", "/paper?language=en")

    await expect(page.get_by_text("This page is not for your account")).to_be_visible()
