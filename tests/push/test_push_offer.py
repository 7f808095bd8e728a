"""Messages are offered where some page can be secure; elsewhere they cost nothing."""

from pathlib import Path

import pytest
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import create_engine

from config.settings import Settings, read_settings
from queue_server.job import Job
from queue_server.job_queues import RqQueues, connect
from queue_server.places import Places
from queue_server.push_offer import push_offer, sends_messages, unworked_queues


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    return read_settings()


@pytest.mark.parametrize(
    ("changes", "is_offered"),
    [
        ({}, False),
        ({"QUEUE_PUBLIC_URL": "http://192.168.1.10:8080"}, False),
        ({"QUEUE_PUBLIC_URL": "https://queue.example.vn"}, True),
        ({"QUEUE_HTTPS": "true"}, True),
        ({"QUEUE_HTTPS": "true", "QUEUE_PUSH": "false"}, False),
        ({"QUEUE_TLS_CERTIFICATE": "/x.pem", "QUEUE_TLS_KEY": "/x.key"}, True),
    ],
)
def test_it_needs_a_page_that_can_be_secure(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str],
    *,
    is_offered: bool,
) -> None:
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    places = Places(tmp_path)

    offer = push_offer(settings, places, create_engine("sqlite://"))

    assert sends_messages(settings) is (offer is not None) is is_offered
    assert places.push_key.exists() is is_offered
    assert unworked_queues(settings) == (frozenset() if is_offered else {"push"})


async def test_what_nobody_works_is_not_enqueued(store_url: str, tmp_path: Path) -> None:
    queues = RqQueues(store_url, frozenset({f"idle-{tmp_path.name}"}))
    names = (f"idle-{tmp_path.name}", f"busy-{tmp_path.name}")

    await queues.offer(
        [
            Job(queue=name, function="tell_phones", id=f"of-{name}", arguments=("c", "t"))
            for name in names
        ]
    )

    connection = connect(store_url)
    counts = [Queue(name, connection=connection, serializer=JSONSerializer).count for name in names]
    connection.close()
    assert counts == [0, 1]
