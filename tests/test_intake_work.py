"""Hand-overs as the workers do them: also the next day, and again when staff ask for it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from config.settings import read_settings
from queue_server import intake_work
from queue_server.archive.database import open_database
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.core import commands as c
from queue_server.core.identifiers import (
    CentreId,
    CommandId,
    CounterId,
    DossierCode,
    StaffId,
    TicketId,
)
from queue_server.core.ticket import Outcome
from queue_server.hub.replica import Request, payload_hash
from queue_server.intake.hand_over import HandOver
from queue_server.intake_work import hand_over
from queue_server.workshop import Workshop
from tests.support.centres import BIRTH, MANAGER, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.http_peer import HttpPeer, answer, http_peer

ONE = CounterId("1")
DAY = 24 * 60


class Office:
    """One dossier accepted and released, on a real store and a real database."""

    def __init__(self, shop: Workshop, centre: CentreId, clock: HandSetClock) -> None:
        self.shop, self.name, self.clock = shop, centre, clock
        configuration = replace(small_configuration(), id=centre)
        self.do(
            c.ApplyConfiguration(configuration=configuration),
            c.OpenDay(),
            c.TakeCounter(counter=ONE, staff=StaffId("lan")),
            c.OpenCounter(counter=ONE),
            c.IssueTicket(ticket=TicketId("a" * 32), procedure=BIRTH),
            c.CallNext(counter=ONE),
            c.StartServing(counter=ONE),
            c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED),
        )
        (self.code,) = self.shop.centre(centre).dossiers
        self.do(c.ReleaseHandOver(code=self.code))

    def do(self, *commands: c.Command) -> None:
        for command in commands:
            self.shop.submit(self.name, command)

    def send_again(self) -> None:
        """As the manager does."""
        command = c.ReleaseHandOver(code=self.code)

        async def send() -> None:
            replica = await self.shop._current(self.name)
            await replica.submit(
                Request(
                    command=command,
                    actor=MANAGER,
                    command_id=CommandId("again"),
                    payload_hash=payload_hash(command),
                )
            )

        self.shop._runner.run(send())

    def trim(self) -> None:
        """Record everything, then keep only the last commit in the journal."""

        async def trim() -> None:
            journal, recorder = self.shop._opened(), Recorder(self.shop.engine)
            await ArchiveFollower(journal, recorder).follow()
            replica = await self.shop._current(self.name)
            await replica.save_snapshot(force=True)
            await journal.trim(self.name, below=replica.centre.offset)

        self.shop._runner.run(trim())

    def hand_over(self) -> str:
        """Try once; what is known of the hand-over then."""
        hand_over(self.shop, self.name, DossierCode(self.code))
        return self.shop.centre(self.name).dossiers[self.code].hand_over


@pytest.fixture
def dossier_system() -> Iterator[HttpPeer]:
    """Refuses once and takes the next."""
    with http_peer(answer(422), answer(201)) as peer:
        yield peer


@pytest.fixture
def office(
    dossier_system: HttpPeer,
    tmp_path: Path,
    store_url: str,
    centre: CentreId,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("QUEUE_DOSSIER_URL", dossier_system.url)
    settings, clock = read_settings(), HandSetClock()
    shop = Workshop(settings, store_url, clock)
    engine = open_database(shop.places.database_url(settings))
    migrate(engine)
    engine.dispose()
    yield Office(shop, centre, clock)
    shop.close()


def test_a_refused_dossier_is_sent_again_the_next_day(
    office: Office, dossier_system: HttpPeer
) -> None:
    """Its ticket is forgotten then; the hand-over still tells its number."""
    assert office.hand_over() == "failed"
    (letter,) = office.shop.register.dead_letters(office.name)
    assert (letter.dossier, letter.system) == (office.code, "127.0.0.1")
    office.do(c.CloseDay())
    office.clock.later(minutes=DAY)
    office.do(c.OpenDay())
    office.send_again()

    assert office.hand_over() == "delivered"

    told = msgspec.json.decode(dossier_system.received[-1].body)
    assert (told["dossier_code"], told["ticket_number"]) == (office.code, "H001")
    assert told["outcome"] == "dossier_accepted"
    assert office.shop.register.dead_letters(office.name) == ()


def test_what_was_delivered_is_not_sent_again(office: Office, dossier_system: HttpPeer) -> None:
    office.hand_over()
    office.do(c.RecordHandOver(code=office.code, result="delivered", system="http"))

    office.hand_over()

    assert len(dossier_system.received) == 1


def test_a_code_of_another_centre_is_never_handed_over(
    office: Office, dossier_system: HttpPeer
) -> None:
    """Two centres share an agency identifier: somebody must look, nothing of the other is told."""
    opened = office.shop.opened_event(office.shop.centre(office.name), office.code)
    office.shop.register.open_dossier(
        replace(opened, ticket=TicketId("b" * 32)),
        centre=CentreId("elsewhere"),
        day=opened.received_at.date(),
        procedure_name="Đăng ký khai sinh",
        staff=None,
    )

    assert office.hand_over() == "failed"

    assert dossier_system.received == []
    (letter,) = office.shop.register.dead_letters(office.name)
    assert "agency identifier" in letter.last_error


def test_a_fault_of_the_server_becomes_a_dead_letter_too(
    office: Office, dossier_system: HttpPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message tells the kind of fault alone: values may name the person."""

    def broken(*_: object, **__: object) -> HandOver:
        message = "Nguyễn Văn An"
        raise LookupError(message)

    monkeypatch.setattr(intake_work, "hand_over_of", broken)

    assert office.hand_over() == "failed"

    (letter,) = office.shop.register.dead_letters(office.name)
    assert "LookupError" in letter.last_error
    assert "Nguyễn" not in letter.last_error
    assert dossier_system.received == []


def test_settings_that_name_no_system_are_told(office: Office) -> None:
    broken = office.shop.settings.dossiers.model_copy(update={"dossier_url": "https://a:b@c"})
    office.shop.settings = office.shop.settings.model_copy(update={"dossiers": broken})

    assert office.hand_over() == "failed"

    (letter,) = office.shop.register.dead_letters(office.name)
    assert letter.system == "?"
    assert "expected the URL of a dossier system" in letter.last_error


def test_a_dossier_is_entered_from_the_archive_when_the_journal_was_trimmed(
    office: Office, dossier_system: HttpPeer
) -> None:
    """As after days in which the register could not be written."""
    office.trim()

    assert office.hand_over() == "failed"  # refused by the dossier system, which was asked

    told = msgspec.json.decode(dossier_system.received[-1].body)
    assert told["dossier_code"] == office.code
