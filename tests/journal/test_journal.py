"""What every journal promises: one suite for all of them."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from queue_server.clock import SystemClock
from queue_server.core.commit import Commit, Position
from queue_server.core.identifiers import CentreId, Epoch
from queue_server.journal.errors import CommitsTrimmed, EpochChanged, Stale, TrimRefused
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot
from tests.support.commits import commit_after, position_of


async def append_commits(journal: Journal, centre: CentreId, count: int) -> list[Commit]:
    head = (await journal.settle(centre)).position
    commits = []
    for _ in range(count):
        commit = commit_after(centre, head)
        await journal.append(commit)
        commits.append(commit)
        head = position_of(commit)
    return commits


async def test_settling_a_new_centre_gives_a_new_epoch_at_offset_zero(
    journal: Journal, centre: CentreId
) -> None:
    settled = await journal.settle(centre)

    assert settled.is_new_epoch
    assert settled.position.offset == 0
    assert len(settled.position.epoch) == 16


async def test_settling_again_changes_nothing(journal: Journal, centre: CentreId) -> None:
    [commit] = await append_commits(journal, centre, 1)

    settled = await journal.settle(centre)

    assert not settled.is_new_epoch
    assert settled.position == position_of(commit)


async def test_commits_are_read_back_as_they_were_appended(
    journal: Journal, centre: CentreId
) -> None:
    commits = await append_commits(journal, centre, 5)

    assert await journal.read(centre, after=0) == commits
    assert await journal.read(centre, after=2) == commits[2:]
    assert await journal.read(centre, after=1, limit=2) == commits[1:3]
    assert await journal.read(centre, after=5) == []


async def test_append_after_an_older_offset_is_stale_and_tells_the_head(
    journal: Journal, centre: CentreId
) -> None:
    first, second = await append_commits(journal, centre, 2)

    with pytest.raises(Stale) as refusal:
        await journal.append(commit_after(centre, position_of(first)))

    assert refusal.value.head == position_of(second)
    assert not isinstance(refusal.value, EpochChanged)
    assert await journal.read(centre, after=0) == [first, second]


async def test_append_beyond_the_head_is_stale(journal: Journal, centre: CentreId) -> None:
    [commit] = await append_commits(journal, centre, 1)

    with pytest.raises(Stale):
        await journal.append(commit_after(centre, Position(commit.epoch, 7)))

    assert await journal.read(centre, after=0) == [commit]


async def test_the_same_commit_cannot_be_appended_twice(journal: Journal, centre: CentreId) -> None:
    [commit] = await append_commits(journal, centre, 1)

    with pytest.raises(Stale):
        await journal.append(commit)


async def test_append_of_another_epoch_is_refused(journal: Journal, centre: CentreId) -> None:
    [commit] = await append_commits(journal, centre, 1)

    with pytest.raises(EpochChanged) as refusal:
        await journal.append(commit_after(centre, Position(Epoch("another"), 1)))

    assert refusal.value.head == position_of(commit)


async def test_append_to_a_centre_never_settled_is_refused(
    journal: Journal, centre: CentreId
) -> None:
    with pytest.raises(EpochChanged) as refusal:
        await journal.append(commit_after(centre, Position(Epoch("none"), 0)))

    assert refusal.value.head is None


async def test_of_fifty_racing_appends_exactly_one_wins(journal: Journal, centre: CentreId) -> None:
    head = (await journal.settle(centre)).position
    rivals = [commit_after(centre, head) for _ in range(50)]

    results = await asyncio.gather(*map(journal.append, rivals), return_exceptions=True)

    winners = [rival for rival, result in zip(rivals, results, strict=True) if result is None]
    assert len(winners) == 1
    assert all(isinstance(result, Stale) for result in results if result is not None)
    assert await journal.read(centre, after=0) == winners


async def test_heads_leave_out_centres_nobody_settled(journal: Journal, centre: CentreId) -> None:
    [commit] = await append_commits(journal, centre, 1)
    unknown = CentreId(f"{centre}-unknown")

    assert await journal.heads([centre, unknown]) == {centre: position_of(commit)}
    assert await journal.heads([]) == {}
    assert centre in await journal.centres()
    assert unknown not in await journal.centres()


async def test_a_watched_centre_is_heard_in_order_and_an_unwatched_is_not(
    journal: Journal, centre: CentreId
) -> None:
    other = CentreId(f"{centre}-other")
    heard: asyncio.Queue[Commit] = asyncio.Queue()
    listener = journal.listener(heard.put_nowait, lambda: None)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        await listener.watch(centre)
        await listener.watch(other)
        await listener.unwatch(other)

        await append_commits(journal, other, 2)
        commits = await append_commits(journal, centre, 3)

        async with asyncio.timeout(5):
            assert [await heard.get() for _ in commits] == commits
        assert heard.empty()
        running.cancel()


async def test_a_snapshot_comes_back_whole(journal: Journal, centre: CentreId) -> None:
    assert await journal.load_snapshot(centre) is None
    commits = await append_commits(journal, centre, 2)
    snapshot = Snapshot.of(position_of(commits[1]), 1, b"\x00state\xff")

    await journal.save_snapshot(centre, snapshot)

    assert await journal.load_snapshot(centre) == snapshot


async def test_a_snapshot_with_a_wrong_checksum_is_not_loaded(
    journal: Journal, centre: CentreId
) -> None:
    [commit] = await append_commits(journal, centre, 1)
    snapshot = Snapshot.of(position_of(commit), 1, b"state")

    await journal.save_snapshot(centre, msgspec.structs.replace(snapshot, state=b"stale"))

    assert await journal.load_snapshot(centre) is None


@pytest.mark.parametrize("offset", [1, 9])
async def test_a_snapshot_of_a_lost_history_is_not_loaded(
    journal: Journal, centre: CentreId, offset: int
) -> None:
    await append_commits(journal, centre, 2)

    await journal.save_snapshot(centre, Snapshot.of(Position(Epoch("lost"), offset), 1, b"state"))

    assert await journal.load_snapshot(centre) is None


async def test_cursors_are_kept_by_name(journal: Journal, centre: CentreId) -> None:
    epoch = (await journal.settle(centre)).position.epoch

    await journal.save_cursor(centre, "archive", Position(epoch, 1))
    await journal.save_cursor(centre, "reactions", Position(epoch, 2))
    await journal.save_cursor(centre, "archive", Position(epoch, 3))

    assert await journal.cursors(centre) == {
        "archive": Position(epoch, 3),
        "reactions": Position(epoch, 2),
    }


async def test_trimming_drops_what_nobody_needs_and_offsets_go_on(
    journal: Journal, centre: CentreId
) -> None:
    commits = await append_commits(journal, centre, 5)
    await journal.save_snapshot(centre, Snapshot.of(position_of(commits[3]), 1, b"state"))
    await journal.save_cursor(centre, "archive", position_of(commits[2]))

    await journal.trim(centre, below=3)

    assert await journal.read(centre, after=2) == commits[2:]
    await journal.append(commit_after(centre, position_of(commits[4])))
    assert (await journal.heads([centre]))[centre].offset == 6


async def test_reading_what_was_trimmed_is_refused_rather_than_skipped(
    journal: Journal, centre: CentreId
) -> None:
    commits = await append_commits(journal, centre, 4)
    await journal.save_snapshot(centre, Snapshot.of(position_of(commits[3]), 1, b"state"))
    await journal.trim(centre, below=4)

    with pytest.raises(CommitsTrimmed):
        await journal.read(centre, after=1)


async def test_trimming_beyond_the_slowest_cursor_is_refused(
    journal: Journal, centre: CentreId
) -> None:
    commits = await append_commits(journal, centre, 5)
    await journal.save_snapshot(centre, Snapshot.of(position_of(commits[4]), 1, b"state"))
    await journal.save_cursor(centre, "archive", position_of(commits[1]))

    with pytest.raises(TrimRefused) as refusal:
        await journal.trim(centre, below=3)

    assert refusal.value.allowed == 2
    assert await journal.read(centre, after=0) == commits


async def test_trimming_without_a_snapshot_is_refused(journal: Journal, centre: CentreId) -> None:
    await append_commits(journal, centre, 2)

    with pytest.raises(TrimRefused):
        await journal.trim(centre, below=2)


async def test_trimming_below_a_cursor_of_a_lost_history_is_refused(
    journal: Journal, centre: CentreId
) -> None:
    commits = await append_commits(journal, centre, 3)
    await journal.save_snapshot(centre, Snapshot.of(position_of(commits[2]), 1, b"state"))
    await journal.save_cursor(centre, "archive", Position(Epoch("lost"), 3))

    with pytest.raises(TrimRefused):
        await journal.trim(centre, below=2)


async def test_the_stores_clock_is_aware_and_about_right(journal: Journal) -> None:
    here = SystemClock().now()

    there = await journal.now()

    assert abs(there - here) < timedelta(seconds=2)


async def test_a_restored_journal_begins_where_its_backup_did(
    journal: Journal, centre: CentreId
) -> None:
    head = (await journal.settle(centre)).position

    await journal.begin(centre, 41)
    commit = commit_after(centre, Position(head.epoch, 41))
    await journal.append(commit)

    assert await journal.read(centre, after=41) == [commit]
    with pytest.raises(CommitsTrimmed):
        await journal.read(centre, after=40)
    with pytest.raises(Stale):
        await journal.begin(centre, 7)


async def test_signs_of_life_are_remembered_for_a_day(journal: Journal, centre: CentreId) -> None:
    now = SystemClock().now().replace(microsecond=250_000)
    assert await journal.signs_of_life(centre) == {}

    await journal.save_signs_of_life(centre, {"one": now, "two": now})
    await journal.save_signs_of_life(centre, {"one": now + timedelta(seconds=5)})

    heard = {"one": now + timedelta(seconds=5), "two": now}
    assert await journal.signs_of_life(centre) == heard
    await journal.save_signs_of_life(centre, {"one": now + timedelta(hours=25)})
    assert set(await journal.signs_of_life(centre)) == {"one"}
