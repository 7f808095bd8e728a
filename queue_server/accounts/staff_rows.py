"""Staff in SQL. Everything here blocks; `Accounts` runs it in threads."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from queue_server.accounts.people import (
    DemoPerson,
    NewStaff,
    Staff,
    checked_login,
    checked_name,
    checked_roles,
    roles_of,
)
from queue_server.accounts.principal import Role
from queue_server.accounts.tokens import new_id, spent_link
from queue_server.archive.database import insert_once, reading, writing
from queue_server.archive.tables import SESSIONS, STAFF
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.identifiers import CentreId, StaffId

LINK_LIFE: Final = timedelta(days=7)
FIRST_LOGIN: Final = "admin"


def insert_staff(engine: Engine, person: NewStaff, link: str, now: datetime) -> None:
    """Write a new person; `link` is the hash of the one-time link that chooses a password.

    Raises:
        InvalidValue: A value is not fit, or somebody has the login.
    """
    login = checked_login(person.login)
    try:
        with writing(engine) as connection:
            connection.execute(insert(STAFF).values(**_row(person, now), **_link(link, now)))
    except IntegrityError:
        message = f"expected a login that nobody has, got {login!r}"
        raise InvalidValue(message, field="login", reason="taken") from None


def insert_first_administrator(engine: Engine, link: str, now: datetime) -> bool:
    """Write the first administrator, or a new link; False once anybody has a password."""
    first = NewStaff(
        login=FIRST_LOGIN, name="Administrator", roles=(Role.ADMINISTRATOR,), centre=None
    )
    with writing(engine) as connection:
        chosen = select(func.count()).where(STAFF.c.password_hash.is_not(None))
        if connection.execute(chosen).scalar_one():
            return False
        renewal = update(STAFF).where(STAFF.c.login == FIRST_LOGIN).values(**_link(link, now))
        if not connection.execute(renewal).rowcount:
            connection.execute(insert(STAFF).values(**_row(first, now), **_link(link, now)))
    return True


def write_link(engine: Engine, staff: StaffId, link: str, now: datetime) -> None:
    """Give the person a new one-time link; the one before stops working.

    Raises:
        UnknownName: No such person.
    """
    with writing(engine) as connection:
        renewal = update(STAFF).where(STAFF.c.id == staff).values(**_link(link, now))
        if not connection.execute(renewal).rowcount:
            raise _unknown(staff)


def read_by_link(engine: Engine, link: str, now: datetime) -> Staff:
    """The person a one-time link was made for.

    Raises:
        NotSignedIn: The link was used, replaced or is too old.
    """
    with reading(engine) as connection:
        row = connection.execute(select(STAFF).where(_is_good(link, now))).first()
    if row is None:
        raise spent_link()
    return _staff(row)


def spend_link(connection: Connection, link: str, password_hash: str, now: datetime) -> StaffId:
    """Store the chosen password, once; whoever was signed in as this person no longer is.

    Returns:
        The person.

    Raises:
        NotSignedIn: The link was used, replaced or is too old.
    """
    chosen = (
        update(STAFF)
        .where(_is_good(link, now))
        .values(password_hash=password_hash, one_time_token_hash=None, one_time_until=None)
        .returning(STAFF.c.id)
    )
    staff = connection.execute(chosen).scalar()
    if staff is None:
        raise spent_link()
    connection.execute(delete(SESSIONS).where(SESSIONS.c.staff == staff))
    return StaffId(staff)


def read_password(engine: Engine, login: str) -> tuple[Staff, str] | None:
    """The active person with the login and their password's hash, if both are there."""
    with reading(engine) as connection:
        row = connection.execute(
            select(STAFF).where(STAFF.c.login == login, STAFF.c.is_active)
        ).first()
    if row is None or row.password_hash is None:
        return None
    return _staff(row), row.password_hash


def read_staff(engine: Engine, staff: StaffId) -> Staff:
    """One person.

    Raises:
        UnknownName: No such person.
    """
    with reading(engine) as connection:
        return _one(connection, staff)


def read_all_staff(engine: Engine, centre: CentreId | None) -> list[Staff]:
    """The staff of a centre, or with None of all, by name."""
    statement = select(STAFF).order_by(STAFF.c.name, STAFF.c.id)
    if centre is not None:
        statement = statement.where(STAFF.c.centre == centre)
    with reading(engine) as connection:
        return [_staff(row) for row in connection.execute(statement)]


def read_names(engine: Engine, staff: Collection[StaffId]) -> dict[StaffId, str]:
    """Names by id; whoever is not known is left out."""
    statement = select(STAFF.c.id, STAFF.c.name).where(STAFF.c.id.in_(set(staff)))
    with reading(engine) as connection:
        return {StaffId(row.id): row.name for row in connection.execute(statement)}


def change_staff(
    engine: Engine, staff: StaffId, *, is_active: bool | None, roles: Collection[Role] | None
) -> Staff:
    """Change what is not None; who is no longer active is signed out.

    Raises:
        UnknownName: No such person.
        InvalidValue: No role is left, or nobody could let others in any more.
    """
    values: dict[str, Any] = {}
    if is_active is not None:
        values["is_active"] = is_active
    if roles is not None:
        values["roles"] = checked_roles(roles)
    with writing(engine) as connection:
        before = _one(connection, staff)
        if values:
            connection.execute(update(STAFF).where(STAFF.c.id == staff).values(**values))
        after = _one(connection, staff)
        if before.has_the_keys and not after.has_the_keys:
            _keep_an_administrator(connection)
        if not after.is_active:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.staff == staff))
    return after


def write_demo_staff(
    engine: Engine, centre: CentreId | None, person: DemoPerson, now: datetime
) -> StaffId | None:
    """Write somebody of the demo under the given id, or None where another has the login."""
    new = NewStaff(login=person.login, name=person.name, roles=person.roles, centre=centre)
    row = {**_row(new, now), "id": person.id}
    with writing(engine) as connection:
        insert_once(connection, STAFF, row)
        same = update(STAFF).where(STAFF.c.id == person.id)
        changed = same.values({key: row[key] for key in ("name", "login", "roles", "centre")})
        return person.id if connection.execute(changed).rowcount else None


def _row(person: NewStaff, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "centre": person.centre,
        "name": checked_name(person.name),
        "login": checked_login(person.login),
        "roles": checked_roles(person.roles),
        "organisation": person.organisation.strip(),
        "is_active": True,
        "created_at": now,
    }


def _link(link: str, now: datetime) -> dict[str, Any]:
    return {"one_time_token_hash": link, "one_time_until": now + LINK_LIFE}


def _is_good(link: str, now: datetime) -> ColumnElement[bool]:
    is_new = STAFF.c.one_time_until > now
    return and_(STAFF.c.one_time_token_hash == link, is_new, STAFF.c.is_active)


def _one(connection: Connection, staff: StaffId) -> Staff:
    row = connection.execute(select(STAFF).where(STAFF.c.id == staff)).first()
    if row is None:
        raise _unknown(staff)
    return _staff(row)


def _staff(row: Row[Any]) -> Staff:
    return Staff(
        id=StaffId(row.id),
        centre=row.centre,
        name=row.name,
        login=row.login,
        roles=roles_of(row.roles),
        organisation=row.organisation,
        is_active=row.is_active,
        has_password=row.password_hash is not None,
        link_until=row.one_time_until,
    )


def _keep_an_administrator(connection: Connection) -> None:
    # Locked, so that two of them who remove each other at once do not both succeed.
    rows = connection.execute(select(STAFF).order_by(STAFF.c.id).with_for_update())
    if not any(_staff(row).has_the_keys for row in rows):
        raise InvalidValue(
            "expected an active administrator of every centre to remain, this is the last one",
            reason="last_administrator",
        )


def _unknown(staff: StaffId) -> UnknownName:
    message = f"expected a member of staff, got {staff!r}"
    return UnknownName(message, kind="staff", name=staff)
