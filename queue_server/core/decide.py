"""Commands to events: `decide` is every rule of queueing, as a pure function.

It reads the centre and never changes it. A refusal is raised as a `QueueError`. No events means
that there was nothing to do (nobody to call): nothing is written.
"""

from collections.abc import Callable, Mapping
from typing import Any

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.decisions import (
    at_counter,
    counters,
    dossiers,
    forms,
    learning,
    messages,
    paper,
    rating,
    rebalancing,
    stranded,
    tickets,
)
from queue_server.core.decisions import centre as day
from queue_server.core.events import Event
from queue_server.core.protocols import Circumstances

Decision = Callable[[Centre, Any, Circumstances], tuple[Event, ...]]

DECISIONS: Mapping[type[c.Command], Decision] = {
    c.ApplyConfiguration: day.apply_configuration,
    c.ChangeRouting: day.change_routing,
    c.OpenDay: day.open_day,
    c.CloseDay: day.close_day,
    c.LearnParameters: learning.learn_parameters,
    c.SkipNumbers: day.skip_numbers,
    c.AnnounceMessage: messages.announce,
    c.WithdrawMessage: messages.withdraw,
    c.ReadMessage: messages.read,
    c.IssueTicket: tickets.issue,
    c.CheckIn: tickets.check_in,
    c.CancelTicket: tickets.cancel,
    c.DelayTicket: tickets.delay,
    c.Reinstate: tickets.reinstate,
    c.Expire: tickets.expire,
    c.GiveBack: stranded.give_back,
    c.ReleaseReservation: stranded.release_reservation,
    c.Reprint: tickets.reprint,
    c.RateVisit: rating.rate_visit,
    c.EnterOutageTicket: tickets.enter_outage_ticket,
    c.CallNext: at_counter.call_next,
    c.CallTicket: at_counter.call_ticket,
    c.Recall: at_counter.recall,
    c.StartServing: at_counter.start_serving,
    c.MarkNoShow: at_counter.mark_no_show,
    c.Requeue: at_counter.requeue,
    c.Park: at_counter.park,
    c.Resume: at_counter.resume,
    c.Transfer: at_counter.transfer,
    c.Complete: at_counter.complete,
    c.UndoLast: at_counter.undo_last,
    c.TakeCounter: counters.take,
    c.LeaveCounter: counters.leave,
    c.OpenCounter: counters.open_counter,
    c.PauseCounter: counters.pause,
    c.PauseSilentCounter: counters.pause_silent,
    c.HoldAutomaticCall: counters.hold_automatic_call,
    c.CloseCounter: counters.close,
    c.ChangeWorkProfile: counters.change_work_profile,
    c.RevertWorkProfile: rebalancing.revert_work_profile,
    c.MakeProposals: rebalancing.make_proposals,
    c.AcceptProposal: rebalancing.accept_proposal,
    c.DeclineProposal: rebalancing.decline_proposal,
    c.SwitchAutomaticRebalancing: rebalancing.switch_automatic_rebalancing,
    c.StartPrint: paper.start_print,
    c.MovePrint: paper.move_print,
    c.DropPrint: paper.drop_print,
    c.RecordPrint: paper.record_print,
    c.ReportPrinter: paper.report_printer,
    c.PrintTrial: paper.print_trial,
    c.ReprintReceipt: dossiers.reprint_receipt,
    c.ReprintForm: forms.reprint_form,
    c.ReleaseHandOver: dossiers.release_hand_over,
    c.RecordHandOver: dossiers.record_hand_over,
}
"""Which function decides which command; a test keeps it total."""


def decide(centre: Centre, command: c.Command, circumstances: Circumstances) -> tuple[Event, ...]:
    """Events by which the centre answers the command.

    Raises:
        QueueError: The command is refused; nothing changes.
    """
    return DECISIONS[type(command)](centre, command, circumstances)
