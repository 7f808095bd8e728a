"""A day counted by hand, a plausible day counted twice, and what spreadsheets are given."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from queue_server.archive.database import open_database
from queue_server.archive.figures import Spread, percentile, spread
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.report import DayReport, Line, day_report, days
from queue_server.archive.report_csv import report_csv, transactions_csv
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.ticket import Forecast, ForecastKind, Outcome
from tests.support.centres import BIRTH, COPY, LAND_TITLE, Hall
from tests.support.sample_day import sample_day

TEST = CentreId("test")
MONDAY = date(2026, 11, 23)
ONE, TWO = CounterId("1"), CounterId("2")


def line(lines: tuple[Line, ...], key: str) -> Line:
    [found] = [one for one in lines if one.id == key]
    return found


@pytest.fixture
def report(database: Engine) -> DayReport:
    """Target 15 minutes: one served in time, one late, one missed late, one left, one forgotten."""
    hall = Hall()
    hall.open("1", "lan")
    hall.open("2", "hoa")
    hall.open("3", "mai")
    on_time = hall.issue(COPY)
    late, missed, left = (hall.issue(BIRTH) for _ in range(3))
    hall.issue(LAND_TITLE)
    told = Forecast(kind=ForecastKind.RANGE, about_s=300, at_most_s=900)
    hall.commits = [
        replace(
            commit,
            events=tuple(
                replace(event, forecast=told) if hasattr(event, "forecast") else event
                for event in commit.events
            ),
        )
        for commit in hall.commits
    ]
    hall.later(minutes=10)
    hall.do(c.CallTicket(counter=TWO, ticket=on_time.id, reason="x"))
    hall.later(minutes=1)
    hall.do(c.StartServing(counter=TWO))
    hall.later(minutes=9)
    hall.do(c.Complete(counter=TWO, outcome=Outcome.DOSSIER_ACCEPTED))
    hall.do(c.CallTicket(counter=ONE, ticket=late.id, reason="x"))
    hall.do(c.StartServing(counter=ONE))
    hall.later(minutes=45)
    hall.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))
    hall.do(c.UndoLast(counter=ONE))
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    hall.do(c.CallTicket(counter=ONE, ticket=missed.id, reason="x"))
    hall.do(c.MarkNoShow(counter=ONE))
    hall.do(c.CancelTicket(ticket=left.id))
    hall.do(c.CloseDay())
    Recorder(database).record(hall.commits)
    return day_report(database, TEST, MONDAY)


def test_the_totals(report: DayReport) -> None:
    totals = report.totals

    assert (totals.issued, totals.called, totals.served) == (5, 3, 2)
    assert (totals.no_shows, totals.cancelled, totals.expired) == (1, 1, 1)
    assert totals.no_show_rate == pytest.approx(1 / 3)
    assert totals.service_level == pytest.approx(1 / 3), "one of two served and one missed late"
    assert totals.waiting == Spread(
        count=3, mean_s=(600 + 1200 + 3900) / 3, p50_s=1200, p90_s=3900, max_s=3900
    )
    assert totals.approach.mean_s == 30
    assert totals.serving.mean_s == (540 + 2700) / 2
    assert totals.outcomes == {"advice_only": 1, "dossier_accepted": 1}
    assert totals.dossiers == 1, "the undone completion's dossier was voided"


def test_what_was_told_is_held_against_what_came(report: DayReport) -> None:
    assert report.totals.estimates == 3
    assert report.totals.estimate_error_s == (300 + 900 + 3600) / 3
    assert report.totals.estimates_within_5_min == pytest.approx(1 / 3)
    assert report.totals.estimate_bias_s == (300 + 900 + 3600) / 3
    assert report.totals.estimates_within_quarter == pytest.approx(1 / 3)
    assert report.totals.estimates_at_most_kept == pytest.approx(1 / 3)
    assert report.totals.estimates_too_short == pytest.approx(2 / 3)


def test_the_groups(report: DayReport) -> None:
    assert [(field.label, field.figures.issued) for field in report.fields] == [
        ("H", 3),
        ("C", 1),
        ("D", 1),
    ]
    assert line(report.fields, "civil").name["en"] == "Civil status"
    assert line(report.procedures, BIRTH).figures.served == 1
    assert [(counter.id, counter.figures.served) for counter in report.counters] == [
        ("1", 1),
        ("2", 1),
    ]
    assert line(report.counters, "2").figures.dossiers == 1


def test_the_hours_are_the_centres(report: DayReport) -> None:
    found = {hour.hour: hour.figures for hour in report.hours}

    assert list(found) == [8, 9]
    assert (found[8].issued, found[9].issued) == (5, 0)
    assert (found[8].served, found[9].served) == (1, 1)
    assert (found[8].waiting.count, found[9].waiting.count) == (2, 1)
    assert report.waits == (0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)


def test_a_day_without_tickets_is_all_zeros(database: Engine, report: DayReport) -> None:
    empty = day_report(database, TEST, MONDAY + timedelta(days=1))

    assert empty.totals.issued == 0
    assert empty.totals.service_level is None
    assert empty.hours == ()
    assert days(database, TEST) == [report.day]


def test_a_retired_name_is_still_known(database: Engine) -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    facts = hall.centre.facts
    procedures = {code: one for code, one in facts.procedures.items() if code != LAND_TITLE}
    hall.do(c.ApplyConfiguration(configuration=replace(facts, procedures=procedures)))
    Recorder(database).record(hall.commits)

    report = day_report(database, TEST, MONDAY)

    assert line(report.procedures, LAND_TITLE).name["vi"] == "Cấp đổi giấy chứng nhận"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    return engine


def test_a_whole_day_agrees_with_the_centres_own_counts(engine: Engine) -> None:
    hall = sample_day()
    Recorder(engine).record(hall.commits)

    report = day_report(engine, hall.centre.id, MONDAY)

    tallies = hall.centre.tallies.values()
    assert report.totals.issued == sum(tally.issued for tally in tallies) > 150
    assert report.totals.served == sum(tally.completed for tally in tallies)
    assert report.totals.no_shows == sum(tally.no_shows for tally in tallies)
    assert report.totals.waiting.count == sum(tally.waits for tally in tallies)
    mean_s = sum(tally.waiting_time_s for tally in tallies) / report.totals.waiting.count
    assert report.totals.waiting.mean_s == pytest.approx(mean_s)
    for group in (report.fields, report.procedures, report.hours):
        assert sum(one.figures.issued for one in group) == report.totals.issued
        assert sum(one.figures.served for one in group) == report.totals.served
        assert sum(one.figures.dossiers for one in group) == report.totals.dossiers
    assert sum(one.figures.served for one in report.counters) == report.totals.served
    assert sum(report.waits) == report.totals.waiting.count
    engine.dispose()


def test_the_csv_says_the_same_and_opens_in_a_spreadsheet(engine: Engine) -> None:
    hall = sample_day()
    Recorder(engine).record(hall.commits)
    report = day_report(engine, hall.centre.id, MONDAY)

    text = report_csv(report)

    assert text.startswith("\ufeffcentre,day,group")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    groups = Counter(one["group"] for one in lines)
    assert groups["total"] == 1
    assert groups["field"] == len(report.fields)
    assert groups["hour"] == len(report.hours)
    assert lines[0]["waiting_p90_s"] == str(report.totals.waiting.p90_s)
    assert next(one["name"] for one in lines if one["label"] == "A") == "Hộ tịch"

    raw = transactions_csv(engine, hall.centre.id, MONDAY, report.timezone)
    legs = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert Counter(leg["ending"] for leg in legs)["served"] == report.totals.served
    assert legs[0]["queued_at"].startswith("2026-11-23 08:0")
    assert sum(int(leg["waiting_time_s"]) for leg in legs) == pytest.approx(
        (report.totals.waiting.mean_s or 0) * report.totals.waiting.count
    )
    engine.dispose()


def test_a_name_is_never_a_formula(database: Engine) -> None:
    hall = Hall()
    facts = hall.centre.facts
    named = replace(facts, name={"vi": '=HYPERLINK("http://example.vn")'})
    hall.do(c.ApplyConfiguration(configuration=named))
    hall.issue()
    Recorder(database).record(hall.commits)

    text = report_csv(day_report(database, TEST, MONDAY))

    assert ",=HYPERLINK" not in text
    assert "'=HYPERLINK" in text


@pytest.mark.parametrize(
    ("share", "value"), [(0.05, 15), (0.3, 20), (0.4, 20), (0.5, 35), (1.0, 50)]
)
def test_percentiles_are_nearest_rank(share: float, value: int) -> None:
    assert percentile([15, 20, 35, 40, 50], share) == value


def test_nothing_has_no_spread() -> None:
    assert spread([None]) == Spread()


def test_calls_out_of_order_are_told_by_who_called_without_those_undone(database: Engine) -> None:
    hall = Hall()
    hall.open("1", "lan")
    hall.open("2", "hoa")
    for counter in (ONE, TWO, ONE, ONE):
        ticket = hall.issue(BIRTH)
        hall.do(c.CallTicket(counter=counter, ticket=ticket.id, reason="in pain"))
        hall.later(seconds=5)
        hall.do(c.MarkNoShow(counter=counter))
    undone = hall.issue(BIRTH)
    hall.do(c.CallTicket(counter=TWO, ticket=undone.id, reason="by mistake"))
    hall.run([c.UndoLast(counter=TWO), c.CallNext(counter=TWO)])
    Recorder(database).record(hall.commits)

    found = day_report(database, TEST, MONDAY).out_of_order

    assert [(one.staff, one.name, one.counter, one.count) for one in found] == [
        ("lan", "Lan", ONE, 3),
        ("hoa", "Hoa", TWO, 1),
    ]
