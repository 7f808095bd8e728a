"""The parts of the manager's page in a real browser: profiles, what-ifs, the day so far."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from queue_server.api.what_if import WhatIfProcesses
from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Outcome
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import DESK, TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 390, "height": 844}
ANSWERED_WITHIN_MS = 20_000
FIVE = CounterId("counter-5")


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[LiveServer]:
    """The sample centre at 08:00, four counters calling, ready for what-ifs."""
    state = {"what_if": WhatIfProcesses()}
    with LiveServer(tmp_path, waiting=24, state=state) as server:
        yield server


async def part(open_as: OpenAs, name: str, language: str = "en", size: object = DESK) -> Page:
    page = await open_as("minh", f"/manager?language={language}#{name}", viewport=size)
    await expect(page.locator(".tabs a[aria-current='page']")).to_have_attribute("href", f"#{name}")
    return page


def cell(page: Page, counter: int, field: str) -> Locator:
    return page.locator(f"[data-cell='counter-{counter} {field}']")


def levels(server: LiveServer, number: int) -> dict[str, str]:
    (replica,) = server.core.replicas.loaded()
    profile = replica.centre.counters[CounterId(f"counter-{number}")].profile
    return {field: str(level) for field, level in profile.fields.items()}


@pytest.mark.parametrize(("language", "size"), [("vi", TABLET), ("en", PHONE)])
@pytest.mark.parametrize("name", ["now", "profiles", "what-if", "day"])
async def test_a_part_is_accessible_and_fits(
    open_as: OpenAs, name: str, language: str, size: dict[str, int]
) -> None:
    page = await part(open_as, name, language, size)
    ready = {"now": "[data-counter]", "profiles": "[data-cell]", "what-if": "#what-if-words"}
    await expect(page.locator(ready.get(name, "[data-chart='timeline']")).first).to_be_visible()

    assert await violations(page) == []
    assert await width_of(page) <= size["width"]


async def test_levels_are_set_by_keys_and_taken_back(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await part(open_as, "profiles")
    before = levels(live_server, 10)
    start = cell(page, 10, "land")
    await start.focus()

    await page.keyboard.press("3")
    await expect(start).to_have_text("3")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(cell(page, 10, "construction")).to_be_focused()
    await page.keyboard.press("0")
    await expect(cell(page, 10, "construction")).not_to_have_attribute("data-field", "construction")
    assert levels(live_server, 10) == {"land": "back_up"}

    await page.get_by_role("button", name="Undo").click()
    await expect(cell(page, 10, "construction")).to_have_text("2")
    await page.get_by_role("button", name="Undo").click()
    await expect(start).to_have_text("1")
    assert levels(live_server, 10) == before
    await expect(page.get_by_role("button", name="All back to what is")).to_be_disabled()


async def test_what_nobody_is_trained_for_is_asked_first(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await part(open_as, "profiles")
    await cell(page, 5, "land").focus()

    await page.keyboard.press("2")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Nobody entered that counter 5 is trained for this")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Secondary").click()

    await expect(cell(page, 5, "land")).to_have_text("2")
    assert levels(live_server, 5)["land"] == "secondary"
    await page.get_by_role("button", name="Counter 5: back to what is configured").click()
    await expect(cell(page, 5, "land")).to_have_text("")


async def test_a_level_is_chosen_from_a_menu(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await part(open_as, "profiles", "vi")

    await cell(page, 10, "land").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").get_by_role("button", name="Hỗ trợ").click()

    await expect(cell(page, 10, "land")).to_have_text("3")
    assert levels(live_server, 10)["land"] == "back_up"


async def test_a_level_is_dragged_to_another_counter(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await part(open_as, "profiles")
    ninth = page.locator("tr[data-counter='counter-9']")
    await cell(page, 10, "land").scroll_into_view_if_needed()
    source, target = await cell(page, 10, "land").bounding_box(), await ninth.bounding_box()
    assert source is not None
    assert target is not None

    await page.mouse.move(source["x"] + 10, source["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(target["x"] + 300, target["y"] + 20, steps=4)
    await expect(ninth).to_have_attribute("data-target", "")
    await page.mouse.up()
    await page.get_by_role("dialog").get_by_role("button", name="Secondary").click()

    await expect(cell(page, 9, "land")).to_have_text("2")
    assert levels(live_server, 9)["land"] == "secondary"


async def test_a_lifted_level_is_taken_back(open_as: OpenAs) -> None:
    page = await part(open_as, "profiles")
    await cell(page, 10, "land").focus()

    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#said")).to_have_text("Counter 9")
    await page.keyboard.press("Escape")

    await expect(page.locator("[data-target], [data-lifted]")).to_have_count(0)


async def test_a_change_in_words_is_tried(open_as: OpenAs) -> None:
    page = await part(open_as, "what-if", "vi")
    await page.get_by_label("Bằng lời").fill("quầy 4 nhận đất đai; đóng quầy 5")

    await page.keyboard.press("Enter")
    answer = page.locator("[data-answer]")
    await expect(answer).to_be_visible(timeout=ANSWERED_WITHIN_MS)

    land = answer.locator("[data-what-if-field='land']")
    await expect(land).to_contain_text(re.compile(r"[−+][\d,]+ ± [\d,]+ phút"))
    await expect(answer.locator("h3")).to_have_text("quầy 4 nhận đất đai; đóng quầy 5")
    assert await violations(page) == []


async def test_a_change_is_put_together_by_clicks(open_as: OpenAs) -> None:
    page = await part(open_as, "what-if")

    await page.get_by_role("button", name="A counter also takes a field").click()
    await page.get_by_label("Counter", exact=True).select_option("4")
    await page.get_by_label("Field").select_option("land")
    await page.get_by_label("Until").fill("11:00")
    await page.get_by_role("button", name="Add this change").click()
    await expect(page.locator(".change-chip")).to_contain_text(
        "Counter 4 also takes Land until 11:00"
    )
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator(".what-if-progress")).to_be_visible()

    answer = page.locator("[data-answer]")
    await expect(answer).to_be_visible(timeout=ANSWERED_WITHIN_MS)
    async with page.expect_download() as download:
        await answer.get_by_role("button", name="Table as CSV").click()
    assert (await download.value).suggested_filename.endswith(".csv")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("do something", "“do something” was not understood"),
        ("close 99", "There is no counter “99” here; there are 1, 2"),
        ("close 12", "Counter 12 is closed already."),
        ("counter 4 takes moon", "There is no field “moon” here"),
        ("close 4 9:00-8:30", "The end of the hours lies before their beginning."),
        ("40 clerks ill", "At most 3 can be ill"),
    ],
)
async def test_what_cannot_be_tried_is_said_in_a_sentence(
    open_as: OpenAs, words: str, sentence: str
) -> None:
    page = await part(open_as, "what-if")
    await page.get_by_label("In words").fill(words)

    await page.get_by_role("button", name="Try it").click()

    error = page.locator(".what-if .error")
    await expect(error).to_contain_text(sentence, timeout=ANSWERED_WITHIN_MS)


async def test_the_day_is_drawn_with_its_tables(open_as: OpenAs, live_server: LiveServer) -> None:
    live_server.do(c.StartServing(counter=FIVE))
    live_server.do(c.Complete(counter=FIVE, outcome=Outcome.ADVICE_ONLY))
    live_server.do(c.PauseCounter(counter=FIVE, reason="meeting"))
    page = await part(open_as, "day")

    arrivals = page.locator("[data-chart='arrivals']")
    await expect(arrivals).to_contain_text("24 people came so far")
    await arrivals.get_by_text("As a table").click()
    await expect(arrivals.locator("tbody tr").nth(1)).to_have_text(re.compile(r"08:00\s*24"))
    timeline = page.locator("[data-chart='timeline']")
    await expect(timeline.locator("svg .did-paused")).to_have_count(1)
    await timeline.get_by_text("As a table").click()
    row = timeline.locator("tbody tr", has_text=re.compile(r"^\s*5"))
    await expect(row).to_contain_text("Cán bộ 3")
    await expect(row).to_contain_text("Meeting")
    assert await violations(page) == []


async def test_who_waits_is_shown_by_procedure_and_zone(open_as: OpenAs) -> None:
    page = await part(open_as, "now")

    await page.get_by_role("button", name="By procedure").click()
    await expect(page.locator("[data-procedure-row]").first).to_be_visible()
    await page.get_by_role("button", name="By zone").click()
    await expect(page.locator("[data-zone-row='zone-b']")).to_contain_text("0 of 3")
    assert await violations(page) == []
    await page.get_by_role("button", name="By field").click()
