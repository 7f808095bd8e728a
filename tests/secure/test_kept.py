"""Certificates in files: private, renewed by themselves, under an authority that stays."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from queue_server.core.errors import InvalidValue
from queue_server.secure.authority import names_in
from queue_server.secure.kept import Kept
from tests.support.centres import MORNING
from tests.support.histories import refused

NAMES = ("queue.lan", "127.0.0.1")
DAY = timedelta(days=1)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "tls")


def test_all_is_made_at_the_first_start_and_kept_at_the_next(kept: Kept) -> None:
    assert kept.ready("pc", NAMES, MORNING)
    before = kept.certificate.read_bytes()

    assert not kept.ready("pc", NAMES, MORNING + 59 * DAY)
    assert kept.certificate.read_bytes() == before
    assert before.count(b"BEGIN CERTIFICATE") == 2, "the authority goes along"


def test_nobody_else_reads_the_keys(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in kept.folder.iterdir()}
    assert modes == dict.fromkeys(
        ("authority.key", "authority.pem", "server.key", "server.pem"), 0o600
    )
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_it_is_renewed_before_its_end_under_the_same_authority(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)
    authority, before = kept.authority(), kept.certificate.read_bytes()

    assert kept.ready("pc", NAMES, MORNING + 61 * DAY)

    assert kept.certificate.read_bytes() != before
    assert kept.authority() == authority


def test_another_address_gets_another_certificate(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)

    assert kept.ready("pc", (*NAMES, "192.168.1.20"), MORNING)


def test_a_name_the_authority_may_not_vouch_for_is_refused(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)

    with refused(InvalidValue, "expected names that the centre's authority may vouch for"):
        kept.ready("pc", ("queue.example.vn",), MORNING)


def test_an_address_that_was_only_found_is_left_out_instead(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)

    assert kept.ready("pc", ("192.168.1.20", "203.0.113.7"), MORNING, are_found=True)
    made = x509.load_pem_x509_certificate(kept.certificate.read_bytes())
    assert names_in(made) == ["192.168.1.20"]
    assert not kept.ready("pc", ("192.168.1.20", "203.0.113.7"), MORNING, are_found=True)


@pytest.mark.parametrize("damage", ["server.pem", "server.key"])
def test_a_damaged_certificate_is_made_anew(kept: Kept, damage: str) -> None:
    kept.ready("pc", NAMES, MORNING)
    authority = kept.authority()
    (kept.folder / damage).write_bytes(b"torn")

    assert kept.ready("pc", NAMES, MORNING)
    assert kept.authority() == authority


def test_a_damaged_authority_is_not_replaced_silently(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)
    (kept.folder / "authority.key").write_bytes(b"torn")

    with refused(InvalidValue, "expected a key in"):
        kept.ready("pc", NAMES, MORNING + 80 * DAY)


def test_an_authority_that_ended_is_followed_by_another(kept: Kept) -> None:
    kept.ready("pc", NAMES, MORNING)
    before = kept.authority()

    assert kept.ready("pc", NAMES, MORNING + 3651 * DAY)
    assert kept.authority() != before
