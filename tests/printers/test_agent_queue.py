"""What an agent remembers over a power cut."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from printers.agent.agent_queue import AgentQueue, Ended
from printers.printer import Verdict

INTERRUPTED = "interrupted"


@pytest.fixture
def queue(tmp_path: Path) -> AgentQueue:
    return AgentQueue(tmp_path / "agent" / "jobs.sqlite3")


def again(tmp_path: Path) -> AgentQueue:
    """After a restart."""
    queue = AgentQueue(tmp_path / "agent" / "jobs.sqlite3")
    queue.settle()
    return queue


def test_who_only_asked_sent_nothing(queue: AgentQueue, tmp_path: Path) -> None:
    queue.ask("slip-1")

    assert list(again(tmp_path).untold()) == [Ended("slip-1", Verdict("not_sent", INTERRUPTED))]


def test_who_was_sending_does_not_know(queue: AgentQueue, tmp_path: Path) -> None:
    queue.ask("slip-1")
    assert queue.begin("slip-1") is None

    restarted = again(tmp_path)

    assert list(restarted.untold()) == [Ended("slip-1", Verdict("unknown", INTERRUPTED))]
    assert restarted.begin("slip-1") == Verdict("unknown", INTERRUPTED)


def test_a_job_begins_once(queue: AgentQueue) -> None:
    queue.ask("slip-1")

    assert queue.begin("slip-1") is None
    assert queue.begin("slip-1") == Verdict("unknown", INTERRUPTED)


def test_a_job_that_was_not_asked_for_does_not_begin(queue: AgentQueue) -> None:
    assert queue.begin("slip-1") == Verdict("not_sent", INTERRUPTED)


def test_a_verdict_is_told_until_the_server_has_it(queue: AgentQueue, tmp_path: Path) -> None:
    queue.ask("slip-1")
    queue.begin("slip-1")
    queue.record("slip-1", Verdict("printed"))

    restarted = again(tmp_path)
    assert list(restarted.untold()) == [Ended("slip-1", Verdict("printed"))]
    restarted.told("slip-1")

    assert list(again(tmp_path).untold()) == []
    assert restarted.recall("slip-1") == Verdict("printed")


def test_what_was_printed_is_never_asked_for_again(queue: AgentQueue) -> None:
    queue.record("slip-1", Verdict("printed"))

    queue.ask("slip-1")

    assert queue.begin("slip-1") == Verdict("printed")


def test_what_was_not_sent_may_be_tried_again(queue: AgentQueue) -> None:
    queue.record("slip-1", Verdict("not_sent", "paper_out"))
    assert queue.recall("slip-1") is None

    queue.ask("slip-1")

    assert queue.begin("slip-1") is None


def test_only_what_the_server_knows_is_forgotten(tmp_path: Path) -> None:
    queue = AgentQueue(tmp_path / "jobs.sqlite3", kept=3)
    queue.record("untold", Verdict("printed"))
    for n in range(9):
        queue.record(f"slip-{n}", Verdict("printed"))
        queue.told(f"slip-{n}")

    assert queue.recall("slip-0") is None
    assert queue.recall("slip-8") == Verdict("printed")
    assert [ended.job_id for ended in queue.untold()] == ["untold"]


PROGRAM = """
import sys
from pathlib import Path
from printers.agent.agent_queue import AgentQueue
queue = AgentQueue(Path(sys.argv[1]))
for n in range(10_000):
    queue.ask(f"slip-{n}")
    queue.begin(f"slip-{n}")
    print(n, flush=True)
"""


def test_what_was_begun_is_on_disk_when_the_program_is_killed(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", PROGRAM, str(tmp_path / "agent" / "jobs.sqlite3")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        begun = [int(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)

    restarted = again(tmp_path)

    for n in begun:
        assert restarted.recall(f"slip-{n}") == Verdict("unknown", INTERRUPTED)
