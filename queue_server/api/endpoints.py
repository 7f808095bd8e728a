"""The table of command endpoints: path, command, who may send it. OpenAPI is made from it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from msgspec import Struct
from starlette.requests import Request

from queue_server.accounts.principal import Principal
from queue_server.api import access, prepare, rating, remote
from queue_server.api.body import MAX_BODY, MAX_CONFIGURATION
from queue_server.core import commands as c

Prepare = Callable[[Request, Principal, dict[str, Any]], Awaitable[None]]


class Endpoint(Struct, frozen=True, kw_only=True):
    """One command over HTTP: `POST /api/v1/centres/{centre}<path>`.

    Parameters of the path become fields of the command; `prepare` fills in what must not come
    from the client (who asks, channel) and takes out what must not reach the journal (names).
    """

    path: str
    command: type[c.Command]
    access: access.Access
    prepare: Prepare | None = None
    extra: type[Struct] | None = None
    """Further fields of the body that `prepare` takes out."""
    limit: int = MAX_BODY


def _at_counter(action: str, command: type[c.Command], **more: Any) -> Endpoint:  # noqa: ANN401
    return Endpoint(
        path=f"/counters/{{counter}}/{action}", command=command, access=access.clerk, **more
    )


ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        path="/tickets",
        command=c.IssueTicket,
        access=access.may_issue,
        prepare=prepare.issue,
        extra=prepare.IssueExtra,
    ),
    Endpoint(
        path="/tickets/{ticket}/cancel",
        command=c.CancelTicket,
        access=access.anyone_with_the_ticket,
    ),
    Endpoint(
        path="/tickets/{ticket}/delay", command=c.DelayTicket, access=access.anyone_with_the_ticket
    ),
    Endpoint(
        path="/tickets/{ticket}/rate",
        command=c.RateVisit,
        access=access.citizen,
        prepare=rating.rate,
        extra=rating.RatingExtra,
    ),
    Endpoint(
        path="/remote-tickets",
        command=c.IssueTicket,
        access=access.anyone_with_a_pass,
        prepare=remote.take,
        extra=remote.RemoteExtra,
    ),
    Endpoint(path="/tickets/{ticket}/check-in", command=c.CheckIn, access=access.may_issue),
    Endpoint(path="/tickets/{ticket}/reinstate", command=c.Reinstate, access=access.may_issue),
    Endpoint(path="/tickets/{ticket}/give-back", command=c.GiveBack, access=access.reception),
    Endpoint(path="/tickets/{ticket}/reprint", command=c.Reprint, access=access.may_issue),
    Endpoint(
        path="/outage-tickets",
        command=c.EnterOutageTicket,
        access=access.reception,
        prepare=prepare.new_ticket,
    ),
    _at_counter("call-next", c.CallNext),
    _at_counter("call-ticket", c.CallTicket, prepare=prepare.call_out_of_order),
    _at_counter("hold", c.HoldAutomaticCall),
    _at_counter("recall", c.Recall),
    _at_counter("start-serving", c.StartServing),
    _at_counter("no-show", c.MarkNoShow),
    _at_counter("requeue", c.Requeue),
    _at_counter("park", c.Park),
    _at_counter("resume", c.Resume),
    _at_counter("transfer", c.Transfer),
    _at_counter("complete", c.Complete, prepare=prepare.complete),
    _at_counter("undo", c.UndoLast),
    _at_counter("take", c.TakeCounter, prepare=prepare.take_counter),
    _at_counter("leave", c.LeaveCounter),
    _at_counter("open", c.OpenCounter),
    _at_counter("pause", c.PauseCounter),
    _at_counter("close", c.CloseCounter),
    _at_counter("messages/{message}/read", c.ReadMessage),
    Endpoint(
        path="/counters/{counter}/work-profile",
        command=c.ChangeWorkProfile,
        access=access.manager,
    ),
    Endpoint(
        path="/counters/{counter}/work-profile/revert",
        command=c.RevertWorkProfile,
        access=access.manager,
    ),
    Endpoint(path="/proposals/{proposal}/accept", command=c.AcceptProposal, access=access.manager),
    Endpoint(
        path="/proposals/{proposal}/decline", command=c.DeclineProposal, access=access.manager
    ),
    Endpoint(
        path="/rebalancing/automatic",
        command=c.SwitchAutomaticRebalancing,
        access=access.manager,
    ),
    Endpoint(
        path="/papers/{job}/start",
        command=c.StartPrint,
        access=access.print_agent,
        prepare=prepare.own_print,
    ),
    Endpoint(
        path="/papers/{job}/record",
        command=c.RecordPrint,
        access=access.print_agent,
        prepare=prepare.own_print,
    ),
    Endpoint(
        path="/printers/{printer}/test",
        command=c.PrintTrial,
        access=access.administrator,
        prepare=prepare.new_trial,
    ),
    Endpoint(path="/dossiers/{code}/reprint", command=c.ReprintReceipt, access=access.clerk),
    Endpoint(path="/forms/{form}/reprint", command=c.ReprintForm, access=access.clerk),
    Endpoint(path="/dossiers/{code}/release", command=c.ReleaseHandOver, access=access.reception),
    Endpoint(path="/messages", command=c.AnnounceMessage, access=access.manager),
    Endpoint(path="/messages/{message}/withdraw", command=c.WithdrawMessage, access=access.manager),
    Endpoint(path="/routing", command=c.ChangeRouting, access=access.manager),
    Endpoint(path="/day/open", command=c.OpenDay, access=access.manager),
    Endpoint(path="/day/close", command=c.CloseDay, access=access.manager),
    Endpoint(path="/numbers/skip", command=c.SkipNumbers, access=access.manager),
    Endpoint(
        path="/configuration",
        command=c.ApplyConfiguration,
        access=access.administrator,
        prepare=prepare.configuration,
        limit=MAX_CONFIGURATION,
    ),
)
