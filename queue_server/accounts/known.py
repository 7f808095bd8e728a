"""Who is behind a token, remembered for half a minute so that a command asks no database.

What this process revokes is forgotten at once; what another one revokes, within half a minute.
While the database cannot be reached, whoever was known a short time ago stays known: a call at a
counter does not wait for SQL.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog
from msgspec import Struct
from sqlalchemy import Engine

from queue_server.accounts.principal import Principal
from queue_server.accounts.tokens import has_form, token_hash
from queue_server.archive.database import DatabaseUnavailable
from queue_server.clock import Clock

FRESH: Final = timedelta(seconds=30)
"""How long a principal is believed without asking; also the pause after the database failed."""
KEPT: Final = timedelta(minutes=15)
"""How long a principal is believed while the database cannot be asked."""
_SWEEP_AT: Final = 5_000

log = structlog.get_logger(__name__)


class Known(Struct, frozen=True, kw_only=True):
    """A principal and when the token stops working; None means never."""

    principal: Principal
    until: datetime | None = None


class _Remembered(Struct, frozen=True):
    known: Known
    read_at: datetime

    def is_good(self, now: datetime, age: timedelta) -> bool:
        until = self.known.until
        # A clock that was put back makes ages negative: such an entry is not believed either.
        is_young = timedelta(0) <= now - self.read_at < age
        return is_young and (until is None or now < until)


Read = Callable[[Engine, str, datetime], Known | None]
"""Looks a token's hash up in SQL; blocks."""


class KnownTokens:
    """The principals behind one kind of token."""

    def __init__(self, engine: Engine, clock: Clock, read: Read) -> None:
        self._engine = engine
        self._clock = clock
        self._read = read
        self._remembered: dict[str, _Remembered] = {}
        self._forgotten = 0
        self._ask_again_at: datetime | None = None

    def fresh(self, token: str) -> Principal | None:
        """The principal, if it is remembered and fresh; never asks the database."""
        return self._recall(token_hash(token), self._clock.now(), FRESH)

    async def find(self, token: str) -> Principal | None:
        """The principal, from memory if fresh, else from the database.

        Raises:
            DatabaseUnavailable: It is not remembered and the database cannot be asked.
        """
        if not has_form(token):
            return None
        key, now = token_hash(token), self._clock.now()
        age = KEPT if self._is_pausing(now) else FRESH
        return self._recall(key, now, age) or await self._ask(key, now)

    def forget(self, key: str) -> None:
        """Forget the token with this hash."""
        self._forgotten += 1
        self._remembered.pop(key, None)

    def forget_principal(self, principal: str) -> None:
        """Forget all tokens of the principal with this id."""
        self._forgotten += 1
        self._remembered = {
            key: entry
            for key, entry in self._remembered.items()
            if entry.known.principal.id != principal
        }

    def _recall(self, key: str, now: datetime, age: timedelta) -> Principal | None:
        entry = self._remembered.get(key)
        return entry.known.principal if entry and entry.is_good(now, age) else None

    async def _ask(self, key: str, now: datetime) -> Principal | None:
        forgotten = self._forgotten
        try:
            known = await asyncio.to_thread(self._read, self._engine, key, now)
        except DatabaseUnavailable:
            self._ask_again_at = now + FRESH
            if found := self._recall(key, now, KEPT):
                log.warning("principal_from_memory", principal=found.id)
                return found
            raise
        self._ask_again_at = None
        if known is None:
            self._remembered.pop(key, None)
            return None
        # What was revoked while the answer was on its way must not be remembered again.
        if forgotten == self._forgotten:
            self._sweep(now)
            self._remembered[key] = _Remembered(known, now)
        return known.principal

    def _is_pausing(self, now: datetime) -> bool:
        return self._ask_again_at is not None and now < self._ask_again_at

    def _sweep(self, now: datetime) -> None:
        if len(self._remembered) > _SWEEP_AT:
            entries = self._remembered.items()
            self._remembered = {key: e for key, e in entries if e.is_good(now, KEPT)}
