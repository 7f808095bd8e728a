"""The sign above a counter: its number, and in which state it is."""

import msgspec
import pytest
from playwright.async_api import Page, expect

from displays.counter_sign.view import Sign, sign_view
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.counter import Activity, Availability
from queue_server.core.identifiers import CentreId, CounterId, Language
from queue_server.hub.outlook import Outlook
from tests.support.accessibility import violations
from tests.support.boards import call_next, let_in, number_at
from tests.support.browser import NewPage
from tests.support.centres import BIRTH, Hall, rules
from tests.support.contrast import weak_contrasts
from tests.support.live_servers import LiveServer

TABLETS = ({"width": 1280, "height": 800}, {"width": 800, "height": 1280})
COUNTER = CounterId("counter-4")


def shown(hall: Hall, counter: str = "1") -> Sign:
    outlook = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)
    return sign_view(hall.centre, counter, outlook)


def test_follows_the_counter_from_call_to_break() -> None:
    hall = Hall()
    assert shown(hall).availability is Availability.CLOSED
    ticket = hall.issue(BIRTH, language=Language("en"))
    hall.do(c.CallNext(counter=hall.open("1")))

    called = shown(hall)
    assert (called.counter, called.ticket, called.activity) == (
        "1",
        ticket.number,
        Activity.CALLING,
    )
    assert called.call is not None
    assert called.call.language == "en"
    hall.do(c.Recall(counter=CounterId("1")))
    again = shown(hall).call
    assert again is not None
    assert again.is_recall
    assert again.id != called.call.id

    hall.do(c.StartServing(counter=CounterId("1")))
    assert shown(hall).activity is Activity.SERVING
    hall.do(c.Complete(counter=CounterId("1"), outcome="advice_only"))  # type: ignore[arg-type]
    hall.do(c.PauseCounter(counter=CounterId("1"), reason="break"))
    paused = shown(hall)
    assert (paused.ticket, paused.call, paused.availability) == (None, None, Availability.PAUSED)


def test_knows_nothing_of_a_counter_that_is_not_configured() -> None:
    hall = Hall()

    assert shown(hall, "cellar").counter is None
    empty = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)
    assert sign_view(Centre(id=CentreId("new")), "1", empty) == Sign()


def test_no_ticket_id_is_on_a_sign() -> None:
    hall = Hall()
    hall.issue()
    hall.do(c.CallNext(counter=hall.open("1")))
    text = msgspec.json.encode(shown(hall)).decode()

    assert not any(ticket in text for ticket in hall.centre.tickets)


async def opened(new_page: NewPage, server: LiveServer, **options: object) -> Page:
    page = await new_page(**{"viewport": TABLETS[0], **options})
    await let_in(page, server.url)
    await page.goto(f"{server.url}/sign?counter={COUNTER}")
    await expect(page.locator(".frame")).to_be_visible()
    return page


async def is_whole(page: Page) -> bool:
    """Nothing is cut off, and the number is all there is beside the counter's."""
    fits: bool = await page.evaluate(
        """() => [...document.querySelectorAll("section")].every((box) => {
            const outer = box.getBoundingClientRect();
            return [...box.querySelectorAll("b, p, h1")].every((each) => {
                const inner = each.getBoundingClientRect();
                return inner.left >= outer.left - 1 && inner.right <= outer.right + 1
                    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
                    && each.scrollWidth <= each.clientWidth + 1;
            });
        })"""
    )
    return fits


@pytest.mark.asyncio(loop_scope="session")
async def test_every_state_is_told_by_word_number_and_colour(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await opened(new_page, server)
    number = call_next(server, COUNTER)
    grounds = set()

    for change, word, said in (
        (None, "Mời số", number),
        (c.StartServing(counter=COUNTER), "Đang phục vụ", number),
        (c.Complete(counter=COUNTER, outcome="advice_only"), "Sẵn sàng", None),  # type: ignore[arg-type]
        (c.PauseCounter(counter=COUNTER, reason="meeting"), "Đang tạm nghỉ", None),
        (c.CloseCounter(counter=COUNTER), "Đang đóng", None),
    ):
        if change is not None:
            server.do(change)
        await expect(page.locator(".state-word")).to_contain_text(word)
        numbers = page.locator(".state-number")
        await (expect(numbers).to_have_text(said) if said else expect(numbers).to_have_count(0))
        grounds.add(
            await page.locator(".state").evaluate("it => getComputedStyle(it).backgroundColor")
        )
        for size in TABLETS:
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            assert await is_whole(page)
        assert await weak_contrasts(page, 7) == []
        assert await violations(page) == []

    assert len(grounds) == 5
    server.do(c.OpenCounter(counter=COUNTER))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("reduced_motion", ["reduce", "no-preference"])
async def test_a_call_moves_and_a_citizen_being_served_is_calm(
    server: LiveServer, new_page: NewPage, reduced_motion: str
) -> None:
    page = await opened(new_page, server, reduced_motion=reduced_motion)
    animation = "it => getComputedStyle(it, '::after').animationName"
    call_next(server, COUNTER)
    await expect(page.locator(".state-number")).to_have_text(number_at(server, COUNTER))

    moving = await page.locator(".state").evaluate(animation)
    assert (moving == "none") == (reduced_motion == "reduce")
    server.do(c.StartServing(counter=COUNTER))
    await expect(page.locator(".is-serving")).to_be_visible()
    assert await page.locator(".state").evaluate(animation) == "none"
    server.do(c.Complete(counter=COUNTER, outcome="advice_only"))  # type: ignore[arg-type]


@pytest.mark.asyncio(loop_scope="session")
async def test_an_unknown_counter_is_told(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page()
    await let_in(page, server.url)
    await page.goto(f"{server.url}/sign?counter=cellar")

    await expect(page.locator(".hint")).to_contain_text("Quầy này chưa được cấu hình")
