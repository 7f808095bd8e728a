"""The report's pages over an archive with the sample day in it."""

import asyncio
from datetime import date
from pathlib import Path

from starlette.applications import Starlette

from queue_server.app import core_of, web_application
from queue_server.archive.comments import Comments
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.clock import SystemClock
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import VIEWS, page_parts
from queue_server.places import Places
from tests.support.archives import write_down
from tests.support.clocks import HandSetClock
from tests.support.sample_day import sample_day
from tests.support.servers import parts_for

COMMENT = "Cán bộ hướng dẫn tận tình"


async def report_app(folder: Path) -> Starlette:
    """A server whose journal and archive know the sample day; cookies as in `servers.TOKENS`."""
    hall = sample_day(draw_window_s=300)
    journal = MemoryJournal(SystemClock())
    commits = await write_down(hall, journal)
    engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
    await asyncio.to_thread(migrate, engine)
    await asyncio.to_thread(Recorder(engine).record, commits)
    rated = next(ticket for ticket in hall.centre.tickets.values() if ticket.rating)
    day = date(2026, 11, 23)
    await asyncio.to_thread(Comments(engine).save, hall.centre.id, rated.id, day, COMMENT, hall.now)
    pages = page_parts()
    parts = parts_for(journal, HandSetClock(hall.now), VIEWS)
    parts.routes = pages.routes
    parts.version = pages.version
    parts.state = {
        "pages": pages.pages,
        "places": Places(folder),
        "engine": engine,
        "is_demo": False,
        "public_url": None,
    }
    return web_application(parts, core_of(parts))
