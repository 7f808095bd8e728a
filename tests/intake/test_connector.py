"""Hand-overs reach a dossier system once, whatever it answers."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from queue_server.archive.database import DatabaseUnavailable, open_database
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId, DossierCode
from queue_server.intake.connector import LONGEST_ANSWER, HttpDossierSystem, LocalRegister
from queue_server.intake.dossier import Dossier, Person
from queue_server.intake.hand_over import RETRY_AFTER_S, Delivered, DeliveryFailed, DossierSystem
from queue_server.intake.register import Register
from tests.intake.dossiers import CENTRE, CODE, DAY, enter, hand_over, opened
from tests.support.http_peer import answer, http_peer

DOSSIER = Dossier(
    code=CODE,
    centre=CENTRE,
    day=DAY,
    ticket=opened().ticket,
    procedure=opened().procedure,
    procedure_name="Đăng ký khai sinh",
    received_at=opened().received_at,
    due_at=opened().due_at,
    term=opened().term,
    components=opened().components,
    sets=1,
    person_ref=None,
    return_by="counter",
    note="",
    state="open",
    received_by=None,
    counter=CounterId("c3"),
)


def deliver(url: str, token: str = "", timeout_s: float = 5.0) -> Delivered:
    system = HttpDossierSystem(url, token, timeout_s)
    try:
        return system.deliver(hand_over(DOSSIER))
    finally:
        system.close()


def test_posts_the_documented_json_with_its_key() -> None:
    person = Person(name="Nguyễn Văn An", phone="0912345678", has_consented=True)
    with http_peer(answer(201)) as peer:
        system = HttpDossierSystem(peer.url, "s3cret")
        delivered = system.deliver(hand_over(DOSSIER, person))
        system.close()

    assert delivered == Delivered(system="127.0.0.1", detail="201")
    [request] = peer.received
    assert request.head.startswith("post /hand-overs http/1.1")
    assert f"idempotency-key: {CODE.lower()}" in request.head
    assert "authorization: bearer s3cret" in request.head
    assert "content-type: application/json" in request.head
    assert msgspec.json.decode(request.body) == {
        "dossier_code": "H26.12-261102-0012",
        "centre": "an-binh",
        "ticket": "0f" * 16,
        "ticket_number": "A012",
        "procedure": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "received_at": "2026-11-02T02:15:00Z",
        "due_at": "2026-11-03T10:00:00Z",
        "components": [
            {"name": "Giấy chứng sinh", "kind": "original", "copies": 1},
            {"name": "Tờ khai", "kind": "form", "copies": 1},
        ],
        "sets": 1,
        "person": {"name": "Nguyễn Văn An", "phone": "0912345678"},
        "return_by": "counter",
        "outcome": "dossier_accepted",
        "note": "",
        "staff": None,
        "counter": "c3",
    }


def test_a_person_who_did_not_consent_is_not_passed_on() -> None:
    silent = Person(name="Nguyễn Văn An", phone="0912345678")

    assert hand_over(DOSSIER, silent).person is None
    assert hand_over(DOSSIER, None).person is None


@pytest.mark.parametrize(
    "reply",
    [
        answer(200),
        answer(202, "not json at all"),
        answer(204),
        answer(409, "", f"Idempotency-Key: {CODE}"),
        answer(409, f'{{"dossier_code": "{CODE}"}}'),
    ],
    ids=["200", "202", "204", "409 by header", "409 by body"],
)
def test_is_delivered_when_the_system_has_it(reply: bytes) -> None:
    with http_peer(reply) as peer:
        assert deliver(peer.url).system == "127.0.0.1"


@pytest.mark.parametrize(
    "reply",
    [
        answer(400),
        answer(401),
        answer(404, '{"title": "No such procedure"}'),
        answer(409),
        answer(409, '{"dossier_code": "H26.12-261102-0099"}'),
        answer(409, '{"dossier_code": ["H26.12-261102-0012"]}'),
        answer(409, "[" * 100_000),
        answer(422, "\xff\xfe"),
        answer(400, "x" * 1_000_000),
        answer(301, "", "Location: http://127.0.0.1:1/elsewhere"),
        answer(307, "", "Location: /hand-overs"),
    ],
    ids=lambda reply: reply[9:12].decode(),
)
def test_gives_up_at_once_when_refused(reply: bytes) -> None:
    with http_peer(reply) as peer, pytest.raises(DeliveryFailed) as failure:
        deliver(peer.url)

    assert failure.value.is_permanent
    assert len(peer.received) == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(500),
        answer(502),
        answer(503, "<html>"),
        answer(408),
        answer(425),
        answer(429),
        b"",
        b"\x16\x03\x01garbage\r\n\r\n",
        b"HTTP/1.1 999999 ?\r\n\r\n",
        b"HTTP/1.1 400 Cut\r\nContent-Length: 100\r\n\r\nhalf",
    ],
    ids=["500", "502", "503", "408", "425", "429", "silence", "garbage", "bad status", "cut"],
)
def test_tries_again_when_the_system_is_unwell(reply: bytes) -> None:
    with http_peer(reply) as peer, pytest.raises(DeliveryFailed) as failure:
        deliver(peer.url)

    assert not failure.value.is_permanent


def test_the_second_attempt_carries_the_same_key() -> None:
    with http_peer(answer(500), answer(200)) as peer:
        system = HttpDossierSystem(peer.url)
        with pytest.raises(DeliveryFailed):
            system.deliver(hand_over(DOSSIER))
        system.deliver(hand_over(DOSSIER))
        system.close()

    first, second = peer.received
    assert first == second


def test_tries_again_after_a_time_out() -> None:
    with http_peer(None) as peer, pytest.raises(DeliveryFailed, match="ReadTimeout") as failure:
        deliver(peer.url, timeout_s=0.1)

    assert not failure.value.is_permanent


def test_tries_again_when_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(DeliveryFailed, match="ConnectError") as failure:
        deliver(f"http://127.0.0.1:{port}/")

    assert not failure.value.is_permanent


def test_a_failure_repeats_only_the_kind_of_problem() -> None:
    body = '{"title": "No such procedure", "detail": "Nguyễn Văn An", "status": 404}'
    with http_peer(answer(404, body)) as peer, pytest.raises(DeliveryFailed) as failure:
        deliver(peer.url, token="s3cret")  # noqa: S106  # of the test

    assert "got 404 (No such procedure)" in str(failure.value)
    assert "Nguyễn" not in str(failure.value)
    assert "s3cret" not in str(failure.value)


def test_reads_no_answer_without_end() -> None:
    body = '{"padding": "' + "x" * 4 * LONGEST_ANSWER + '", "title": "Too late"}'
    with http_peer(answer(404, body)) as peer, pytest.raises(DeliveryFailed) as failure:
        deliver(peer.url)

    assert "Too late" not in str(failure.value)


@pytest.mark.parametrize(
    "url", ["", "host/path", "ftp://host/", "http://", "https://u:secret@host/", "http://host:x/"]
)
def test_refuses_a_url_that_leads_nowhere(url: str) -> None:
    with pytest.raises(InvalidValue, match="the URL of a dossier system") as refusal:
        HttpDossierSystem(url)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("token", ["với dấu", "two words", "line\r\nX-Other: 1"])
def test_refuses_a_token_that_breaks_the_header(token: str) -> None:
    with pytest.raises(InvalidValue, match="printable ASCII") as refusal:
        HttpDossierSystem("http://host/", token)

    assert token not in str(refusal.value)


def test_the_register_is_a_dossier_system_itself(database: Engine) -> None:
    register = Register(database)
    system: DossierSystem = LocalRegister(register)
    dossier = enter(register, opened())

    assert system.deliver(hand_over(dossier)) == Delivered(system="register")


def test_the_register_waits_for_a_dossier_it_has_not_seen(database: Engine) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        LocalRegister(Register(database)).deliver(hand_over(DOSSIER))

    assert not failure.value.is_permanent


def test_the_register_does_not_take_a_voided_dossier(database: Engine) -> None:
    register = Register(database)
    dossier = enter(register, opened())
    register.void(DossierCode(CODE))

    with pytest.raises(DeliveryFailed, match="got a voided dossier") as failure:
        LocalRegister(register).deliver(hand_over(dossier))

    assert failure.value.is_permanent


def test_a_register_that_is_away_says_so(tmp_path: Path) -> None:
    away = Register(open_database(f"postgresql://queue@/queue?host={tmp_path}"))

    with pytest.raises(DatabaseUnavailable):
        LocalRegister(away).deliver(hand_over(DOSSIER))


def test_attempts_spread_over_two_days() -> None:
    assert list(RETRY_AFTER_S) == sorted(RETRY_AFTER_S)
    assert 48 * 3600 <= sum(RETRY_AFTER_S) <= 60 * 3600


def test_instants_are_written_in_utc() -> None:
    written = msgspec.json.decode(msgspec.json.encode(hand_over(DOSSIER)))

    assert datetime.fromisoformat(written["received_at"]).tzinfo == UTC
