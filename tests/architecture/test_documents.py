"""The documents say what the code says."""

import re
from pathlib import Path

import pytest

from config.settings import CONCERNS, setting_name
from counters.routing.strategies import STRATEGIES
from queue_server.core.errors import QueueError
from queue_server.core.ticket import mermaid
from scripts.reference_pages import MARK, PAGES, REFERENCE, refusals
from tests.support.source_tree import ROOT, shown

DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if path.is_file()
)
INSTALLED = [ROOT / "deploy" / "queue-server.service", ROOT / "scripts" / "install-service"]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_the_one_made_from_the_code(name: str) -> None:
    page = (REFERENCE / name).read_text("utf-8")

    assert page == PAGES[name](), "run scripts/update-reference"


def test_the_diagram_is_the_table() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert f"```mermaid\n{mermaid()}\n```" in page


def test_every_refusal_has_one_code() -> None:
    codes = [error.code for error in refusals() - {QueueError}]

    assert len(codes) == len(set(codes))


def test_every_strategy_has_a_section() -> None:
    page = (REFERENCE / "strategies.md").read_text("utf-8")

    assert re.findall(r"^## `(\w+)`$", page, re.MULTILINE) == list(STRATEGIES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r"\]\((?!https?://|mailto:)([^)#\s]+)(#[^)\s]+)?\)", text)

    assert [target for target, _ in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", [*DOCUMENTS, *INSTALLED], ids=shown)
def test_settings_that_are_named_exist(path: Path) -> None:
    known = {setting_name(field) for group in CONCERNS.values() for field in group.model_fields}

    named = set(re.findall(r"\bQUEUE_[A-Z_]+\b", path.read_text("utf-8")))

    assert named <= known


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_files_that_are_named_exist(path: Path) -> None:
    folders = "queue_server|displays|printers|counters|config|tests|docs|scripts|deploy"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", path.read_text("utf-8"))

    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_a_document_is_written_one_sentence_a_line(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8").partition(MARK)[0], flags=re.DOTALL)
    prose = [line for line in text.splitlines() if re.match(r"[A-Z*`\[]", line)]

    assert [line for line in prose if re.search(r"[a-z)`]\. [A-Z][a-z]", line)] == []
