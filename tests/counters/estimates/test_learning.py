"""What past days teach: computed by hand."""

from datetime import date
from math import exp, log

import pytest
from msgspec.structs import replace

from counters.estimates.learning import PastTransaction, PastVisit, learn
from queue_server.core.identifiers import ProcedureCode, StaffId
from tests.support.centres import BIRTH, CIVIL, COPY, small_configuration

TODAY = date(2026, 11, 24)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 20)
FACTS = small_configuration()
LAN, MINH = StaffId("lan"), StaffId("minh")
USUAL_VARIANCE = log(1 + 0.49)


def visit(day: date = MONDAY, half_hour: int = 16, **facts: object) -> PastVisit:
    usual = PastVisit(day=day, half_hour=half_hour, field=CIVIL, procedure=BIRTH)
    return replace(usual, **facts)


def served(time_s: float, staff: StaffId | None = LAN, **facts: object) -> PastTransaction:
    return PastTransaction(procedure=BIRTH, staff=staff, time_s=time_s, **facts)  # type: ignore[arg-type]


def test_nothing_seen_leaves_what_the_manager_gave() -> None:
    learned = learn(FACTS, [], [], TODAY)

    assert learned.mean_transaction_time_s[BIRTH] == pytest.approx(480, abs=0.1)
    assert learned.transaction_time_cv == 0.7
    assert (learned.no_show_share, learned.priority_share, learned.again_share) == (
        0.05,
        0.08,
        0.08,
    )
    assert (learned.arrivals, learned.quantiles, learned.usual_waits_s) == ({}, {}, {})


def test_means_are_shrunk_in_logarithms() -> None:
    """Ten of 240 s against the prior of 480: halfway between their logarithms."""
    learned = learn(FACTS, [], [served(240.0)] * 10, TODAY)

    variance = 10 * USUAL_VARIANCE / 19
    prior = log(480) - variance / 2
    expected_s = exp((10 * prior + 10 * log(240)) / 20 + variance / 2)
    assert learned.mean_transaction_time_s[BIRTH] == pytest.approx(expected_s, abs=0.1)
    assert learned.mean_transaction_time_s[COPY] == pytest.approx(480, abs=0.1)


def test_slips_of_the_finger_and_outermost_hundredths_are_left_out() -> None:
    usual = [served(300.0)] * 200

    plain = learn(FACTS, [], usual, TODAY)
    noisy = learn(FACTS, [], [*usual, served(2.0), served(80_000.0)], TODAY)

    assert noisy.mean_transaction_time_s == plain.mean_transaction_time_s


def test_several_dossiers_count_as_so_many_transactions() -> None:
    one = learn(FACTS, [], [served(300.0)] * 20, TODAY)
    three = learn(FACTS, [], [served(900.0, dossiers=3)] * 20, TODAY)

    assert one.mean_transaction_time_s == three.mean_transaction_time_s


def test_clerk_factors_are_shrunk_to_one() -> None:
    slow = [served(600.0, MINH)] * 20
    quick = [served(300.0, LAN)] * 20
    few = [served(600.0, StaffId("new"))]

    factors = learn(FACTS, [], [*slow, *quick, *few], TODAY).clerk_factors

    assert factors[MINH] / factors[LAN] == pytest.approx(2**0.5, abs=0.02)
    assert 1 < factors[StaffId("new")] < 1.1


def test_a_weekdays_arrivals_lean_on_all_days() -> None:
    visits = [visit(MONDAY)] * 6 + [visit(FRIDAY)] * 2 + [visit(is_appointment=True)] * 9

    arrivals = learn(FACTS, visits, [], TODAY).arrivals

    assert arrivals["mon"][CIVIL][16] == (6 + 4) / 2
    assert arrivals["fri"][CIVIL][16] == (2 + 4) / 2
    assert arrivals["wed"][CIVIL][16] == 4
    assert sum(arrivals["mon"][CIVIL]) == 5


def test_shares_are_shrunk_to_the_usual_ones() -> None:
    transactions = [served(300, is_again=True)] * 25 + [
        PastTransaction(procedure=BIRTH, is_no_show=True)
    ] * 25
    visits = [visit(is_priority=True)] * 25 + [visit()] * 25

    learned = learn(FACTS, visits, transactions, TODAY)

    assert learned.no_show_share == 0.275
    assert learned.again_share == 0.29
    assert learned.priority_share == 0.29
    assert learned.demand == {BIRTH: 1.0}


def test_usual_waits_need_five_and_fall_back_to_all_days() -> None:
    monday = [visit(MONDAY, 16, waited_s=float(60 * n)) for n in range(1, 6)]
    friday = [visit(FRIDAY, 20, waited_s=600.0)] * 4

    usual = learn(FACTS, [*monday, *friday, visit(waited_s=9e3, is_priority=True)], [], TODAY)

    assert usual.usual_waits_s["mon"][CIVIL][16] == 180
    assert usual.usual_waits_s["tue"][CIVIL][16] == 180
    assert usual.usual_waits_s["fri"][CIVIL][20] is None


def test_the_table_is_learned_from_those_who_had_to_wait() -> None:
    waits = [visit(computed_s=100.0, waited_s=120.0)] * 25
    free = [visit(computed_s=0.0, waited_s=0.0)] * 25
    left = [visit(computed_s=100.0)] * 25

    tables = learn(FACTS, [*waits, *free, *left], [], TODAY).quantiles

    assert set(tables) == {"walk_in"}
    [row] = tables["walk_in"]
    assert (row.computed_s, row.p50_s, row.p90_s) == (100, 120, 120)


def test_what_the_centre_has_no_more_is_not_learned() -> None:
    gone = ProcedureCode("gone")

    learned = learn(
        FACTS,
        [visit(procedure=gone)],
        [PastTransaction(procedure=gone, time_s=100.0, staff=LAN)],
        TODAY,
    )

    assert gone not in learned.mean_transaction_time_s
    assert learned.demand == {}
