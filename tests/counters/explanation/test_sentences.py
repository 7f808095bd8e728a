"""The sentences staff read, in both languages, and who may ask for them."""

import re
from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx2
import pytest
import pytest_asyncio
from msgspec.structs import replace

from counters.explanation.routes import ROUTES
from counters.explanation.sentences import Speaker
from counters.routing.explain import explain
from counters.routing.reasons import Reason, ReasonKind
from queue_server.app import core_of
from queue_server.core import commands as c
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CentreId, CounterId, TicketId
from queue_server.core.ticket import Ticket
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import BIRTH, COPY, ELDERLY, MORNING, Hall, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server, submit

ONE, TWO = CounterId("1"), CounterId("2")
ADDRESS = "/api/v1/centres/test"


def passed(hall: Hall) -> Ticket:
    """H001 waits 7 minutes; counter 2 calls C001, which began 4 minutes later."""
    hall.open("2")
    ticket = hall.issue(BIRTH)
    hall.later(minutes=4)
    hall.issue(COPY)
    hall.later(minutes=3)
    hall.do(c.CallNext(counter=TWO))
    return ticket


def said(hall: Hall, ticket: Ticket, language: str) -> tuple[str, list[str]]:
    speaker = Speaker(hall.centre, language)
    explanation = explain(hall.centre, ticket.id, hall.commits)
    sentences = [speaker.passing(each, ticket.procedure) for each in explanation.passings]
    return speaker.summary(explanation), sentences


def test_the_level_is_said_in_both_languages() -> None:
    hall = Hall()
    ticket = passed(hall)

    assert said(hall, ticket, "en") == (
        "1 number that came later went before H001: main service of the counter (1).",
        [
            "C001 went first at counter 2: the counter mainly serves certification; civil status"
            " is a back-up there and must have waited about 3.3 times as long."
        ],
    )
    assert said(hall, ticket, "vi") == (
        "Có 1 số đến sau được gọi trước H001 vì là việc chính của quầy (1 số).",
        [
            "Số C001 được gọi trước ở quầy 2: việc chính của quầy là chứng thực; hộ tịch ở đây chỉ"
            " là việc hỗ trợ, phải chờ lâu gấp khoảng 3,3 lần."
        ],
    )


def test_priority_is_said_with_what_it_counts_as() -> None:
    hall = Hall()
    hall.open("1")
    ticket = hall.issue(BIRTH)
    hall.later(minutes=20)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.do(c.CallNext(counter=ONE))

    assert said(hall, ticket, "vi")[1] == [
        "Số H002 được gọi trước ở quầy 1: đối tượng ưu tiên (Người cao tuổi), được tính như đã"
        " chờ 1 giờ 30 phút."
    ]


def test_who_was_not_passed_is_told_so() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    hall.later(minutes=1)
    ticket = hall.issue(BIRTH)

    assert said(hall, ticket, "en")[0] == (
        "Nobody was called before H002 at a counter that serves it."
    )
    hall.do(c.CallNext(counter=ONE))
    assert said(hall, ticket, "en") == (
        "H002 was not passed: the one called before it had waited longer.",
        ["H001 went first at counter 1: it had waited longer, 1 min."],
    )


@pytest.mark.parametrize("kind", ReasonKind)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_has_its_sentences(kind: ReasonKind, language: str) -> None:
    hall = Hall()
    ticket = passed(hall)
    [passing] = explain(hall.centre, ticket.id, hall.commits).passings
    reason = Reason(
        kind=kind,
        level=Level.SECONDARY,
        own_level=Level.BACK_UP,
        priority_class=ELDERLY,
        appointment_at=MORNING,
        equals=3,
        text="wheelchair",
    )
    speaker = Speaker(hall.centre, language)

    sentences = (
        speaker.passing(replace(passing, reason=reason), BIRTH),
        speaker.called(reason, ticket.id),
    )

    for sentence in sentences:
        assert sentence.endswith("."), sentence
        assert sentence[0].isupper(), sentence
        assert not re.search(r"%\(|\{|\bNone\b", sentence), sentence


@pytest_asyncio.fixture
async def asking() -> AsyncIterator[httpx2.AsyncClient]:
    """A server where H001 was passed by C001 at counter 2."""
    clock = HandSetClock(MORNING)
    parts = parts_for(MemoryJournal(clock), clock)
    parts.routes = ROUTES
    core = core_of(parts)
    centre = CentreId("test")
    async with running_server(parts, small_configuration(), core) as client:
        for command in (
            c.TakeCounter(counter=TWO, staff="hoa", name="Hoa"),  # type: ignore[arg-type]
            c.OpenCounter(counter=TWO),
            c.IssueTicket(ticket=TicketId("1" * 32), procedure=BIRTH),
        ):
            await submit(core, centre, command)
        clock.later(minutes=4)
        await submit(core, centre, c.IssueTicket(ticket=TicketId("2" * 32), procedure=COPY))
        clock.later(minutes=3)
        await submit(core, centre, c.CallNext(counter=TWO))
        yield client


LAN = {"Authorization": "Bearer lan"}


@pytest.mark.parametrize("path", [f"/tickets/{'1' * 32}", "/numbers/h1"])
async def test_staff_are_answered_by_ticket_and_by_number(
    asking: httpx2.AsyncClient, path: str
) -> None:
    answer = await asking.get(f"{ADDRESS}{path}/explanation?language=en", headers=LAN)

    body = answer.json()
    assert body["number"] == "H001"
    assert body["sentence"].startswith("1 number that came later went before H001")
    [first] = body["went_first"]
    assert (first["number"], first["counter_number"], first["is_later"]) == ("C001", "2", True)
    assert first["reason"]["kind"] == "level"
    assert body["called"] is None


async def test_why_this_one_is_one_sentence(asking: httpx2.AsyncClient) -> None:
    answer = await asking.get(f"{ADDRESS}/tickets/{'2' * 32}/why-called?language=en", headers=LAN)

    assert answer.json()["sentence"] == (
        "A main service of this counter; others must have waited much longer here."
    )


@pytest.mark.parametrize("who", ["", "kiosk", "board"])
async def test_only_staff_who_work_there_may_ask(asking: httpx2.AsyncClient, who: str) -> None:
    headers = {"Authorization": f"Bearer {who}"} if who else {}

    for path in (f"/tickets/{'1' * 32}/explanation", "/numbers/H001/explanation"):
        answer = await asking.get(ADDRESS + path, headers=headers)
        assert answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


async def test_an_unknown_number_is_refused_by_name(asking: httpx2.AsyncClient) -> None:
    answer = await asking.get(f"{ADDRESS}/numbers/X999/explanation", headers=LAN)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.json()["code"] == "unknown_name"
