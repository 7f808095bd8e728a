"""A citizen's way from number to dossier, through the rules."""

from queue_server.core import commands as c
from queue_server.core.ticket import Outcome, TicketState
from tests.support.centres import LAND_TITLE, Hall


def test_citizen_goes_from_number_to_dossier() -> None:
    hall = Hall()
    counter = hall.open("3")
    ticket = hall.issue(LAND_TITLE)

    hall.later(minutes=3)
    hall.do(c.CallNext(counter=counter))
    hall.later(seconds=20)
    hall.do(c.StartServing(counter=counter))
    hall.later(minutes=8)
    hall.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))

    assert ticket.number == "D001"
    assert hall.ticket(ticket).state is TicketState.COMPLETED
    dossier = next(iter(hall.centre.dossiers.values()))
    assert dossier.code == "H00.000-261123-0001"
    assert dossier.hand_over == "held"
    assert hall.centre.tallies[ticket.field].waiting_time_s == 180
    assert [call.number for call in hall.centre.calls] == ["D001"]


def test_undone_completion_voids_the_dossier_and_never_reuses_its_code() -> None:
    hall = Hall()
    counter = hall.open("3")
    ticket = hall.issue(LAND_TITLE)
    hall.run([c.CallNext(counter=counter), c.StartServing(counter=counter)])
    hall.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))

    hall.do(c.UndoLast(counter=counter))

    assert hall.ticket(ticket).state is TicketState.SERVING
    assert hall.centre.counters[counter].ticket == ticket.id
    hall.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))
    states = {code[-4:]: d.hand_over for code, d in hall.centre.dossiers.items()}
    assert states == {"0001": "voided", "0002": "held"}
