"""What the routes of the drafts read and write."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, cast

import msgspec
from msgspec import Struct
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from counters.routing.strategies import STRATEGIES
from printers.printer_model import MODELS
from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import Device
from queue_server.accounts.principal import Principal
from queue_server.administration.changes import Change, changes_between
from queue_server.administration.draft_rows import Editor
from queue_server.administration.drafts import Drafts, Workpiece
from queue_server.administration.edits import Edit, overlaps
from queue_server.administration.effects import Effect, devices_without, effects_of
from queue_server.administration.sentences import effect_in_words, reason_in_words
from queue_server.administration.tree import Path
from queue_server.administration.values_in_words import Words
from queue_server.api.access import administrator, require
from queue_server.api.state import principal_of, replica_of
from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.problems import Problem, Severity
from queue_server.hub.replica import Replica
from queue_server.web.routes import language_of


class SaidProblem(Struct, frozen=True):
    """A problem in the reader's language."""

    key: str
    reason: str
    severity: Severity


class SaidEditor(Struct, frozen=True):
    """Who changed the draft, and when last."""

    id: str
    name: str
    at: datetime


class DraftState(Struct, frozen=True, kw_only=True):
    """A draft as its pages show it."""

    version: int
    edits: tuple[Edit, ...]
    problems: tuple[SaidProblem, ...]
    editors: tuple[SaidEditor, ...]
    apply_at: datetime | None
    live_id: str
    """Changes with the configuration in force."""
    live: dict[str, Any] | None
    """The configuration in force; None where the page has it already."""


class SaidEffect(Struct, frozen=True):
    """What people will notice, in the reader's language."""

    path: Path
    sentence: str
    is_warning: bool


class PreviewedChange(Change, frozen=True, kw_only=True):
    """A change with what comes of it."""

    effects: tuple[SaidEffect, ...] = ()
    is_overlap: bool = False
    """Somebody else changed the same in the configuration in force, since it was edited here."""


class Preview(Struct, frozen=True, kw_only=True):
    """Everything a draft would do."""

    version: int
    changes: tuple[PreviewedChange, ...]
    effects: tuple[SaidEffect, ...]
    """Those that belong to no single change."""
    problems: tuple[SaidProblem, ...]
    is_applicable: bool


async def asked(request: Request) -> tuple[Replica, Principal]:
    """The centre of the path and its administrator.

    Raises:
        NotSignedIn: Nobody is signed in.
        NotAllowed: Somebody else is.
    """
    replica = await replica_of(request)
    principal = await principal_of(request)
    require(principal, administrator, replica.centre.id)
    return replica, principal


def engine_of(request: Request) -> Engine:
    """The database of the server."""
    return cast("Engine", request.state.engine)  # the lifespan's state has no types


def drafts_of(request: Request) -> Drafts:
    """The drafts of the server."""
    return Drafts(engine_of(request), tuple(STRATEGIES), tuple(MODELS))


def accounts_of(request: Request) -> Accounts:
    """The accounts of the server."""
    return cast("Accounts", request.state.accounts)


def now_of(request: Request) -> datetime:
    """The instant."""
    return cast("Clock", request.state.clock).now()


def editor(request: Request, principal: Principal) -> tuple[str, Editor]:
    """Who edits now."""
    return principal.id, Editor(principal.name or principal.id, now_of(request))


def answer(value: object, status: int = 200) -> Response:
    """The value as JSON that no cache keeps."""
    headers = {"Cache-Control": "no-store"}
    data = msgspec.json.encode(value)
    return Response(data, status, headers=headers, media_type="application/json")


def state_of(request: Request, work: Workpiece) -> DraftState:
    """The draft for its pages; ``?live=`` names the configuration in force that they have."""
    known = request.query_params.get("live")
    live_id = blake2b(msgspec.json.encode(work.live), digest_size=8).hexdigest()
    words = Words(language_of(request), work.tree)
    draft = work.draft
    return DraftState(
        version=draft.version,
        edits=draft.edits,
        problems=_said(work.checked.problems, words),
        editors=tuple(SaidEditor(key, each.name, each.at) for key, each in draft.editors.items()),
        apply_at=draft.apply_at,
        live_id=live_id,
        live=None if known == live_id else work.live,
    )


def preview_of(
    centre: Centre, work: Workpiece, language: str, now: datetime, devices: Sequence[Device] = ()
) -> Preview:
    """Everything the draft would do, in words."""
    words = Words(language, {key: _both(work, key) for key in {**work.live, **work.tree}})
    changes = changes_between(work.live, work.tree, language)
    is_applicable = work.checked.is_applicable
    wanted = work.checked.configuration
    found: tuple[Effect, ...] = ()
    if is_applicable:
        found = (
            *effects_of(centre, wanted, now),
            *devices_without(devices, centre.facts, wanted),
        )
    others = set(overlaps(work.live, work.draft.edits))
    told: list[PreviewedChange] = []
    rest = list(found)
    for change in changes:
        mine = [each for each in rest if _belongs(each, change)]
        rest = [each for each in rest if each not in mine]
        told.append(
            PreviewedChange(
                **msgspec.structs.asdict(change),
                effects=_effects(mine, words),
                is_overlap=any(change.path[: len(path)] == path for path in others),
            )
        )
    return Preview(
        version=work.draft.version,
        changes=tuple(told),
        effects=_effects(rest, words),
        problems=_said(work.checked.problems, words),
        is_applicable=is_applicable,
    )


def _both(work: Workpiece, key: str) -> object:
    """A table with what it had and what it will have, for names."""
    before, after = work.live.get(key), work.tree.get(key)
    if isinstance(before, dict) and isinstance(after, dict):
        return {**before, **after}
    return before if after is None else after


def _belongs(effect: Effect, change: Change) -> bool:
    shorter = min(len(effect.path), len(change.path))
    return effect.path[:shorter] == change.path[:shorter]


def _effects(effects: Iterable[Effect], words: Words) -> tuple[SaidEffect, ...]:
    return tuple(
        SaidEffect(each.path, effect_in_words(each, words), each.is_warning) for each in effects
    )


def _said(problems: Iterable[Problem], words: Words) -> tuple[SaidProblem, ...]:
    return tuple(
        SaidProblem(each.key, reason_in_words(each, words), each.severity) for each in problems
    )
