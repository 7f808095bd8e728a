"""The phone's page asks for messages, and its worker shows them with no page open."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.identifiers import TicketId
from queue_server.push.keys import public_key, server_key
from queue_server.push.routes import Push
from queue_server.push.subscriptions import Subscriptions
from tests.displays.phone.steps import PHONE, issue
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer
from tests.support.push_phones import PhoneBrowser

pytestmark = pytest.mark.asyncio(loop_scope="session")

SERVICE = "https://fcm.googleapis.com/fcm/send/phone"
ROW = ".switch:has-text('Tin báo')"


class Followed(LiveServer):
    """A server that sends messages."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
        migrate(self.engine)
        self.subscriptions = Subscriptions(self.engine)
        self.key = public_key(server_key(folder / "push.key"))
        push = Push(subscriptions=self.subscriptions, public_key=self.key)
        super().__init__(folder, state={"push": push})


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    followed = Followed(tmp_path_factory.mktemp("data"))
    with followed:
        yield followed
    followed.engine.dispose()


async def allowed(page: Page, server: LiveServer) -> None:
    await page.context.grant_permissions(["notifications"], origin=server.url)


async def with_push_service(page: Page) -> None:
    """What the browser's push service answers; the real one is in the internet."""
    keys = PhoneBrowser().keys
    given = {"endpoint": SERVICE, "keys": {"p256dh": keys.p256dh, "auth": keys.auth}}
    await page.add_init_script(
        f"""const given = {json.dumps(given)};
        let kept = null;
        const made = {{ toJSON: () => given, unsubscribe: async () => {{ kept = null; }} }};
        PushManager.prototype.subscribe = async (options) => {{
          window.asked = options; return (kept = made);
        }};
        PushManager.prototype.getSubscription = async () => kept;"""
    )


async def opened(server: LiveServer, new_page: NewPage) -> tuple[Page, TicketId]:
    page = await new_page(viewport=PHONE)
    await allowed(page, server)
    await with_push_service(page)
    ticket = issue(server)
    await page.goto(f"{server.url}/t/{ticket}")
    return page, ticket


async def test_a_phone_asks_to_be_told_and_not_any_more(
    server: Followed, new_page: NewPage
) -> None:
    page, ticket = await opened(server, new_page)
    row = page.locator(ROW)
    await row.get_by_role("button", name="Bật").click()

    await expect(row.get_by_text("đang bật")).to_be_visible()
    await expect(page.get_by_text("Ông/bà có thể cất điện thoại")).to_be_visible()
    assert await violations(page) == []
    (phone,) = server.subscriptions.of_ticket(ticket)
    assert (phone.endpoint, phone.language) == (SERVICE, "vi")
    asked = await page.evaluate("window.asked")
    assert asked == {"userVisibleOnly": True, "applicationServerKey": server.key}

    await row.get_by_role("button", name="Tắt").click()
    await expect(row.get_by_text("đang tắt")).to_be_visible()
    assert server.subscriptions.of_ticket(ticket) == []


async def test_where_no_push_service_is_reached_it_says_so(
    server: Followed, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    await allowed(page, server)
    await page.add_init_script(
        "PushManager.prototype.subscribe = () => Promise.reject(new DOMException('', 'AbortError'))"
    )
    await page.goto(f"{server.url}/t/{issue(server)}")
    row = page.locator(ROW)

    await row.get_by_role("button", name="Bật").click()

    await expect(row.get_by_text("chưa bật được")).to_be_visible()


async def test_the_worker_shows_a_message_without_the_page(
    server: Followed, new_page: NewPage
) -> None:
    page, ticket = await opened(server, new_page)
    await page.locator(ROW).get_by_role("button", name="Bật").click()
    await expect(page.locator(ROW).get_by_text("đang bật")).to_be_visible()
    registration = await registration_of(page)
    told = {"kind": "turn", "title": "Đến lượt", "body": "Quầy 1", "tag": ticket, "path": "/"}

    await registration.deliver(server.url, told)

    shown = await page.wait_for_function(
        """async () => {
            const registration = await navigator.serviceWorker.ready;
            const found = await registration.getNotifications();
            return found.length && found.map(({ title, body, tag }) => [title, body, tag]);
        }""",
        polling=100,
    )
    assert await shown.json_value() == [["Đến lượt", "Quầy 1", ticket]]


class Registration:
    """A service worker, driven as a push service drives it."""

    def __init__(self, wire: Any, name: str) -> None:
        self._wire, self._name = wire, name

    async def deliver(self, origin: str, message: object) -> None:
        await self._wire.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": self._name, "data": json.dumps(message)},
        )


async def registration_of(page: Page) -> Registration:
    wire = await page.context.new_cdp_session(page)
    found: list[str] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    await wire.send("ServiceWorker.enable")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return Registration(wire, found[0])


async def test_the_worker_is_never_kept_by_a_cache(server: Followed, new_page: NewPage) -> None:
    page = await new_page()
    answer = await page.request.get(f"{server.url}/t/worker.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
