"""Jobs in RQ: offered under unique ids, and in memory for tests."""

import asyncio
from collections.abc import Collection, Sequence

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from queue_server.core.errors import StoreUnavailable
from queue_server.job import Job

RESULT_TTL_S = 86_400
"""A job's id is taken for as long as its result is kept."""
FAILURE_TTL_S = 30 * 86_400
JOB_TIMEOUT_S = {"speech": 900, "rebalance": 120}
DEFAULT_TIMEOUT_S = 60


def connect(url: str) -> Redis:
    """A connection for RQ; commands are never repeated silently."""
    return Redis.from_url(url, retry=Retry(NoBackoff(), 0), socket_timeout=30)


class RqQueues:
    """Queues in Redis, worked by `queue-server work`.

    Args:
        url: The store of the queues.
        unworked: Queues without a worker here: their jobs are dropped.
    """

    def __init__(self, url: str, unworked: Collection[str] = ()) -> None:
        self._connection = connect(url)
        self._unworked = unworked

    async def offer(self, jobs: Sequence[Job]) -> None:
        """Enqueue the jobs whose ids are new."""
        wanted = [job for job in jobs if job.queue not in self._unworked]
        if wanted:
            await asyncio.to_thread(self._enqueue, wanted)

    def _enqueue(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            queue = Queue(job.queue, connection=self._connection, serializer=JSONSerializer)
            try:
                queue.enqueue_call(
                    f"queue_server.jobs.{job.function}",
                    args=job.arguments,
                    job_id=job.id,
                    unique=True,
                    result_ttl=RESULT_TTL_S,
                    failure_ttl=FAILURE_TTL_S,
                    timeout=JOB_TIMEOUT_S.get(job.queue, DEFAULT_TIMEOUT_S),
                )
            except DuplicateJobError:
                continue
            except RedisError as error:
                message = f"the job queue cannot be reached: {error}"
                raise StoreUnavailable(message) from error


class QueuesInMemory:
    """Remembers the jobs it took; each id once."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}

    async def offer(self, jobs: Sequence[Job]) -> None:
        """Take the jobs whose ids are new."""
        for job in jobs:
            self.jobs.setdefault(job.id, job)
