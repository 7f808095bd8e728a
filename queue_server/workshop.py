"""What a job needs from the system: the centre as it is, a way to send commands, the register.

A workshop belongs to one worker process and is used by one job at a time. It is made from the
settings in the environment, since a job's arguments are plain values.
"""

import asyncio
import secrets
import threading
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Engine

from config.settings import Settings, read_settings
from printers.escpos_printer import Timeouts
from printers.folder_spool import FolderSpool
from printers.printer_choice import Printers
from queue_server.archive.database import open_database
from queue_server.archive.recorder import Recorder
from queue_server.clock import Clock, clock_in
from queue_server.core.centre import Centre
from queue_server.core.commands import Command
from queue_server.core.commit import Actor, Commit
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import CentreId, CommandId, DossierCode
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.trimmed import read_trimmed
from queue_server.intake.register import Register
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.redis_journal import RedisJournal
from queue_server.places import Places
from queue_server.rules import rules_in_force

WORKER = Actor("system", "worker")


class Workshop:
    """Replicas without a listener: each use catches up first.

    Whoever uses it beside the worker's jobs takes `turn`, as jobs that may be disturbed do.
    """

    def __init__(self, settings: Settings, store_url: str, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.places = Places(settings.store.data_folder)
        self.turn = threading.RLock()
        self.spool = FolderSpool(self.places.spool)
        self.printers = Printers(
            self.places.pictures, Timeouts(fence_s=settings.printing.printer_confirm_s)
        )
        self._store_url = store_url
        self._runner = asyncio.Runner()
        self._journal: RedisJournal | None = None
        self._replicas: dict[CentreId, Replica] = {}
        self._engine: Engine | None = None

    @property
    def register(self) -> Register:
        """The register, opened when first needed."""
        return Register(self.engine)

    @property
    def engine(self) -> Engine:
        """The database, opened when first needed."""
        if self._engine is None:
            self._engine = open_database(self.places.database_url(self.settings))
        return self._engine

    def _archived(self, centre: CentreId, after: int, limit: int) -> list[Commit]:
        """Commits that the journal no longer keeps."""
        return Recorder(self.engine).commits_of(centre, after, limit)

    def centre(self, centre: CentreId) -> Centre:
        """The centre as the journal has it now."""
        return self._runner.run(self._current(centre)).centre

    def commit_at(self, centre: CentreId, offset: int) -> Commit:
        """One commit of the centre's journal, or of the archive once it was trimmed."""

        async def read() -> Commit:
            try:
                commits: Sequence[Commit]
                commits = await self._opened().read(centre, after=offset - 1, limit=1)
            except CommitsTrimmed:
                commits = await read_trimmed(
                    self._opened(), self._archived, centre, offset - 1, limit=1
                )
            return commits[0]

        return self._runner.run(read())

    def opened_event(self, centre: Centre, code: DossierCode) -> DossierOpened:
        """The event that opened a dossier of the day, with its components."""
        return self.opened_in(self.commit_at(centre.id, centre.dossiers[code].offset), code)

    @staticmethod
    def opened_in(commit: Commit, code: DossierCode) -> DossierOpened:
        """The opening of the dossier in this commit.

        Raises:
            LookupError: It is not there.
        """
        for event in commit.events:
            if isinstance(event, DossierOpened) and event.code == code:
                return event
        message = f"expected {code} to be opened at offset {commit.offset} of {commit.centre}"
        raise LookupError(message)

    def centres(self) -> Sequence[CentreId]:
        """Every centre of the store."""
        return self._runner.run(self._opened().centres())

    def submit(
        self, centre: CentreId, command: Command, *, was_read: bool = False
    ) -> Commit | None:
        """Send a command as the system; None when there was nothing to do.

        Args:
            centre: Where.
            command: What.
            was_read: The centre was read a moment ago. A command that always leads to events needs
                no second look: on a state that is too old it is decided again.

        Raises:
            QueueError: It is refused, or the store cannot be reached.
        """

        async def send() -> Commit | None:
            known = self._replicas.get(centre) if was_read else None
            replica = known or await self._current(centre)
            return await replica.submit(
                Request(
                    command=command,
                    actor=WORKER,
                    command_id=CommandId(secrets.token_hex(16)),
                    payload_hash=payload_hash(command),
                    may_act_for_others=True,
                )
            )

        return self._runner.run(send())

    def close(self) -> None:
        """Close the store, the database and the printers."""
        self.printers.close()
        if self._journal is not None:
            self._runner.run(self._journal.close())
        self._runner.close()
        if self._engine is not None:
            self._engine.dispose()

    def _opened(self) -> RedisJournal:
        if self._journal is None:
            self._journal = RedisJournal(self._store_url)
        return self._journal

    async def _current(self, centre: CentreId) -> Replica:
        replica = self._replicas.get(centre)
        if replica is None:
            replica = Replica(
                centre,
                journal=self._opened(),
                rules=rules_in_force(),
                clock=self.clock,
                on_change=lambda _, __: None,
                archived=self._archived,
            )
            await replica.load()
            self._replicas[centre] = replica
        else:
            await replica.catch_up()
        return replica


@cache
def workshop() -> Workshop:
    """The workshop of this worker process.

    Raises:
        BrokenSettings: The environment's settings cannot be used.
    """
    settings = read_settings()
    places = Places(settings.store.data_folder)
    return Workshop(settings, places.store_url(settings), clock_in(places.clock))
