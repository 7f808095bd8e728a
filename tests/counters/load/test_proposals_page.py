"""Proposals on the manager's page: said with what they bring, accepted, ended, declined."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import CounterId, FieldId, StaffId
from queue_server.core.proposals import Effect, Proposal
from tests.support.accessibility import violations
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import DESK, OpenAs

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIVE, NINE = CounterId("counter-5"), CounterId("counter-9")
UNTIL = MORNING + timedelta(minutes=90)


def propose(server: LiveServer, *proposals: Proposal) -> None:
    server.do(c.MakeProposals(proposals=proposals, valid_until=MORNING + timedelta(minutes=10)))


def proposal(server: LiveServer, name: str = "p1", **more: object) -> Proposal:
    """Counter 5 takes the first field that somebody waits for and it does not serve."""
    centre = server.core.replicas.loaded()[0].centre
    served = centre.counters[FIVE].profile.fields
    field = next(field for field in centre.waiting.values() if field not in served)
    values: Mapping[str, object] = {
        "counter": FIVE,
        "takes": {field: Level.SECONDARY},
        "field": field,
        "field_effect": Effect(-1260.0, 240.0),
        "others_effect": Effect(18.0, 12.0),
        "all_effect": Effect(-200.0, 60.0),
        **more,
    }
    return Proposal(id=name, until=UNTIL, **values)  # type: ignore[arg-type]


def fields_of(server: LiveServer, counter: CounterId = FIVE) -> set[FieldId]:
    return set(server.core.replicas.loaded()[0].centre.counters[counter].profile.fields)


async def opened(open_as: OpenAs, language: str = "en") -> Page:
    page = await open_as("minh", f"/manager?language={language}", viewport=DESK)
    await expect(page.locator(".proposals")).to_be_visible()
    return page


async def test_a_proposal_is_accepted_and_ended(live_server: LiveServer, open_as: OpenAs) -> None:
    one = proposal(live_server)
    before = fields_of(live_server)
    propose(live_server, one)
    page = await opened(open_as)

    card = page.locator("[data-proposal='p1']")
    await expect(card).to_contain_text(re.compile(r"Counter 5 also takes .+ until 09:30\."))
    await expect(card).to_contain_text("−21 (±4) min, in the others: +0.3 (±0.2) min")
    assert await violations(page) == []
    await card.get_by_role("button", name="Accept").click()

    held = page.locator("[data-in-force='p1']")
    await expect(held).to_contain_text(re.compile(r"Back to before in (1 h 30|1 h 29) min"))
    await expect(page.locator("[data-counter='counter-5'] .changed")).to_contain_text("until 09:30")
    assert fields_of(live_server) == before | set(one.takes)
    assert await violations(page) == []
    await held.get_by_role("button", name="End it now").click()
    await expect(held).to_have_count(0)
    assert fields_of(live_server) == before


async def test_a_proposal_is_declined(live_server: LiveServer, open_as: OpenAs) -> None:
    propose(live_server, proposal(live_server))
    page = await opened(open_as, "vi")

    card = page.locator("[data-proposal='p1']")
    await expect(card).to_contain_text("Quầy 5 nhận thêm")
    await expect(card).to_contain_text("−21 (±4) phút, các lĩnh vực khác: +0,3 (±0,2) phút")
    await card.get_by_role("button", name="Không đồng ý").click()

    await expect(card).to_have_count(0)
    state = live_server.core.replicas.loaded()[0].centre.proposals["p1"]
    assert state.answer == "declined"


async def test_what_does_not_fit_any_more_is_said(live_server: LiveServer, open_as: OpenAs) -> None:
    one = proposal(live_server)
    propose(live_server, one)
    page = await opened(open_as)
    profile = WorkProfile(
        fields={**dict.fromkeys(fields_of(live_server), Level.PRIMARY), **one.takes}
    )
    live_server.do(c.ChangeWorkProfile(counter=FIVE, profile=profile))

    await page.locator("[data-proposal='p1']").get_by_role("button", name="Accept").click()

    await expect(page.get_by_text("It is so already.")).to_be_visible()


async def test_opening_a_counter_is_asked_of_people(
    live_server: LiveServer, open_as: OpenAs
) -> None:
    propose(live_server, proposal(live_server, counter=NINE, takes={}, opens=True))
    page = await opened(open_as)
    await expect(page.locator("[data-proposal='p1']")).to_contain_text("Open counter 9.")
    await page.get_by_role("button", name="Accept").click()

    held = page.locator("[data-in-force='p1']")
    await expect(held).to_contain_text("Counter 9 should be opened")
    live_server.do(c.TakeCounter(counter=NINE, staff=StaffId("nine")))
    live_server.do(c.OpenCounter(counter=NINE))
    await expect(held).to_have_count(0)


async def test_graded_profiles_leave_little_to_gain_and_the_page_says_so(
    live_server: LiveServer, open_as: OpenAs
) -> None:
    page = await opened(open_as)
    section = page.locator(".proposals")
    await expect(section).to_contain_text("changing work profiles has little left to gain")

    fewer = dict.fromkeys(sorted(fields_of(live_server))[:1], Level.PRIMARY)
    live_server.do(c.ChangeWorkProfile(counter=FIVE, profile=WorkProfile(fields=fewer)))

    await expect(section).to_contain_text("No change of a work profile would clearly shorten")


async def test_automatic_rebalancing_is_switched_by_the_manager(
    live_server: LiveServer, open_as: OpenAs
) -> None:
    page = await opened(open_as)
    box = page.get_by_role("checkbox", name="Added fields happen by themselves")
    await expect(box).not_to_be_checked()
    await box.check()
    await expect(page.get_by_text("Changes happen by themselves now.")).to_be_visible()
    propose(live_server, proposal(live_server))

    await expect(page.locator("[data-in-force='p1']")).to_contain_text("Changed automatically.")
