"""Drafts in SQL, one per centre. Everything here blocks; `Drafts` runs it in threads."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Engine, select, update

from queue_server.administration.edits import Edit
from queue_server.archive.database import insert_once, reading, writing
from queue_server.archive.tables import DRAFTS
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId


class DraftChanged(QueueError):
    """Somebody else changed the draft; it has to be read again before it is changed."""

    code = "draft_changed"


class Editor(Struct, frozen=True):
    """Who changed the draft, and when last."""

    name: str
    at: datetime


class Draft(Struct, frozen=True, kw_only=True):
    """What administrators are about to change in a centre."""

    version: int = 0
    """0: there is none."""
    edits: tuple[Edit, ...] = ()
    editors: Mapping[str, Editor] = {}
    """By staff id."""
    changed_at: datetime | None = None
    apply_at: datetime | None = None
    """When it is applied by itself; None: when somebody says so."""


def read_draft(engine: Engine, centre: CentreId) -> Draft:
    """The centre's draft; an empty one of version 0 where there is none."""
    with reading(engine) as connection:
        row = connection.execute(select(DRAFTS).where(DRAFTS.c.centre == centre)).first()
    if row is None:
        return Draft()
    return Draft(
        version=row.version,
        edits=msgspec.convert(row.edits, tuple[Edit, ...]),
        editors=msgspec.convert(row.editors, dict[str, Editor]),
        changed_at=row.changed_at,
        apply_at=row.apply_at,
    )


def write_draft(engine: Engine, centre: CentreId, draft: Draft) -> None:
    """Write the draft in place of the version before it.

    Raises:
        DraftChanged: That is not the newest version any more.
    """
    row = {
        "version": draft.version,
        "edits": msgspec.to_builtins(draft.edits),
        "editors": msgspec.to_builtins(draft.editors),
        "changed_at": draft.changed_at,
        "apply_at": draft.apply_at,
    }
    before = (DRAFTS.c.centre == centre, DRAFTS.c.version == draft.version - 1)
    with writing(engine) as connection:
        is_written = bool(connection.execute(update(DRAFTS).where(*before).values(**row)).rowcount)
        if not is_written and draft.version == 1:
            is_written = insert_once(connection, DRAFTS, {"centre": centre, **row})
    if not is_written:
        raise changed(draft.version - 1)


def due_drafts(engine: Engine, now: datetime) -> list[CentreId]:
    """Centres whose draft is to be applied by now."""
    statement = select(DRAFTS.c.centre).where(DRAFTS.c.apply_at <= now).order_by(DRAFTS.c.apply_at)
    with reading(engine) as connection:
        return [CentreId(row.centre) for row in connection.execute(statement)]


def changed(version: int) -> DraftChanged:
    """The refusal of whoever knows another version."""
    message = f"expected the newest version of the draft, got {version}: read it again"
    return DraftChanged(message, version=version)
