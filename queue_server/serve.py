"""A real server from its settings: store, database, application, workers; all in one command."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog
import uvicorn
from msgspec import Struct
from sqlalchemy import Engine
from starlette.applications import Starlette

from config.settings import Settings
from displays.speech.page_speech import PageSpeech
from printers.agent_desk import AgentDesk
from printers.discovery import PrinterSearch
from printers.own_networks import own_networks
from queue_server.accounts.accounts import Accounts
from queue_server.administration.drafts import Drafts
from queue_server.administration.scheduled import ScheduledDrafts
from queue_server.agent_papers import AgentPapers
from queue_server.api.remote import Counts
from queue_server.api.remote import Door as EntryDoor
from queue_server.app import Core, Parts, core_of, uvicorn_config, web_application
from queue_server.appointments.book import AppointmentBook
from queue_server.archive.comments import Comments
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrated_database
from queue_server.archive.recorder import Recorder
from queue_server.beginnings import begin
from queue_server.clock import Clock, SystemClock
from queue_server.core.errors import InvalidValue, QueueError
from queue_server.follower import Follower
from queue_server.garbage import collect_seldom
from queue_server.housekeeping import House, keep_house
from queue_server.identity import (
    AccountsIdentify,
    KeptComments,
    RegisteredPeople,
    SecretDoorKeys,
    SecretDrawKeys,
)
from queue_server.intake.register import Register
from queue_server.job_queues import RqQueues
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.redis_journal import RedisJournal
from queue_server.journal.redis_leases import RedisLeases
from queue_server.journal.store_durability import check_store
from queue_server.journal.store_folder import StoreFolder
from queue_server.listening import bound_socket
from queue_server.pages import VIEWS, page_parts
from queue_server.places import Places
from queue_server.push_offer import push_offer, unworked_queues
from queue_server.reactions import ClipOffers, queues_of
from queue_server.rules import rules_in_force
from queue_server.secure.door import Door, TwoDoors
from queue_server.secure_listening import offer_of, secure_door, secure_lines

log = structlog.get_logger()

RESTART_PAUSE_S = 1.0


class Server(Struct, kw_only=True):
    """A server that is about to run."""

    settings: Settings
    places: Places
    clock: Clock
    store: EmbeddedRedis | None
    store_url: str
    engine: Engine
    accounts: Accounts
    parts: Parts
    core: Core
    is_demo: bool = False
    door: Door | None = None


@asynccontextmanager
async def prepared(
    settings: Settings, clock: Clock, *, is_demo: bool = False, door: Door | None = None
) -> AsyncIterator[Server]:
    """Start the store, open the database, put the parts together, begin the centres.

    Everything is undone at the end.

    Raises:
        QueueError: The server cannot start.
    """
    places = free_places(settings)
    async with contextlib.AsyncExitStack() as stack:
        store, store_url = None, settings.store.redis_url or ""
        if not store_url:
            store = EmbeddedRedis(places.store, binary=settings.store.store_binary)
            store_url = await store.start()
            stack.push_async_callback(store.stop)
            places.running_store.write_text(store_url, encoding="utf-8")
            stack.callback(places.running_store.unlink, missing_ok=True)
        else:
            await check_store(store_url)
        engine = await asyncio.to_thread(migrated_database, places.database_url(settings))
        stack.callback(engine.dispose)
        journal = RedisJournal(store_url)
        stack.push_async_callback(journal.close)
        leases = RedisLeases(store_url)
        stack.push_async_callback(leases.close)
        accounts = Accounts(engine, SystemClock(), is_demo=is_demo)
        people = RegisteredPeople(Register(engine), places.secret, clock)
        pages = page_parts()
        draw_paper = AgentPapers(settings, store_url, clock)
        stack.push_async_callback(draw_paper.close)
        parts = Parts(
            journal=journal,
            rules=rules_in_force(SecretDrawKeys(places.secret)),
            clock=clock,
            machine=SystemClock(),
            identify=AccountsIdentify(accounts),
            people=people,
            comments=KeptComments(Comments(engine), clock),
            space=store or EndlessSpace(),
            archived=Recorder(engine).commits_of,
            leases=leases,
            views=VIEWS,
            routes=pages.routes,
            state={
                "accounts": accounts,
                "pages": pages.pages,
                "places": places,
                "register": Register(engine),
                "appointments": AppointmentBook(engine),
                "engine": engine,
                "is_demo": is_demo,
                "public_url": settings.server.public_url,
                "door": EntryDoor(keys=SecretDoorKeys(places.secret), counts=Counts()),
                "push": push_offer(settings, places, engine),
                "secure": None if door is None else offer_of(settings, door),
                "agents": AgentDesk(),
                "printer_search": PrinterSearch(own_networks),
                "draw_paper": draw_paper,
                "page_speech": PageSpeech(
                    places.page_speech,
                    piper_program=settings.speech.piper_program,
                    piper_models=settings.speech.piper_models,
                ),
                "prepare_clips": ClipOffers(RqQueues(places.jobs_url(settings))),
            },
            version=pages.version,
        )
        await begin(parts, settings.centre.centre_file, Recorder(engine), places.restored)
        yield Server(
            settings=settings,
            places=places,
            clock=clock,
            store=store,
            store_url=store_url,
            engine=engine,
            accounts=accounts,
            parts=parts,
            core=core_of(parts),
            is_demo=is_demo,
            door=door,
        )


def free_places(settings: Settings) -> Places:
    """The data folder, made if need be, before anything in it is touched.

    Raises:
        AlreadyRunning: A server with a store of its own uses the folder.
        InvalidValue: There cannot be such a folder.
    """
    places = Places(settings.store.data_folder)
    try:
        places.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if settings.store.redis_url is None and places.store.exists():
            os.close(StoreFolder(places.store).lock_for_application())
    except OSError as error:
        message = f"expected a data folder that can be written, got {places.folder}: {error}"
        raise InvalidValue(message) from error
    return places


class EndlessSpace:
    """A configured store minds its own disk."""

    def has_space(self) -> bool:
        """Always: the store refuses by itself."""
        return True


def application(server: Server, more: AbstractAsyncContextManager[None] | None = None) -> Starlette:
    """The server's ASGI application, with everything that runs beside it."""
    return web_application(server.parts, server.core, _beside(server, more))


@asynccontextmanager
async def _beside(
    server: Server, more: AbstractAsyncContextManager[None] | None
) -> AsyncIterator[None]:
    """Load every centre; follow the journal; keep the store and the workers.

    The application ends what was started in the background.
    """
    for centre in await server.parts.journal.centres():
        await server.core.replicas.get(centre)
    collect_seldom()
    follower = Follower(
        server.core.replicas,
        RqQueues(server.places.jobs_url(server.settings), unworked_queues(server.settings)),
        server.clock,
    )
    server.core.hearers.append(follower.hear)
    archive = ArchiveFollower(server.parts.journal, Recorder(server.engine))
    house = _house(server)
    background = server.core.background
    background.start("archive", archive.run)
    background.start("follower", follower.run)
    agents: AgentDesk = server.parts.state["agents"]
    server.core.hearers.append(agents.hear)
    background.start("print agents", lambda: agents.run(server.core.replicas, server.clock))
    background.start("housekeeping", lambda: keep_house(house))
    background.start("scheduled drafts", _scheduled(server).run)
    background.start("workers", lambda: _keep_workers(server))
    if server.store is not None:
        background.start("store", server.store.supervise)
    if server.door is not None:
        background.start("certificate", server.door.keep)
    async with more or contextlib.nullcontext():
        yield


def _scheduled(server: Server) -> ScheduledDrafts:
    drafts = Drafts(server.engine, tuple(server.parts.rules.strategies))
    return ScheduledDrafts(server.engine, drafts, server.core.replicas, server.clock)


def _house(server: Server) -> House:
    return House(
        paper=(server.places.pictures, server.places.spool, server.places.paper),
        register=Register(server.engine),
        engine=server.engine,
        replicas=server.core.replicas,
        clock=server.clock,
        machine=SystemClock(),
    )


async def _keep_workers(server: Server) -> None:
    """Run a crew with one worker per queue; a new printer starts a new crew."""
    while True:
        queues = _queues(server)
        crew = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "queue_server",
            "work",
            "--employer",
            str(os.getpid()),
            *queues,
            env={**os.environ, "QUEUE_DATA_FOLDER": str(server.places.folder)},
            start_new_session=True,
        )
        try:
            while crew.returncode is None and queues == _queues(server):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(crew.wait(), RESTART_PAUSE_S)
        finally:
            if crew.returncode is None:
                crew.terminate()
                await crew.wait()
        await asyncio.sleep(RESTART_PAUSE_S)


def _queues(server: Server) -> list[str]:
    unworked = unworked_queues(server.settings)
    every = queues_of([replica.centre for replica in server.core.replicas.loaded()])
    return [queue for queue in every if queue not in unworked]


async def serve(settings: Settings, clock: Clock) -> None:
    """Serve until told to stop."""
    try:
        places = free_places(settings)
        with bound_socket(settings.server) as listening, secure_door(settings, places) as door:
            places.clock.unlink(missing_ok=True)  # a demo's time ends here
            async with prepared(settings, clock, door=door) as server:
                welcome = await _welcome(server)
                config = uvicorn_config(
                    application(server), settings.server.host, settings.server.port
                )
                announce(welcome)
                await run_until_told(config, listening, door)
    except QueueError as error:
        log.error("the server cannot start", reason=error.message)  # noqa: TRY400  # a refusal
        raise SystemExit(1) from None


async def run_until_told(
    config: uvicorn.Config, listening: socket.socket, door: Door | None = None
) -> None:
    """Serve on the socket until SIGINT or SIGTERM, and return, so that all is put away in order.

    uvicorn raises the signal once more when it is done; by then it has done its work.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    await TwoDoors(config, door).serve(sockets=[listening])


async def _welcome(server: Server) -> list[str]:
    """Where the pages are, and the first administrator's link while nobody has used it."""
    base = base_url(server.settings)
    lines = [f"The queue server listens on {base}", f"  all pages   {base}/"]
    if server.door is not None:
        lines += secure_lines(server.settings, server.door)
    token = await server.accounts.first_administrator()
    if token is not None:
        lines.append(f"  first administrator, choose a password: {base}/welcome?token={token}")
    return lines


def base_url(settings: Settings) -> str:
    """An address that works from other machines of the network."""
    host = settings.server.host
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # listening everywhere: name this machine
        host = _own_address()
    return f"http://{host}:{settings.server.port}"


def _own_address() -> str:
    """This machine's address in its network; loopback where it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def announce(lines: list[str]) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
