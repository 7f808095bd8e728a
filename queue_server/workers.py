"""One RQ worker per queue: a parent that loads the program once and a child for each queue.

The parent only forks and watches, so that the children share its memory. A child that dies is
started again; what it was doing is offered again by the follower, and its own rule keeps it from
being done twice.
"""

import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Final

import structlog
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from queue_server.garbage import collect_seldom
from queue_server.job_queues import connect

log = structlog.get_logger()

WORKER_TTL_S = 20
MAINTENANCE_S = 15
PAUSE_S = 1.0
JOBS_OF_A_LIFE: Final[Mapping[str, int]] = {"speech": 1, "rebalance": 1}
"""Making clips and planning are rare and leave libraries of tens of MB behind: a fresh worker has
none."""
NICENESS: Final[Mapping[str, int]] = {"rebalance": 10}
"""Whoever calls a ticket goes before whoever thinks about work profiles."""


class QueueWorker(SimpleWorker):
    """Runs the jobs of one queue in its own process, quietly."""

    def __init__(self, queue: str, url: str) -> None:
        connection = connect(url)
        super().__init__(
            [Queue(queue, connection=connection, serializer=JSONSerializer)],
            connection=connection,
            serializer=JSONSerializer,
            name=f"{queue}-{secrets.token_hex(6)}",  # a number of a process comes again
            worker_ttl=WORKER_TTL_S,
            maintenance_interval=MAINTENANCE_S,
            job_monitoring_interval=5,
            log_job_description=False,
        )


def work(queue: str, url: str) -> None:
    """Work one queue until told to stop; survives the store's restarts."""
    if queue.startswith("print-"):
        from queue_server.printer_watch import watch_printer  # noqa: PLC0415 - of printers alone

        watch_printer(queue)
    while True:
        try:
            jobs = JOBS_OF_A_LIFE.get(queue)
            QueueWorker(queue, url).work(logging_level="WARNING", max_jobs=jobs)
        except (RedisError, OSError) as error:
            log.warning("the job queue cannot be reached", queue=queue, reason=str(error))
            time.sleep(PAUSE_S)
            continue
        return


class Crew:
    """The parent of the workers.

    Args:
        queues: One worker each.
        url: The store of the queues.
        employer: Process without which the crew ends; None for a crew that stands alone.
    """

    def __init__(self, queues: Sequence[str], url: str, employer: int | None = None) -> None:
        self._queues = queues
        self._url = url
        self._employer = employer
        self._children: dict[int, str] = {}
        self._is_ending = False

    def run(self) -> None:
        """Fork a child per queue; keep them until told to stop, or until the employer is gone."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        collect_seldom()  # a collection in a child would copy every page that it shares
        for queue in self._queues:
            self._fork(queue)
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                queue = self._children.pop(child)
                if not self._is_ending:
                    if status:
                        log.warning("a worker failed and is started again", queue=queue)
                    self._fork(queue)
            elif self._employer not in {None, os.getppid()} and not self._is_ending:
                self._end(signal.SIGTERM, None)
            else:
                time.sleep(0.2)

    def _fork(self, queue: str) -> None:
        crew = os.getpid()
        child = os.fork()
        if child:
            self._children[child] = queue
            return
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_without, args=(crew,), daemon=True).start()
        status = 1
        os.nice(NICENESS.get(queue, 0))
        try:
            work(queue, self._url)
            status = 0
        except Exception:
            log.exception("a worker failed", queue=queue)
        finally:
            sys.stdout.flush()
            os._exit(status)

    def _end(self, _: int, __: FrameType | None) -> None:
        self._is_ending = True
        for child in self._children:
            os.kill(child, signal.SIGTERM)


def _end_without(parent: int) -> None:
    """Ask this process to end when its parent is gone: somebody starts another one instead."""
    while os.getppid() == parent:
        time.sleep(PAUSE_S)
    os.kill(os.getpid(), signal.SIGTERM)
