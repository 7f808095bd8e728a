"""Staff come in with a password and one-time links, and go out when they are told to."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from counters.centres.routes import operator
from queue_server.accounts.accounts import Accounts
from queue_server.accounts.lockout import TooManyTries
from queue_server.accounts.people import DemoPerson, Staff
from queue_server.accounts.principal import NotAllowed, NotSignedIn, Role
from queue_server.archive.database import reading
from queue_server.archive.tables import SESSIONS, STAFF
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.identifiers import StaffId
from queue_server.demo.people import OPERATOR
from tests.support.accounts import AN_BINH, AN_PHU, PASSWORD, QUICK, signed_in
from tests.support.clocks import HandSetClock

DEMO = [(StaffId("demo-lan"), "lan", "Trần Thị Lan", (Role.CLERK,))]


class CountingHasher(PasswordHasher):
    """Counts the comparisons made."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002
        self.compared += 1
        return super().verify(hash, password)


async def only(accounts: Accounts) -> Staff:
    (person,) = await accounts.list_staff()
    return person


async def test_a_new_person_chooses_a_password_and_is_in(accounts_anywhere: Accounts) -> None:
    link = await accounts_anywhere.create_staff("Lan", " Trần  Thị Lan ", [Role.CLERK], AN_BINH)

    token = await accounts_anywhere.choose_password(link, PASSWORD)

    principal = await accounts_anywhere.by_session(token)
    assert principal is not None
    assert principal.name == "Trần Thị Lan"
    assert principal.kind == "staff"
    assert principal.roles == {Role.CLERK}
    assert principal.is_of(AN_BINH)
    assert not principal.is_of(AN_PHU)


async def test_signs_in_however_the_login_is_typed(accounts: Accounts) -> None:
    await signed_in(accounts, "Lan")

    token, principal = await accounts.sign_in(" LAN ", PASSWORD)

    assert await accounts.by_session(token) == principal


async def test_signs_in_however_a_keyboard_composes_letters(accounts: Accounts) -> None:
    await signed_in(accounts, "lan")
    composed_by_hand = "con me\u0300o a\u0306n ca\u0301 kho\u0302"

    token, _ = await accounts.sign_in("lan", composed_by_hand)

    assert await accounts.by_session(token)


@pytest.mark.parametrize("login", ["lan", "nobody"])
async def test_does_not_tell_which_logins_exist(accounts: Accounts, login: str) -> None:
    await signed_in(accounts, "lan")

    with pytest.raises(NotSignedIn) as refusal:
        await accounts.sign_in(login, "not her password")

    assert refusal.value.message == (
        "expected a login and its password, got two that do not belong together"
    )
    assert refusal.value.facts == {}


@pytest.mark.parametrize("login", ["lan", "invited", "gone", "nobody", ""])
async def test_compares_a_password_whoever_asks(
    engine: Engine, clock: HandSetClock, login: str
) -> None:
    hasher = CountingHasher()
    accounts = Accounts(engine, clock, hasher=hasher)
    await signed_in(accounts, "lan")
    await accounts.create_staff("invited", "Mời", [Role.CLERK], AN_BINH)
    token = await signed_in(accounts, "gone")
    gone = await accounts.by_session(token)
    assert gone is not None
    await accounts.set_active(StaffId(gone.id), is_active=False)

    with pytest.raises(NotSignedIn):
        await accounts.sign_in(login, "not the password")

    assert hasher.compared == 1


@pytest.mark.parametrize("login", ["lan", "nobody"])
async def test_ten_wrong_passwords_must_wait(
    accounts: Accounts, clock: HandSetClock, login: str
) -> None:
    await signed_in(accounts, "lan")
    for _ in range(10):
        clock.instant += timedelta(seconds=30)
        with pytest.raises(NotSignedIn):
            await accounts.sign_in(login, "wrong password")

    with pytest.raises(TooManyTries) as refusal:
        await accounts.sign_in(login, PASSWORD)

    assert refusal.value.facts == {"wait_s": 600 - 9 * 30}


async def test_lets_in_after_the_wait(accounts: Accounts, clock: HandSetClock) -> None:
    await signed_in(accounts, "lan")
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            await accounts.sign_in("lan", "wrong password")
    clock.instant += timedelta(minutes=10)

    _, principal = await accounts.sign_in("lan", PASSWORD)

    assert principal.name == "Trần lan"


async def test_a_right_password_forgets_the_wrong_ones(accounts: Accounts) -> None:
    await signed_in(accounts, "lan")
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(NotSignedIn):
                await accounts.sign_in("lan", "wrong password")
        await accounts.sign_in("lan", PASSWORD)


async def test_a_session_lasts_twelve_hours_from_the_last_sight(
    accounts_anywhere: Accounts, clock: HandSetClock
) -> None:
    token = await signed_in(accounts_anywhere)
    for _ in range(3):
        clock.instant += timedelta(hours=11, minutes=59)
        assert await accounts_anywhere.by_session(token)

    clock.instant += timedelta(hours=12)

    assert await accounts_anywhere.by_session(token) is None


async def test_a_session_ends_while_it_is_remembered(
    accounts: Accounts, clock: HandSetClock
) -> None:
    token = await signed_in(accounts)
    # Seen less than a minute after it began: not prolonged, and remembered from then on.
    clock.instant += timedelta(seconds=59)
    assert await accounts.by_session(token)

    clock.instant += timedelta(hours=12) - timedelta(seconds=59)

    assert await accounts.by_session(token) is None


async def test_signing_out_works_at_once(accounts: Accounts) -> None:
    token = await signed_in(accounts)
    assert await accounts.by_session(token)

    await accounts.sign_out(token)

    assert await accounts.by_session(token) is None


async def test_a_link_works_once(accounts_anywhere: Accounts) -> None:
    link = await accounts_anywhere.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)
    await accounts_anywhere.choose_password(link, PASSWORD)

    with pytest.raises(NotSignedIn):
        await accounts_anywhere.choose_password(link, "another password")

    await accounts_anywhere.sign_in("lan", PASSWORD)


async def test_a_link_is_too_old_after_seven_days(accounts: Accounts, clock: HandSetClock) -> None:
    link = await accounts.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)
    clock.instant += timedelta(days=7)

    with pytest.raises(NotSignedIn):
        await accounts.choose_password(link, PASSWORD)


async def test_a_new_link_replaces_the_one_before(accounts: Accounts) -> None:
    old = await accounts.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)
    new = await accounts.renew_one_time_token((await only(accounts)).id)

    with pytest.raises(NotSignedIn):
        await accounts.choose_password(old, PASSWORD)

    assert await accounts.choose_password(new, PASSWORD)


async def test_a_link_survives_a_password_that_is_refused(accounts: Accounts) -> None:
    link = await accounts.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)
    with pytest.raises(InvalidValue):
        await accounts.choose_password(link, "short")

    assert await accounts.choose_password(link, PASSWORD)


async def test_a_new_password_ends_other_sessions(accounts: Accounts) -> None:
    before = await signed_in(accounts)
    assert await accounts.by_session(before)
    link = await accounts.renew_one_time_token((await only(accounts)).id)

    after = await accounts.choose_password(link, "một mật khẩu khác")

    assert await accounts.by_session(before) is None
    assert await accounts.by_session(after)


async def test_a_login_belongs_to_one(accounts_anywhere: Accounts) -> None:
    await accounts_anywhere.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)

    with pytest.raises(InvalidValue, match="that nobody has, got 'lan'"):
        await accounts_anywhere.create_staff("LAN", "Another", [Role.CLERK], AN_PHU)


@pytest.mark.parametrize(
    ("login", "name", "roles"),
    [
        ("", "Lan", [Role.CLERK]),
        ("la n", "Lan", [Role.CLERK]),
        ("x" * 65, "Lan", [Role.CLERK]),
        ("lan", " ", [Role.CLERK]),
        ("lan", "x" * 121, [Role.CLERK]),
        ("lan", "Lan", []),
    ],
)
async def test_refuses_people_it_cannot_write_down(
    accounts: Accounts, login: str, name: str, roles: list[Role]
) -> None:
    with pytest.raises(InvalidValue):
        await accounts.create_staff(login, name, roles, AN_BINH)

    assert await accounts.list_staff() == []


async def test_who_is_no_longer_active_is_out_at_once(accounts_anywhere: Accounts) -> None:
    token = await signed_in(accounts_anywhere)
    assert await accounts_anywhere.by_session(token)
    lan = (await only(accounts_anywhere)).id

    await accounts_anywhere.set_active(lan, is_active=False)

    assert await accounts_anywhere.by_session(token) is None
    with pytest.raises(NotSignedIn):
        await accounts_anywhere.sign_in("lan", PASSWORD)
    await accounts_anywhere.set_active(lan, is_active=True)
    assert await accounts_anywhere.by_session(token) is None
    assert await accounts_anywhere.sign_in("lan", PASSWORD)


async def test_roles_change_at_once(accounts: Accounts) -> None:
    token = await signed_in(accounts)
    assert await accounts.by_session(token)

    await accounts.set_roles((await only(accounts)).id, [Role.MANAGER, Role.CLERK])

    principal = await accounts.by_session(token)
    assert principal is not None
    assert principal.roles == {Role.CLERK, Role.MANAGER}


async def test_unknown_people_are_named(accounts: Accounts) -> None:
    nobody = StaffId("nobody")

    for ask in (
        accounts.set_active(nobody, is_active=False),
        accounts.set_roles(nobody, [Role.CLERK]),
        accounts.renew_one_time_token(nobody),
        accounts.staff(nobody),
    ):
        with pytest.raises(UnknownName, match="got 'nobody'"):
            await ask


async def test_lists_the_staff_of_a_centre_by_name(accounts_anywhere: Accounts) -> None:
    for login, centre in (("c", AN_BINH), ("a", AN_BINH), ("b", AN_PHU), ("d", None)):
        await accounts_anywhere.create_staff(
            login, f"Name {login}", [Role.CLERK], centre, " Bưu điện "
        )

    assert [person.login for person in await accounts_anywhere.list_staff(AN_BINH)] == ["a", "c"]
    assert [person.login for person in await accounts_anywhere.list_staff()] == ["a", "b", "c", "d"]
    assert {person.organisation for person in await accounts_anywhere.list_staff()} == {"Bưu điện"}


async def test_names_those_who_are_known(accounts_anywhere: Accounts) -> None:
    await accounts_anywhere.create_staff("lan", "Trần Lan", [Role.CLERK], AN_BINH)
    lan = (await only(accounts_anywhere)).id

    names = await accounts_anywhere.names([lan, StaffId("nobody"), lan])

    assert names == {lan: "Trần Lan"}
    assert await accounts_anywhere.names([]) == {}


async def test_the_first_administrator_gets_a_link_until_someone_has_a_password(
    accounts_anywhere: Accounts,
) -> None:
    first = await accounts_anywhere.first_administrator()
    second = await accounts_anywhere.first_administrator()
    assert first
    assert second
    with pytest.raises(NotSignedIn):
        await accounts_anywhere.choose_password(first, PASSWORD)

    token = await accounts_anywhere.choose_password(second, PASSWORD)

    principal = await accounts_anywhere.by_session(token)
    assert principal is not None
    assert principal.has_role(Role.ADMINISTRATOR)
    assert principal.centre is None
    assert (await only(accounts_anywhere)).login == "admin"
    assert await accounts_anywhere.first_administrator() is None


async def test_the_last_administrator_cannot_be_removed(accounts_anywhere: Accounts) -> None:
    await signed_in(accounts_anywhere, "boss", Role.ADMINISTRATOR, centre=None)
    await signed_in(accounts_anywhere, "local", Role.ADMINISTRATOR, centre=AN_BINH)
    boss = next(person for person in await accounts_anywhere.list_staff() if person.login == "boss")

    with pytest.raises(InvalidValue, match="the last one"):
        await accounts_anywhere.set_active(boss.id, is_active=False)
    with pytest.raises(InvalidValue, match="the last one"):
        await accounts_anywhere.set_roles(boss.id, [Role.MANAGER])

    assert await accounts_anywhere.staff(boss.id) == boss
    await signed_in(accounts_anywhere, "second", Role.ADMINISTRATOR, centre=None)
    await accounts_anywhere.set_active(boss.id, is_active=False)


async def test_stores_no_token_and_no_password(engine: Engine, accounts: Accounts) -> None:
    link = await accounts.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)
    token = await signed_in(accounts, "mai")

    with reading(engine) as connection:
        stored = "".join(
            str(row) for table in (STAFF, SESSIONS) for row in connection.execute(select(table))
        )

    assert link not in stored
    assert token not in stored
    assert PASSWORD not in stored
    assert "$argon2id$" in stored


async def test_anybody_may_be_a_person_of_the_demo(database: Engine, clock: HandSetClock) -> None:
    accounts = Accounts(database, clock, is_demo=True, hasher=QUICK)
    await accounts.ensure_demo_staff(AN_BINH, DEMO)
    await accounts.ensure_demo_staff(AN_BINH, DEMO)

    token = await accounts.demo_sign_in(StaffId("demo-lan"))

    principal = await accounts.by_session(token)
    assert principal is not None
    assert (principal.id, principal.centre) == ("demo-lan", AN_BINH)
    assert accounts.demo_people() == [
        DemoPerson(id=StaffId("demo-lan"), login="lan", name="Trần Thị Lan", roles=(Role.CLERK,))
    ]
    assert len(await accounts.list_staff()) == 1


async def test_somebody_of_the_demo_sees_every_centre(engine: Engine, clock: HandSetClock) -> None:
    accounts = Accounts(engine, clock, is_demo=True, hasher=QUICK)
    await accounts.ensure_demo_staff(None, [OPERATOR.account])

    principal = await accounts.by_session(await accounts.demo_sign_in(OPERATOR.id))

    assert principal is not None
    assert operator(principal, AN_BINH)


async def test_the_demo_opens_nobody_else(engine: Engine, clock: HandSetClock) -> None:
    accounts = Accounts(engine, clock, is_demo=True, hasher=QUICK)
    await signed_in(accounts, "lan")
    await accounts.ensure_demo_staff(AN_BINH, DEMO)
    real = await only(accounts)

    for staff in (real.id, StaffId("demo-lan")):
        with pytest.raises(NotAllowed):
            await accounts.demo_sign_in(staff)


async def test_a_server_in_service_is_no_demo(accounts: Accounts) -> None:
    with pytest.raises(NotAllowed):
        await accounts.ensure_demo_staff(AN_BINH, DEMO)
    with pytest.raises(NotAllowed):
        await accounts.demo_sign_in(StaffId("demo-lan"))

    assert accounts.demo_people() == []
