"""Why a number was passed, and why one was called: asked by staff, answered from the journal."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.console.find_number import ticket_of_number
from counters.explanation.sentences import Speaker
from counters.routing.explain import Explanation, explain, why_called
from counters.routing.reasons import Reason
from queue_server.api.access import clerk, require
from queue_server.api.state import principal_of, replica_of
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.events import TicketCalled
from queue_server.core.identifiers import ProcedureCode, TicketId, TicketNumber
from queue_server.core.ticket import Ticket, TicketState
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.web.routes import language_of

READ_AT_ONCE = 500


class WentFirst(Struct, frozen=True, kw_only=True):
    """Somebody else who was called while the ticket waited."""

    at: datetime
    number: TicketNumber
    procedure: ProcedureCode
    counter_number: str
    is_later: bool
    """Began to wait after the ticket."""
    reason: Reason
    sentence: str


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to "why was I passed?". No name of anybody is in it."""

    ticket: TicketId
    number: TicketNumber
    state: TicketState
    since: datetime | None
    sentence: str
    """The whole answer in one sentence."""
    went_first: tuple[WentFirst, ...]
    called: Reason | None
    called_sentence: str
    """Why it was called; empty while it waits."""


class WhyThisOne(Struct, frozen=True, kw_only=True):
    """Why a ticket was called; an empty sentence where it was not."""

    ticket: TicketId
    number: TicketNumber
    reason: Reason | None
    sentence: str


async def of_ticket(request: Request) -> Response:
    """Why the ticket was passed: everybody called before it, each with the decisive reason.

    `?language=` chooses the language of the sentences.
    """
    replica = await _readable(request)
    ticket = replica.centre.ticket(TicketId(request.path_params["ticket"]))
    return await _answer(request, replica, ticket)


async def of_number(request: Request) -> Response:
    """The same by the number on the slip, typed as people do."""
    replica = await _readable(request)
    ticket = ticket_of_number(replica.centre, request.path_params["number"])
    return await _answer(request, replica, ticket)


async def of_call(request: Request) -> Response:
    """Why this one: the reason of a ticket's last call, in one sentence."""
    replica = await _readable(request)
    centre = replica.centre
    ticket = centre.ticket(TicketId(request.path_params["ticket"]))
    reason = await _reason_of_last_change(request, replica, ticket)
    if reason is None:
        reason = (await _explained(request, replica, ticket)).called
    said = "" if reason is None else Speaker(centre, language_of(request)).called(reason, ticket.id)
    return _json(WhyThisOne(ticket=ticket.id, number=ticket.number, reason=reason, sentence=said))


async def _readable(request: Request) -> Replica:
    replica = await replica_of(request)
    require(await principal_of(request), clerk, replica.centre.id)
    return replica


async def _answer(request: Request, replica: Replica, ticket: Ticket) -> Response:
    explanation = await _explained(request, replica, ticket)
    return _json(_said(replica.centre, ticket, explanation, language_of(request)))


def _said(centre: Centre, ticket: Ticket, explanation: Explanation, language: str) -> Answer:
    speaker = Speaker(centre, language)
    called = explanation.called
    return Answer(
        ticket=ticket.id,
        number=ticket.number,
        state=ticket.state,
        since=explanation.since,
        sentence=speaker.summary(explanation),
        went_first=tuple(
            WentFirst(
                at=passing.at,
                number=passing.number,
                procedure=passing.procedure,
                counter_number=speaker.counter(passing.counter),
                is_later=passing.is_later,
                reason=passing.reason,
                sentence=speaker.passing(passing, ticket.procedure),
            )
            for passing in explanation.passings
        ),
        called=called,
        called_sentence="" if called is None else speaker.called(called, ticket.id),
    )


async def _explained(request: Request, replica: Replica, ticket: Ticket) -> Explanation:
    commits = [commit async for commit in _of_the_day(request, replica)]
    return explain(replica.centre, ticket.id, commits)


async def _reason_of_last_change(
    request: Request, replica: Replica, ticket: Ticket
) -> Reason | None:
    """The reason, where the ticket's last change was its call; one commit is read."""
    journal = cast("Replicas", request.state.replicas).journal
    centre = replica.centre
    for commit in await journal.read(centre.id, after=ticket.last_offset - 1, limit=1):
        for event in commit.events:
            if isinstance(event, TicketCalled) and event.ticket == ticket.id:
                return why_called(centre, event, centre.facts.routing.strategy)
    return None


async def _of_the_day(request: Request, replica: Replica) -> AsyncIterator[Commit]:
    """Commits from the day's opening on; none of a day that an earlier release opened."""
    journal = cast("Replicas", request.state.replicas).journal
    day, until = replica.centre.day, replica.centre.offset
    after = until if day is None or not day.offset else day.offset - 1
    while after < until:
        commits = await journal.read(replica.centre.id, after=after, limit=READ_AT_ONCE)
        for commit in commits:
            yield commit
        if not commits:
            return
        after = commits[-1].offset


def _json(value: Struct) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(value), media_type="application/json", headers=headers)


CENTRE = "/api/v1/centres/{centre}"
ROUTES: list[BaseRoute] = [
    Route(f"{CENTRE}/tickets/{{ticket}}/explanation", of_ticket, methods=["GET"]),
    Route(f"{CENTRE}/tickets/{{ticket}}/why-called", of_call, methods=["GET"]),
    Route(f"{CENTRE}/numbers/{{number}}/explanation", of_number, methods=["GET"]),
]
