"""The present as the plan sees it: work per field, time per counter. Times in seconds."""

from collections.abc import Mapping, Set

from msgspec import Struct

from queue_server.core.identifiers import CounterId, FieldId


class FieldDemand(Struct, frozen=True, kw_only=True):
    """What a field needs within the horizon."""

    field: FieldId
    work_s: float
    """Work that waits and work that is expected to arrive, at the speed of a primary counter."""
    mean_s: float
    """Mean time of one transaction of the field."""
    variation: float = 0.7
    """Standard deviation of a transaction time, as share of the mean."""


class CounterSupply(Struct, frozen=True, kw_only=True):
    """What a counter can give within the horizon."""

    counter: CounterId
    available_s: float
    """The horizon less breaks and less what is left of the present visit."""
    trained: Mapping[FieldId, float]
    """Fields its staff are trained for, with the time they take there as multiple of a primary
    counter's."""
    active: Set[FieldId]
    """Fields it serves now; part of `trained`."""
    is_open: bool = True
    may_open: bool = False
    """Whether a closed counter may be proposed to be opened."""
    may_close: bool = False
    """Whether an open counter may be proposed to be closed."""
    fixed: Set[FieldId] = frozenset()
    """Fields of which nothing may be proposed here: declined, or changed a moment ago."""


class Situation(Struct, frozen=True, kw_only=True):
    """A centre now, with the next `horizon_s` seconds in view."""

    horizon_s: float
    fields: tuple[FieldDemand, ...]
    counters: tuple[CounterSupply, ...]

    @property
    def may_close(self) -> bool:
        """Whether an open counter could be closed."""
        return any(counter.may_close for counter in self.counters)

    @property
    def has_room(self) -> bool:
        """Whether an open counter is trained for something it does not serve, or one may open."""
        return any(
            counter.trained.keys() - counter.active if counter.is_open else counter.may_open
            for counter in self.counters
        )


class Change(Struct, frozen=True, kw_only=True):
    """What the plan would change at one counter."""

    counter: CounterId
    takes: tuple[FieldId, ...] = ()
    drops: tuple[FieldId, ...] = ()
    opens: bool = False
    closes: bool = False
