"""What the console's view tells of the ticket, of the queue ahead and of the clerk's own day."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.console.own_day import OwnDay
from counters.console.view import ConsoleView, console
from counters.estimates.estimator import RollForwardEstimator
from counters.routing.reasons import ReasonKind
from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, Language
from queue_server.core.ticket import Action, Outcome
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, COPY, ELDERLY, Hall, small_configuration

ONE, TWO = CounterId("1"), CounterId("2")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def seen(hall: Hall, counter: CounterId = ONE) -> ConsoleView:
    outlook = Outlook(at=hall.now, by_field={}, estimator=RollForwardEstimator())
    return console(hall.centre, counter, outlook)


def test_word_of_the_manager_is_unread_until_who_sits_here_reads_it(hall: Hall) -> None:
    hall.open("1", "lan")
    hall.do(c.AnnounceMessage(message="m", texts={"vi": "Chốt sổ"}, audience="counters"))
    assert not seen(hall).messages[0].is_read

    hall.do(c.ReadMessage(counter=ONE, message="m"))
    assert seen(hall).messages[0].is_read

    hall.do(c.LeaveCounter(counter=ONE))
    hall.open("1", "hoa")
    assert not seen(hall).messages[0].is_read


def test_the_card_tells_the_visit_so_far_in_words_of_the_centre() -> None:
    facts = small_configuration()
    hall = Hall(replace(facts, park_reasons={"form": {"vi": "Điền tờ khai", "en": "Form"}}))
    ticket = hall.issue(COPY)
    hall.open("1")
    hall.open("2")
    hall.run([c.CallNext(counter=TWO), c.StartServing(counter=TWO)])
    hall.run([c.Park(counter=TWO, reason="form"), c.Resume(counter=TWO, ticket=ticket.id)])
    hall.do(c.Transfer(counter=TWO, procedure=BIRTH, to_counter=ONE, reason="khai sinh trước"))
    hall.do(c.CallNext(counter=ONE))

    card = seen(hall).ticket

    assert card is not None
    assert card.history.transactions == 2
    parked, moved = card.history.steps
    assert (parked.action, parked.reason["en"]) == (Action.PARK, "Form")
    assert (moved.action, moved.counter_number) == (Action.TRANSFER, "2")
    assert (moved.procedure["vi"], moved.reason) == (
        "Chứng thực bản sao",
        {"vi": "khai sinh trước"},
    )


def test_the_card_measures_against_what_is_promised_and_usual(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH, dossiers=3)
    hall.do(c.CallNext(counter=ONE))

    card = seen(hall).ticket

    assert card is not None
    assert (card.target_waiting_time_s, card.usual_time_s) == (900, 3 * 480)


def test_a_language_that_is_not_spoken_here_is_told() -> None:
    facts = small_configuration()
    vietnamese = replace(facts.counters[ONE], languages=(Language("vi"),))
    hall = Hall(replace(facts, counters={**facts.counters, ONE: vietnamese}))
    hall.open("1")
    hall.issue(BIRTH, language=Language("en"))
    hall.do(c.CallNext(counter=ONE))

    card = seen(hall).ticket

    assert card is not None
    assert (card.language, card.is_spoken_here) == ("en", False)


def test_the_slip_says_whether_it_was_printed_and_why_not(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.RecordPrint(job=f"slip-{ticket.id}-1", result="not_sent", detail="paper_out"))
    assert slip(hall) == ("not_sent", "paper_out", 1)

    hall.do(c.Reprint(ticket=ticket.id))
    assert slip(hall) == ("pending", "", 2)

    hall.do(c.RecordPrint(job=f"slip-{ticket.id}-2", result="printed", detail="paper_near_end"))
    assert slip(hall) == ("printed", "", 2)


def slip(hall: Hall) -> tuple[str, str, int] | None:
    card = seen(hall).ticket
    assert card is not None
    state = card.slip
    return None if state is None else (state.result, state.why, state.copy)


def test_what_comes_next_says_why(hall: Hall) -> None:
    hall.open("1")
    hall.issue(COPY)
    hall.later(minutes=3)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.issue(BIRTH)

    view = seen(hall)

    assert view.comes_next is not None
    assert (view.comes_next.why, view.comes_next.procedure["vi"]) == (
        ReasonKind.PRIORITY,
        "Đăng ký khai sinh",
    )


def test_among_equals_nobody_can_say_beforehand_who_is_drawn() -> None:
    facts = small_configuration()
    hall = Hall(replace(facts, routing=replace(facts.routing, draw_window_s=600)))
    hall.open("1")
    hall.issue(BIRTH)
    hall.issue(COPY)
    hall.later(minutes=1)

    upcoming = seen(hall).comes_next

    assert upcoming is not None
    assert upcoming.why is ReasonKind.DRAWN


def test_the_own_day_is_the_clerks_wherever_it_was_and_ranks_nobody(hall: Hall) -> None:
    assert seen(hall).own_day == OwnDay(completed=0)
    for counter in (ONE, TWO):
        hall.open(counter, "lan")
        hall.issue(BIRTH)
        hall.run([c.CallNext(counter=counter), c.StartServing(counter=counter)])
        hall.later(minutes=6)
        hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
        hall.do(c.LeaveCounter(counter=counter))
    hall.open(ONE, "lan")

    assert seen(hall).own_day == OwnDay(completed=2, mean_time_s=360, usual_time_s=480)


def test_who_was_parked_is_not_timed(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue(BIRTH).id
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.run([c.Park(counter=ONE), c.Resume(counter=ONE, ticket=ticket)])
    hall.run([c.StartServing(counter=ONE), c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)])

    assert seen(hall).own_day == OwnDay(completed=1)


def test_a_break_says_until_when(hall: Hall) -> None:
    hall.open("1")
    hall.do(c.PauseCounter(counter=ONE, reason="break", for_s=900))

    assert seen(hall).counter.paused_until == hall.now + timedelta(minutes=15)
