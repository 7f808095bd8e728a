"""Rows of drafts, on every database."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from queue_server.administration.draft_rows import (
    Draft,
    DraftChanged,
    Editor,
    due_drafts,
    read_draft,
    write_draft,
)
from queue_server.administration.edits import Edit
from queue_server.core.identifiers import CentreId
from tests.support.centres import MORNING
from tests.support.databases import database, migrated_template, postgresql_server

__all__ = ["database", "migrated_template", "postgresql_server"]

AN_BINH = CentreId("an-binh")
FIRST = Draft(
    version=1,
    edits=(
        Edit(path=("fields", "land"), was={"name": {"vi": "Đất đai"}}),
        Edit(path=("hotline",), value="1900"),
    ),
    editors={"lan": Editor("Lan", MORNING)},
    changed_at=MORNING,
    apply_at=MORNING + timedelta(hours=16),
)


def test_a_draft_reads_back_as_it_was_written(database: Engine) -> None:
    write_draft(database, AN_BINH, FIRST)

    assert read_draft(database, AN_BINH) == FIRST
    assert read_draft(database, CentreId("other")) == Draft()


def test_a_version_is_written_once(database: Engine) -> None:
    write_draft(database, AN_BINH, FIRST)

    with pytest.raises(DraftChanged):
        write_draft(database, AN_BINH, replace(FIRST, edits=()))
    with pytest.raises(DraftChanged):
        write_draft(database, AN_BINH, replace(FIRST, version=3))

    write_draft(database, AN_BINH, replace(FIRST, version=2, edits=()))
    assert read_draft(database, AN_BINH).edits == ()


def test_only_what_is_due_is_named(database: Engine) -> None:
    write_draft(database, AN_BINH, FIRST)
    write_draft(database, CentreId("never"), replace(FIRST, apply_at=None))

    assert due_drafts(database, MORNING) == []
    assert due_drafts(database, MORNING + timedelta(hours=16)) == [AN_BINH]
