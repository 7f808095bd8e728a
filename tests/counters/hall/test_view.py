"""The reception's views as values."""

from datetime import timedelta

import pytest

from counters.hall import found, view
from counters.hall.routes import boot_of
from counters.hall.values import FoundTicket, Hall
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CentreId
from queue_server.core.ticket import Action, TicketState
from queue_server.hub.outlook import Outlook
from tests.support import centres
from tests.support.centres import BIRTH, COPY
from tests.support.servers import TOKENS


def outlook(at: centres.Hall) -> Outlook:
    return Outlook(at=at.now, by_field={}, estimator=at.rules.estimator)


def hall_of(at: centres.Hall) -> Hall:
    return view.hall(at.centre, "", outlook(at))


def found_in(at: centres.Hall, text: str) -> FoundTicket | None:
    return found.found_ticket(at.centre, text, outlook(at)).ticket


def missed(at: centres.Hall) -> None:
    counter = at.open("1")
    at.run([c.CallNext(counter=counter), c.MarkNoShow(counter=counter)])


def test_a_centre_without_configuration_is_empty_and_says_so() -> None:
    empty = Centre(id=CentreId("new"))

    assert not view.hall(empty, "", outlook(centres.Hall())).is_configured
    assert "procedures" not in boot_of(empty)


def test_a_no_show_is_listed_until_its_return_window_ends() -> None:
    at = centres.Hall()
    ticket = at.issue(BIRTH)
    missed(at)

    (absent,) = hall_of(at).absent

    assert (absent.id, absent.until) == (ticket.id, at.now + timedelta(minutes=20))

    at.do(c.Reinstate(ticket=ticket.id))

    assert hall_of(at).absent == ()


def test_appointments_that_have_not_checked_in_are_listed_by_time() -> None:
    at = centres.Hall()
    late = at.issue(BIRTH, appointment_at=at.now + timedelta(hours=2))
    early = at.issue(BIRTH, appointment_at=at.now + timedelta(hours=1))

    assert [booked.id for booked in hall_of(at).booked] == [early.id, late.id]

    at.do(c.CheckIn(ticket=early.id))

    assert [booked.id for booked in hall_of(at).booked] == [late.id]


def test_set_aside_tickets_name_their_counter() -> None:
    at = centres.Hall()
    at.issue(BIRTH)
    counter = at.open("1")
    at.run([c.CallNext(counter=counter), c.StartServing(counter=counter), c.Park(counter=counter)])

    (parked,) = hall_of(at).parked

    assert (parked.counter_number, parked.until) == ("1", at.now + timedelta(minutes=15))


def test_missing_slips_are_listed_while_the_visit_lasts() -> None:
    at = centres.Hall()
    ticket = at.issue(COPY)
    at.issue(COPY)
    at.do(c.RecordPrint(job=f"slip-{ticket.id}-1", result="unknown"))

    (trouble,) = hall_of(at).paper
    assert (trouble.number, trouble.kind, trouble.result) == (ticket.number, "slip", "unknown")
    assert trouble.since == trouble.at

    at.do(c.CancelTicket(ticket=ticket.id))

    assert hall_of(at).paper == ()


def test_the_last_numbers_come_first_and_are_few() -> None:
    at = centres.Hall()
    tickets = [at.issue(COPY) for _ in range(view.RECENT + 3)]

    shown = [ticket.id for ticket in hall_of(at).recent]

    assert shown == [ticket.id for ticket in reversed(tickets)][: view.RECENT]


@pytest.mark.parametrize("text", ["C002", "c2", "c 02", " C-002 ", "C0002"])
def test_a_number_is_found_in_any_spelling(text: str) -> None:
    at = centres.Hall()
    at.issue(COPY)
    ticket = at.issue(COPY)

    shown = found_in(at, text)

    assert shown is not None
    assert (shown.id, shown.ahead) == (ticket.id, 1)


def test_a_scanned_address_finds_its_ticket() -> None:
    at = centres.Hall()
    ticket = at.issue(COPY)

    shown = found_in(at, f"https://queue.example/t/{ticket.id}?x=1")

    assert shown is not None
    assert shown.number == ticket.number


@pytest.mark.parametrize("text", ["", "C", "99", "C099", "?", "ff" * 16])
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    at = centres.Hall()
    at.issue(COPY)

    assert found_in(at, text) is None


def test_a_found_no_show_may_be_reinstated_and_nothing_else() -> None:
    at = centres.Hall()
    ticket = at.issue(BIRTH)
    missed(at)

    shown = found_in(at, ticket.number)

    assert shown is not None
    assert (shown.state, shown.return_until) == (
        TicketState.NO_SHOW,
        at.now + timedelta(minutes=20),
    )
    assert Action.REINSTATE in shown.actions
    assert Action.GIVE_BACK not in shown.actions


def test_a_ticket_at_a_counter_is_not_the_receptions_to_give_back() -> None:
    at = centres.Hall()
    ticket = at.issue(BIRTH)
    at.do(c.CallNext(counter=at.open("1")))

    shown = found_in(at, ticket.number)

    assert shown is not None
    assert shown.counter_number == "1"
    assert Action.GIVE_BACK not in shown.actions


def test_copies_of_the_slip_are_told() -> None:
    at = centres.Hall()
    ticket = at.issue(COPY)
    at.do(c.RecordPrint(job=f"slip-{ticket.id}-1", result="printed"))
    at.do(c.Reprint(ticket=ticket.id))

    shown = found_in(at, ticket.number)

    assert shown is not None
    assert [(copy.copy, copy.result) for copy in shown.copies] == [(1, "printed"), (2, "pending")]


def test_staff_may_watch_and_devices_may_not() -> None:
    centre = centres.Hall().centre

    for kind in (view.KIND, found.KIND):
        allowed = {who for who, one in TOKENS.items() if kind.may_watch(one, centre, "")}
        assert allowed == {"lan", "hoa", "minh", "admin"}
