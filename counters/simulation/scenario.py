"""What a centre and its days are like, as numbers of one unit: seconds."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from counters.simulation.visits import PRIORITY_CLASS
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId, PriorityClassId, ProcedureCode

Span = tuple[float, float]
"""From and until, in seconds since midnight."""


class ProcedureLoad(Struct, frozen=True):
    """A procedure as the simulation knows it."""

    code: ProcedureCode
    field: FieldId
    mean_s: float
    share: float
    """Share of its field's visits."""
    target_s: float = 900.0


class FieldLoad(Struct, frozen=True):
    """Visits of a field."""

    id: FieldId
    visits: float
    """Expected a day."""
    procedures: tuple[ProcedureLoad, ...]


class Post(Struct, frozen=True, kw_only=True):
    """A counter of the scenario with its clerk."""

    id: CounterId
    """What is shown, e.g. ``5``."""
    active: tuple[FieldId, ...]
    """What it serves; the first is what it is best at, the others are secondary."""
    trained: tuple[FieldId, ...]
    """What the clerk can serve; whatever is not active is a back-up."""
    clerk_factor: float = 1.0
    """Above 1 for a clerk who takes longer."""
    breaks: tuple[Span, ...] = ()
    is_open: bool = True


class Scenario(Struct, frozen=True, kw_only=True, dict=True):
    """A centre and its days."""

    name: str
    opens_s: float
    last_ticket_s: float
    closes_s: float
    fields: tuple[FieldLoad, ...]
    posts: tuple[Post, ...]
    profile: tuple[float, ...]
    """Shares of the visits by equal intervals from opening to the last ticket; their sum is 1."""
    slowdown: Mapping[Level, float]
    service_cv: float = 0.7
    day_cv: float = 0.08
    field_cv: float = 0.15
    p_appointment: float = 0.1
    p_priority: float = 0.08
    priority_class: PriorityClassId | None = PRIORITY_CLASS
    """What priority people are; None: there are none."""
    p_noshow: float = 0.05
    p_return: float = 0.4
    return_delay_s: Span = (300.0, 1200.0)
    noshow_s: float = 45.0
    """How long a counter waits for somebody who is absent."""
    p_transfer: float = 0.06
    p_transfer_other_field: float = 0.7

    @cached_property
    def procedures(self) -> Mapping[ProcedureCode, ProcedureLoad]:
        """By code."""
        return {load.code: load for field in self.fields for load in field.procedures}

    @cached_property
    def reference_s(self) -> float:
        """Mean time of what people come for, weighted by how often: what "short" compares with."""
        visits = sum(field.visits for field in self.fields)
        work = sum(
            field.visits * load.share * load.mean_s
            for field in self.fields
            for load in field.procedures
        )
        return work / visits if visits else 1.0
