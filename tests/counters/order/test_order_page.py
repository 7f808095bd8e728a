"""The page of the order in a real browser: read, tried, changed, restored."""

import pytest
from playwright.async_api import Page, expect

from counters.routing.strategies import STRATEGIES
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 390, "height": 844}


def routing(server: LiveServer) -> RoutingRules:
    (replica,) = server.core.replicas.loaded()
    return replica.centre.facts.routing


async def order_page(open_as: OpenAs, language: str = "en", **options: object) -> Page:
    page = await open_as("minh", f"/order?language={language}", **options)
    await expect(page.locator(".mode")).to_have_count(4)
    return page


@pytest.mark.parametrize(
    ("language", "size"), [("vi", TABLET), ("en", TABLET), ("vi", PHONE), ("en", PHONE)]
)
async def test_the_page_is_accessible_and_fits(
    open_as: OpenAs, language: str, size: dict[str, int]
) -> None:
    page = await order_page(open_as, language, viewport=size)

    assert await violations(page) == []
    assert await width_of(page) <= size["width"]


async def test_a_change_is_tried_before_it_is_saved(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await order_page(open_as)

    await page.get_by_role("radio", name="Fast").check()
    await page.get_by_label("Window of equals, minutes").fill("60")
    await page.keyboard.press("Tab")

    await expect(page.get_by_text("With your changes, which are not saved yet.")).to_be_visible()
    await expect(page.get_by_text("would draw one of")).to_be_visible()
    assert routing(live_server) == RoutingRules()
    assert await violations(page) == []

    await page.get_by_role("button", name="Save, from the next call on").click()
    await expect(page.get_by_text("The new order is in force")).to_be_visible()
    assert routing(live_server) == RoutingRules(mode=RoutingMode.FAST, draw_window_s=3600)
    await expect(page.get_by_role("radio", name="Fast")).to_be_checked()

    await page.get_by_role("button", name="Restore defaults").click()
    await expect(page.get_by_text("The defaults are in force")).to_be_visible()
    assert routing(live_server) == RoutingRules()


async def test_what_does_not_hold_together_is_refused_in_words(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await order_page(open_as)

    await page.get_by_label("Weight of back-up services").fill("0.9")
    await page.keyboard.press("Tab")

    await expect(page.get_by_role("alert")).to_contain_text("0 < back_up_weight ≤ secondary_weight")
    assert routing(live_server) == RoutingRules()


async def test_an_unknown_strategy_is_refused_naming_the_known_ones(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await order_page(open_as)

    answer = await page.request.post(
        f"{live_server.url}/api/v1/centres/{live_server.centre}/routing",
        data={"routing": {"strategy": "fastest_first"}},
    )

    assert answer.status == 422
    detail = (await answer.json())["detail"]
    assert all(name in detail for name in STRATEGIES)


async def test_clerks_neither_see_nor_change_the_order(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_as("lan", "/order?language=en")
    await expect(
        page.get_by_role("heading", name="This page is not for your account")
    ).to_be_visible()

    for path in ("routing", "routing/trial"):
        answer = await page.request.post(
            f"{live_server.url}/api/v1/centres/{live_server.centre}/{path}",
            data={"routing": {}, "counter": "counter-3"},
        )
        assert answer.status == 403


async def test_the_example_is_of_the_chosen_counter(open_as: OpenAs) -> None:
    page = await order_page(open_as)

    await page.get_by_role("combobox", name="Counter").select_option(label="7")

    await expect(page.get_by_text("Counter 7 would call")).to_be_visible()


@pytest.mark.parametrize(("language", "mark"), [("vi", ","), ("en", ".")])
async def test_a_number_has_the_readers_decimal_mark_and_may_have_either(
    open_as: OpenAs, live_server: LiveServer, language: str, mark: str
) -> None:
    page = await order_page(open_as, language)
    weight, mode_number = (
        page.locator(f"#{name}") for name in ("secondary_weight", "length_exponent")
    )

    await expect(weight).to_have_value(f"0{mark}6")
    await expect(mode_number).to_have_attribute("placeholder", f"0{mark}5")
    for typed in ("0,7", "0.7"):
        await weight.fill(typed)
        await page.keyboard.press("Tab")
        await expect(page.locator("#secondary_weight-words")).to_contain_text(f"1{mark}4")
    await page.locator("form.order .button-main").click()

    await expect(page.locator("#toasts")).not_to_be_empty()
    assert routing(live_server).secondary_weight == 0.7
