"""A private PostgreSQL server in a temporary folder, reached by a unix socket only."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

BINARIES = "/usr/lib/postgresql"
HOW_TO_INSTALL = (
    "expected PostgreSQL's server programs in /usr/lib/postgresql/*/bin; on Debian and Ubuntu: "
    "echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf && "
    "apt-get install -y --no-install-recommends postgresql"
)
USER = "queue"


@contextmanager
def private_postgresql() -> Iterator[str]:
    """The connection string of a fresh server that nobody else uses, gone at the end."""
    binaries = _binaries()
    # Not pytest's folder: it is closed to other users, and too long for a socket's address.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with _running(binaries, folder):
            yield f"postgresql://{USER}@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = sorted(Path(BINARIES).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        pytest.fail(HOW_TO_INSTALL)
    return found[-1].parent


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[None]:
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    _run(
        [binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"],
        user,
        folder,
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
    _run(
        [binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "start"],
        user,
        folder,
    )
    try:
        yield
    finally:
        _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user, folder)


def _run(command: list[str | Path], user: str | None, folder: Path) -> None:
    # Files, not pipes: the server keeps its output open after pg_ctl has ended.
    with (folder / "output").open("w+") as output:
        ended = subprocess.run(  # noqa: S603  # the test's own command
            command, user=user, cwd=folder, stdout=output, stderr=output, check=False
        )
        output.seek(0)
        assert ended.returncode == 0, output.read()


def create_database(server: str, name: str, template: str = "template1") -> str:
    """A new database on the server, copied from `template`; its connection string."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return server.replace("/postgres?", f"/{name}?")
