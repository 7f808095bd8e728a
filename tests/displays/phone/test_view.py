"""What the holder of a ticket is told."""

from datetime import timedelta

import pytest

from displays.phone.view import KIND, LONG_S, Rated, TicketView, ticket
from queue_server.accounts.principal import NOBODY
from queue_server.core import commands as c
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Forecast, ForecastKind, Outcome, Score, Ticket, TicketState
from queue_server.hub.messages import encode
from queue_server.hub.outlook import Outlook, outlook_of
from tests.support.centres import BIRTH, COPY, ELDERLY, LAND_TITLE, Hall

ONE = CounterId("1")


def outlook(hall: Hall) -> Outlook:
    return outlook_of(hall.centre, hall.now, hall.rules.estimator)


def view_of(hall: Hall, held: Ticket) -> TicketView:
    return ticket(hall.centre, held.id, outlook(hall))


def waiting_hall(count: int) -> tuple[Hall, list[Ticket]]:
    hall = Hall()
    hall.open("1", "lan")
    held = [hall.issue(BIRTH) for _ in range(count)]
    hall.later(minutes=1)
    return hall, held


def test_counts_the_people_ahead_of_the_same_field() -> None:
    hall, held = waiting_hall(3)
    hall.issue(COPY)

    assert [view_of(hall, one).ahead for one in held] == [0, 1, 2]


def test_a_long_wait_behind_nobody_is_explained_by_shared_counters() -> None:
    hall = Hall()
    hall.open("2", "minh")
    for _ in range(6):
        hall.issue(COPY)
    hall.later(seconds=1)
    first = hall.issue(BIRTH)

    seen = view_of(hall, first)

    assert seen.ahead == 0
    assert seen.forecast is not None
    assert seen.forecast.about_s is not None
    assert seen.forecast.about_s >= LONG_S
    assert seen.shares_counters


def test_counters_of_one_field_alone_are_not_shared() -> None:
    hall = Hall()
    hall.open("3", "lan")
    for _ in range(6):
        hall.issue(COPY)
    hall.later(seconds=1)
    held = hall.issue(LAND_TITLE)
    slow = Outlook(
        at=hall.now,
        by_field={},
        estimator=hall.rules.estimator,
        by_ticket={held.id: Forecast(kind=ForecastKind.RANGE, about_s=3_600, at_most_s=4_000)},
    )

    assert not ticket(hall.centre, held.id, slow).shares_counters


def test_a_wait_that_those_before_explain_needs_no_words() -> None:
    hall, held = waiting_hall(6)
    hall.issue(COPY)

    assert not any(view_of(hall, one).shares_counters for one in held)


def test_who_is_nearer_waits_shorter() -> None:
    hall, held = waiting_hall(4)

    waits = [view_of(hall, one).forecast for one in held]

    about = [each.about_s for each in waits if each and each.about_s is not None]
    assert len(about) == 4
    assert about == sorted(about)
    assert about[0] < about[3]


def test_a_new_ticket_keeps_what_was_told_at_issue() -> None:
    hall, _ = waiting_hall(3)
    before = outlook(hall)
    hall.later(seconds=5)
    newest = hall.issue(BIRTH)

    assert ticket(hall.centre, newest.id, before).forecast == newest.forecast


def test_who_came_later_does_not_make_the_wait_look_shorter() -> None:
    hall, held = waiting_hall(3)
    before = outlook(hall)
    first = ticket(hall.centre, held[2].id, before).forecast
    hall.later(seconds=5)
    hall.issue(BIRTH)

    assert ticket(hall.centre, held[2].id, before).forecast == first


def test_only_those_at_the_end_may_not_be_served_today() -> None:
    hall, held = waiting_hall(40)
    hall.now = hall.now.replace(hour=9, minute=30)

    kinds = [forecast.kind for one in held if (forecast := view_of(hall, one).forecast)]

    assert kinds[0] is ForecastKind.RANGE
    assert kinds[-1] is ForecastKind.MAY_NOT_BE_SERVED_TODAY
    assert kinds == sorted(kinds, key=lambda kind: kind is not ForecastKind.RANGE)


def test_says_that_no_counter_is_open() -> None:
    hall = Hall()
    held = hall.issue(BIRTH)

    forecast = view_of(hall, held).forecast

    assert forecast is not None
    assert forecast.kind is ForecastKind.NO_COUNTER_OPEN


def test_sends_the_called_citizen_to_the_counter() -> None:
    hall, held = waiting_hall(2)
    hall.do(c.CallNext(counter=ONE))

    view = view_of(hall, held[0])

    assert view.called is not None
    assert (view.called.counter, view.called.zone["en"]) == ("1", "Hall")
    assert view.called_at == hall.now
    assert (view.ahead, view.forecast, view.is_recalled) == (None, None, False)
    assert view.can_cancel
    assert not view.can_delay


def test_a_recall_is_told_with_its_time() -> None:
    hall, held = waiting_hall(1)
    hall.do(c.CallNext(counter=ONE))
    hall.later(seconds=40)
    hall.do(c.Recall(counter=ONE))

    view = view_of(hall, held[0])

    assert view.is_recalled
    assert view.called_at == hall.now


def test_those_behind_see_how_far_the_queue_has_come() -> None:
    hall, held = waiting_hall(2)
    hall.do(c.CallNext(counter=ONE))

    now_called = view_of(hall, held[1]).now_called

    assert now_called is not None
    assert (now_called.number, now_called.counter) == (held[0].number, "1")
    assert view_of(hall, held[0]).now_called is None


def test_a_missed_call_tells_until_when_to_come_back() -> None:
    hall, held = waiting_hall(1)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.MarkNoShow(counter=ONE))

    view = view_of(hall, held[0])

    assert view.return_by == hall.now + timedelta(minutes=20)
    assert not view.can_cancel


def test_may_be_delayed_only_while_somebody_waits_behind_and_twice_at_most() -> None:
    hall, held = waiting_hall(2)
    first, last = held
    may_at_first = [view_of(hall, one).can_delay for one in held]
    hall.issue(BIRTH)
    hall.do(c.DelayTicket(ticket=first.id, let_pass=1))
    hall.do(c.DelayTicket(ticket=first.id, let_pass=1))
    hall.later(minutes=1)
    hall.issue(BIRTH)

    assert may_at_first == [True, False]
    assert not view_of(hall, first).can_delay
    assert view_of(hall, last).can_delay


def test_tells_what_became_of_the_newest_slip() -> None:
    hall, held = waiting_hall(1)
    hall.do(c.RecordPrint(job=f"slip-{held[0].id}-1", result="not_sent"))
    first = view_of(hall, held[0]).slip
    hall.do(c.Reprint(ticket=held[0].id))

    second = view_of(hall, held[0]).slip

    assert first is not None
    assert first.result == "not_sent"
    assert second is not None
    assert (second.job, second.result) == (f"slip-{held[0].id}-2", "pending")


def test_without_a_slip_there_is_nothing_to_tell_of_it() -> None:
    hall = Hall()

    assert view_of(hall, hall.issue(BIRTH, print_slip=False)).slip is None


def test_ends_with_the_outcome_and_without_a_dossier_code() -> None:
    hall, held = waiting_hall(1)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.StartServing(counter=ONE))
    hall.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))

    view = view_of(hall, held[0])

    assert (view.state, view.outcome) == (TicketState.COMPLETED, Outcome.DOSSIER_ACCEPTED)
    assert next(iter(hall.centre.dossiers)).encode() not in encode(view)


def test_tells_until_when_the_visit_may_be_rated_and_what_was_said() -> None:
    hall, held = waiting_hall(1)
    assert view_of(hall, held[0]).rating is None
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))

    asked = view_of(hall, held[0]).rating
    hall.later(minutes=2)
    hall.do(c.RateVisit(ticket=held[0].id, score=Score.SATISFIED))
    rated = view_of(hall, held[0]).rating

    assert asked == Rated(until=hall.now + timedelta(minutes=58))
    assert rated == Rated(until=hall.now + timedelta(minutes=5), score=Score.SATISFIED)


def test_tells_how_often_others_may_still_be_let_go_first() -> None:
    hall, held = waiting_hall(2)
    hall.do(c.DelayTicket(ticket=held[0].id, let_pass=1))

    assert [view_of(hall, one).delays_left for one in held] == [1, 2]


def test_after_a_transfer_it_waits_for_another_field() -> None:
    hall, held = waiting_hall(1)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.StartServing(counter=ONE))
    hall.later(minutes=2)
    before = Outlook(at=hall.now, by_field={}, estimator=hall.rules.estimator)
    hall.later(seconds=1)
    hall.do(c.Transfer(counter=ONE, procedure=COPY))

    view = ticket(hall.centre, held[0].id, before)

    assert (view.transactions, view.field["en"], view.forecast) == (2, "Certification", None)


def test_a_declared_priority_is_shown() -> None:
    hall = Hall()

    assert view_of(hall, hall.issue(BIRTH, priority_class=ELDERLY)).priority is not None


def test_anybody_who_knows_the_id_may_watch_and_no_other_id_exists() -> None:
    hall, held = waiting_hall(1)

    assert KIND.may_watch(NOBODY, hall.centre, held[0].id)
    with pytest.raises(UnknownName):
        ticket(hall.centre, "f" * 32, outlook(hall))
