"""The register of any day, from SQL, with what the centre's state still knows of each dossier."""

from collections.abc import Iterable, Mapping

from counters.register.entry import Entry, HandOver, counter_number, entry_of, last_receipts
from queue_server.core.centre import Centre
from queue_server.core.identifiers import TicketId, TicketNumber
from queue_server.intake.dossier import Dossier


def entries_of(
    centre: Centre, dossiers: Iterable[Dossier], numbers: Mapping[TicketId, TicketNumber]
) -> list[Entry]:
    """Lines of a day, newest first."""
    receipts = last_receipts(centre)
    lines: list[Entry] = []
    for dossier in dossiers:
        known = centre.dossiers.get(dossier.code)
        if known is None:
            lines.append(_past(centre, dossier, numbers))
        else:
            lines.append(entry_of(centre, known, receipts))
    return lines[::-1]


def _past(centre: Centre, dossier: Dossier, numbers: Mapping[TicketId, TicketNumber]) -> Entry:
    """A dossier of an earlier day. The state keeps what is not done, so this one was delivered."""
    hand_over: HandOver = "voided" if dossier.state == "voided" else "delivered"
    return Entry(
        code=dossier.code,
        number=numbers.get(dossier.ticket, TicketNumber("")),
        procedure=dossier.procedure,
        procedure_name=dossier.procedure_name,
        counter=counter_number(centre, dossier.counter),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        hand_over=hand_over,
        is_of_today=False,
    )
