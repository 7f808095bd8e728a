"""Phones that want to be told, by ticket; gone when the day ends. Calls block.

An address of a push service leads to one browser of one person: it is in no journal, and never
in a log.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

from msgspec import Meta, Struct
from sqlalchemy import ColumnElement, Engine, delete, func, select, update

from queue_server.archive.database import reading, writing
from queue_server.archive.rows import replace_rows
from queue_server.archive.tables import PUSH_SUBSCRIPTIONS as ROWS
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, Language, TicketId

MOST_PHONES: Final = 3
"""For one ticket: a family may follow it, nobody needs more."""
KEEP_AT_MOST: Final = timedelta(hours=24)
_BASE64: Final = r"^[A-Za-z0-9_-]+={0,2}\Z"


class Keys(Struct, frozen=True, forbid_unknown_fields=True):
    """The browser's public key and secret, in URL-safe base64."""

    p256dh: Annotated[str, Meta(min_length=87, max_length=88, pattern=_BASE64)]
    auth: Annotated[str, Meta(min_length=22, max_length=24, pattern=_BASE64)]


class Subscription(Struct, frozen=True, kw_only=True):
    """One phone that follows one ticket."""

    ticket: TicketId
    endpoint: str
    keys: Keys
    language: Language
    soon_told: int = 0
    """In which transaction of the visit "soon" was told last."""

    @property
    def id(self) -> str:
        """Of the endpoint, which is long and secret."""
        return endpoint_id(self.endpoint)


def endpoint_id(endpoint: str) -> str:
    """A name of the endpoint that tells nothing of it."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]


class Subscriptions:
    """The phones in one database. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, centre: CentreId, wanted: Subscription, now: datetime) -> None:
        """Keep it; the same phone again replaces what is known of it.

        Raises:
            InvalidValue: As many phones as may follow the ticket already.
        """
        row = {
            "ticket": wanted.ticket,
            "endpoint_id": wanted.id,
            "centre": centre,
            "endpoint": wanted.endpoint,
            "p256dh": wanted.keys.p256dh,
            "auth": wanted.keys.auth,
            "language": wanted.language,
            "soon_told": wanted.soon_told,
            "erase_after": now + KEEP_AT_MOST,
        }
        others = (
            select(func.count())
            .select_from(ROWS)
            .where(ROWS.c.ticket == wanted.ticket, ROWS.c.endpoint_id != wanted.id)
        )
        with writing(self._engine) as connection:
            if connection.execute(others).scalar_one() >= MOST_PHONES:
                message = f"expected at most {MOST_PHONES} phones for one ticket"
                raise InvalidValue(message, limit=MOST_PHONES)
            replace_rows(connection, ROWS, [row])

    def of_ticket(self, ticket: TicketId) -> list[Subscription]:
        """The phones that follow the ticket."""
        return self._found(ROWS.c.ticket == ticket)

    def of_centre(self, centre: CentreId) -> list[Subscription]:
        """Every phone that follows a ticket of the centre."""
        return self._found(ROWS.c.centre == centre)

    def told_soon(self, told: Sequence[Subscription], transaction: int) -> None:
        """Remember that these were told that it is their turn soon."""
        with writing(self._engine) as connection:
            for each in told:
                mine = (ROWS.c.ticket == each.ticket, ROWS.c.endpoint_id == each.id)
                connection.execute(update(ROWS).where(*mine).values(soon_told=transaction))

    def forget_phone(self, endpoint: str) -> int:
        """The push service knows the phone no more."""
        return self._forget(ROWS.c.endpoint_id == endpoint_id(endpoint))

    def forget_ticket(self, ticket: TicketId) -> int:
        """Nobody wants to be told of it any more."""
        return self._forget(ROWS.c.ticket == ticket)

    def forget_all_but(self, centre: CentreId, kept: Collection[TicketId]) -> int:
        """Forget the centre's phones but those that follow `kept`."""
        gone = {each.ticket for each in self.of_centre(centre)} - set(kept)
        return sum(self.forget_ticket(ticket) for ticket in gone)

    def forget_overdue(self, now: datetime) -> int:
        """Forget what is a day old, whatever became of its ticket."""
        return self._forget(ROWS.c.erase_after <= now)

    def _forget(self, chosen: ColumnElement[bool]) -> int:
        with writing(self._engine) as connection:
            return int(connection.execute(delete(ROWS).where(chosen)).rowcount)

    def _found(self, chosen: ColumnElement[bool]) -> list[Subscription]:
        statement = select(ROWS).where(chosen).order_by(ROWS.c.ticket, ROWS.c.endpoint_id)
        with reading(self._engine) as connection:
            return [
                Subscription(
                    ticket=row.ticket,
                    endpoint=row.endpoint,
                    keys=Keys(row.p256dh, row.auth),
                    language=row.language,
                    soon_told=row.soon_told,
                )
                for row in connection.execute(statement)
            ]
