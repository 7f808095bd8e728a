"""The report of calls: over HTTP, as CSV, on the page, and by the command line."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from config.settings import Settings, StoreSettings
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.core import events as e
from queue_server.core.commit import Commit
from queue_server.core.errors import InvalidValue
from queue_server.verify_draws import verify_draws
from tests.counters.report.test_report_page import DAY, DESK, get, opened
from tests.support.browser import NewPage
from tests.support.sample_day import sample_day

MONDAY = date(2026, 11, 23)


@pytest.mark.asyncio(loop_scope="session")
async def test_the_sample_days_draws_are_right(site: str) -> None:
    report = (await get(site, f"{DAY}/calls")).json()

    assert report["key"] == "right"
    assert report["deviations"] == []
    assert report["draws"] > 10
    assert sum(line["draws"] for line in report["clerks"]) == report["draws"]
    assert sum(line["calls"] for line in report["clerks"]) == report["calls"]
    assert report["days"] == ["2026-11-23"]


@pytest.mark.asyncio(loop_scope="session")
async def test_the_clerks_are_a_csv_too(site: str) -> None:
    report = (await get(site, f"{DAY}/calls")).json()
    text = (await get(site, f"{DAY}/calls.csv")).content.decode("utf-8-sig")

    lines = list(csv.DictReader(io.StringIO(text)))

    assert [line["clerk"] for line in lines] == [line["clerk"] for line in report["clerks"]]
    assert [int(line["draws"]) for line in lines] == [line["draws"] for line in report["clerks"]]


@pytest.mark.asyncio(loop_scope="session")
async def test_only_managers_read_it_and_days_have_a_range(site: str) -> None:
    assert (await get(site, f"{DAY}/calls", "lan")).status_code == 403
    assert (await get(site, f"{DAY}/calls?days=0")).status_code == 422
    assert (await get(site, f"{DAY}/calls?days=99999999")).status_code == 422
    assert (await get(site, f"{DAY}/calls?days=x")).status_code == 422


@pytest.mark.asyncio(loop_scope="session")
async def test_the_page_says_that_the_order_was_kept(new_page: NewPage, site: str) -> None:
    page = await opened(new_page, site, "/report?language=en", viewport=DESK)

    part = page.get_by_role("region", name="Order of calls")
    await expect(part).to_contain_text("Every call by the rules follows from the order.")
    await expect(part).to_contain_text("is the one promised at opening")
    clerks = part.get_by_role("region", name="Calls per clerk").get_by_role("row")
    assert await clerks.count() > 5


def settings_for(folder: Path, commits: list[Commit]) -> Settings:
    """An installation whose archive has the commits."""
    engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
    migrate(engine)
    Recorder(engine).record(commits)
    engine.dispose()
    return Settings(store=StoreSettings(data_folder=folder))


def test_the_command_finds_an_honest_day_right(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, sample_day(draw_window_s=300).commits)

    status, text = verify_draws(settings, MONDAY, None)

    assert status == 0
    assert "every call follows from the rules" in text
    assert "the key published at closing is the one promised at opening" in text


def test_the_command_finds_a_forged_call_and_names_the_clerk(tmp_path: Path) -> None:
    commits = list(sample_day(draw_window_s=300).commits)
    place, event = next(
        (n, commit.events[0])
        for n, commit in enumerate(commits)
        if isinstance(commit.events[0], e.TicketCalled) and commit.events[0].equals > 1
    )
    assert isinstance(event, e.TicketCalled)
    other = next(each.ticket for each in event.candidates if each.ticket != event.ticket)
    forged = replace(event, ticket=other, equals=event.equals)
    commits[place] = replace(commits[place], events=(forged,))
    settings = settings_for(tmp_path, [*commits[: place + 1], commits[-1]])

    status, text = verify_draws(settings, MONDAY, "an-binh")

    assert status == 1
    assert "DEVIATES" in text
    assert "the key draws another number" in text
    assert "deviations: 1" in text


def test_the_command_says_that_a_promised_key_is_missing(tmp_path: Path) -> None:
    commits = [
        replace(
            commit,
            events=tuple(
                replace(event, draw_key="") if isinstance(event, e.DayClosed) else event
                for event in commit.events
            ),
        )
        for commit in sample_day(draw_window_s=300).commits
    ]

    status, text = verify_draws(settings_for(tmp_path, commits), MONDAY, None)

    assert status == 1
    assert "THE KEY PROMISED AT OPENING WAS NOT PUBLISHED AT CLOSING" in text
    assert "no draw of the day can be repeated" in text


def test_a_day_that_was_not_opened_is_refused(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, sample_day().commits)

    with pytest.raises(InvalidValue, match="expected a day that was opened, got 2026-11-24"):
        verify_draws(settings, date(2026, 11, 24), None)
