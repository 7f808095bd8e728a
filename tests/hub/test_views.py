"""Views are computed once per commit, sent whole, and only when their bytes changed."""

from datetime import timedelta

import msgspec
import pytest
from msgspec import Struct

from queue_server.accounts.principal import Principal
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import ForecastKind
from queue_server.hub.outbox import MAX_BYTES, Outbox
from queue_server.hub.outlook import Outlook
from queue_server.hub.replica import Replica
from queue_server.hub.views import ViewKind, Views
from queue_server.journal.memory_journal import MemoryJournal
from tests.hub.test_replicas import do
from tests.support.centres import BIRTH, rules, small_configuration
from tests.support.clocks import HandSetClock


class Waiting(Struct):
    """How many wait."""

    waiting: int


def waiting(centre: Centre, subject: str, _: Outlook) -> Waiting:
    if subject:
        centre.zone(subject)  # type: ignore[arg-type]
    return Waiting(len(centre.waiting))


def anybody(_: Principal, __: Centre, ___: str) -> bool:
    return True


AT_ONCE = ViewKind(name="now", compute=waiting, may_watch=anybody)
PACED = ViewKind(name="later", compute=waiting, may_watch=anybody, pace_s=2.0)


def any_ticket(centre: Centre, _: str, __: Outlook) -> Waiting:
    return Waiting(len(centre.waiting))


TICKET = ViewKind(name="ticket", compute=any_ticket, may_watch=anybody, pace_s=2.0)


class Stage:
    """A replica whose commits reach views, on a clock set by hand."""

    def __init__(self) -> None:
        self.clock = HandSetClock()
        self.views = Views([AT_ONCE, PACED, TICKET], rules().estimator, self.clock)
        self.replica = Replica(
            small_configuration().id,
            journal=MemoryJournal(self.clock),
            rules=rules(),
            clock=self.clock,
            on_change=self.views.changed,
        )

    async def open(self) -> "Stage":
        await self.replica.load()
        configuration = small_configuration()
        await do(self.replica, c.ApplyConfiguration(configuration=configuration), c.OpenDay())
        return self

    async def issue(self, n: int) -> None:
        await do(self.replica, c.IssueTicket(ticket=TicketId(f"{n:032x}"), procedure=BIRTH))


@pytest.fixture
async def stage() -> Stage:
    return await Stage().open()


async def bodies(outbox: Outbox) -> list[int]:
    frames = [msgspec.json.decode(frame) for frame in await outbox.take()]
    return [frame["body"]["waiting"] for frame in frames]


async def test_a_watcher_is_shown_the_present_state_at_once(stage: Stage) -> None:
    outbox = Outbox()
    await stage.issue(1)

    stage.views.watch(AT_ONCE, stage.replica, "", outbox)

    assert await bodies(outbox) == [1]


async def test_an_outbox_keeps_only_the_newest_frame_of_a_view(stage: Stage) -> None:
    outbox = Outbox()
    stage.views.watch(AT_ONCE, stage.replica, "", outbox)

    for n in range(1, 6):
        await stage.issue(n)

    assert await bodies(outbox) == [5]


async def test_all_watchers_of_a_view_get_the_same_bytes(stage: Stage) -> None:
    first, second = Outbox(), Outbox()
    for outbox in (first, second):
        stage.views.watch(AT_ONCE, stage.replica, "hall", outbox)
    await stage.issue(1)

    frames = [await first.take(), await second.take()]

    assert frames[0] == frames[1]
    assert frames[0][0] is frames[1][0]


async def test_a_commit_that_changes_no_bytes_sends_nothing(stage: Stage) -> None:
    outbox = Outbox()
    stage.views.watch(AT_ONCE, stage.replica, "", outbox)
    await outbox.take()

    await do(stage.replica, c.AnnounceMessage(message="m", texts={"vi": "Chào"}))
    await stage.issue(1)

    assert await bodies(outbox) == [1]


async def test_a_paced_view_waits_for_its_turn(stage: Stage) -> None:
    outbox = Outbox()
    key = stage.views.watch(PACED, stage.replica, "", outbox)
    await outbox.take()

    await stage.issue(1)

    assert stage.views._watched[key].is_due
    assert outbox._frames == {}


async def test_an_unwatched_view_is_forgotten(stage: Stage) -> None:
    outbox = Outbox()
    key = stage.views.watch(AT_ONCE, stage.replica, "", outbox)

    stage.views.unwatch(key, outbox)

    assert stage.views._watched == {}


async def test_unknown_subjects_and_views_are_refused_by_name(stage: Stage) -> None:
    with pytest.raises(UnknownName, match="expected a zone of this centre"):
        stage.views.watch(AT_ONCE, stage.replica, "cellar", Outbox())
    with pytest.raises(UnknownName, match="expected a view of now, later, ticket"):
        stage.views.kind("sideways")


async def test_forecasts_are_refreshed_every_half_minute_only(stage: Stage) -> None:
    first = stage.views.outlook(stage.replica)
    stage.clock.later(seconds=29)
    assert stage.views.outlook(stage.replica) is first
    stage.clock.later(seconds=2)

    fresh = stage.views.outlook(stage.replica)

    assert fresh.at - first.at == timedelta(seconds=31)


def test_a_client_that_drains_too_little_is_noticed() -> None:
    outbox = Outbox()
    outbox.put("one", b"x" * (MAX_BYTES // 2))
    assert not outbox.is_overfull

    outbox.put("two", b"x" * MAX_BYTES)
    assert not outbox.is_overfull
    outbox.put("three", b"x" * MAX_BYTES)

    assert outbox.is_overfull


def test_a_large_view_with_a_heartbeat_beside_it_is_no_fault_of_the_client() -> None:
    outbox = Outbox()
    outbox.put("load", b"x" * 2 * MAX_BYTES)
    outbox.put("heartbeat", b"x" * 100)

    assert not outbox.is_overfull


async def test_a_commit_waits_for_no_forecast_while_the_tick_is_about_to_make_it(
    stage: Stage,
) -> None:
    outbox = Outbox()
    stage.views.watch(AT_ONCE, stage.replica, "", outbox)
    first = stage.views.outlook(stage.replica)
    stage.clock.later(seconds=40)

    await stage.issue(1)

    assert stage.views._outlooks[stage.replica.centre.id] is first


async def test_only_a_watched_ticket_that_a_commit_moved_is_forecast_anew(stage: Stage) -> None:
    one = CounterId("1")
    await do(stage.replica, c.TakeCounter(counter=one, staff="lan"))  # type: ignore[arg-type]
    await do(stage.replica, c.OpenCounter(counter=one))
    for n in range(1, 6):
        await stage.issue(n)
    stage.clock.later(seconds=31)
    before = stage.views.outlook(stage.replica)
    mine = TicketId(f"{1:032x}")
    stage.views.watch(TICKET, stage.replica, mine, Outbox())

    for ticket in (mine, TicketId(f"{2:032x}")):
        await do(stage.replica, c.DelayTicket(ticket=ticket, let_pass=3))
    stage.views._renew_moved(stage.replica)

    after = stage.views._outlooks[stage.replica.centre.id]
    assert after.at == before.at
    assert (after.by_ticket[mine].about_s or 0) > (before.by_ticket[mine].about_s or 0)
    assert TicketId(f"{2:032x}") not in after.by_ticket
    assert stage.views._watched["ticket", stage.replica.centre.id, mine].is_due


async def test_the_outlook_tells_every_field_and_every_waiting_ticket(stage: Stage) -> None:
    await stage.issue(1)
    stage.clock.later(seconds=31)

    outlook = stage.views.outlook(stage.replica)

    assert set(outlook.by_field) == set(stage.replica.centre.facts.fields)
    assert set(outlook.by_procedure) == set(stage.replica.centre.facts.procedures)
    assert {told.kind for told in outlook.by_ticket.values()} == {ForecastKind.NO_COUNTER_OPEN}
