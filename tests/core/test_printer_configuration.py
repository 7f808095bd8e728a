"""Rows of printers: old ones keep their meaning, wrong ones say what was expected."""

import msgspec
import pytest

from queue_server.core.identifiers import PrinterId, ZoneId
from queue_server.core.printer_configuration import (
    Connection,
    PrinterConfiguration,
    printer_problems,
)

ZONES = {ZoneId("hall")}
MODELS = ("generic_80mm", "epson_tm_t20")


def problems(**values: object) -> list[tuple[str, str]]:
    row = msgspec.convert({"id": "front", **values}, PrinterConfiguration)
    return [(each.key, each.reason) for each in printer_problems(row, ZONES, MODELS)]


def test_an_old_row_is_a_network_printer() -> None:
    old = b'{"id":"kiosk","model":"generic_80mm","address":"192.168.1.50:9100"}'

    row = msgspec.json.decode(old, type=PrinterConfiguration)

    assert row.connection is Connection.NETWORK
    assert row.is_device
    assert list(printer_problems(row, ())) == []


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"address": "[fe80::1]:9100"},
        {"connection": "usb", "address": "/dev/usb/lp0"},
        {"connection": "usb", "address": "/dev/usb/lp0", "has_agent": True, "zone": "hall"},
        {"connection": "serial", "address": "/dev/serial/by-id/usb-Prolific-if00-port0"},
        {"connection": "serial", "address": "/dev/ttyUSB0", "baud": 19200},
        {"connection": "cups", "address": "front_desk"},
        {"connection": "folder", "address": "slips"},
        {"width_mm": 58, "cut": "none", "has_process_id": False, "code_page": 30},
    ],
)
def test_what_a_centre_may_have(values: dict[str, object]) -> None:
    assert problems(**values) == []


@pytest.mark.parametrize(
    ("values", "key", "reason"),
    [
        ({"address": "printer:99999"}, "address", "expected host:port, got 'printer:99999'"),
        ({"address": "/dev/usb/lp0"}, "address", "expected host:port"),
        ({"connection": "usb", "address": "lp0"}, "address", "a device such as /dev/usb/lp0"),
        ({"connection": "usb", "address": "/dev/../etc/x"}, "address", "expected a device"),
        ({"connection": "usb"}, "address", "a printer of the connection usb needs"),
        ({"connection": "cups", "address": "-o raw"}, "address", "the name of a queue of CUPS"),
        ({"connection": "folder", "address": "../x"}, "address", "small letters"),
        ({"has_agent": True}, "has_agent", "needs a printer with an address"),
        ({"zone": "roof"}, "zone", "'roof' does not exist"),
        ({"model": "laser"}, "model", "expected a model of generic_80mm, epson_tm_t20, got"),
        ({"width_mm": 76}, "width_mm", "expected 58 or 80, got 76"),
        ({"code_page": 256}, "code_page", "expected 0 to 255, got 256"),
        (
            {"connection": "serial", "address": "/dev/ttyS0", "baud": 1},
            "baud",
            "expected one of 19200, 38400",
        ),
    ],
)
def test_what_is_wrong_is_said(values: dict[str, object], key: str, reason: str) -> None:
    (found,) = problems(**values)

    assert found[0] == key
    assert reason in found[1]


def test_a_folder_is_no_device() -> None:
    folder = PrinterConfiguration(id=PrinterId("x"), connection=Connection.FOLDER, address="slips")

    assert not folder.is_device
    assert not PrinterConfiguration(id=PrinterId("x")).is_device
