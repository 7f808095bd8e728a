"""Drafts that are to count from a day on: applied by the server itself when the day begins."""

import asyncio
from typing import Final

import structlog
from sqlalchemy import Engine

from queue_server.administration.draft_rows import due_drafts, read_draft
from queue_server.administration.drafts import Drafts
from queue_server.clock import Clock
from queue_server.core.commit import Actor
from queue_server.core.errors import QueueError
from queue_server.hub.replicas import Replicas

LOOK_EVERY_S: Final = 30.0
SYSTEM: Final = Actor("system", "scheduled configuration")

log = structlog.get_logger(__name__)


class ScheduledDrafts:
    """Applies what is due; `run` looks until it is cancelled."""

    def __init__(self, engine: Engine, drafts: Drafts, replicas: Replicas, clock: Clock) -> None:
        self._engine = engine
        self._drafts = drafts
        self._replicas = replicas
        self._clock = clock

    async def run(self) -> None:
        """Look every half minute."""
        while True:
            await self.apply_due()
            await asyncio.sleep(LOOK_EVERY_S)

    async def apply_due(self) -> None:
        """Apply every draft whose day has begun; what cannot be is tried again and is told of."""
        try:
            due = await asyncio.to_thread(due_drafts, self._engine, self._clock.now())
        except QueueError as error:
            log.warning("scheduled drafts cannot be read", reason=error.message)
            return
        for centre in due:
            try:
                draft = await asyncio.to_thread(read_draft, self._engine, centre)
                replica = await self._replicas.get(centre)
                await self._drafts.apply(replica, draft.version, SYSTEM)
                log.info("a scheduled configuration is in force", centre=centre)
            except QueueError as error:
                log.warning("a scheduled configuration waits", centre=centre, reason=error.message)
