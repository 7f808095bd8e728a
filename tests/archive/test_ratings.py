"""What citizens said, in reports and spreadsheets: in groups, never of few at one counter."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from queue_server.archive.comments import KEEP_FOR, Comments
from queue_server.archive.ratings import FEWEST, Ratings
from queue_server.archive.recorder import Recorder
from queue_server.archive.report import DayReport, day_report
from queue_server.archive.report_csv import report_csv, transactions_csv
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, CounterId, ProcedureCode
from queue_server.core.ticket import Criterion, Score, Ticket
from tests.support.archives import served
from tests.support.centres import BIRTH, COPY, Hall

TEST = CentreId("test")
MONDAY = date(2026, 11, 23)
ONE, TWO = CounterId("1"), CounterId("2")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1", "lan")
    hall.open("2", "hoa")
    return hall


def rated(
    hall: Hall, score: int, procedure: ProcedureCode = BIRTH, counter: CounterId = ONE
) -> Ticket:
    ticket = hall.issue(procedure)
    served(hall, counter)
    criteria = {Criterion.ATTITUDE: Score(score)}
    hall.do(c.RateVisit(ticket=ticket.id, score=Score(score), criteria=criteria))
    return ticket


def reported(database: Engine, hall: Hall) -> DayReport:
    Recorder(database).record(hall.commits)
    return day_report(database, TEST, MONDAY)


def test_the_scores_of_all_fields_and_procedures(database: Engine, hall: Hall) -> None:
    for score in (4, 4, 4, 3, 1):
        rated(hall, score)
    rated(hall, 2, COPY)
    served_without = hall.issue(BIRTH)
    served(hall)

    report = reported(database, hall)

    assert report.totals.ratings == Ratings(
        count=6,
        scores=(1, 1, 1, 3),
        satisfied=4 / 6,
        criteria={Criterion.ATTITUDE: (1, 1, 1, 3)},
    )
    assert [field.figures.ratings.count for field in report.fields] == [5, 1]
    assert [procedure.figures.ratings.satisfied for procedure in report.procedures] == [0.8, None]
    assert hall.ticket(served_without).rating is None


def test_of_few_ratings_a_counter_is_not_judged(database: Engine, hall: Hall) -> None:
    for _ in range(FEWEST):
        rated(hall, 4)
    for _ in range(FEWEST - 1):
        rated(hall, 1, COPY, TWO)

    one, two = reported(database, hall).counters

    assert one.figures.ratings.satisfied == 1.0
    assert two.figures.ratings == Ratings(count=FEWEST - 1)


def test_the_spreadsheet_has_counts_and_share(database: Engine, hall: Hall) -> None:
    rated(hall, 4)
    rated(hall, 1)
    report = reported(database, hall)

    lines = list(csv.DictReader(io.StringIO(report_csv(report).removeprefix("\ufeff"))))
    legs = transactions_csv(database, TEST, MONDAY, "Asia/Ho_Chi_Minh").splitlines()

    total = lines[0]
    assert (total["ratings"], total["ratings_very_satisfied"], total["satisfied"]) == (
        "2",
        "1",
        "0.5",
    )
    (counter,) = [line for line in lines if line["group"] == "counter"]
    assert (counter["ratings"], counter["ratings_not_satisfied"], counter["satisfied"]) == (
        "2",
        "",
        "",
    )
    column = legs[0].split(",").index("rating")
    assert [leg.split(",")[column] for leg in legs[1:]] == ["4", "1"]


def test_a_sentence_is_shown_with_its_score_until_it_is_erased(
    database: Engine, hall: Hall
) -> None:
    ticket, other = rated(hall, 2), hall.issue(BIRTH)
    comments = Comments(database)
    comments.save(TEST, ticket.id, MONDAY, "Chờ lâu", hall.now)
    comments.save(TEST, ticket.id, MONDAY, "Chờ lâu quá", hall.now)
    comments.save(TEST, other.id, MONDAY, "whose rating never came", hall.now)

    (shown,) = reported(database, hall).comments

    assert (shown.number, shown.score, shown.text) == (ticket.number, 2, "Chờ lâu quá")
    assert comments.erase(TEST, ticket.id)
    assert not comments.erase(TEST, ticket.id)
    assert day_report(database, TEST, MONDAY).comments == ()


def test_sentences_are_erased_after_ninety_days(database: Engine, hall: Hall) -> None:
    comments = Comments(database)
    comments.save(TEST, rated(hall, 2).id, MONDAY, "Chờ lâu", hall.now)

    assert comments.erase_overdue(hall.now + KEEP_FOR - timedelta(seconds=1)) == 0
    assert comments.erase_overdue(hall.now + KEEP_FOR) == 1
