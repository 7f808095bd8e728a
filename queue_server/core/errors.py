"""Refusals: requests we understood and declined, each named by its outcome.

QueueError
├── UnknownName            a centre, field, procedure, counter, ticket … that does not exist
├── InvalidValue           a value outside what the command allows
├── IllegalAction          the table has no such move
├── CounterRefusal
│   ├── CounterBusy        somebody is called or served there
│   ├── CounterIdle        nobody is called or served there
│   ├── CounterNotOpen     availability is not open
│   ├── CounterTakenByOther / StaffAlreadyAtCounter / NotAtThisCounter
│   └── NothingToUndo      too late, or something happened since
├── TicketRefusal
│   ├── TicketsClosed      out of hours, with the next opening
│   ├── FieldFull          capacity of the day or number series used up
│   ├── ProcedureNotOffered
│   ├── TooManyTickets     one person, one day
│   ├── TooManyDelays
│   ├── TooLate            a no-show after the return window; a rating long after the service
│   ├── NotRateable        the visit is not over, or the centre asks for no ratings
│   ├── AlreadyRated       the time to change the rating is over
│   └── NumberTaken        a hand-written number that exists
├── DayRefusal             the day is open, or not open
├── ProposalStale          the centre is not any more as it was when it was proposed
├── PrintTaken             the print job was begun, dropped, or is another printer's
└── CommandRefusal
    ├── CommandReused      the same command id with another payload
    ├── CommandTooOld      sent more than 24 h ago
    ├── Contended          other processes were faster too many times
    ├── StoreUnavailable   the journal cannot be written or read now
    └── ClockOff           this process is more than 2 s off the store's clock

Messages say what was expected and what came, in one sentence without a full stop.
"""

from typing import ClassVar


class QueueError(Exception):
    """A refusal. `facts` are the values a screen needs to say it in the reader's language."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class UnknownName(QueueError):
    """An identifier that does not exist in this centre."""

    code = "unknown_name"


class InvalidValue(QueueError):
    """A value outside what the command allows."""

    code = "invalid_value"


class IllegalAction(QueueError):
    """The ticket's state does not allow the action."""

    code = "illegal_action"


class CounterRefusal(QueueError):
    """The counter cannot do that now."""

    code = "counter_refusal"


class CounterBusy(CounterRefusal):
    """Somebody is called to or served at the counter."""

    code = "counter_busy"


class CounterIdle(CounterRefusal):
    """Nobody is called to or served at the counter."""

    code = "counter_idle"


class CounterNotOpen(CounterRefusal):
    """The counter is paused or closed."""

    code = "counter_not_open"


class CounterTakenByOther(CounterRefusal):
    """Another member of staff is at the counter."""

    code = "counter_taken"


class StaffAlreadyAtCounter(CounterRefusal):
    """The member of staff is at another counter."""

    code = "staff_already_at_counter"


class NotAtThisCounter(CounterRefusal):
    """The member of staff has not taken this counter."""

    code = "not_at_this_counter"


class NothingToUndo(CounterRefusal):
    """The last action is too old, or something happened since."""

    code = "nothing_to_undo"


class TicketRefusal(QueueError):
    """No ticket can be given, or not this."""

    code = "ticket_refusal"


class TicketsClosed(TicketRefusal):
    """No tickets are issued at this time."""

    code = "tickets_closed"


class FieldFull(TicketRefusal):
    """The field's capacity of the day or its number series is used up."""

    code = "field_full"


class ProcedureNotOffered(TicketRefusal):
    """The procedure is not in force today, or no counter may ever serve it."""

    code = "procedure_not_offered"


class TooManyTickets(TicketRefusal):
    """The person has as many tickets today as one person may have."""

    code = "too_many_tickets"


class TooManyDelays(TicketRefusal):
    """The ticket was delayed as often as allowed."""

    code = "too_many_delays"


class TooLate(TicketRefusal):
    """The return window of a no-show has passed, or the time to rate a visit."""

    code = "too_late"


class NotRateable(TicketRefusal):
    """The visit was not served to its end, or the centre asks for no ratings."""

    code = "not_rateable"


class AlreadyRated(TicketRefusal):
    """The visit was rated, and the time to change that has passed."""

    code = "already_rated"


class NumberTaken(TicketRefusal):
    """A hand-written number that exists already today."""

    code = "number_taken"


class DayRefusal(QueueError):
    """The day is already open, or not open."""

    code = "day_refusal"


class ProposalStale(QueueError):
    """The proposal was answered, or the centre has changed since it was made."""

    code = "proposal_stale"


class PrintTaken(QueueError):
    """The print job was begun or dropped, or another printer has taken it over."""

    code = "print_taken"


class CommandRefusal(QueueError):
    """The command itself cannot be taken."""

    code = "command_refusal"


class CommandReused(CommandRefusal):
    """The same command id came with another payload."""

    code = "command_reused"


class CommandTooOld(CommandRefusal):
    """The command was sent more than 24 hours ago."""

    code = "command_too_old"


class Contended(CommandRefusal):
    """Other processes were faster too many times; try again."""

    code = "contended"


class StoreUnavailable(CommandRefusal):
    """The journal cannot be reached; nothing was changed that is known of. Try again."""

    code = "store_unavailable"


class ClockOff(CommandRefusal):
    """This process's clock is more than 2 s off the store's; it stops deciding."""

    code = "clock_off"
