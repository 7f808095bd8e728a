"""Old pictures, overdue names and orphaned names go; everything that is needed stays."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from queue_server.app import Core, core_of
from queue_server.archive.database import DatabaseUnavailable, open_database
from queue_server.archive.migrate import migrate
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, CounterId, PersonRef, StaffId, TicketId
from queue_server.core.ticket import Outcome
from queue_server.housekeeping import House, tidy
from queue_server.intake.dossier import Person
from queue_server.intake.register import Register
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import BIRTH, MORNING, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit

CENTRE = small_configuration().id
ONE = CounterId("1")
DAY = timedelta(days=1)
KEEP_FOR = timedelta(days=90)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock(MORNING + 2 * DAY)


@pytest.fixture
def core(clock: HandSetClock) -> Core:
    return core_of(parts_for(MemoryJournal(clock), clock))


@pytest.fixture
def house(tmp_path: Path, engine: Engine, clock: HandSetClock, core: Core) -> House:
    return House(
        paper=(tmp_path / "pictures", tmp_path / "spool"),
        register=Register(engine),
        engine=engine,
        replicas=core.replicas,
        clock=clock,
        machine=clock,
    )


def person_of(house: House, age: timedelta, centre: CentreId = CENTRE) -> PersonRef:
    """Somebody who was saved that long ago."""
    saved_at = house.clock.now() - age
    return house.register.save_person(
        centre, Person(name="Nguyễn Văn An"), now=saved_at, keep_for=KEEP_FOR
    )


def file_of(folder: Path, name: str, house: House, age: timedelta) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.touch()
    written_s = (house.machine.now() - age).timestamp()
    os.utime(path, (written_s, written_s))
    return path


async def test_paper_of_past_days_goes(house: House) -> None:
    pictures, spool = house.paper
    old = [file_of(folder, "old", house, timedelta(days=2, minutes=1)) for folder in house.paper]
    new = [file_of(folder, "new", house, timedelta(days=1, hours=23)) for folder in house.paper]

    await tidy(house)

    assert [path.exists() for path in (*old, *new)] == [False, False, True, True]
    assert pictures != spool


async def test_folders_that_were_never_needed_are_no_trouble(house: House) -> None:
    await tidy(house)

    assert not house.paper[0].exists()


async def test_names_are_erased_when_their_time_has_passed(house: House) -> None:
    overdue, kept = person_of(house, KEEP_FOR), person_of(house, timedelta(hours=1))

    await tidy(house)

    assert house.register.person(overdue) is None
    assert house.register.person(kept) is not None


async def test_names_that_no_commit_refers_to_are_swept_after_a_day(
    house: House, core: Core
) -> None:
    orphan, young = person_of(house, 2 * DAY), person_of(house, timedelta(hours=23))
    others = person_of(house, 2 * DAY, CentreId("other"))
    at_ticket, at_dossier = person_of(house, 2 * DAY), person_of(house, 2 * DAY)
    for command in visit(at_ticket, at_dossier):
        await submit(core, CENTRE, command)

    await tidy(house)

    assert house.register.person(orphan) is None
    kept = [house.register.person(each) for each in (young, others, at_ticket, at_dossier)]
    assert None not in kept


def visit(at_ticket: PersonRef, at_dossier: PersonRef) -> list[c.Command]:
    """A dossier whose register entry is still to come, and somebody who waits."""
    intake = c.DossierIntake(person=at_dossier)
    return [
        c.ApplyConfiguration(configuration=small_configuration()),
        c.OpenDay(),
        c.TakeCounter(counter=ONE, staff=StaffId("lan")),
        c.OpenCounter(counter=ONE),
        c.IssueTicket(ticket=TicketId("a" * 32), procedure=BIRTH),
        c.IssueTicket(ticket=TicketId("b" * 32), procedure=BIRTH, person=at_ticket),
        c.CallNext(counter=ONE),
        c.StartServing(counter=ONE),
        c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED, dossiers=(intake,)),
    ]


class AwayRegister(Register):
    """A database that does not answer when names are to be erased."""

    def erase_overdue(self, now: object) -> int:
        message = f"expected the database to answer at {now}"
        raise DatabaseUnavailable(message)


async def test_a_chore_that_fails_is_not_the_next_ones_failure(
    house: House, engine: Engine
) -> None:
    orphan = person_of(house, 2 * DAY)
    await house.replicas.get(CENTRE, create=True)

    await tidy(replace(house, register=AwayRegister(engine)))

    assert house.register.person(orphan) is None
