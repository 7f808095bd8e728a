"""A day's draws repeated: an honest day is right, every forgery is found."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from counters.routing.draw_check import DayDraws, DeviationKind, KeyVerdict, check_day
from counters.routing.draw_report import chi_square_tail, clerk_draws
from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.commit import Actor, Commit
from queue_server.core.identifiers import CounterId
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Outcome
from tests.support.centres import BIRTH, COPY, ELDERLY, Hall, small_configuration
from tests.support.draws import PlainKeys

ONE = CounterId("1")
LAN = Actor("staff", "lan")
ROUTING = RoutingRules(draw_window_s=3600)


def drawn_day(calls: int = 12, window_s: int = 3600) -> Hall:
    """Two fields at one counter that draws between their heads."""
    routing = RoutingRules(draw_window_s=window_s)
    hall = Hall(replace(small_configuration(), routing=routing), draw_keys=PlainKeys())
    hall.open("1", "lan")
    for _ in range(calls):
        hall.issue(BIRTH)
        hall.issue(COPY)
        hall.later(seconds=20)
    for _ in range(calls):
        serve(hall)
    return hall


def serve(hall: Hall) -> None:
    for command in (
        c.CallNext(counter=ONE),
        c.StartServing(counter=ONE),
        c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY),
    ):
        hall.do(command, actor=LAN)


def checked(commits: Sequence[Commit]) -> DayDraws:
    return check_day(commits, ROUTING)


def forged(commits: Sequence[Commit], call: int, **changes: object) -> list[Commit]:
    """The commits with the n-th call changed."""
    found = -1
    made: list[Commit] = []
    for commit in commits:
        event = commit.events[0]
        if isinstance(event, e.TicketCalled):
            found += 1
            if found == call:
                commit = replace(commit, events=(replace(event, **changes),))  # noqa: PLW2901
        made.append(commit)
    return made


def calls_of(commits: Sequence[Commit]) -> list[e.TicketCalled]:
    return [
        each for commit in commits for each in commit.events if isinstance(each, e.TicketCalled)
    ]


def test_an_honest_day_is_right() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())

    draws = checked(hall.commits)

    assert draws.key is KeyVerdict.RIGHT
    assert draws.is_right
    assert len(draws.calls) == 12
    assert {call.drawn for call in draws.calls} == {0, 1}


def test_a_forged_draw_is_found_and_names_who_should_have_been_called() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())
    event = calls_of(hall.commits)[4]
    [other] = [
        each.ticket for each in event.candidates[: event.equals] if each.ticket != event.ticket
    ]

    [deviation] = checked(forged(hall.commits, 4, ticket=other)).deviations

    assert deviation.kind is DeviationKind.WRONG_DRAW
    assert deviation.call.number == hall.centre.tickets[other].number
    assert deviation.expected == hall.centre.tickets[event.ticket].number
    assert deviation.call.clerk == "lan"


def test_a_draw_that_was_left_out_is_found() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())
    first = calls_of(hall.commits)[2].candidates[0].ticket

    [deviation] = checked(forged(hall.commits, 2, equals=1, ticket=first)).deviations

    assert deviation.kind is DeviationKind.WRONG_EQUALS


def test_a_call_of_somebody_who_was_not_compared_is_found() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())

    [deviation] = checked(forged(hall.commits, 0, candidates=())).deviations

    assert deviation.kind is DeviationKind.NOT_COMPARED


def test_without_draws_only_the_best_may_be_called() -> None:
    hall = drawn_day(window_s=0)
    second = calls_of(hall.commits)[3].candidates[1].ticket

    [deviation] = check_day(forged(hall.commits, 3, ticket=second), RoutingRules()).deviations

    assert deviation.kind is DeviationKind.NOT_BEST


def test_another_key_at_closing_is_found() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())
    last = hall.commits[-1]
    closed = last.events[-1]
    assert isinstance(closed, e.DayClosed)
    other = (*last.events[:-1], replace(closed, draw_key="00" * 32))

    draws = checked([*hall.commits[:-1], replace(last, events=other)])

    assert draws.key is KeyVerdict.WRONG
    assert not draws.is_right


def test_a_key_that_was_promised_and_not_published_at_closing_is_not_fine() -> None:
    hall = drawn_day()
    hall.do(c.CloseDay())
    last = hall.commits[-1]
    closed = last.events[-1]
    assert isinstance(closed, e.DayClosed)
    without = (*last.events[:-1], replace(closed, draw_key=""))

    draws = checked([*hall.commits[:-1], replace(last, events=without)])

    assert draws.key is KeyVerdict.WITHHELD
    assert draws.deviations == ()
    assert not draws.is_right


def test_before_closing_nothing_can_be_repeated_but_the_claims() -> None:
    draws = checked(drawn_day().commits)

    assert draws.key is KeyVerdict.NOT_PUBLISHED
    assert draws.is_right


def test_a_window_that_was_changed_in_the_day_counts_from_then_on() -> None:
    hall = drawn_day(calls=4)
    hall.do(c.ChangeRouting(routing=RoutingRules()))
    serve(hall)
    hall.do(c.CloseDay())

    draws = checked(hall.commits)

    assert draws.is_right
    assert [call.equals for call in draws.calls] == [2, 2, 2, 2, 1]


def test_calls_out_of_order_and_taken_back_are_counted_per_clerk() -> None:
    hall = drawn_day(calls=4)
    hall.issue(BIRTH)
    ticket = hall.issue(COPY).id
    hall.do(c.CallNext(counter=ONE), actor=LAN)
    hall.do(c.UndoLast(counter=ONE), actor=LAN)
    hall.do(c.CallTicket(counter=ONE, ticket=ticket, reason="wheelchair"), actor=LAN)
    hall.do(c.CloseDay())

    draws = checked(hall.commits)
    [line] = clerk_draws([draws])

    [called] = draws.out_of_order
    assert (called.reason, called.clerk) == ("wheelchair", "lan")
    assert (line.clerk, line.name) == ("lan", "Lan")
    assert (line.calls, line.draws, line.out_of_order, line.taken_back) == (5, 5, 1, 1)
    assert line.first_expected == 2.5
    assert line.p_value is None


def test_the_sum_over_days_says_whether_places_look_like_chance() -> None:
    hall = drawn_day(calls=40)
    hall.do(c.CloseDay())
    honest = checked(hall.commits)
    partial = replace(honest, calls=tuple(replace(call, drawn=0) for call in honest.calls))

    [even], [uneven] = clerk_draws([honest]), clerk_draws([partial])

    assert even.p_value is not None
    assert even.p_value > 0.05
    assert uneven.p_value is not None
    assert uneven.p_value < 1e-6


@pytest.mark.parametrize(
    ("statistic", "degrees", "p_value"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (9.210, 2, 0.01),
        (18.307, 10, 0.05),
        (19.675, 11, 0.05),
        (0.0, 4, 1.0),
    ],
)
def test_the_tail_of_chi_square_is_that_of_the_tables(
    statistic: float, degrees: int, p_value: float
) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(p_value, abs=5e-5)


def test_a_ticket_of_a_class_is_among_the_equals_like_others() -> None:
    hall = drawn_day(calls=2)
    hall.issue(BIRTH, priority_class=ELDERLY)
    serve(hall)
    hall.do(c.CloseDay())

    assert checked(hall.commits).is_right
