"""The day so far over HTTP, for managers; nothing is computed while nobody asks."""

import asyncio
from datetime import datetime
from typing import cast
from weakref import WeakKeyDictionary

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.today.curve import WAITS_STEP_S, field_curves, midnight_of, span_of
from counters.today.hours import DayHours
from counters.today.values import Today
from queue_server.api.access import manager, require
from queue_server.api.state import principal_of, replica_of
from queue_server.core.errors import DayRefusal
from queue_server.core.learned import HALF_HOUR_S
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.journal.protocol import Journal

READ_AT_ONCE = 200
"""Commits folded before others have their turn."""


class FoldedDays:
    """The counters' hours of each centre's day, folded as far as somebody asked."""

    def __init__(self) -> None:
        self._folds: WeakKeyDictionary[Replica, tuple[str, DayHours]] = WeakKeyDictionary()
        self._turns: WeakKeyDictionary[Replica, asyncio.Lock] = WeakKeyDictionary()

    async def of(self, replica: Replica, journal: Journal, midnight: datetime) -> DayHours:
        """The day up to the replica's offset."""
        async with self._turns.setdefault(replica, asyncio.Lock()):
            fold = self._fold(replica, midnight)
            until = replica.centre.offset
            while fold.offset < until:
                limit = min(READ_AT_ONCE, until - fold.offset)
                commits = await journal.read(replica.centre.id, after=fold.offset, limit=limit)
                fold.add(commits)
                if not commits:
                    break
            return fold

    def _fold(self, replica: Replica, midnight: datetime) -> DayHours:
        """Of the day that is; a new one when another began or the journal lost commits."""
        day, position = replica.centre.day, replica.position
        key = f"{position.epoch} {day.offset if day else 0}"
        known = self._folds.get(replica)
        if known is not None and known[0] == key and known[1].offset <= position.offset:
            return known[1]
        begin = day.offset - 1 if day is not None and day.offset else position.offset
        fold = DayHours(midnight, begin)
        self._folds[replica] = (key, fold)
        return fold


def routes(folded: FoldedDays) -> list[BaseRoute]:
    """The routes, with the days they keep."""

    async def today(request: Request) -> Response:
        """The day so far: arrivals with the next two hours' forecast, waits, counters' hours."""
        replica = await replica_of(request)
        require(await principal_of(request), manager, replica.centre.id)
        day = replica.centre.day
        if day is None:
            message = "expected a day that was opened: open the day first"
            raise DayRefusal(message)
        journal = cast("Replicas", request.state.replicas).journal
        now = request.state.clock.now()
        fold = await folded.of(replica, journal, midnight_of(replica.centre, day.opened_at))
        body = msgspec.json.encode(today_of(replica, fold, now))
        headers = {"Cache-Control": "no-store"}
        return Response(body, media_type="application/json", headers=headers)

    return [Route("/api/v1/centres/{centre}/today", today, methods=["GET"])]


def today_of(replica: Replica, fold: DayHours, now: datetime) -> Today:
    """The answer. A day that is closed ended when the centre last changed."""
    centre, day = replica.centre, replica.centre.day
    assert day is not None  # noqa: S101  # the caller refused
    at = now if day.is_open else min(now, centre.changed_at or now)
    midnight = midnight_of(centre, day.opened_at)
    now_s = (at - midnight).total_seconds()
    from_s, closes_s = span_of(centre, midnight, now_s)
    return Today(
        at=at,
        date=day.date,
        midnight=midnight,
        now_s=round(now_s),
        from_s=from_s,
        closes_s=closes_s,
        half_hour_s=round(HALF_HOUR_S),
        waits_step_s=WAITS_STEP_S,
        fields=field_curves(centre, midnight, at, from_s),
        counters=fold.hours(centre),
    )


ROUTES = routes(FoldedDays())
