"""The situation of a live centre, as far as the simulation can tell: demand and supply."""

from collections.abc import Iterator, Set
from datetime import datetime, timedelta

from counters.estimates.pauses import back_at
from counters.rebalancing.closing import closable
from counters.rebalancing.situation import CounterSupply, FieldDemand, Situation
from counters.simulation.expectation import DayExpectation
from counters.simulation.present import Present
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.learned import HALF_HOUR_S


def situation_of(centre: Centre, present: Present, now: datetime) -> Situation:
    """Work that waits and is expected, and what each counter can give.

    Args:
        centre: The live centre; only read.
        present: The same centre as the simulation sees it.
        now: The instant of both.
    """
    ends_s = max(present.closes_s - present.now_s, 0.0)
    horizon_s = min(float(centre.facts.rebalancing.horizon_s), ends_s)
    return Situation(
        horizon_s=horizon_s,
        fields=tuple(_demands(centre, present, horizon_s)),
        counters=tuple(_supplies(centre, present, now, horizon_s)),
    )


def _demands(centre: Centre, present: Present, horizon_s: float) -> Iterator[FieldDemand]:
    waiting: dict[FieldId, float] = {}
    for ticket in present.waiting:
        work_s = present.mean_s[ticket.procedure] * ticket.dossiers
        waiting[ticket.field] = waiting.get(ticket.field, 0.0) + work_s
    for field in centre.facts.fields:
        mean_s = _mean_s(present, field)
        coming = _expected(present, field, horizon_s)
        yield FieldDemand(
            field=field,
            work_s=waiting.get(field, 0.0) + coming * mean_s,
            mean_s=mean_s,
            variation=present.expectation.cv,
        )


def _mean_s(present: Present, field: FieldId) -> float:
    """Mean time of a visit of the field, each procedure as often as it is asked for."""
    codes = [code for code, of_field in present.procedures.items() if of_field == field]
    mix = present.expectation.mix
    weights = {code: mix.get(code, 0.0) for code in codes}
    if not any(weights.values()):
        weights = dict.fromkeys(codes, 1.0)
    total = sum(weights.values())
    return sum(present.mean_s[code] * share for code, share in weights.items()) / (total or 1.0)


def _expected(present: Present, field: FieldId, horizon_s: float) -> float:
    """Visits of the field that are expected within the horizon."""
    ends_s = min(present.now_s + horizon_s, present.tickets_until_s)
    count = 0.0
    for index, visits in enumerate(present.expectation.arrivals.get(field, ())):
        begins_s = max(index * HALF_HOUR_S, present.now_s)
        until_s = min((index + 1) * HALF_HOUR_S, ends_s)
        count += visits * max(until_s - begins_s, 0.0) / HALF_HOUR_S
    return count


def _supplies(
    centre: Centre, present: Present, now: datetime, horizon_s: float
) -> Iterator[CounterSupply]:
    refused = declined(centre, now)
    spare = set(closable(centre, now))
    for counter in centre.counters.values():
        facts = centre.facts.counters.get(counter.id)
        if facts is None or counter.is_retired:
            continue
        active = {field for field in counter.profile.fields if field in centre.facts.fields}
        known = centre.trained_fields(counter).items()
        trained = {field: level for field, level in known if field in centre.facts.fields}
        expected = present.expectation
        clerk = expected.clerk_factors.get(counter.id, 1.0)
        fixed = {field for other, field in refused if other == counter.id and field is not None}
        yield CounterSupply(
            counter=counter.id,
            available_s=max(horizon_s - _away_s(counter, present, now, horizon_s), 0.0),
            trained={f: expected.slowdown[level] * clerk for f, level in trained.items()},
            active=active,
            is_open=counter.availability is not Availability.CLOSED,
            may_open=(counter.id, None) not in refused,
            may_close=counter.id in spare and (counter.id, None) not in refused,
            fixed=set(trained) if is_left_alone(centre, counter, now) else fixed,
        )


def _away_s(counter: CounterState, present: Present, now: datetime, horizon_s: float) -> float:
    """Breaks within the horizon, what is left of a pause, and of the visit at the counter."""
    expected: DayExpectation = present.expectation
    ends_s = present.now_s + horizon_s
    away_s = sum(
        max(min(until_s, ends_s) - max(from_s, present.now_s), 0.0)
        for from_s, until_s in expected.breaks.get(counter.id, ())
    )
    if counter.availability is Availability.PAUSED:
        back = back_at(counter, now)
        away_s += horizon_s if back is None else (back - now).total_seconds()
    busy = next((each for each in present.busy if each.counter == counter.id), None)
    if busy is not None:
        mean_s = present.mean_s[busy.ticket.procedure] * busy.ticket.dossiers
        # Long services tend to go on for long: never less than half of the mean is counted.
        away_s += max(mean_s - (present.now_s - busy.called_s), mean_s / 2)
    return away_s


def is_left_alone(centre: Centre, counter: CounterState, now: datetime) -> bool:
    """Whether its profile is changed for a while, or changed or returned a moment ago."""
    if counter.timed is not None:
        return True
    pause = timedelta(seconds=centre.facts.rebalancing.least_pause_s)
    changed_at = counter.profile_changed_at
    return changed_at is not None and now - changed_at < pause


def declined(centre: Centre, now: datetime) -> Set[tuple[CounterId, FieldId | None]]:
    """What the manager declined a short while ago; no field stands for opening the counter."""
    within = timedelta(seconds=centre.facts.rebalancing.declined_for_s)
    found: set[tuple[CounterId, FieldId | None]] = set()
    for state in centre.proposals.values():
        if state.answered_at is None or now - state.answered_at >= within:
            continue
        proposal = state.proposal
        if state.answer == "declined":
            found |= {(proposal.counter, field) for field in (*proposal.takes, *proposal.drops)}
        if proposal.opens or proposal.closes:
            found.add((proposal.counter, None))
    return found
