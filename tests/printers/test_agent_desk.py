"""An agent that falls silent is missed once, and one that waits is woken by paper."""

import asyncio

import pytest
from msgspec.structs import replace

from printers.agent_desk import AWAY_AFTER_S, FIRST_GRACE_S, AgentDesk, open_job
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition
from tests.support.centres import COPY, Hall, small_configuration

FRONT = PrinterId("front")


class HandSetSeconds:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def hall() -> Hall:
    row = PrinterConfiguration(id=FRONT, address="10.0.0.9:9100", has_agent=True)
    return Hall(replace(small_configuration(), printers={FRONT: row}, kiosk_printer=FRONT))


@pytest.fixture
def clock() -> HandSetSeconds:
    return HandSetSeconds()


def test_an_agent_that_falls_silent_is_missed_once(hall: Hall, clock: HandSetSeconds) -> None:
    desk = AgentDesk(clock)
    desk.heard(hall.centre.id, FRONT)
    clock.now_s += AWAY_AFTER_S - 0.1
    assert list(desk.missing(hall.centre)) == []

    clock.now_s += 0.1

    assert list(desk.missing(hall.centre)) == [FRONT]
    assert list(desk.missing(hall.centre)) == []
    desk.heard(hall.centre.id, FRONT)
    clock.now_s += AWAY_AFTER_S
    assert list(desk.missing(hall.centre)) == [FRONT]


def test_an_agent_that_never_came_is_missed_after_a_while(
    hall: Hall, clock: HandSetSeconds
) -> None:
    desk = AgentDesk(clock)
    clock.now_s += FIRST_GRACE_S - 0.1
    assert list(desk.missing(hall.centre)) == []

    clock.now_s += 0.1

    assert list(desk.missing(hall.centre)) == [FRONT]


def test_an_agent_that_sends_a_paper_may_be_silent_for_longer(
    hall: Hall, clock: HandSetSeconds
) -> None:
    desk = AgentDesk(clock)
    hall.issue(COPY)
    (job,) = hall.centre.prints
    hall.do(c.StartPrint(job=job, printer=FRONT, sender="agent"))
    desk.heard(hall.centre.id, FRONT)

    clock.now_s += AWAY_AFTER_S

    assert list(desk.missing(hall.centre)) == []


def test_the_oldest_open_job_is_next(hall: Hall) -> None:
    first, second = hall.issue(COPY), hall.issue(COPY)

    job = open_job(hall.centre, FRONT)
    assert job is not None
    assert job.ticket == first.id
    hall.do(c.StartPrint(job=job.id, printer=FRONT))
    job = open_job(hall.centre, FRONT)
    assert job is not None
    assert job.ticket == second.id


def test_a_printer_that_stopped_is_given_nothing(hall: Hall) -> None:
    hall.issue(COPY)
    hall.do(c.ReportPrinter(printer=FRONT, condition=Condition.COVER_OPEN))
    assert open_job(hall.centre, FRONT) is None

    hall.do(c.ReportPrinter(printer=FRONT, condition=Condition.READY))

    assert open_job(hall.centre, FRONT) is not None


async def test_who_waits_is_woken_by_paper(hall: Hall) -> None:
    desk = AgentDesk()
    has_looked = asyncio.Event()

    def present() -> Centre:
        has_looked.set()
        return hall.centre

    waiting = asyncio.create_task(desk.next_job(present, FRONT, 30.0))
    await has_looked.wait()
    hall.issue(COPY)
    desk.hear(hall.commits[-1])

    async with asyncio.timeout(5):
        job = await waiting

    assert job is not None


async def test_who_waits_for_nothing_is_answered_in_time(hall: Hall) -> None:
    assert await AgentDesk().next_job(lambda: hall.centre, FRONT, 0.01) is None
