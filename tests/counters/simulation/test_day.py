"""A day is drawn by its seed and is what the scenario says on average."""

from collections.abc import Iterable
from statistics import fmean, stdev

import pytest

from counters.simulation.day import day_of
from tests.support.scenarios import bench, small


def test_the_same_seed_gives_the_same_day() -> None:
    assert day_of(small(), 3) == day_of(small(), 3)
    assert day_of(small(), 3) != day_of(small(), 4)


def test_visits_come_in_order_while_tickets_are_given() -> None:
    scenario = bench("M700")
    visits = day_of(scenario, 1)

    arrivals = [visit.arrives_s for visit in visits]
    assert arrivals == sorted(arrivals)
    assert [visit.id for visit in visits] == list(range(len(visits)))
    assert scenario.opens_s <= arrivals[0] <= arrivals[-1] < scenario.last_ticket_s


def test_days_are_as_the_scenario_says_on_average() -> None:
    scenario = bench("H1000")
    days = [day_of(scenario, seed) for seed in range(60)]
    visits = [visit for day in days for visit in day]
    counts = [len(day) for day in days]

    assert fmean(counts) == pytest.approx(1000, rel=0.04)
    assert stdev(counts) == pytest.approx(100, rel=0.4)
    assert _share(visit.priority_class is not None for visit in visits) == pytest.approx(
        0.08, rel=0.05
    )
    assert _share(visit.slot_s is not None for visit in visits) == pytest.approx(0.1, rel=0.05)
    assert _share(visit.is_absent for visit in visits) == pytest.approx(0.05, rel=0.06)
    assert _share(len(visit.legs) > 1 for visit in visits) == pytest.approx(0.06, rel=0.06)
    work = fmean(visit.legs[0].work_s for visit in visits)
    assert work == pytest.approx(scenario.reference_s, rel=0.03)


def test_appointments_are_on_the_quarter_and_people_come_before_them() -> None:
    booked = [visit for visit in day_of(bench("X1200"), 2) if visit.slot_s is not None]

    assert all(visit.slot_s and visit.slot_s % 900 == 0 for visit in booked)
    early = fmean((visit.slot_s or 0) - visit.arrives_s for visit in booked)
    assert early == pytest.approx(360, abs=120)


def test_a_scenario_without_chance_is_regular() -> None:
    scenario = small(service_cv=0, day_gamma_cv=0, field_gamma_cv=0, p_transfer=0, p_noshow=0)

    visits = day_of(scenario, 1)

    assert {leg.work_s for visit in visits for leg in visit.legs} <= {600.0, 1200.0, 300.0, 480.0}
    assert all(len(visit.legs) == 1 and not visit.is_absent for visit in visits)


def _share(found: Iterable[bool]) -> float:
    return fmean(float(each) for each in found)
