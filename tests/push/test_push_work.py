"""What a push service and a phone get, down to the bytes; and that a failure disturbs nobody."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec.structs import replace

from config.settings import read_settings
from queue_server.archive.migrate import migrate
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId, CounterId, Language, StaffId, TicketId
from queue_server.push.keys import public_key, server_key
from queue_server.push.subscriptions import Subscription, Subscriptions
from queue_server.push_work import forget_phones, tell_phones
from queue_server.workshop import Workshop
from tests.support.centres import BIRTH, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.http_peer import HttpPeer, answer, http_peer
from tests.support.push_phones import PhoneBrowser

ONE = CounterId("1")
FIRST, SECOND = TicketId("a" * 32), TicketId("b" * 32)
CREATED = answer(201)


@pytest.fixture
def shop(
    tmp_path: Path, store_url: str, centre: CentreId, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workshop]:
    """A centre on a real store and a real database, with two who wait."""
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("QUEUE_REDIS_URL", store_url)
    monkeypatch.setenv("QUEUE_PUSH_PRIVATE_ENDPOINTS", "true")
    monkeypatch.setenv("QUEUE_PUSH_CONTACT", "mailto:queue@example.vn")
    shop = Workshop(read_settings(), store_url, HandSetClock())
    migrate(shop.engine)
    for command in (
        c.ApplyConfiguration(configuration=replace(small_configuration(), id=centre)),
        c.OpenDay(),
        c.TakeCounter(counter=ONE, staff=StaffId("lan")),
        c.OpenCounter(counter=ONE),
        c.IssueTicket(ticket=FIRST, procedure=BIRTH),
        c.IssueTicket(ticket=SECOND, procedure=BIRTH),
    ):
        shop.submit(centre, command)
    yield shop
    shop.close()


def follow(
    shop: Workshop, centre: CentreId, peer: HttpPeer, ticket: TicketId = FIRST, language: str = "vi"
) -> PhoneBrowser:
    browser = PhoneBrowser()
    wanted = Subscription(
        ticket=ticket, endpoint=peer.url, keys=browser.keys, language=Language(language)
    )
    Subscriptions(shop.engine).save(centre, wanted, shop.clock.now())
    return browser


def call(shop: Workshop, centre: CentreId) -> None:
    shop.submit(centre, c.CallNext(counter=ONE))


def test_a_phone_reads_whose_turn_it_is_and_where(shop: Workshop, centre: CentreId) -> None:
    with http_peer(CREATED) as peer:
        browser = follow(shop, centre, peer)
        call(shop, centre)

        tell_phones(shop, centre, FIRST)

    (got,) = peer.received
    assert browser.read(got.body) == {
        "kind": "turn",
        "title": "Đến lượt ông/bà: quầy 1",
        "body": "Số H001 · Sảnh",
        "tag": FIRST,
        "path": f"/t/{FIRST}?language=vi",
        "language": "vi",
    }
    for header in ("content-encoding: aes128gcm", "ttl: 180", "urgency: high", f"topic: {FIRST}"):
        assert header in got.head
    assert b"H001" not in got.body, "the push service reads nothing"


def test_the_push_service_can_check_who_sent_it(shop: Workshop, centre: CentreId) -> None:
    with http_peer(CREATED) as peer:
        follow(shop, centre, peer)
        call(shop, centre)
        tell_phones(shop, centre, FIRST)
        url = peer.url

    lines = peer.received[0].exact_head.splitlines()
    (line,) = [line for line in lines if line.startswith("Authorization: ")]
    token, _, key = line.removeprefix("Authorization: vapid t=").partition(",k=")
    mine = server_key(shop.places.push_key)
    assert key == public_key(mine)
    signed, _, signature = token.rpartition(".")
    half = len(decoded(signature)) // 2
    raw = decoded(signature)
    dss = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    mine.public_key().verify(dss, signed.encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        mine.public_key().verify(dss, signed.encode() + b"x", ec.ECDSA(SHA256()))
    claims = msgspec.json.decode(decoded(signed.partition(".")[2]))
    assert claims["sub"] == "mailto:queue@example.vn"
    assert url.startswith(claims["aud"])


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_recall_says_so_in_the_phones_language(shop: Workshop, centre: CentreId) -> None:
    with http_peer(CREATED) as peer:
        browser = follow(shop, centre, peer, language="en")
        call(shop, centre)
        shop.submit(centre, c.Recall(counter=ONE))

        tell_phones(shop, centre, FIRST)

    told = browser.read(peer.received[0].body)
    assert told["title"] == "You are called again: counter 1"


def test_who_is_near_is_told_once(shop: Workshop, centre: CentreId) -> None:
    with http_peer(CREATED, CREATED) as peer:
        browser = follow(shop, centre, peer, SECOND)
        shop.clock.later(minutes=6)  # type: ignore[attr-defined]
        call(shop, centre)
        shop.submit(centre, c.StartServing(counter=ONE))
        shop.clock.later(minutes=5)  # type: ignore[attr-defined]

        tell_phones(shop, centre, FIRST)
        tell_phones(shop, centre, FIRST)

    (got,) = peer.received
    told = browser.read(got.body)
    assert (told["kind"], told["title"]) == ("soon", "Sắp đến lượt số H002")


def test_who_was_already_served_is_told_nothing(shop: Workshop, centre: CentreId) -> None:
    with http_peer(CREATED) as peer:
        follow(shop, centre, peer)
        call(shop, centre)
        shop.submit(centre, c.StartServing(counter=ONE))

        tell_phones(shop, centre, FIRST)

    assert peer.received == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten(shop: Workshop, centre: CentreId, status: int) -> None:
    with http_peer(answer(status)) as peer:
        follow(shop, centre, peer)
        call(shop, centre)

        tell_phones(shop, centre, FIRST)

    assert Subscriptions(shop.engine).of_centre(centre) == []


def test_trouble_is_logged_without_the_phones_address(shop: Workshop, centre: CentreId) -> None:
    with http_peer(answer(500), answer(302, "", "Location: http://127.0.0.1:1/")) as peer:
        follow(shop, centre, peer)
        call(shop, centre)
        with structlog.testing.capture_logs() as logs:
            tell_phones(shop, centre, FIRST)
            tell_phones(shop, centre, FIRST)
        url = peer.url
    with structlog.testing.capture_logs() as more:
        tell_phones(shop, centre, FIRST)

    assert [line["event"] for line in logs] == ["a push service took no message"] * 2
    assert [line["event"] for line in more] == ["a phone cannot be told"]
    assert url not in str([*logs, *more])
    assert len(Subscriptions(shop.engine).of_centre(centre)) == 1, "it may work the next time"


def test_inside_the_house_nothing_is_sent(
    shop: Workshop, centre: CentreId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUEUE_PUSH_PRIVATE_ENDPOINTS", "false")
    shop.settings = read_settings()
    with http_peer(CREATED) as peer:
        follow(shop, centre, peer)
        call(shop, centre)

        tell_phones(shop, centre, FIRST)

    assert peer.received == []


def test_when_the_day_ends_every_phone_is_forgotten(shop: Workshop, centre: CentreId) -> None:
    with http_peer() as peer:
        follow(shop, centre, peer)

    forget_phones(shop, centre)

    assert Subscriptions(shop.engine).of_centre(centre) == []
