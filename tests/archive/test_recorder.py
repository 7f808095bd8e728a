"""What the archive makes of commits: rows of visits and transactions, once, undone, void."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from queue_server.archive.database import DatabaseUnavailable, open_database, writing
from queue_server.archive.recorder import Recorder
from queue_server.archive.tables import COMMITS, CURSORS, EVENTS, TRANSACTIONS, VISITS
from queue_server.core import commands as c
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.ticket import Criterion, Outcome, Score
from tests.support.archives import endings, everything, rows, served, transactions, visit
from tests.support.centres import BIRTH, COPY, MORNING, Hall

TEST = CentreId("test")
ONE = CounterId("1")
TWO = CounterId("2")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1", "lan")
    hall.open("2", "hoa")
    return hall


def test_a_served_visit_is_a_row_with_its_times(database: Engine, hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    hall.later(minutes=10)
    served(hall)

    Recorder(database).record(hall.commits)

    row = visit(database, ticket)
    assert (row["number"], row["state"], row["outcome"]) == ("H001", "completed", "advice_only")
    assert row["day"].isoformat() == "2026-11-23"
    assert row["ended_at"] == MORNING + timedelta(minutes=16)
    [leg] = transactions(database, ticket)
    assert (leg["waiting_time_s"], leg["approach_time_s"], leg["serving_time_s"]) == (600, 60, 300)
    assert (leg["counter"], leg["staff"], leg["calls"], leg["ending"]) == ("1", "lan", 1, "served")
    assert leg["target_waiting_time_s"] == 900
    kinds = [row["kind"] for row in rows(database, EVENTS) if row["ticket"] == ticket.id]
    assert kinds[0] == "TicketIssued"
    assert kinds[-1] == "TicketCompleted"


def test_the_local_date_is_the_day(database: Engine, hall: Hall) -> None:
    hall.do(c.CloseDay())
    hall.now = MORNING + timedelta(hours=23, minutes=45)  # 07:45 local, still the UTC day before
    hall.do(c.OpenDay())
    ticket = hall.issue()

    Recorder(database).record(hall.commits)

    assert visit(database, ticket)["day"].isoformat() == "2026-11-24"


def test_recording_again_changes_nothing(database: Engine, hall: Hall) -> None:
    hall.issue()
    hall.later(minutes=3)
    served(hall)
    recorder = Recorder(database)
    recorder.record(hall.commits)
    before = everything(database)

    recorder.record(hall.commits)
    Recorder(database).record(hall.commits)
    Recorder(database).record(hall.commits[3:7])

    assert before[:4] == everything(database)[:4]


def in_portions(commits: Sequence[Commit], size: int) -> list[Sequence[Commit]]:
    return [commits[start : start + size] for start in range(0, len(commits), size)]


def busy_day(hall: Hall) -> None:
    """Everything that can happen to a ticket."""
    missed, moved, parked, requeued, left, undone = (hall.issue(COPY) for _ in range(6))
    hall.later(minutes=4)
    hall.do(c.CallTicket(counter=ONE, ticket=missed.id, reason="x"))
    hall.later(seconds=40)
    hall.do(c.Recall(counter=ONE))
    hall.later(seconds=40)
    hall.do(c.MarkNoShow(counter=ONE))
    hall.do(c.CallTicket(counter=ONE, ticket=moved.id, reason="x"))
    hall.do(c.StartServing(counter=ONE))
    hall.later(minutes=2)
    hall.do(c.Transfer(counter=ONE, procedure=BIRTH, reason="x"))
    hall.do(c.Reinstate(ticket=missed.id))
    hall.do(c.CallTicket(counter=TWO, ticket=parked.id, reason="x"))
    hall.do(c.StartServing(counter=TWO))
    hall.later(minutes=3)
    hall.do(c.Park(counter=TWO, reason="copies"))
    hall.later(minutes=6)
    hall.do(c.Resume(counter=TWO, ticket=parked.id))
    hall.later(minutes=1)
    hall.do(c.StartServing(counter=TWO))
    hall.later(minutes=4)
    hall.do(c.Complete(counter=TWO, outcome=Outcome.DOSSIER_ACCEPTED))
    hall.do(c.CallTicket(counter=TWO, ticket=requeued.id, reason="x"))
    hall.later(seconds=20)
    hall.do(c.Requeue(counter=TWO))
    hall.do(c.CancelTicket(ticket=left.id))
    hall.do(c.CallTicket(counter=TWO, ticket=undone.id, reason="x"))
    hall.do(c.StartServing(counter=TWO))
    hall.do(c.Complete(counter=TWO, outcome=Outcome.DOSSIER_ACCEPTED))
    hall.do(c.UndoLast(counter=TWO))
    hall.do(c.Transfer(counter=TWO, procedure=BIRTH, reason="x"))
    hall.do(c.UndoLast(counter=TWO))
    hall.later(minutes=1)
    hall.do(c.Complete(counter=TWO, outcome=Outcome.REFUSED))
    hall.do(c.CloseDay())


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_portions_and_restarts_make_no_difference(database: Engine, hall: Hall, size: int) -> None:
    busy_day(hall)
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())
    hall.issue()
    for portion in in_portions(hall.commits, size):
        Recorder(database).record(portion)  # each as after a restart

    found = {row["number"]: row for row in rows(database, VISITS)}
    ended = {
        number: [
            leg["ending"] for leg in rows(database, TRANSACTIONS) if leg["ticket"] == row["ticket"]
        ]
        for number, row in found.items()
    }
    assert ended == {
        "C001": ["no_show", "expired"],
        "C002": ["transferred", "expired"],
        "C003": ["served"],
        "C004": ["requeued", "expired"],
        "C005": ["cancelled"],
        "C006": ["served"],
        "H001": [None],
    }
    assert found["C006"]["outcome"] == "refused"
    assert {row["state"] for row in found.values()} == {
        "completed",
        "cancelled",
        "expired",
        "waiting",
    }
    legs = {row["ticket"]: row for row in rows(database, TRANSACTIONS) if row["n"] == 1}
    missed, parked, requeued = (legs[found[n]["ticket"]] for n in ("C001", "C003", "C004"))
    assert (missed["waiting_time_s"], missed["calls"]) == (280, 2)
    assert parked["serving_time_s"] == 7 * 60, "nobody is served while parked"
    assert parked["waiting_time_s"] < 10 * 60, "the wait ended at the first serving"
    assert requeued["waiting_time_s"] is None, "the wait went on"
    assert parked["staff"] == "hoa"


def test_a_transfer_waits_anew(database: Engine, hall: Hall) -> None:
    ticket = hall.issue(COPY)
    hall.later(minutes=5)
    hall.do(c.CallNext(counter=TWO))
    hall.do(c.StartServing(counter=TWO))
    hall.later(minutes=2)
    hall.do(c.Transfer(counter=TWO, procedure=BIRTH))
    hall.later(minutes=3)
    served(hall)

    Recorder(database).record(hall.commits)

    first, second = transactions(database, ticket)
    assert (first["field"], first["ending"], first["serving_time_s"]) == (
        "certify",
        "transferred",
        120,
    )
    assert (second["field"], second["ending"], second["waiting_time_s"]) == ("civil", "served", 180)
    assert visit(database, ticket)["field"] == "certify", "what the number was taken for"
    assert visit(database, ticket)["transactions"] == 2


def test_undo_after_a_restart_takes_the_transaction_away(database: Engine, hall: Hall) -> None:
    ticket = hall.issue(COPY)
    hall.do(c.CallNext(counter=TWO))
    hall.do(c.StartServing(counter=TWO))
    hall.do(c.Transfer(counter=TWO, procedure=BIRTH))
    Recorder(database).record(hall.commits)
    assert endings(database, ticket) == ["transferred", None]

    hall.do(c.UndoLast(counter=TWO))
    Recorder(database).record(hall.commits[-1:])

    assert endings(database, ticket) == [None]
    assert visit(database, ticket)["state"] == "serving"


def test_a_visit_served_by_hand_has_its_own_times(database: Engine, hall: Hall) -> None:
    hall.later(minutes=60)
    hall.do(
        c.EnterOutageTicket(
            ticket="f" * 32,  # type: ignore[arg-type]
            number="H050",  # type: ignore[arg-type]
            procedure=BIRTH,
            issued_at=MORNING,
            called_at=MORNING + timedelta(minutes=7),
            ended_at=MORNING + timedelta(minutes=12),
            counter=ONE,
            outcome=Outcome.RESULT_RETURNED,
        )
    )

    Recorder(database).record(hall.commits)

    [leg] = rows(database, TRANSACTIONS)
    assert (leg["waiting_time_s"], leg["serving_time_s"], leg["ending"]) == (420, 300, "served")


def test_a_rating_outlives_later_commits(database: Engine, hall: Hall) -> None:
    ticket = hall.issue()
    served(hall)
    criteria = {Criterion.ATTITUDE: Score.NEUTRAL}
    hall.do(c.RateVisit(ticket=ticket.id, score=Score.VERY_SATISFIED, criteria=criteria))
    rated_at = hall.now
    recorder = Recorder(database)
    recorder.record(hall.commits)

    known = len(hall.commits)
    hall.later(minutes=1)
    hall.do(c.RateVisit(ticket=ticket.id, score=Score.NOT_SATISFIED, criteria=criteria))
    hall.issue()
    recorder.record(hall.commits[known:])

    row = visit(database, ticket)
    assert (row["rating"], row["rating_criteria"]) == (1, {"attitude": 2})
    assert row["rated_at"] == rated_at


def test_undo_goes_back_behind_a_rating(database: Engine, hall: Hall) -> None:
    ticket = hall.issue()
    served(hall)
    hall.do(c.RateVisit(ticket=ticket.id, score=Score.NEUTRAL))
    hall.do(c.UndoLast(counter=ONE))

    Recorder(database).record(hall.commits)

    row = visit(database, ticket)
    assert (row["state"], row["rating"], row["outcome"]) == ("serving", None, None)


def test_two_recorders_may_take_turns(database: Engine, hall: Hall) -> None:
    busy_day(hall)
    one, two = Recorder(database), Recorder(database)
    for n, portion in enumerate(in_portions(hall.commits, 4)):
        (one if n % 3 else two).record(portion)

    taken_in_turns = everything(database)
    with writing(database) as connection:
        for table in (TRANSACTIONS, VISITS, EVENTS, COMMITS, CURSORS):
            connection.execute(table.delete())
    Recorder(database).record(hall.commits)
    assert taken_in_turns == everything(database)


def test_a_failed_batch_is_recorded_whole_the_next_time(database: Engine, hall: Hall) -> None:
    ticket = hall.issue()
    recorder = Recorder(database)
    recorder.record(hall.commits[:2])
    rename(database, "cursors", "away")
    with pytest.raises((DatabaseUnavailable, ProgrammingError)):
        recorder.record(hall.commits[2:])
    assert rows(database, VISITS) == []

    rename(database, "away", "cursors")
    recorder.record(hall.commits[2:])

    assert visit(database, ticket)["state"] == "waiting"


def rename(engine: Engine, table: str, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


def test_a_database_that_is_away_is_one_refusal(hall: Hall) -> None:
    away = open_database("postgresql://nobody@127.0.0.1:1/none")

    with pytest.raises(DatabaseUnavailable):
        Recorder(away).record(hall.commits)

    away.dispose()
