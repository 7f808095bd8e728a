"""A subscription must not make the server knock at doors of its own network."""

import pytest

from queue_server.core.errors import InvalidValue
from queue_server.push.endpoints import checked_endpoint, target_of
from tests.support.histories import refused


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://sg2p.notify.windows.com/w/?token=BQY%2f",
        "https://push.example.com:443/x",
    ],
)
def test_push_services_are_taken(endpoint: str) -> None:
    assert checked_endpoint(endpoint) == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push.example.com/x",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://user:secret@push.example.com/x",
        "https://push.example.com:8443/x",
        "https://push.example.com:bad/x",
        "https://push.example.com/x#y",
        "https:///x",
        "https://localhost/x",
        "https://printer/x",
        "https://printer.local/x",
        "https://queue.lan./x",
        "https://127.0.0.1/x",
        "https://192.168.1.1/x",
        "https://8.8.8.8/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://127.1/x",
        "https://push.example.com/\n",
        "https://push.example.com/" + "x" * 1000,
        "https://phúsh.example.com/",
    ],
)
def test_everything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(InvalidValue):
        checked_endpoint(endpoint)


@pytest.mark.parametrize(
    "addresses", [["192.168.1.1"], ["142.250.1.1", "127.0.0.1"], ["fe80::1"], ["100.64.0.1"]]
)
def test_what_a_name_leads_to_is_judged_when_something_is_sent(addresses: list[str]) -> None:
    """A name in the internet that leads into the house, as in DNS rebinding."""
    with refused(InvalidValue, "expected a push service in the internet"):
        target_of("https://push.example.com/x", look_up=lambda *_: addresses)


def test_a_public_address_is_the_one_that_is_spoken_to() -> None:
    target = target_of("https://push.example.com/x", look_up=lambda *_: ["142.250.1.1"])

    assert (target.address, target.host, target.port) == ("142.250.1.1", "push.example.com", 443)


def test_a_name_that_leads_nowhere_is_refused() -> None:
    def nowhere(_: str, __: int) -> list[str]:
        raise OSError("no such name")

    with refused(InvalidValue, "expected a name that can be looked up"):
        target_of("https://push.example.com/x", look_up=nowhere)


def test_a_secret_path_is_never_repeated() -> None:
    with pytest.raises(InvalidValue) as caught:
        checked_endpoint("http://fcm.googleapis.com/secret-of-the-phone")

    assert "secret-of-the-phone" not in caught.value.message


def test_a_push_service_of_ones_own_may_be_allowed() -> None:
    endpoint = "http://127.0.0.1:8000/push"

    assert checked_endpoint(endpoint, is_private_allowed=True) == endpoint
    assert target_of(endpoint, is_private_allowed=True).address == "127.0.0.1"
