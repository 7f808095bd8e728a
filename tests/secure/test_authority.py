"""The centre's own authority: what it vouches for, for how long, and for nothing else."""

import ssl
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from queue_server.core.errors import InvalidValue
from queue_server.secure.authority import (
    AUTHORITY_LIFE,
    CERTIFICATE_LIFE,
    RENEWED_BEFORE,
    fingerprint,
    is_due,
    names_in,
    new_authority,
    require_permitted,
    server_certificate,
)
from queue_server.secure.names import in_addresses, own_names, read_names
from tests.support.centres import MORNING
from tests.support.histories import refused

NAMES = ("queue.lan", "192.168.1.10", "fe80::10", "localhost")


def verified(authority: x509.Certificate, certificate: x509.Certificate, name: str) -> bool:
    """Whether a strict reader of RFC 5280 takes the certificate for the name."""
    builder = PolicyBuilder().store(Store([authority])).time(MORNING + timedelta(days=1))
    verifier = builder.build_server_verifier(x509.DNSName(name))
    try:
        verifier.verify(certificate, [])
    except VerificationError:
        return False
    return True


def test_a_certificate_is_for_all_names_of_the_server() -> None:
    authority = new_authority("an-binh", NAMES, MORNING)
    made = server_certificate(authority, NAMES, MORNING).certificate

    assert set(names_in(made)) == set(NAMES)
    assert verified(authority.certificate, made, "queue.lan")
    assert not verified(authority.certificate, made, "other.lan")
    assert made.not_valid_after_utc == MORNING + CERTIFICATE_LIFE
    assert authority.certificate.not_valid_after_utc == MORNING + AUTHORITY_LIFE
    assert made.not_valid_before_utc < MORNING, "clocks of devices may be behind"


def test_another_authority_of_the_same_name_is_not_believed() -> None:
    one, other = (new_authority("an-binh", NAMES, MORNING) for _ in range(2))
    made = server_certificate(other, NAMES, MORNING).certificate

    assert not verified(one.certificate, made, "queue.lan")


@pytest.mark.parametrize("name", ["bank.example.com", "dichvucong.gov.vn"])
def test_a_stolen_authority_cannot_stand_in_for_others(name: str) -> None:
    authority = new_authority("an-binh", NAMES, MORNING)
    forged = server_certificate(authority, [name], MORNING).certificate

    assert not verified(authority.certificate, forged, name)


def test_a_name_outside_the_local_network_is_permitted_where_it_was_configured() -> None:
    names = ("queue.an-binh.vn", "203.0.113.7")
    authority = new_authority("an-binh", names, MORNING)
    made = server_certificate(authority, names, MORNING).certificate

    assert verified(authority.certificate, made, "queue.an-binh.vn")
    require_permitted(authority.certificate, [*names, "192.168.9.9", "pc.local"])
    with refused(InvalidValue, "expected names that the centre's authority may vouch for"):
        require_permitted(authority.certificate, ["new.example.vn"])
    with refused(InvalidValue, "203.0.113.8"):
        require_permitted(authority.certificate, ["203.0.113.8"])


def test_it_is_due_before_it_ends_and_when_the_names_change() -> None:
    authority = new_authority("an-binh", NAMES, MORNING)
    made = server_certificate(authority, NAMES, MORNING).certificate
    end = made.not_valid_after_utc

    assert not is_due(made, NAMES, MORNING)
    assert not is_due(made, NAMES, end - RENEWED_BEFORE)
    assert is_due(made, NAMES, end - RENEWED_BEFORE + timedelta(seconds=1))
    assert is_due(made, NAMES[:-1], MORNING)
    assert is_due(made, NAMES, MORNING - timedelta(days=2)), "the machine's clock was ahead"


def test_the_fingerprint_is_what_other_programs_show() -> None:
    authority = new_authority("an-binh", NAMES, MORNING).certificate

    shown = fingerprint(authority)

    assert len(shown.split(":")) == 32
    assert shown == authority.fingerprint(authority.signature_hash_algorithm).hex(":").upper()  # type: ignore[arg-type]


def test_openssl_reads_both() -> None:
    context = ssl.create_default_context()
    authority = new_authority("an-binh", NAMES, MORNING)
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    context.load_verify_locations(cadata=authority.certificate.public_bytes(Encoding.DER))

    assert context.cert_store_stats()["x509_ca"] >= 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Queue.LAN, 192.168.1.10", ("queue.lan", "192.168.1.10")),
        ("a.lan b.lan a.lan", ("a.lan", "b.lan")),
        ("2001:DB8::1", ("2001:db8::1",)),
    ],
)
def test_names_are_read_from_the_setting(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize("text", ["https://queue.lan", "a..b", "-a.lan", "a_b", "*.lan", "a/b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with refused(InvalidValue, "expected names and addresses in QUEUE_HTTPS_NAMES"):
        read_names(text)


def test_the_machine_knows_its_own_names() -> None:
    assert {"localhost", "127.0.0.1", "::1"} <= set(own_names())
    assert in_addresses(["a.lan", "::1"]) == ["a.lan", "[::1]"]
