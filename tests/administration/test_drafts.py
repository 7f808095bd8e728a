"""Drafts are kept in the database, shared by everybody who edits, and applied as a whole."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from counters.routing.strategies import STRATEGIES
from queue_server.administration.draft_rows import DraftChanged, Editor, due_drafts, read_draft
from queue_server.administration.drafts import Drafts
from queue_server.administration.edits import Edit
from queue_server.administration.history import applied_before, configuration_at
from queue_server.administration.scheduled import ScheduledDrafts
from queue_server.administration.tree import tree_of
from queue_server.app import Core, core_of
from queue_server.archive.recorder import Recorder
from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.hub.replica import Replica
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.accounts import open_file
from tests.support.centres import BIRTH, MORNING, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.configurations import without
from tests.support.servers import parts_for, submit

LAN = ("lan", Editor("Lan", MORNING))
MINH = ("minh", Editor("Minh", MORNING + timedelta(minutes=1)))
PARKED = ("limits", "parked_for_s")
UNDO = ("limits", "undo_within_s")
ADMINISTRATOR = Actor("staff", "lan")


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock(MORNING)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_file(tmp_path)


@pytest.fixture
def core(clock: HandSetClock, engine: Engine) -> Core:
    made = core_of(parts_for(MemoryJournal(clock), clock))
    recorder = Recorder(engine)
    made.hearers.append(lambda commit: recorder.record([commit]))
    return made


@pytest.fixture
async def replica(core: Core) -> AsyncIterator[Replica]:
    facts = small_configuration()
    yield await submit(core, facts.id, c.ApplyConfiguration(configuration=facts))
    await core.replicas.close()


@pytest.fixture
def drafts(engine: Engine) -> Drafts:
    return Drafts(engine, tuple(STRATEGIES))


def setting(path: tuple[str, ...], value: object) -> list[Edit]:
    return [Edit(path=path, value=value)]


async def test_a_centre_begins_without_a_draft(drafts: Drafts, replica: Replica) -> None:
    work = await drafts.read(replica)

    assert (work.draft.version, work.draft.edits) == (0, ())
    assert work.tree == work.live


async def test_what_is_edited_is_kept_and_nothing_happens_yet(
    drafts: Drafts, engine: Engine, replica: Replica
) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)

    again = await Drafts(engine, tuple(STRATEGIES)).read(replica)

    assert again.checked.configuration.limits.parked_for_s == 1200
    assert again.draft.version == 1
    assert again.draft.editors == {"lan": LAN[1]}
    assert replica.centre.facts.limits.parked_for_s == 900


async def test_the_second_of_two_who_edit_at_once_is_told(drafts: Drafts, replica: Replica) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)

    with pytest.raises(DraftChanged):
        await drafts.change(replica, 0, setting(UNDO, 20), MINH)

    work = await drafts.change(replica, 1, setting(UNDO, 20), MINH)
    assert work.checked.configuration.limits.undo_within_s == 20
    assert work.checked.configuration.limits.parked_for_s == 1200
    assert set(work.draft.editors) == {"lan", "minh"}


async def test_the_same_edit_sent_twice_is_done_once(drafts: Drafts, replica: Replica) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)

    work = await drafts.change(replica, 0, setting(PARKED, 1200), LAN)

    assert work.draft.version == 1


async def test_problems_are_those_of_check_config(drafts: Drafts, replica: Replica) -> None:
    work = await drafts.change(replica, 0, setting(("fields", "land", "zone"), "moon"), LAN)

    assert [problem.key for problem in work.checked.problems if problem.severity == "error"] == [
        "fields.land.zone"
    ]
    with pytest.raises(InvalidValue, match="without errors"):
        await drafts.apply(replica, 1, ADMINISTRATOR)
    assert replica.centre.facts == small_configuration()


async def test_applying_makes_the_centre_so_and_empties_the_draft(
    drafts: Drafts, core: Core, replica: Replica
) -> None:
    await submit(core, replica.centre.id, c.OpenDay())
    ticket = c.IssueTicket(ticket="0" * 32, procedure=BIRTH)  # type: ignore[arg-type]
    await submit(core, replica.centre.id, ticket)
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)

    commit = await drafts.apply(replica, 1, ADMINISTRATOR)

    assert commit is not None
    assert commit.actor == ADMINISTRATOR
    assert replica.centre.facts.limits.parked_for_s == 1200
    assert list(replica.centre.waiting) == ["0" * 32]
    work = await drafts.read(replica)
    assert (work.draft.edits, work.draft.version) == ((), 2)


async def test_a_draft_that_was_looked_at_before_is_not_applied(
    drafts: Drafts, replica: Replica
) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    await drafts.change(replica, 1, setting(UNDO, 20), MINH)

    with pytest.raises(DraftChanged):
        await drafts.apply(replica, 1, ADMINISTRATOR)

    assert replica.centre.facts == small_configuration()


async def test_versions_never_come_back(drafts: Drafts, replica: Replica) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    await drafts.apply(replica, 1, ADMINISTRATOR)

    with pytest.raises(DraftChanged):
        await drafts.change(replica, 1, setting(UNDO, 20), MINH)


async def test_what_a_manager_changed_meanwhile_is_not_undone(
    drafts: Drafts, core: Core, replica: Replica
) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    order = RoutingRules(mode=RoutingMode.FAST)
    await submit(core, replica.centre.id, c.ChangeRouting(routing=order))

    await drafts.apply(replica, 1, ADMINISTRATOR)

    assert replica.centre.facts.routing == order
    assert replica.centre.facts.limits.parked_for_s == 1200


async def test_an_edit_that_came_true_elsewhere_is_forgotten(
    drafts: Drafts, core: Core, replica: Replica
) -> None:
    work = await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    same = work.checked.configuration
    await submit(core, replica.centre.id, c.ApplyConfiguration(configuration=same))

    assert (await drafts.read(replica)).draft.edits == ()


async def test_edits_are_taken_back_one_or_all(drafts: Drafts, replica: Replica) -> None:
    edits = [*setting(PARKED, 1200), *setting(UNDO, 20)]
    await drafts.change(replica, 0, edits, LAN)

    work = await drafts.take_back(replica, 1, PARKED, LAN)
    assert [edit.path for edit in work.draft.edits] == [UNDO]
    work = await drafts.take_back(replica, 2, (), LAN)
    assert work.draft.edits == ()


async def test_the_name_of_the_centre_cannot_be_changed(drafts: Drafts, replica: Replica) -> None:
    work = await drafts.change(replica, 0, setting(("id",), "other"), LAN)

    assert work.checked.configuration.id == replica.centre.id


async def test_a_draft_is_applied_by_itself_when_its_day_begins(
    drafts: Drafts, core: Core, clock: HandSetClock, engine: Engine, replica: Replica
) -> None:
    midnight = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    scheduled = ScheduledDrafts(engine, drafts, core.replicas, clock)
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    await drafts.postpone(replica, 1, midnight, LAN)

    await scheduled.apply_due()
    assert replica.centre.facts.limits.parked_for_s == 900
    clock.later(minutes=16 * 60)
    await scheduled.apply_due()

    assert replica.centre.facts.limits.parked_for_s == 1200
    assert due_drafts(engine, clock.now()) == []


async def test_a_scheduled_draft_with_errors_waits_and_is_tried_again(
    drafts: Drafts, core: Core, clock: HandSetClock, engine: Engine, replica: Replica
) -> None:
    scheduled = ScheduledDrafts(engine, drafts, core.replicas, clock)
    await drafts.change(replica, 0, setting(PARKED, 1), LAN)
    await drafts.postpone(replica, 1, MORNING, LAN)

    await scheduled.apply_due()

    assert replica.centre.facts == small_configuration()
    assert due_drafts(engine, clock.now()) == [replica.centre.id]
    await drafts.change(replica, 2, setting(PARKED, 60), LAN)
    await scheduled.apply_due()
    assert replica.centre.facts.limits.parked_for_s == 60


async def test_nothing_is_scheduled_without_edits(
    drafts: Drafts, engine: Engine, replica: Replica
) -> None:
    await drafts.change(replica, 0, setting(PARKED, 1200), LAN)
    await drafts.postpone(replica, 1, MORNING, LAN)

    await drafts.take_back(replica, 2, (), LAN)

    assert read_draft(engine, replica.centre.id).apply_at is None


async def test_every_configuration_that_was_in_force_can_be_had_again(
    drafts: Drafts, engine: Engine, replica: Replica
) -> None:
    first = replica.centre.facts
    await drafts.replace(replica, 0, tree_of(without(first, fields=["land"], counters=["3"])), LAN)
    await drafts.apply(replica, 1, ADMINISTRATOR)

    newest, oldest = applied_before(engine, replica.centre.id)
    found = configuration_at(engine, replica.centre.id, oldest.epoch, oldest.offset)

    assert (newest.actor_kind, newest.actor) == ("staff", "lan")
    assert found == first
    work = await drafts.replace(replica, 2, tree_of(found), LAN)
    assert work.checked.configuration == first
    await drafts.apply(replica, 3, ADMINISTRATOR)
    assert replica.centre.facts == first


async def test_a_configuration_that_never_was_is_refused(engine: Engine, replica: Replica) -> None:
    with pytest.raises(UnknownName, match="expected a configuration that was applied"):
        configuration_at(engine, replica.centre.id, "e", 99)
