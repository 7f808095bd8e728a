"""The router joins eligibility and strategy, explains its choice and starves nobody."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.routing.choice import require_strategy
from counters.routing.draw import draw
from counters.routing.router import LISTED_CANDIDATES, StrategyRouter
from counters.routing.strategies import STRATEGIES
from queue_server.core import commands as c
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId, PriorityClassId, ProcedureCode
from queue_server.core.protocols import Drawing
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.core.ticket import Outcome
from tests.support.centres import BIRTH, CERTIFY, CIVIL, COPY, ELDERLY, Hall, small_configuration
from tests.support.histories import refused

ONE, TWO = CounterId("1"), CounterId("2")
ROUTER = StrategyRouter()


def called(hall: Hall, counter: CounterId = ONE) -> str | None:
    choice = ROUTER.choose(hall.centre, counter, hall.now)
    return hall.centre.tickets[choice.ticket].number if choice else None


def test_nobody_eligible_is_no_choice() -> None:
    assert ROUTER.choose(Hall().centre, ONE, Hall().now) is None


def test_the_order_within_a_series_is_never_broken() -> None:
    hall = Hall()
    hall.open("1")
    numbers = []
    for _ in range(5):
        numbers.append(hall.issue(BIRTH).number)
        hall.later(seconds=20)

    order = []
    for _ in numbers:
        order.append(called(hall))
        hall.run([c.CallNext(counter=ONE), c.MarkNoShow(counter=ONE)])

    assert order == numbers


def test_a_secondary_service_goes_first_once_it_waited_long_enough() -> None:
    hall = Hall()
    hall.issue(COPY)
    hall.later(minutes=3)
    hall.issue(BIRTH)
    hall.later(minutes=4)
    assert called(hall) == "C001", "7 minutes against 4: more than 1.7 times"

    hall.later(minutes=2)
    assert called(hall) == "H001", "9 minutes against 6: less"


def test_priority_goes_first_until_somebody_waited_more_than_an_hour() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    hall.later(minutes=60)
    elderly = hall.issue(BIRTH, priority_class=ELDERLY)
    assert called(hall) == "H002"

    hall.do(c.CancelTicket(ticket=elderly.id))
    hall.later(minutes=15)
    hall.issue(BIRTH, priority_class=ELDERLY)
    assert called(hall) == "H001"


def test_an_appointment_is_called_at_its_time_before_walk_ins_of_its_series() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    booked = hall.issue(BIRTH, appointment_at=hall.now + timedelta(minutes=10))
    hall.do(c.CheckIn(ticket=booked.id))
    hall.later(minutes=11)

    assert called(hall) == booked.number


def test_ties_go_to_the_earlier_ticket() -> None:
    hall = Hall()
    profile = WorkProfile(fields={CIVIL: Level.PRIMARY, CERTIFY: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile))
    hall.issue(COPY)
    hall.issue(BIRTH)
    hall.later(minutes=5)

    choice = ROUTER.choose(hall.centre, ONE, hall.now)

    assert choice is not None
    assert called(hall) == "C001"
    assert choice.candidates[0].claim_s == choice.candidates[1].claim_s


def test_the_best_candidates_are_listed_with_their_claims() -> None:
    classes = {
        PriorityClassId(f"p{n}"): replace(
            small_configuration().priority_classes[ELDERLY],
            id=PriorityClassId(f"p{n}"),
            head_start_s=60 * n,
        )
        for n in range(10)
    }
    hall = Hall(replace(small_configuration(), priority_classes=classes))
    for priority in classes:
        hall.issue(BIRTH, priority_class=priority)

    choice = ROUTER.choose(hall.centre, ONE, hall.now)

    assert choice is not None
    claims = [candidate.claim_s for candidate in choice.candidates]
    assert claims == [540, 480, 420, 360, 300, 240, 180, 120]
    assert len(claims) == LISTED_CANDIDATES
    assert choice.ticket == choice.candidates[0].ticket


def test_the_configured_strategy_decides() -> None:
    hall = Hall(replace(small_configuration(), routing=RoutingRules(strategy="longest_waiting")))
    hall.issue(COPY)
    hall.later(minutes=1)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.later(minutes=1)

    assert called(hall) == "C001"


def test_an_unknown_strategy_is_refused_naming_the_known_ones() -> None:
    assert [require_strategy(name) for name in STRATEGIES] == list(STRATEGIES)
    with refused(
        InvalidValue,
        "expected a routing strategy of graded_levels, graded_lines, longest_waiting, "
        "strict_priority, accumulating_priority, got 'vip_first'",
    ):
        require_strategy("vip_first")


def test_the_terms_of_a_claim_make_the_claim() -> None:
    hall = Hall()
    hall.issue(COPY, priority_class=ELDERLY)
    hall.later(minutes=45)

    choice = ROUTER.choose(hall.centre, ONE, hall.now)

    assert choice is not None
    terms = choice.candidates[0]
    assert (terms.waited_s, terms.clock_s, terms.line) == (
        2700,
        5400 + 4 * 2700,
        "priority elderly",
    )
    assert (terms.level, terms.weight, terms.length, terms.urgency) == (Level.SECONDARY, 0.6, 1, 1)
    assert terms.claim_s == terms.clock_s * terms.weight * terms.length * terms.urgency + 480


def test_equals_are_drawn_as_the_key_says_and_named_first() -> None:
    hall = Hall(replace(small_configuration(), routing=RoutingRules(draw_window_s=120)))
    for procedure in (BIRTH, COPY):
        hall.issue(procedure, priority_class=ELDERLY)
    hall.later(minutes=1)
    hall.issue(BIRTH)

    seen = {}
    for call in range(40):
        choice = ROUTER.choose(hall.centre, TWO, hall.now, Drawing(b"key of the day", call))
        assert choice is not None
        assert choice.equals == 1, "the back-up claims far less than the primary"
    profile = WorkProfile(fields={CIVIL: Level.PRIMARY, CERTIFY: Level.PRIMARY})
    hall.do(c.ChangeWorkProfile(counter=TWO, profile=profile))
    for call in range(40):
        choice = ROUTER.choose(hall.centre, TWO, hall.now, Drawing(b"key of the day", call))
        assert choice is not None
        assert choice.equals == 2
        drawn = draw(b"key of the day", call, 2)
        assert choice.ticket == choice.candidates[drawn].ticket
        seen[choice.ticket] = drawn
    assert sorted(seen.values()) == [0, 1], "each of the two is drawn sometimes"


def test_without_a_window_nothing_is_drawn() -> None:
    hall = Hall()
    for procedure in (BIRTH, COPY):
        hall.issue(procedure)

    choices = [ROUTER.choose(hall.centre, ONE, hall.now, Drawing(b"k", n)) for n in range(9)]

    assert {choice.ticket for choice in choices if choice} == {choices[0].ticket}  # type: ignore[union-attr]


def test_up_to_three_later_numbers_go_first_in_the_fast_mode() -> None:
    configuration = small_configuration()
    slow, fast = ProcedureCode("civil.slow"), ProcedureCode("civil.fast")
    birth = configuration.procedures[BIRTH]
    procedures = {
        **configuration.procedures,
        slow: replace(birth, code=slow, mean_transaction_time_s=3600),
        fast: replace(birth, code=fast, mean_transaction_time_s=120),
    }
    routing = RoutingRules(mode=RoutingMode.FAST)
    hall = Hall(replace(configuration, procedures=procedures, routing=routing))
    hall.open("1")
    first = hall.issue(slow)
    hall.later(seconds=30)
    for _ in range(5):
        hall.issue(fast)
    hall.later(minutes=1)

    order = []
    for _ in range(4):
        order.append(called(hall))
        hall.run([c.CallNext(counter=ONE), c.MarkNoShow(counter=ONE)])

    assert order == ["H002", "H003", "H004", "H001"]
    assert hall.ticket(first).skipped == 3


@pytest.mark.parametrize("strategy", [name for name in STRATEGIES if name != "strict_priority"])
def test_nobody_starves_while_others_keep_arriving(strategy: str) -> None:
    """As many arrive as are served, half of them with priority: the back-up is called too."""
    hall = Hall(replace(small_configuration(), routing=RoutingRules(strategy=strategy)))
    hall.open("2")
    patient = hall.issue(BIRTH)

    calls = 0
    while hall.centre.counters[TWO].ticket != patient.id:
        assert calls < 60, "somebody waits for ever"
        hall.issue(COPY, priority_class=ELDERLY if calls % 2 else None)
        hall.run([c.CallNext(counter=TWO)])
        if hall.centre.counters[TWO].ticket == patient.id:
            break
        hall.do(c.StartServing(counter=TWO))
        hall.later(minutes=3)
        hall.do(c.Complete(counter=TWO, outcome=Outcome.ADVICE_ONLY))
        calls += 1
