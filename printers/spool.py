"""A print job at most once, whatever dies in between.

Two notes are made, in this order, before the first byte of a job leaves: one for everybody (the
watch sends it to the journal), and one on this machine (the spool). Where the first is found
without the second, it is certain that nothing left, and the job may be begun again. Where both
are found, nobody knows what came out, so staff are asked and nothing is sent.
"""

from typing import Protocol

from PIL import Image

from printers.printer import UNWATCHED, NotYours, Printer, Verdict, Watch
from printers.printer_status import Trouble
from queue_server.core.printing import Condition


class SpoolStore(Protocol):
    """Remembers, durably, what became of each print job."""

    def begin(self, job_id: str) -> Verdict | None:
        """Note that the job is being sent, for one caller only.

        Returns:
            None: it is yours, send it. A verdict: it was sent before, with this result.
        """
        ...

    def record(self, job_id: str, verdict: Verdict) -> None:
        """Note what became of the job; after `not_sent` it can be begun again."""
        ...

    def recall(self, job_id: str) -> Verdict | None:
        """What became of the job; None when nothing of it ever left."""
        ...


def print_job(
    job_id: str,
    picture: Image.Image,
    printer: Printer,
    store: SpoolStore,
    watch: Watch = UNWATCHED,
) -> Verdict:
    """Print a job at most once, however often this is called.

    Only after `not_sent` may it be called again for the same job with any effect.

    Args:
        job_id: Id of the event `PrintRequested`.
        picture: The paper, as wide as the printer's head.
        printer: Where it is printed.
        store: Remembers on this machine what became of each job.
        watch: Tells everybody that it begins, and how the printer is.

    Raises:
        NotYours: The watch does not let it begin; nothing was sent.
    """
    begin = _Begin(job_id, store, watch)
    try:
        verdict = printer.print(job_id, picture, begin)
    except _SentBefore as earlier:
        return earlier.verdict
    if begin.has_begun:
        store.record(job_id, verdict)
    return verdict


def interrupted(job_id: str, store: SpoolStore) -> Verdict:
    """What is known of a job that this machine began and said nothing more of."""
    return store.recall(job_id) or Verdict("not_sent", Trouble.INTERRUPTED)


class _SentBefore(NotYours):
    """The spool knows what became of the job."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.result)
        self.verdict = verdict


class _Begin(Watch):
    """Makes both notes before the first byte."""

    def __init__(self, job_id: str, store: SpoolStore, watch: Watch) -> None:
        self._job_id = job_id
        self._store = store
        self._watch = watch
        self.has_begun = False

    def before_first_byte(self) -> None:
        self._watch.before_first_byte()
        earlier = self._store.begin(self._job_id)
        if earlier is not None:
            raise _SentBefore(earlier)
        self.has_begun = True

    def seen(self, condition: Condition) -> None:
        self._watch.seen(condition)
