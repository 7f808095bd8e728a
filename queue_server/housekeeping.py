"""What goes with time: pictures of past days, names that were kept long enough, orphaned names.

One task per server. A chore that fails is logged and tried again an hour later; it disturbs
neither the other chores nor anything else.
"""

import asyncio
from collections.abc import Callable, Iterable, Set
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from msgspec import Struct
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from printers.kept_files import remove_before
from queue_server.archive.comments import Comments
from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CentreId, PersonRef, TicketId
from queue_server.core.ticket import FINISHED
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.intake.register import Register
from queue_server.learning import enter, is_due, learned_of
from queue_server.push.subscriptions import Subscriptions

log = structlog.get_logger()

EVERY_S: Final = 3600.0
PAPER_KEPT: Final = timedelta(days=2)
"""Pictures of receipts hold names; a slip is reprinted on its own day."""
ORPHANS_KEPT: Final = timedelta(days=1)
"""A name is saved before the commit that refers to it, which may still be on its way."""


class House(Struct, frozen=True, kw_only=True):
    """What is kept in order."""

    paper: tuple[Path, ...]
    """Folders of pictures, of the spool, and of printers that are folders."""
    register: Register
    engine: Engine
    """The archive, from which centres learn."""
    replicas: Replicas
    clock: Clock
    """By this names are kept: the demo's scaled one in a demo."""
    machine: Clock
    """By this files are dated."""


async def keep_house(house: House) -> None:
    """Tidy up now and every hour, until cancelled."""
    while True:
        await tidy(house)
        await asyncio.sleep(EVERY_S)


async def tidy(house: House) -> None:
    """Do every chore once."""
    for folder in house.paper:
        await _do(f"old files in {folder.name}", partial(_clear, house, folder))
    comments = Comments(house.engine)
    await _do("comments kept long enough", lambda: comments.erase_overdue(house.clock.now()))
    await _do("names kept long enough", lambda: house.register.erase_overdue(house.clock.now()))
    for replica in house.replicas.loaded():
        # Taken together, without a pause in which the centre could change.
        name, known = replica.centre.id, known_persons(replica.centre)
        await _do("orphaned names", partial(_sweep, house, name, known))
        kept = unfinished_tickets(replica.centre)
        await _do("phones of visits that are over", partial(_forget_phones, house, name, kept))
        await learn_from_past_days(house, replica)


async def learn_from_past_days(house: House, replica: Replica) -> None:
    """Let the centre learn once a day; what fails is tried again an hour later."""
    centre, now = replica.centre, house.clock.now()
    if centre.configuration is None:
        return
    facts, today = centre.configuration, local_time(centre.configuration, now).date()
    if not is_due(centre, today):
        return
    try:
        learned = await asyncio.to_thread(learned_of, house.engine, facts, today)
        if learned is not None and await enter(replica, learned):
            log.info("learned", centre=centre.id, days=learned.days, of=learned.transactions)
    except (QueueError, SQLAlchemyError, OSError) as error:
        log.warning("housekeeping failed", what="learning", reason=str(error))


def known_persons(centre: Centre) -> Set[PersonRef]:
    """Everybody whom the centre's state refers to."""
    holders: Iterable[PersonRef | None] = (
        *(ticket.person for ticket in centre.tickets.values()),
        *(dossier.person for dossier in centre.dossiers.values()),
        *(form.written.person for form in centre.forms.values()),
    )
    return frozenset(person for person in holders if person is not None)


def unfinished_tickets(centre: Centre) -> Set[TicketId]:
    """Tickets whose holders may still want to be told something."""
    return {each.id for each in centre.tickets.values() if each.state not in FINISHED}


def _forget_phones(house: House, centre: CentreId, kept: Set[TicketId]) -> int:
    subscriptions = Subscriptions(house.engine)
    overdue = subscriptions.forget_overdue(house.clock.now())
    return overdue + subscriptions.forget_all_but(centre, kept)


def _clear(house: House, folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return remove_before(folder, house.machine.now() - PAPER_KEPT)


def _sweep(house: House, centre: CentreId, known: Set[PersonRef]) -> int:
    return house.register.sweep_orphans(centre, known, house.clock.now() - ORPHANS_KEPT)


async def _do(what: str, chore: Callable[[], int]) -> None:
    """Do one chore in a thread; its failure is told and is not the next one's."""
    try:
        count = await asyncio.to_thread(chore)
    except (QueueError, SQLAlchemyError, OSError) as error:
        log.warning("housekeeping failed", what=what, reason=str(error))
    except Exception:
        log.exception("housekeeping failed", what=what)
    else:
        if count:
            log.info("housekeeping", removed=what, count=count)
