"""Journals of every release still fold to the state they folded to when it was released."""

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from queue_server.core.codec import UnreadableCommit, decode_commit, encode_commit
from queue_server.core.commit import SCHEMA, Commit
from queue_server.core.events import Event
from tests.support.golden import JOURNALS, eventful_day, fold
from tests.support.histories import refused

STRUCTURED = {"configuration", "day"}
"""Values with fields, which later releases add to; the others are indexes by id."""
RELEASES = sorted(JOURNALS.glob("*.jsonl"))


def commits_of(journal: Path) -> list[Commit]:
    return [decode_commit(line) for line in journal.read_bytes().splitlines()]


def holds(known: Any, now: Any) -> bool:
    """Whether `now` says all that was known; what later releases add is allowed."""
    if isinstance(known, dict):
        return isinstance(now, dict) and all(
            key in now and holds(value, now[key]) for key, value in known.items()
        )
    if isinstance(known, list):
        return len(known) == len(now) and all(map(holds, known, now))
    return bool(known == now)


@pytest.mark.parametrize("journal", RELEASES, ids=lambda path: path.stem)
def test_a_released_journal_folds_to_the_kept_state(journal: Path) -> None:
    kept = msgspec.json.decode(journal.with_suffix(".state.json").read_bytes())

    now = msgspec.json.decode(msgspec.json.encode(fold(commits_of(journal))))

    for part, known in kept.items():
        assert holds(known, now[part]), f"{part}: expected {known}, got {now[part]}"
        if isinstance(known, dict) and part not in STRUCTURED:
            assert known.keys() == now[part].keys(), part


@pytest.mark.parametrize("journal", RELEASES, ids=lambda path: path.stem)
def test_a_released_journal_has_consecutive_offsets_and_one_schema(journal: Path) -> None:
    commits = commits_of(journal)

    assert [commit.offset for commit in commits] == list(range(1, len(commits) + 1))
    assert {commit.schema for commit in commits} <= set(range(1, SCHEMA + 1))


def test_every_event_happens_in_an_eventful_day() -> None:
    happened = {type(event) for commit in eventful_day().commits for event in commit.events}

    assert happened == set(get_args(Event))


def test_the_newest_journal_holds_every_event() -> None:
    events = {type(event) for each in commits_of(RELEASES[-1]) for event in each.events}

    assert events == set(get_args(Event))


def test_a_commit_reads_back_as_it_was_written() -> None:
    for commit in eventful_day().commits:
        assert decode_commit(encode_commit(commit)) == commit


def test_an_unknown_event_is_never_skipped() -> None:
    line = encode_commit(eventful_day().commits[0])
    unknown = line.replace(b'"ConfigurationApplied"', b'"SomethingNew"')

    for damaged in (unknown, line[:-9], b""):
        with refused(UnreadableCommit, "expected a commit this release can read, got b'"):
            decode_commit(damaged)
