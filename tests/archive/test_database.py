"""The database opens safely, holds transactions apart and keeps instants whole."""

import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from queue_server.archive import database as database_module
from queue_server.archive.database import (
    DatabaseUnavailable,
    insert_once,
    open_database,
    reading,
    writing,
)
from queue_server.archive.tables import CURSORS, SESSIONS
from queue_server.core.errors import InvalidValue

AT = datetime(2026, 11, 2, 2, 15, 30, 123456, tzinfo=UTC)


def cursor(centre: str = "an-binh", offset: int = 1) -> dict[str, object]:
    return {
        "follower": "archive",
        "centre": centre,
        "epoch": "e1",
        "offset": offset,
        "moved_at": AT,
    }


def test_instants_come_back_aware_and_in_utc(database: Engine) -> None:
    in_hanoi = AT.astimezone(timezone(timedelta(hours=7)))

    with writing(database) as connection:
        connection.execute(insert(CURSORS).values(**{**cursor(), "moved_at": in_hanoi}))

    with reading(database) as connection:
        read = connection.execute(select(CURSORS.c.moved_at)).scalar_one()
    assert read == AT
    assert read.utcoffset() == timedelta(0)


def test_refuses_a_naive_instant(database: Engine) -> None:
    with (
        pytest.raises(Exception, match="with its time zone") as refusal,
        writing(database) as connection,
    ):
        connection.execute(
            insert(CURSORS).values(**{**cursor(), "moved_at": AT.replace(tzinfo=None)})
        )

    assert isinstance(refusal.value.__cause__ or refusal.value, InvalidValue)


def test_orders_instants_across_the_hours(database: Engine) -> None:
    instants = [AT + timedelta(microseconds=step) for step in (0, 1, 10**6, 10**9, 10**11)]
    with writing(database) as connection:
        for number, at in enumerate(instants):
            row = {**cursor(f"c{number}"), "moved_at": at}
            connection.execute(insert(CURSORS).values(**row))

    with reading(database) as connection:
        later = select(func.count()).where(CURSORS.c.moved_at > instants[1])
        assert connection.execute(later).scalar_one() == 3


def test_a_failing_block_changes_nothing(database: Engine) -> None:
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(
            insert(CURSORS), [cursor("an-binh"), cursor("an-phu"), cursor("an-binh")]
        )

    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(CURSORS)).scalar_one() == 0


def test_inserts_a_key_once(database: Engine) -> None:
    with writing(database) as connection:
        first = insert_once(connection, CURSORS, cursor(offset=1))
        second = insert_once(connection, CURSORS, cursor(offset=2))

    assert (first, second) == (True, False)
    with reading(database) as connection:
        assert connection.execute(select(CURSORS.c.offset)).scalars().all() == [1]


def test_holds_large_offsets(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(insert(CURSORS).values(**cursor(offset=2**62)))

    with reading(database) as connection:
        assert connection.execute(select(CURSORS.c.offset)).scalar_one() == 2**62


def test_keeps_foreign_keys(database: Engine) -> None:
    orphan = {
        "token_hash": "t",
        "staff": "nobody",
        "created_at": AT,
        "expires_at": AT,
        "last_seen_at": AT,
    }

    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(insert(SESSIONS).values(**orphan))


def test_errors_hide_what_was_bound(database: Engine) -> None:
    with pytest.raises(IntegrityError) as error, writing(database) as connection:
        connection.execute(
            insert(CURSORS), [cursor("an-binh"), {**cursor("Nguyễn"), "epoch": None}]
        )

    assert "SQL parameters hidden" in str(error.value)
    assert "an-binh" not in str(error.value)


def test_writers_that_read_first_wait_for_each_other(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(insert(CURSORS).values(**cursor(offset=0)))
    failures: list[BaseException] = []

    def add_twenty() -> None:
        try:
            for _ in range(20):
                with writing(database) as connection:
                    now = connection.execute(
                        select(CURSORS.c.offset).with_for_update()
                    ).scalar_one()
                    connection.execute(CURSORS.update().values(offset=now + 1))
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=add_twenty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with reading(database) as connection:
        assert connection.execute(select(CURSORS.c.offset)).scalar_one() == 80


def test_readers_do_not_wait_for_a_writer(database: Engine) -> None:
    with writing(database) as writer:
        writer.execute(insert(CURSORS).values(**cursor()))
        with reading(database) as reader:
            seen = reader.execute(select(func.count()).select_from(CURSORS)).scalar_one()

    assert seen == 0


def test_a_file_is_closed_to_other_users(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/data/queue.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE t (x)"))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes
    assert set(modes.values()) == {0o600}
    engine.dispose()


def test_a_file_is_written_through_to_the_disk(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/queue.db")

    with reading(engine) as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    engine.dispose()


def test_a_locked_file_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0.05)
    engine = open_database(f"sqlite:///{tmp_path}/queue.db")
    holder = sqlite3.connect(tmp_path / "queue.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode = WAL")
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseUnavailable), writing(engine):
        pytest.fail("the lock is held by another")

    holder.close()
    engine.dispose()


def test_a_server_that_is_away_is_a_refusal(tmp_path: Path) -> None:
    engine = open_database(f"postgresql://queue:secret@/queue?host={tmp_path}")

    with pytest.raises(DatabaseUnavailable) as refusal, reading(engine):
        pytest.fail("nobody is there")

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "queue.db",
        "mysql://host/queue",
        "postgresql://user:secret@host:port/queue",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_refuses_what_it_cannot_open(url: str) -> None:
    with pytest.raises(InvalidValue, match=r"expected a .*URL") as refusal:
        open_database(url)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgresql_is_always_spoken_by_psycopg_3(scheme: str) -> None:
    assert open_database(f"{scheme}://host/queue").driver == "psycopg"
