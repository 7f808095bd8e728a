"""Who is known is remembered for half a minute, no longer, and without the database."""

import asyncio
import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.known import Known, KnownTokens
from queue_server.accounts.principal import Principal
from queue_server.accounts.tokens import new_token, token_hash
from queue_server.archive.database import DatabaseUnavailable
from queue_server.core.identifiers import StaffId
from tests.support.accounts import QUICK, signed_in, statements
from tests.support.clocks import HandSetClock

LAN = Known(principal=Principal(kind="staff", id="lan"))


class Register:
    """What is looked up, and how often; can be away."""

    def __init__(self) -> None:
        self.found: Known | None = LAN
        self.is_away = False
        self.asked = 0

    def read(self, _engine: Engine, _key: str, _now: object) -> Known | None:
        self.asked += 1
        if self.is_away:
            raise DatabaseUnavailable("expected a database that answers, got none in time")
        return self.found


@pytest.fixture
def register() -> Register:
    return Register()


@pytest.fixture
def known(engine: Engine, clock: HandSetClock, register: Register) -> KnownTokens:
    return KnownTokens(engine, clock, register.read)


async def test_asks_no_database_while_it_is_warm(
    engine: Engine, accounts: Accounts, clock: HandSetClock
) -> None:
    token = await signed_in(accounts)
    await accounts.by_session(token)
    clock.instant += timedelta(seconds=29)

    with statements(engine) as said:
        principal = await accounts.by_token(token)

    assert principal is not None
    assert said == []


async def test_writes_that_somebody_was_seen_once_a_minute(
    engine: Engine, accounts: Accounts, clock: HandSetClock
) -> None:
    token = await signed_in(accounts)

    with statements(engine) as said:
        for _ in range(20):
            clock.instant += timedelta(seconds=30)
            assert await accounts.by_session(token)

    assert len([line for line in said if line.startswith("UPDATE sessions")]) == 10


async def test_another_process_sees_a_revocation_within_half_a_minute(
    engine: Engine, accounts: Accounts, clock: HandSetClock
) -> None:
    other = Accounts(engine, clock, hasher=QUICK)
    token = await signed_in(accounts)
    principal = await other.by_session(token)
    assert principal is not None

    await accounts.set_active(StaffId(principal.id), is_active=False)

    assert await other.by_session(token) == principal
    clock.instant += timedelta(seconds=30)
    assert await other.by_session(token) is None


async def test_does_not_ask_for_what_cannot_be_a_token(
    known: KnownTokens, register: Register
) -> None:
    for text in ("", "admin", "x" * 42, "x" * 44, "é" * 43, "x" * 42 + "\n"):
        assert await known.find(text) is None

    assert register.asked == 0


async def test_who_is_unknown_is_not_remembered(known: KnownTokens, register: Register) -> None:
    token = new_token()
    register.found = None
    assert await known.find(token) is None

    register.found = LAN

    assert await known.find(token) == LAN.principal


async def test_believes_nothing_when_the_clock_goes_back(
    known: KnownTokens, register: Register, clock: HandSetClock
) -> None:
    token = new_token()
    await known.find(token)
    register.found = None

    clock.instant += -timedelta(hours=1)

    assert await known.find(token) is None


async def test_what_is_revoked_while_it_is_read_is_not_remembered(
    engine: Engine, clock: HandSetClock
) -> None:
    token = new_token()
    is_read, may_answer = threading.Event(), threading.Event()

    def read_slowly(_engine: Engine, _key: str, _now: object) -> Known:
        is_read.set()
        may_answer.wait(timeout=5)
        return LAN

    known = KnownTokens(engine, clock, read_slowly)

    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(known.find(token))
        await asyncio.to_thread(is_read.wait, 5)
        known.forget(token_hash(token))
        may_answer.set()

    assert asking.result() == LAN.principal
    assert known.fresh(token) is None


async def test_whoever_was_known_stays_known_while_the_database_is_away(
    known: KnownTokens, register: Register, clock: HandSetClock
) -> None:
    token = new_token()
    await known.find(token)
    register.is_away = True

    for _ in range(14):
        clock.instant += timedelta(minutes=1)
        assert await known.find(token) == LAN.principal

    clock.instant += timedelta(minutes=1)
    with pytest.raises(DatabaseUnavailable):
        await known.find(token)


async def test_a_database_that_is_away_is_asked_twice_a_minute_at_most(
    known: KnownTokens, register: Register, clock: HandSetClock
) -> None:
    tokens = [new_token() for _ in range(5)]
    for token in tokens:
        await known.find(token)
    register.is_away = True
    register.asked = 0
    clock.instant += timedelta(minutes=1)

    for token in tokens * 3:
        await known.find(token)

    assert register.asked == 1


async def test_a_stranger_is_not_let_in_while_the_database_is_away(
    known: KnownTokens, register: Register
) -> None:
    register.is_away = True

    with pytest.raises(DatabaseUnavailable):
        await known.find(new_token())


async def test_an_ended_session_is_not_believed_while_the_database_is_away(
    known: KnownTokens, register: Register, clock: HandSetClock
) -> None:
    token = new_token()
    register.found = Known(principal=LAN.principal, until=clock.instant + timedelta(minutes=2))
    await known.find(token)
    register.is_away = True

    clock.instant += timedelta(minutes=2)

    with pytest.raises(DatabaseUnavailable):
        await known.find(token)
