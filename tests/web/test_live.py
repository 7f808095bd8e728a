"""The socket client in a real browser, against a hub whose words are chosen."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.support.browser import NewPage
from tests.support.web_server import serving
from tests.web.scripted_hub import NOON, ScriptedHub, later, scripted_app

pytestmark = pytest.mark.asyncio(loop_scope="session")

SILENCE_MS = 12_000


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage) -> Page:
    """Without our content policy: `wait_for_function` evaluates strings, which it forbids."""
    return await new_page(bypass_csp=True)


async def states(page: Page) -> list[str]:
    return list(await page.evaluate("probe.states"))


async def stop_clock(page: Page) -> None:
    """Let the page's timers go on only when the test says so."""
    await page.clock.install(time=NOON)
    await page.clock.pause_at(later(1))


async def shows(page: Page, number: str) -> None:
    await expect(page.locator("#number")).to_have_text(number)


async def test_shows_the_newest_view_it_is_given(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await hub.show({"number": "A 002"})

    await shows(page, "A 002")
    assert hub.heard == [
        {"type": "watch", "view": "board", "centre": "an-binh", "subject": "zone-1"}
    ]


async def test_says_its_token_before_all_else(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe?token=t0k3n")

    await shows(page, "A 001")

    assert hub.heard[0] == {"type": "hello", "token": "t0k3n"}


async def test_a_new_epoch_counts_from_anew(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await hub.show({"number": "A 009"}, offset=9)
    await shows(page, "A 009")

    hub.epoch = "e2"
    await hub.show({"number": "B 002"}, offset=2)

    await shows(page, "B 002")


async def test_does_not_go_back_to_an_older_view(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await hub.show({"number": "A 009"}, offset=9)
    await shows(page, "A 009")

    await hub.show({"number": "A 007"}, offset=7)
    await hub.beat(at=later(5))
    await page.wait_for_function(
        "Math.abs(probe.line.now() - Date.parse('2026-11-23T05:00:05Z')) < 900"
    )

    await shows(page, "A 009")


async def test_comes_back_when_the_server_restarts(page: Page, hub: ScriptedHub) -> None:
    async with serving(scripted_app(hub)) as address:
        await page.goto(f"{address}/probe")
        await shows(page, "A 001")
    port = int(address.rpartition(":")[2])
    await page.wait_for_function("probe.line.state === 'reconnecting'")
    hub.bodies["board"] = {"number": "A 010"}
    hub.offset = 10

    async with serving(scripted_app(hub), port=port):
        await shows(page, "A 010")
        told = await states(page)
        await page.evaluate("probe.line.close()")

    assert told[0] == "live"
    assert told[-1] == "live"
    assert "lost" not in told


async def test_pauses_are_random_and_within_two_seconds(page: Page, hub: ScriptedHub) -> None:
    await page.add_init_script(
        """window.pauses = []; const real = setTimeout;
        window.setTimeout = (act, ms) => { pauses.push(ms); return real(act, ms / 100) };"""
    )
    async with serving(scripted_app(hub)) as address:
        await page.goto(f"{address}/probe")
        await shows(page, "A 001")
        await page.evaluate("pauses.length = 0")
    await page.wait_for_function("pauses.length >= 12")
    pauses = await page.evaluate("pauses.slice(0, 12)")
    await page.evaluate("probe.line.close()")

    assert all(0 <= pause <= 2_000 for pause in pauses)
    assert len(set(pauses)) == len(pauses)
    assert max(pauses) > 250, "they must grow"


async def test_twelve_seconds_of_silence_are_said_in_words(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await stop_clock(page)
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    hub.is_silent = True

    await page.clock.run_for(SILENCE_MS - 1)
    early = await states(page)
    await page.clock.run_for(1_001)

    assert early == ["live"]
    banner = page.locator("#connection")
    await expect(banner).to_have_text("Mất kết nối. Mời ông/bà theo dõi biển số tại quầy.")
    await expect(page.locator("#number")).to_have_css("opacity", "0.55")
    await shows(page, "A 001")


async def test_a_silent_socket_is_left_for_a_new_one(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await stop_clock(page)
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    hub.bodies["board"] = {"number": "A 020"}

    await page.clock.run_for(SILENCE_MS + 2_000)

    await hub.until(lambda: hub.connections == 2)
    await shows(page, "A 020")
    await expect(page.locator("#connection")).to_be_hidden()


async def test_stays_away_when_told_to(page: Page, site: str, hub: ScriptedHub) -> None:
    await stop_clock(page)
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await hub.hang_up(4501)
    await page.wait_for_function("probe.line.state === 'away'")
    await page.clock.run_for(60_000)

    assert (await states(page))[-1] == "away 4501"
    assert hub.connections == 1
    await expect(page.locator("#connection")).to_be_visible()


async def test_comes_back_after_being_too_slow(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await hub.hang_up(4001)

    await hub.until(lambda: hub.connections == 2)
    await page.wait_for_function("probe.line.state === 'live'")
    assert await states(page) == ["live", "reconnecting 4001", "live"]


async def test_starts_with_the_board_it_knew_when_the_server_is_down(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    hub.is_silent = True

    await page.reload()

    await expect(page.locator("#kept")).to_have_text("kept")
    await shows(page, "A 001")


async def test_yesterdays_board_is_not_shown(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    hub.is_silent = True
    await page.evaluate(
        """() => { const key = 'view:board|an-binh|zone-1';
        const kept = JSON.parse(localStorage.getItem(key));
        kept.origin.at -= 5 * 3600 * 1000;
        localStorage.setItem(key, JSON.stringify(kept)); }"""
    )

    await page.reload()
    await page.wait_for_function("!!window.probe")

    await shows(page, "–")


async def test_reloads_once_for_a_new_version(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    first = await page.evaluate("probe.loadedAt")
    hub.version = "0.2.0+next"

    async with page.expect_navigation():
        await hub.beat()
    await shows(page, "A 001")

    assert await page.evaluate("probe.loadedAt") != first
    boot = await page.locator("#boot").text_content()
    assert '"version":"0.2.0+next"' in str(boot)


async def test_does_not_reload_in_a_loop(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe?version=0.0.9")
    await shows(page, "A 001")
    async with page.expect_navigation():
        await hub.beat()
    await page.wait_for_function("probe.line.state === 'live'")
    second = await page.evaluate("probe.loadedAt")

    await hub.beat()
    await hub.show({"number": "A 030"})

    await shows(page, "A 030")
    assert await page.evaluate("probe.loadedAt") == second


async def test_a_busy_page_is_not_reloaded(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe?version=0.0.9&busy=yes")
    await shows(page, "A 001")
    first = await page.evaluate("probe.loadedAt")

    await hub.beat()
    await hub.show({"number": "A 031"})

    await shows(page, "A 031")
    assert await page.evaluate("probe.loadedAt") == first


async def test_keeps_the_servers_time(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await hub.beat(at=NOON)

    await page.wait_for_function(f"Math.abs(probe.line.now() - {NOON.timestamp() * 1000}) < 2000")
    assert await page.evaluate("probe.i18n.clockTime(probe.line.now())") == "12:00"


async def test_runs_as_fast_as_the_servers_clock(page: Page, site: str, hub: ScriptedHub) -> None:
    await stop_clock(page)
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    hub.clock_speed = 10.0
    await hub.beat(at=NOON)
    await page.wait_for_function(
        f"Math.abs(probe.line.now() - {NOON.timestamp() * 1000}) < 500", polling=20
    )
    before = await page.evaluate("probe.line.now()")

    await page.clock.run_for(4_000)

    assert await page.evaluate("probe.line.now()") - before == pytest.approx(40_000, abs=50)


async def test_reports_again_after_a_reconnection(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")
    await page.evaluate("probe.line.report('sound', 'suspended')")
    report: dict[str, object] = {"type": "report", "report": "sound", "value": "suspended"}
    await hub.until(lambda: hub.heard.count(report) == 1)

    await hub.hang_up(1012)

    await hub.until(lambda: hub.heard.count(report) == 2)


async def test_tells_a_watch_that_it_is_refused(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await hub.refuse("console", "not_at_this_counter")
    await hub.refuse("board", "unknown_name")

    await page.wait_for_function("probe.refused.length > 0")
    assert await page.evaluate("probe.refused") == ["unknown_name"]


async def test_unwatching_is_told_once(page: Page, site: str, hub: ScriptedHub) -> None:
    await page.goto(f"{site}/probe")
    await shows(page, "A 001")

    await page.evaluate("probe.unwatch(), probe.unwatch(), probe.line.report('last', 'word')")

    await hub.until(lambda: any(message["type"] == "report" for message in hub.heard))
    assert [message["type"] for message in hub.heard] == ["watch", "unwatch", "report"]
