"""Who may come in: sessions of staff, tokens of devices, one-time links for both.

The two questions of the command path, `by_session` and `by_device`, are answered from memory
while they are fresh (`known.py`); everything else is SQL, done in threads.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import Engine

from queue_server.accounts import device_rows, sessions, staff_rows
from queue_server.accounts.device_rows import NewDevice
from queue_server.accounts.devices import Device, DeviceSettings
from queue_server.accounts.known import KnownTokens
from queue_server.accounts.lockout import Lockout
from queue_server.accounts.passwords import Passwords, check_password
from queue_server.accounts.people import DemoPerson, NewStaff, Staff, plain_login
from queue_server.accounts.principal import (
    DeviceKind,
    NotAllowed,
    NotSignedIn,
    Principal,
    Role,
)
from queue_server.accounts.tokens import link_hash, new_token, token_hash
from queue_server.archive.database import DatabaseUnavailable, writing
from queue_server.clock import Clock
from queue_server.core.identifiers import CentreId, StaffId

NOT_RIGHT: Final = "expected a login and its password, got two that do not belong together"


class Accounts:
    """Staff, their sessions, and devices.

    Args:
        engine: The migrated database.
        clock: Tells when sessions and links end.
        is_demo: Anybody may be a person of the demo.
        hasher: How passwords are hashed; the library's present advice if not said.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        *,
        is_demo: bool = False,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self.is_demo = is_demo
        self._engine = engine
        self._clock = clock
        self._passwords = Passwords(hasher or PasswordHasher())
        self._lockout = Lockout()
        self._sessions = KnownTokens(engine, clock, sessions.read_session)
        self._devices = KnownTokens(engine, clock, device_rows.read_paired_device)
        self._demo: dict[StaffId, DemoPerson] = {}

    def now(self) -> datetime:
        """The instant by which sessions, links and signs of devices are judged."""
        return self._clock.now()

    # -- who is asking -----------------------------------------------------------------------

    async def by_session(self, token: str) -> Principal | None:
        """The member of staff signed in with the token; being seen prolongs the session."""
        return await self._sessions.find(token)

    async def by_device(self, token: str) -> Principal | None:
        """The device paired with the token."""
        return await self._devices.find(token)

    async def by_token(self, token: str) -> Principal | None:
        """Whoever holds the token, a member of staff or a device."""
        known = self._sessions.fresh(token) or self._devices.fresh(token)
        return known or await self.by_session(token) or await self.by_device(token)

    # -- sessions ----------------------------------------------------------------------------

    async def sign_in(self, login: str, password: str) -> tuple[str, Principal]:
        """Begin a session; unknown logins take as long as wrong passwords.

        Returns:
            The token of the session and who is signed in.

        Raises:
            NotSignedIn: The two do not belong together; it does not tell which one is wrong.
            TooManyTries: This login, known or not, must wait.
        """
        plain = plain_login(login)
        found = await asyncio.to_thread(staff_rows.read_password, self._engine, plain)
        self._lockout.begin(plain, self._clock.now())
        person, stored = found or (None, None)
        is_right = await self._passwords.matches(password, stored)
        if person is None or not is_right:
            raise NotSignedIn(NOT_RIGHT)
        self._lockout.succeed(plain)
        return await self._open_session(person.id), person.principal

    async def sign_out(self, token: str) -> None:
        """End the session; a token of no session is no error."""
        key = token_hash(token)
        await asyncio.to_thread(sessions.close_session, self._engine, key)
        self._sessions.forget(key)

    async def is_elsewhere(self, staff: StaffId, token: str = "") -> bool:
        """Whether the person is at work in another session than the token's.

        Nobody is, as far as is known, while the database cannot be asked.
        """
        but = token_hash(token) if token else ""
        try:
            return await asyncio.to_thread(
                sessions.is_seen, self._engine, staff, self._clock.now(), but=but
            )
        except DatabaseUnavailable:
            return False

    async def by_one_time_token(self, one_time_token: str) -> Staff:
        """Whose password a one-time link chooses; it is not spent by asking.

        Raises:
            NotSignedIn: The link was used, replaced or is too old.
        """
        link, now = link_hash(one_time_token), self._clock.now()
        return await asyncio.to_thread(staff_rows.read_by_link, self._engine, link, now)

    async def choose_password(self, one_time_token: str, password: str) -> str:
        """Set the password with a one-time link, end the person's other sessions, begin one.

        Returns:
            The token of the new session.

        Raises:
            NotSignedIn: The link was used, replaced or is too old.
            InvalidValue: The password is too easy; the link can be used again.
        """
        link, person = link_hash(one_time_token), await self.by_one_time_token(one_time_token)
        check_password(password, login=person.login, name=person.name)
        stored = await self._passwords.hashed(password)
        token = new_token()
        await asyncio.to_thread(self._write_password, link, stored, token_hash(token))
        self._sessions.forget_principal(person.id)
        self._lockout.succeed(person.login)
        return token

    def _write_password(self, link: str, stored: str, key: str) -> None:
        now = self._clock.now()
        with writing(self._engine) as connection:
            staff = staff_rows.spend_link(connection, link, stored, now)
            sessions.open_session(connection, staff, key, now)

    async def _open_session(self, staff: StaffId) -> str:
        token = new_token()
        await asyncio.to_thread(self._write_session, staff, token_hash(token))
        return token

    def _write_session(self, staff: StaffId, key: str) -> None:
        with writing(self._engine) as connection:
            sessions.open_session(connection, staff, key, self._clock.now())

    # -- staff -------------------------------------------------------------------------------

    async def create_staff(
        self,
        login: str,
        name: str,
        roles: Collection[Role],
        centre: CentreId | None,
        organisation: str = "",
    ) -> str:
        """Let somebody in; the one-time token is good for 7 days.

        Raises:
            InvalidValue: A value is not fit, or somebody has the login.
        """
        person = NewStaff(
            login=login, name=name, roles=tuple(roles), centre=centre, organisation=organisation
        )
        token = new_token()
        await asyncio.to_thread(
            staff_rows.insert_staff, self._engine, person, token_hash(token), self._clock.now()
        )
        return token

    async def renew_one_time_token(self, staff: StaffId) -> str:
        """A new one-time token, good for 7 days; the one before stops working.

        Raises:
            UnknownName: No such person.
        """
        token = new_token()
        await asyncio.to_thread(
            staff_rows.write_link, self._engine, staff, token_hash(token), self._clock.now()
        )
        return token

    async def first_administrator(self) -> str | None:
        """A one-time token for the login `admin`, until anybody has chosen a password."""
        token = new_token()
        is_first = await asyncio.to_thread(
            staff_rows.insert_first_administrator,
            self._engine,
            token_hash(token),
            self._clock.now(),
        )
        return token if is_first else None

    async def list_staff(self, centre: CentreId | None = None) -> list[Staff]:
        """The staff of a centre, or with None all, by name."""
        return await asyncio.to_thread(staff_rows.read_all_staff, self._engine, centre)

    async def staff(self, staff: StaffId) -> Staff:
        """One person.

        Raises:
            UnknownName: No such person.
        """
        return await asyncio.to_thread(staff_rows.read_staff, self._engine, staff)

    async def names(self, staff_ids: Collection[StaffId]) -> Mapping[StaffId, str]:
        """Names to show; whoever is not known is left out."""
        return await asyncio.to_thread(staff_rows.read_names, self._engine, staff_ids)

    async def set_active(self, staff: StaffId, *, is_active: bool) -> Staff:
        """Let a person in again, or no more: then they are signed out.

        Raises:
            UnknownName: No such person.
            InvalidValue: It is the last administrator of every centre.
        """
        return await self.change_staff(staff, is_active=is_active)

    async def set_roles(self, staff: StaffId, roles: Collection[Role]) -> Staff:
        """Change what a person may do, at once.

        Raises:
            UnknownName: No such person.
            InvalidValue: No role is left, or it is the last administrator of every centre.
        """
        return await self.change_staff(staff, roles=roles)

    async def change_staff(
        self,
        staff: StaffId,
        *,
        is_active: bool | None = None,
        roles: Collection[Role] | None = None,
    ) -> Staff:
        """Both at once; None leaves a side as it is."""
        changed = await asyncio.to_thread(
            staff_rows.change_staff, self._engine, staff, is_active=is_active, roles=roles
        )
        self._sessions.forget_principal(staff)
        return changed

    # -- devices -----------------------------------------------------------------------------

    async def create_device(
        self, centre: CentreId, kind: DeviceKind, name: str, settings: DeviceSettings
    ) -> str:
        """Announce a device; the one-time token is good for 24 hours, to be opened on it.

        Raises:
            InvalidValue: The name is not fit, or the device stands for nothing.
        """
        device = NewDevice(centre=centre, kind=kind, name=name, settings=settings)
        token = new_token()
        await asyncio.to_thread(
            device_rows.insert_device, self._engine, device, token_hash(token), self._clock.now()
        )
        return token

    async def redeem_device(self, one_time_token: str) -> str:
        """Pair the device that opened the link; the token it gets has no end until revoked.

        Raises:
            NotSignedIn: The link was used, revoked or is too old.
        """
        link, token = link_hash(one_time_token), new_token()
        await asyncio.to_thread(
            device_rows.spend_link, self._engine, link, token_hash(token), self._clock.now()
        )
        return token

    async def revoke_device(self, device: str) -> None:
        """Shut the device out, at once and for ever.

        Raises:
            UnknownName: No such device.
        """
        await asyncio.to_thread(device_rows.revoke, self._engine, device, self._clock.now())
        self._devices.forget_principal(device)

    async def list_devices(self, centre: CentreId | None = None) -> list[Device]:
        """The devices of a centre, or with None all; revoked ones are not listed."""
        return await asyncio.to_thread(device_rows.read_all_devices, self._engine, centre)

    async def device(self, device: str) -> Device:
        """One device, also a revoked one.

        Raises:
            UnknownName: No such device.
        """
        return await asyncio.to_thread(device_rows.read_device, self._engine, device)

    # -- demo --------------------------------------------------------------------------------

    async def ensure_demo_staff(
        self, centre: CentreId | None, people: Sequence[tuple[StaffId, str, str, Collection[Role]]]
    ) -> None:
        """Make the people of the demo exist: (id, login, name, roles) each; None: of every centre.

        Raises:
            NotAllowed: This is no demo.
        """
        self._demand_demo()
        now = self._clock.now()
        for staff, login, name, roles in people:
            person = DemoPerson(id=staff, login=login, name=name, roles=tuple(roles))
            written = await asyncio.to_thread(
                staff_rows.write_demo_staff, self._engine, centre, person, now
            )
            if written:
                self._demo[written] = person

    def demo_people(self) -> list[DemoPerson]:
        """Who anybody may be; empty where this is no demo."""
        return list(self._demo.values())

    async def demo_sign_in(self, staff_id: StaffId) -> str:
        """Begin a session as a person of the demo, without a password.

        Raises:
            NotAllowed: This is no demo, or the person is not one of it.
        """
        self._demand_demo()
        if staff_id not in self._demo:
            raise NotAllowed("expected a person of the demo, got somebody else")
        return await self._open_session(staff_id)

    def _demand_demo(self) -> None:
        if not self.is_demo:
            raise NotAllowed("expected the demo, this is a server in service")
