"""Every call, and the end of the day, is a job of its own for the queue of messages."""

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from queue_server.job import Job
from queue_server.reactions import jobs_for, queues_of
from tests.support.centres import BIRTH, Hall

ONE = CounterId("1")


def jobs(hall: Hall) -> list[Job]:
    """Jobs of the last commit for the queue of messages."""
    found = jobs_for(hall.commits[-1], hall.centre)
    return [job for job in found if job.queue == "push"]


def test_each_call_and_recall_tells_the_phones() -> None:
    hall = Hall()
    hall.open("1")
    ticket = hall.issue(BIRTH)
    ids = set()
    for command in (c.CallNext(counter=ONE), c.Recall(counter=ONE)):
        hall.do(command)
        (job,) = jobs(hall)
        assert (job.function, job.arguments) == ("tell_phones", ("test", ticket.id))
        ids.add(job.id)

    assert len(ids) == 2, "a recall is told again"


def test_nothing_else_does() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    assert jobs(hall) == []
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.StartServing(counter=ONE))
    assert jobs(hall) == []


def test_the_end_of_the_day_forgets_the_phones() -> None:
    hall = Hall()
    hall.do(c.CloseDay())

    (job,) = jobs(hall)
    assert job.function == "forget_phones"


def test_messages_have_a_worker_of_their_own() -> None:
    assert queues_of([]).count("push") == 1
