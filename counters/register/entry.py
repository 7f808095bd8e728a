"""One dossier as a line of the register. No names: whose it is stands on the receipt alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from queue_server.core.centre import Centre, Dossier
from queue_server.core.identifiers import DossierCode, ProcedureCode, TicketNumber
from queue_server.core.printing import PrintJob

HandOver = Literal["held", "pending", "delivered", "failed", "voided"]
Receipt = Literal["none", "pending", "sending", "printed", "not_sent", "unknown", "kept"]


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line."""

    code: DossierCode
    number: TicketNumber
    """Of the ticket; empty when it is not known any more."""
    procedure: ProcedureCode
    procedure_name: str = ""
    """As it was called at receipt; empty where the page knows today's name."""
    counter: str
    """The counter's number."""
    received_at: datetime
    due_at: datetime | None = None
    hand_over: HandOver
    system: str = ""
    detail: str = ""
    """Why the hand-over failed."""
    receipt: Receipt = "none"
    receipt_detail: str = ""
    copies: int = 0
    """Receipts asked for today."""
    is_of_today: bool = True
    """Whether its receipt can still be printed."""


def entry_of(centre: Centre, dossier: Dossier, receipts: Mapping[DossierCode, PrintJob]) -> Entry:
    """The line of a dossier that the centre's state still knows."""
    receipt = receipts.get(dossier.code)
    return Entry(
        code=dossier.code,
        number=dossier.number,
        procedure=dossier.procedure,
        counter=counter_number(centre, dossier.counter),
        received_at=dossier.opened_at,
        due_at=dossier.due_at,
        hand_over=dossier.hand_over,
        system=dossier.system,
        detail=dossier.detail,
        receipt="none" if receipt is None else receipt.result,
        receipt_detail="" if receipt is None else receipt.detail,
        copies=0 if receipt is None else receipt.copy,
        is_of_today=dossier.ticket in centre.tickets,
    )


def last_receipts(centre: Centre) -> dict[DossierCode, PrintJob]:
    """The newest receipt of each dossier of the day."""
    return {job.dossier: job for job in centre.prints.values() if job.dossier is not None}


def counter_number(centre: Centre, counter: str) -> str:
    """The number on the counter's sign; its id where it is configured no more."""
    known = {**centre.retired_counters, **centre.facts.counters}
    return next((each.number for each in known.values() if each.id == counter), counter)
