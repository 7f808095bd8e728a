"""Proposals to the manager: which counter should also serve what, and what it would bring."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import CounterId, FieldId


class Effect(Struct, frozen=True):
    """How a mean waiting time would change, in seconds: 95 % lie within `within_s` of it."""

    mean_s: float
    within_s: float


class Proposal(Struct, frozen=True, kw_only=True):
    """One change at one counter, tried out on many continuations of the day."""

    id: str
    counter: CounterId
    takes: Mapping[FieldId, Level] = {}
    """Fields the counter would serve as well, each at the level its staff are trained for."""
    drops: tuple[FieldId, ...] = ()
    opens: bool = False
    """Somebody should sit down at the counter and open it."""
    closes: bool = False
    until: datetime
    """When an accepted change of a work profile ends by itself."""
    field: FieldId | None = None
    """The field whose wait changes most."""
    field_effect: Effect = Effect(0.0, 0.0)
    others_effect: Effect = Effect(0.0, 0.0)
    """On all other fields together."""
    all_effect: Effect = Effect(0.0, 0.0)


class ProposalState(Struct, frozen=True, kw_only=True):
    """A proposal of today and what became of it."""

    proposal: Proposal
    made_at: datetime
    valid_until: datetime
    answer: Literal["open", "accepted", "declined"] = "open"
    answered_at: datetime | None = None
    is_automatic: bool = False
    """Accepted by the rule the manager switched on, not by a person."""
    reason: str = ""


class TimedProfile(Struct, frozen=True, kw_only=True):
    """What a counter returns to when a change for a while ends."""

    until: datetime
    before: WorkProfile | None
    """None returns to the configured profile."""
    proposal: str = ""


def profile_after(profile: WorkProfile, proposal: Proposal) -> WorkProfile:
    """The work profile with what the proposal takes and without what it drops."""
    kept = {field: level for field, level in profile.fields.items() if field not in proposal.drops}
    return replace(profile, fields={**kept, **proposal.takes})
