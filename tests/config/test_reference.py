"""The reference pages say what the code says."""

import re
from datetime import time
from pathlib import Path

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from config.centre_writer import _value
from config.settings import CONCERNS, settings_reference
from queue_server.core.board_configuration import BoardConfiguration
from queue_server.core.citizen_rules import RatingRules, RemoteTicketRules
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Field,
    Holidays,
    Limits,
    OpeningHours,
    PaperItem,
    PriorityClass,
    Procedure,
    Series,
    Session,
    Term,
    WorkProfile,
    Zone,
)
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.kiosk_rows import Kiosk
from queue_server.core.paper import DocumentTemplate, DocumentTemplates, SlipTemplate, SlipTemplates
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.rebalancing_rules import RebalancingRules
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.speech_rules import SpeechRules

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SECTIONS: dict[str, type[Struct]] = {
    "Top of the file": CentreConfiguration,
    "`[hours]`": OpeningHours,
    "A session": Session,
    "`[zones.<id>]`": Zone,
    "`[fields.<id>]`": Field,
    "A series": Series,
    '`[procedures."<code>"]`': Procedure,
    "A paper": PaperItem,
    "A term": Term,
    "`[counters.<id>]`": Counter,
    "A work profile": WorkProfile,
    "`[priority_classes.<id>]`": PriorityClass,
    "`[printers.<id>]`": PrinterConfiguration,
    "`[boards.<id>]`": BoardConfiguration,
    "`[kiosks.<id>]`": Kiosk,
    "`[limits]`": Limits,
    "`[routing]`": RoutingRules,
    "`[rebalancing]`": RebalancingRules,
    "`[speech]`": SpeechRules,
    "`[dossiers]`": DossierRules,
    "`[rating]`": RatingRules,
    "`[remote_tickets]`": RemoteTicketRules,
    "`[holidays]`": Holidays,
    "Slips": SlipTemplates,
    "`[slips.ticket]`": SlipTemplate,
    "Forms": DocumentTemplates,
    "`[documents.<form>]`": DocumentTemplate,
}


def rows_by_section() -> dict[str, dict[str, str]]:
    """Key to default of every table in the page about centre files."""
    found: dict[str, dict[str, str]] = {}
    for part in (REFERENCE / "centre-file.md").read_text("utf-8").split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", text, re.MULTILINE)
        if rows:
            found[heading] = dict(rows)
    return found


def shown_default(field: FieldInfo) -> str:
    if field.required:
        return "required"
    default = field.default if field.default_factory is NODEFAULT else field.default_factory()
    if isinstance(default, Struct):
        return "see below"
    if default in (None, "", (), {}):
        return "none"
    if isinstance(default, time):
        return f'`"{default:%H:%M}"`'
    return f"`{_value(default)}`"


def test_settings_page_is_the_generated_one() -> None:
    page = (REFERENCE / "settings.md").read_text("utf-8")

    assert page == settings_reference()


def test_every_setting_is_explained() -> None:
    explained = [
        info.description for concern in CONCERNS.values() for info in concern.model_fields.values()
    ]

    assert all(explained)


def test_every_part_of_a_configuration_has_a_section() -> None:
    assert set(rows_by_section()) == set(SECTIONS)


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_lists_the_keys_with_their_defaults(heading: str) -> None:
    written = fields(SECTIONS[heading])
    if (heading != "`[documents.<form>]`" and ".<" in heading) or '."<' in heading:
        written = written[1:]  # the identifier, which is the name of the table

    assert rows_by_section()[heading] == {each.name: shown_default(each) for each in written}
