"""The drafts of all centres: read, changed, checked, applied.

A draft is a list of edits over the configuration in force (`edits`). Everybody who edits a centre
edits the same draft; a change names the version it was made on, and the second of two who made it
on the same one is told to look again.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Engine

from config.centre_file import CheckedTree, check_tree
from queue_server.administration.draft_rows import (
    Draft,
    Editor,
    changed,
    read_draft,
    write_draft,
)
from queue_server.administration.edits import Edit, differences, edited, laid_over, without
from queue_server.administration.tree import Path, Tree, tree_of
from queue_server.core.commands import ApplyConfiguration
from queue_server.core.commit import Actor, Commit
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.hub.replica import Replica, Request, payload_hash

MAX_EDITS: Final = 50_000


class Workpiece(Struct, frozen=True, kw_only=True):
    """A centre's draft laid over its configuration in force, and what is wrong with it."""

    draft: Draft
    live: Tree
    tree: Tree
    """With the draft."""
    checked: CheckedTree


class Drafts:
    """Drafts in the database; names of strategies and printer models are checked."""

    def __init__(
        self, engine: Engine, strategies: tuple[str, ...], models: tuple[str, ...] = ()
    ) -> None:
        self._engine = engine
        self._strategies = strategies
        self._models = models

    async def read(self, replica: Replica) -> Workpiece:
        """The centre's draft as it stands."""
        return await self._workpiece(replica, await self._stored(replica))

    async def change(
        self, replica: Replica, version: int, edits: Iterable[Edit], editor: tuple[str, Editor]
    ) -> Workpiece:
        """Add edits to the draft; edits that are there already change nothing.

        Raises:
            DraftChanged: Somebody else changed the draft since that version.
        """
        return await self._rewrite(
            replica, version, lambda live, known: edited(live, known, edits), editor
        )

    async def take_back(
        self, replica: Replica, version: int, path: Path, editor: tuple[str, Editor]
    ) -> Workpiece:
        """Take the edits at and below the path out of the draft; the empty path takes all.

        Raises:
            DraftChanged: Somebody else changed the draft since that version.
        """
        return await self._rewrite(replica, version, lambda _, known: without(known, path), editor)

    async def replace(
        self, replica: Replica, version: int, wanted: Tree, editor: tuple[str, Editor]
    ) -> Workpiece:
        """Make the draft whatever leads to the wanted tree, in place of what it was.

        Raises:
            DraftChanged: Somebody else changed the draft since that version.
        """
        return await self._rewrite(
            replica, version, lambda live, _: differences(live, wanted), editor
        )

    async def postpone(
        self, replica: Replica, version: int, at: datetime | None, editor: tuple[str, Editor]
    ) -> Workpiece:
        """Let the draft be applied by itself at that instant, or with None not by itself.

        Raises:
            DraftChanged: Somebody else changed the draft since that version.
        """
        found = await self.read(replica)
        if found.draft.version != version:
            raise changed(version)
        return await self._write(replica, replace(found.draft, apply_at=at), editor)

    async def apply(self, replica: Replica, version: int, actor: Actor) -> Commit | None:
        """Make the centre what the draft says, and empty the draft.

        Raises:
            DraftChanged: Somebody else changed the draft since that version.
            InvalidValue: It does not hold together.
        """
        found = await self.read(replica)
        if found.draft.version != version:
            raise changed(version)
        if not found.checked.is_applicable:
            raise InvalidValue("expected a draft without errors")
        command = ApplyConfiguration(configuration=found.checked.configuration)
        commit = await replica.submit(
            Request(
                command=command,
                actor=actor,
                command_id=CommandId(secrets.token_hex(16)),
                payload_hash=payload_hash(command),
                may_act_for_others=True,
            )
        )
        empty = Draft(version=version + 1, changed_at=replica.centre.changed_at)
        await asyncio.to_thread(write_draft, self._engine, replica.centre.id, empty)
        return commit

    async def _rewrite(
        self,
        replica: Replica,
        version: int,
        rewrite: Callable[[Tree, tuple[Edit, ...]], tuple[Edit, ...]],
        editor: tuple[str, Editor],
    ) -> Workpiece:
        draft = await self._stored(replica)
        live = tree_of(replica.centre.facts)
        edits = rewrite(live, draft.edits)
        if edits == draft.edits:
            return await self._workpiece(replica, draft)
        if draft.version != version:
            raise changed(version)
        if len(edits) > MAX_EDITS:
            message = f"expected at most {MAX_EDITS} changes in a draft, got {len(edits)}"
            raise InvalidValue(message)
        apply_at = draft.apply_at if edits else None
        return await self._write(replica, replace(draft, edits=edits, apply_at=apply_at), editor)

    async def _stored(self, replica: Replica) -> Draft:
        """The draft, but for edits that the configuration in force says too by now."""
        draft = await asyncio.to_thread(read_draft, self._engine, replica.centre.id)
        return replace(draft, edits=edited(tree_of(replica.centre.facts), draft.edits, ()))

    async def _write(self, replica: Replica, draft: Draft, editor: tuple[str, Editor]) -> Workpiece:
        staff, seen = editor
        written = replace(
            draft,
            version=draft.version + 1,
            editors={**draft.editors, staff: seen},
            changed_at=seen.at,
        )
        await asyncio.to_thread(write_draft, self._engine, replica.centre.id, written)
        return await self._workpiece(replica, written)

    async def _workpiece(self, replica: Replica, draft: Draft) -> Workpiece:
        facts = replica.centre.facts
        return await asyncio.to_thread(self.laid_over, tree_of(facts), draft, facts.id)

    def laid_over(self, live: Tree, draft: Draft, centre: CentreId) -> Workpiece:
        """The draft over that configuration, checked; the centre's own name cannot be changed."""
        tree = {**laid_over(live, draft.edits), "id": centre}
        checked = check_tree(tree, known_strategies=self._strategies, known_models=self._models)
        return Workpiece(draft=draft, live=live, tree=tree, checked=checked)
