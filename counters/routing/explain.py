"""Why a ticket was passed and why it was called, from the calls as the journal keeps them.

A passing is a call while the ticket waited, at a counter that could have called it, of somebody
else. The terms of both claims are in the call itself, so it is explained by what was, not by
what is now.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counters.routing.choice import Order, order_of
from counters.routing.follow import Followed, changed_profiles
from counters.routing.reasons import Reason, ReasonKind, reason_of
from counters.routing.standing import (
    WALK_IN,
    Standing,
    clock_of,
    factor_of,
    length_factor,
    seconds,
    urgency_factor,
)
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId, TicketNumber
from queue_server.core.ticket import Action


class Passing(Struct, frozen=True, kw_only=True):
    """Somebody else was called while the ticket waited for such a counter."""

    offset: int
    at: datetime
    counter: CounterId
    ticket: TicketId
    number: TicketNumber
    procedure: ProcedureCode
    is_later: bool
    """Began to wait after the ticket: it was really passed."""
    reason: Reason


class Explanation(Struct, frozen=True, kw_only=True):
    """Everything about the ticket's present or last wait."""

    ticket: TicketId
    since: datetime | None
    """Start of that wait; None when it never waited."""
    passings: tuple[Passing, ...]
    called: Reason | None
    """Why it was called in the end; None while it waits."""
    called_at: datetime | None
    counter: CounterId | None


def explain(centre: Centre, ticket: TicketId, commits: Iterable[Commit]) -> Explanation:
    """Explain the ticket's wait.

    Args:
        centre: As it is now; names, clocks and lengths that a call does not keep are taken of it.
        ticket: A ticket of the day.
        commits: Of the day, in order.
    """
    kept = list(commits)
    followed = Followed(centre, ticket, changed_profiles(kept))
    passings: list[Passing] = []
    called: tuple[Reason, datetime, CounterId] | None = None
    for commit in kept:
        for event in commit.events:
            if isinstance(event, e.TicketCalled):
                if event.ticket == ticket:
                    reason = why_called(centre, event, followed.strategy, followed)
                    called = (reason, commit.at, event.counter)
                elif followed.is_waiting:
                    passings += _passing(centre, followed, commit, event)
            elif isinstance(event, e.CounterActionUndone):
                passings = _without_undone(passings, event)
            if followed.take(commit, event):
                passings, called = [], None
            elif followed.is_waiting and not isinstance(event, e.TicketCalled):
                called = None
    return Explanation(
        ticket=ticket,
        since=followed.began_at,
        passings=tuple(passings),
        called=called[0] if called else None,
        called_at=called[1] if called else None,
        counter=called[2] if called else None,
    )


def why_called(
    centre: Centre, event: e.TicketCalled, strategy: str, followed: Followed | None = None
) -> Reason:
    """Why this one: the decisive term against the next best."""
    if event.reason:
        return Reason(kind=ReasonKind.OUT_OF_ORDER, text=event.reason)
    own = next((each for each in event.candidates if each.ticket == event.ticket), None)
    if own is None:
        return Reason(kind=ReasonKind.RULES)
    if event.equals > 1:
        return Reason(kind=ReasonKind.DRAWN, equals=event.equals, waited_s=own.waited_s)
    others = [each for each in event.candidates if each.ticket != event.ticket]
    if not others:
        return Reason(kind=ReasonKind.ONLY_ONE, waited_s=own.waited_s, level=own.level)
    is_here = followed is not None and followed.reserved.get(event.ticket) == event.counter
    reason = reason_of(own, others[0], strategy, is_sent_here=is_here)
    return _with_hour(centre, reason, event.ticket, others[0].ticket)


def _passing(
    centre: Centre, followed: Followed, commit: Commit, event: e.TicketCalled
) -> list[Passing]:
    """The call as a passing; nothing where the counter could not have called the ticket."""
    level = followed.level_at(event.counter)
    listed = next((each for each in event.candidates if each.ticket == followed.id), None)
    if listed is None and level is None:
        return []
    other = centre.tickets.get(event.ticket)
    if other is None:
        return []
    reason = _reason(centre, followed, event, listed or _own(centre, followed, level, commit.at))
    place = (followed.queued.get(event.ticket, other.queued_at), other.sequence)
    return [
        Passing(
            offset=commit.offset,
            at=commit.at,
            counter=event.counter,
            ticket=event.ticket,
            number=other.number,
            procedure=followed.procedures.get(event.ticket, other.procedure),
            is_later=place > (followed.queued_at, centre.ticket(followed.id).sequence),
            reason=reason,
        )
    ]


def _reason(centre: Centre, followed: Followed, event: e.TicketCalled, own: e.Candidate) -> Reason:
    if event.reason:
        return Reason(kind=ReasonKind.OUT_OF_ORDER, text=event.reason, own_waited_s=own.waited_s)
    called = next((each for each in event.candidates if each.ticket == event.ticket), None)
    if called is None:
        return Reason(kind=ReasonKind.RULES)
    places = [each.ticket for each in event.candidates]
    is_listed = own.ticket in places
    if is_listed and event.equals > 1 and places.index(own.ticket) < event.equals:
        return Reason(
            kind=ReasonKind.DRAWN,
            equals=event.equals,
            waited_s=called.waited_s,
            own_waited_s=own.waited_s,
        )
    if not is_listed and own.line == WALK_IN and own.claim_s > called.claim_s:
        earlier = _head(centre, followed, event)
        if earlier is not None:
            return Reason(kind=ReasonKind.SERIES_ORDER, earlier=earlier, own_waited_s=own.waited_s)
    is_here = followed.reserved.get(event.ticket) == event.counter
    reason = reason_of(called, own, followed.strategy, is_sent_here=is_here)
    if reason.kind is ReasonKind.LEVEL and followed.is_language_missing(event.counter):
        reason = replace(reason, kind=ReasonKind.LANGUAGE)
    return _with_hour(centre, reason, event.ticket, own.ticket)


def _head(centre: Centre, followed: Followed, event: e.TicketCalled) -> TicketNumber | None:
    """The first of the ticket's own series, who stood for it in the call."""
    for candidate in event.candidates:
        ticket = centre.tickets.get(candidate.ticket)
        if ticket is not None and candidate.line == WALK_IN and ticket.field == followed.field:
            return ticket.number
    return None


def _own(centre: Centre, followed: Followed, level: Level | None, at: datetime) -> e.Candidate:
    """What the ticket would have claimed, though it was not the first of its line."""
    order: Order = order_of(followed.routing)
    parameters = order.parameters
    clock = clock_of(
        centre,
        parameters,
        priority_class=followed.priority_class,
        is_appointment=followed.appointment_at is not None,
        is_transferred=followed.is_transferred,
    )
    procedure = followed.procedure
    standing = Standing(
        ticket=followed.id,
        series=followed.field,
        procedure=procedure,
        line=clock.line,
        since_s=seconds(followed.queued_at),
        sequence=0,
        rate=clock.rate,
        head_start_s=clock.head_start_s,
        factor=factor_of(centre, procedure, parameters, dossiers=followed.dossiers),
    )
    level = level or Level.BACK_UP
    waited_s = seconds(at) - standing.since_s
    return e.Candidate(
        ticket=followed.id,
        claim_s=round(order.strategy(parameters, standing, level, seconds(at)), 1),
        waited_s=round(waited_s),
        clock_s=round(clock.rate * waited_s + clock.head_start_s),
        line=clock.line,
        level=level,
        weight=parameters.weights[level],
        length=round(length_factor(centre, procedure, parameters, dossiers=followed.dossiers), 3),
        urgency=round(urgency_factor(centre, centre.procedure(procedure)), 3),
    )


def _with_hour(centre: Centre, reason: Reason, called: TicketId, other: TicketId) -> Reason:
    """The hour of the appointment the reason speaks of."""
    whose = {ReasonKind.APPOINTMENT: called, ReasonKind.NOT_YET_DUE: other}.get(reason.kind)
    ticket = None if whose is None else centre.tickets.get(whose)
    return reason if ticket is None else replace(reason, appointment_at=ticket.appointment_at)


def _without_undone(passings: list[Passing], event: e.CounterActionUndone) -> list[Passing]:
    """A call that was undone never was."""
    if event.action is not Action.UNDO_CALL:
        return passings
    of_ticket = [each for each in passings if each.ticket == event.ticket.id]
    return [each for each in passings if each not in of_ticket[-1:]]
