"""Whatever breaks, a slip comes out once or is said not to; the long form is ``tests.paper``."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server.core.identifiers import PrinterId, TicketId
from queue_server.core.printing import PrintJob, PrintResult
from tests.paper.office import SETTINGS
from tests.paper.run import PaperRun, broken_promises, hollow

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TICKET = TicketId("a" * 32)


def _jobs(result: PrintResult) -> dict[TicketId, PrintJob]:
    job = PrintJob(
        id=f"slip-{TICKET}-1",
        kind="slip",
        ticket=TICKET,
        printer=PrinterId("front"),
        copy=1,
        at=AT,
        result=result,
    )
    return {TICKET: job}


@pytest.mark.parametrize(
    ("result", "slips", "is_kept"),
    [
        ("printed", 1, True),
        ("printed", 0, False),
        ("printed", 2, False),
        ("not_sent", 0, True),
        ("not_sent", 1, False),
        ("unknown", 0, True),
        ("unknown", 1, True),
        ("unknown", 2, False),
        ("sending", 1, False),
        ("pending", 0, False),
    ],
)
def test_a_promise_that_is_broken_is_found(
    result: PrintResult, slips: int, *, is_kept: bool
) -> None:
    found = list(broken_promises([TICKET], _jobs(result), Counter({TICKET: slips})))

    assert (found == []) is is_kept


def test_a_ticket_without_a_job_and_a_slip_of_nobody_are_found() -> None:
    assert len(list(broken_promises([TICKET], {}, Counter()))) == 1
    assert len(list(broken_promises([], {}, Counter({TICKET: 1})))) == 1


def test_a_run_in_which_little_broke_or_little_is_known_is_no_proof() -> None:
    killed = dict.fromkeys(("server killed", "worker killed", "agent killed"), 1)

    assert list(hollow(killed, 0.1, 0.1)) == []
    assert list(hollow(killed, 0.101, 0.1)) == ["10.1% of the slips are unknown, more than 10%"]
    assert list(hollow({**killed, "worker killed": 0}, 0.0, 0.1)) == ["no worker was killed"]


@pytest.mark.redis
async def test_every_slip_comes_out_once_or_is_said_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)

    outcome = await PaperRun(tmp_path, tickets=20, seed=3, pace_s=0.15, most_unknown=1.0)()

    assert outcome.problems == []
    assert outcome.tickets == 20
    assert outcome.faults, "nothing went wrong to speak of"
