"""Who asks, by the accounts; whose name it is, by the register; what draws are keyed with."""

import asyncio
import hashlib
import hmac
import secrets
from datetime import date, timedelta
from pathlib import Path

from starlette.requests import HTTPConnection

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import NOBODY, Principal
from queue_server.accounts.routes import principal_of
from queue_server.archive.comments import Comments
from queue_server.clock import Clock
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId, PersonKey, PersonRef, StaffId, TicketId
from queue_server.intake.dossier import Person
from queue_server.intake.register import Register

SECRET_BYTES = 32
KEEP_FOR = timedelta(days=90)
"""A name and a phone number are erased when the dossier is long returned."""


class AccountsIdentify:
    """Identifies by session cookie, device cookie or bearer token."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def __call__(self, connection: HTTPConnection) -> Principal:
        """The one who asks, or nobody."""
        return await principal_of(connection, self._accounts)

    async def by_token(self, token: str) -> Principal:
        """The device or staff the token belongs to, or nobody."""
        return await self._accounts.by_token(token) or NOBODY

    async def staff(self, staff: StaffId) -> Principal:
        """A member of staff who may sign in.

        Raises:
            UnknownName: There is none, or none any more.
        """
        found = await self._accounts.staff(staff)
        if not found.is_active:
            message = f"expected staff who may sign in, {found.name} may no more"
            raise UnknownName(message, kind="staff", name=staff)
        return found.principal


class RegisteredPeople:
    """Names and phones in the register; identities as hashes keyed by a secret and the day."""

    def __init__(self, register: Register, secret_file: Path, clock: Clock) -> None:
        self._register = register
        self._secret = _secret(secret_file)
        self._clock = clock

    async def save(
        self, centre: CentreId, name: str, phone: str | None, *, has_consented: bool
    ) -> PersonRef:
        """Keep the person durably, before the commit that refers to them."""
        person = Person(name=name, phone=phone, has_consented=has_consented)
        now = self._clock.now()
        return await asyncio.to_thread(
            self._register.save_person, centre, person, now=now, keep_for=KEEP_FOR
        )

    def key(self, centre: CentreId, identity: str) -> PersonKey:
        """Keyed hash of the identity, good for one day of one centre."""
        normal = "".join(char for char in identity.casefold() if char.isalnum())
        text = f"{centre}\0{self._clock.now().date()}\0{normal}"
        digest = hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
        return PersonKey(digest[:32])

    def lasting_key(self, centre: CentreId, identity: str) -> PersonKey:
        """Keyed hash of the identity, good for as long as a booking has to be found by it."""
        text = f"{centre}\0lasting\0{identity}"
        return PersonKey(hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:32])


class KeptComments:
    """Sentences of citizens in the database."""

    def __init__(self, comments: Comments, clock: Clock) -> None:
        self._comments = comments
        self._clock = clock

    async def save(self, centre: CentreId, ticket: TicketId, day: date, text: str) -> None:
        """Keep the sentence durably, before the commit that says there is one."""
        now = self._clock.now()
        await asyncio.to_thread(self._comments.save, centre, ticket, day, text, now)


class SecretDrawKeys:
    """Keys of the days' draws, from the installation's secret: the same after a restart."""

    def __init__(self, secret_file: Path) -> None:
        self._secret = _secret(secret_file)

    def key(self, centre: CentreId, day: date) -> bytes:
        """Keyed hash of the centre and the day. The secret cannot be found from it."""
        return hmac.digest(self._secret, f"draw|{centre}|{day.isoformat()}".encode(), "sha256")


class SecretDoorKeys:
    """Keys of the codes at the door, from the installation's secret."""

    def __init__(self, secret_file: Path) -> None:
        self._secret = _secret(secret_file)

    def key(self, centre: CentreId) -> bytes:
        """Keyed hash of the centre. The secret cannot be found from it."""
        return hmac.digest(self._secret, f"door|{centre}".encode(), "sha256")


def _secret(file: Path) -> bytes:
    """The installation's secret, made at the first start and readable by its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(SECRET_BYTES))
    return file.read_bytes()
