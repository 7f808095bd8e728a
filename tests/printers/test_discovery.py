"""A search stays in private networks, is bounded, and says what it finds."""

import asyncio
from collections.abc import Sequence
from ipaddress import IPv4Interface, IPv4Network

import pytest

from printers.discovery import PAUSE_S, PrinterSearch, model_called
from printers.own_networks import is_searchable, near, own_networks
from tests.support.printer_emulator import Faults, PrinterEmulator

HERE = IPv4Network("127.0.0.1/32")


def loopback() -> Sequence[IPv4Network]:
    return [HERE]


class HandSetSeconds:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


async def test_a_printer_is_found_and_says_what_it_is() -> None:
    with PrinterEmulator() as emulator:
        search = PrinterSearch(loopback, port=emulator.port, ipp_port=1)

        (found,) = await search.search()

        assert (found.host, found.port) == ("127.0.0.1", emulator.port)
        assert (found.maker, found.model_text, found.model) == (
            "EMULATOR",
            "TM-T20III",
            "epson_tm_t20",
        )
        assert not found.is_office
        assert emulator.job_bytes == 0


async def test_a_printer_that_says_nothing_is_found_all_the_same() -> None:
    with PrinterEmulator(faults=Faults(mute=True)) as emulator:
        (found,) = await PrinterSearch(loopback, port=emulator.port, ipp_port=1).search()

    assert (found.maker, found.model_text, found.model) == ("", "", "")


async def test_a_printer_of_an_office_is_asked_nothing() -> None:
    """It would print a page of the question."""
    with PrinterEmulator() as emulator:
        search = PrinterSearch(loopback, port=emulator.port, ipp_port=emulator.port)

        (found,) = await search.search()

    assert found.is_office
    assert emulator.last_byte_at == 0


async def test_nothing_is_found_where_nothing_listens() -> None:
    with PrinterEmulator() as emulator:
        port = emulator.port

    assert await PrinterSearch(loopback, port=port, ipp_port=1).search() == []


async def test_searches_are_one_at_a_time_and_seldom() -> None:
    clock = HandSetSeconds()
    with PrinterEmulator() as emulator:
        search = PrinterSearch(loopback, port=emulator.port, ipp_port=1, now_s=clock)

        first, second = await asyncio.gather(search.search(), search.search())
        assert first == second
        assert emulator.connections == 1

        clock.now_s += PAUSE_S
        await search.search()
        assert emulator.connections == 2


@pytest.mark.parametrize(
    ("network", "is_one"),
    [
        ("192.168.1.0/24", True),
        ("10.20.0.0/22", True),
        ("172.16.4.0/24", True),
        ("8.8.8.0/24", False),
        ("127.0.0.0/8", False),
        ("169.254.0.0/16", False),
    ],
)
def test_only_private_networks_are_searched(network: str, *, is_one: bool) -> None:
    assert is_searchable(IPv4Network(network)) is is_one


def test_of_a_wide_network_only_the_neighbourhood_is_searched() -> None:
    assert near(IPv4Interface("10.1.2.3/8")) == IPv4Network("10.1.2.0/24")
    assert near(IPv4Interface("10.1.2.3/22")) == IPv4Network("10.1.0.0/22")


def test_own_networks_are_private_and_small() -> None:
    networks = own_networks()

    assert all(is_searchable(each) and each.num_addresses <= 1024 for each in networks)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("TM-T88VI", "epson_tm_t88"),
        ("tm-m30III", "epson_tm_m30"),
        ("XP-80C", "xprinter_xp_80"),
        ("LaserJet", None),
        ("", None),
    ],
)
def test_a_model_is_known_by_what_it_calls_itself(text: str, model: str | None) -> None:
    found = model_called(text)

    assert (found.name if found else None) == model
