"""Commands over HTTP: done once, answered the same, refused in a sentence."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import msgspec
import pytest
from msgspec.structs import replace

from queue_server.core.codec import encode_commit
from queue_server.core.configuration import Limits
from queue_server.core.identifiers import CentreId
from queue_server.core.routing_rules import RoutingRules
from queue_server.journal.protocol import Journal
from tests.support.centres import BIRTH, MORNING, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import PlentyOfSpace, parts_for, running_server


class FullDisk(PlentyOfSpace):
    """A disk without room for the journal."""

    def has_space(self) -> bool:
        return False


@pytest.fixture
async def client(journal: Journal, centre: CentreId) -> AsyncIterator[httpx2.AsyncClient]:
    configuration = replace(small_configuration(), id=centre)
    async with running_server(parts_for(journal, HandSetClock()), configuration) as client:
        client.base_url = f"http://test/api/v1/centres/{centre}"
        yield client


def as_(token: str, key: str | None = None) -> dict[str, str]:
    headers = {"authorization": f"Bearer {token}"}
    return headers if key is None else {**headers, "idempotency-key": key}


async def test_a_number_goes_from_kiosk_to_completed(client: httpx2.AsyncClient) -> None:
    issued = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    assert issued.status_code == 201
    assert issued.json()["ticket"]["number"] == "H001"

    for action in ("take", "open", "call-next", "start-serving"):
        done = await client.post(f"/counters/1/{action}", headers=as_("lan"))
        assert done.status_code == 201, done.text
    finish = {"outcome": "dossier_accepted", "dossiers": [{"person": {"name": "A"}}]}
    done = await client.post("/counters/1/complete", json=finish, headers=as_("lan"))

    kinds = [event["event"] for event in done.json()["events"]]
    assert kinds == ["TicketCompleted", "DossierOpened", "PrintRequested"]
    assert done.json()["events"][1]["person"] == "person-1-False"


async def test_the_time_of_each_command_is_counted_refused_or_not(
    client: httpx2.AsyncClient,
) -> None:
    await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    refused = await client.post("/tickets", json={"procedure": "none"}, headers=as_("kiosk"))
    assert refused.status_code >= 400

    figures = (await client.get("http://test/metrics")).text

    assert "queue_request_seconds_count 2.0" in figures


async def test_a_receipt_is_printed_again_and_a_dossier_released_by_staff_alone(
    client: httpx2.AsyncClient,
) -> None:
    await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    for action in ("take", "open", "call-next", "start-serving"):
        await client.post(f"/counters/1/{action}", headers=as_("lan"))
    accept = {"outcome": "dossier_accepted"}
    done = await client.post("/counters/1/complete", json=accept, headers=as_("lan"))
    path = f"/dossiers/{done.json()['events'][1]['code']}"

    again = await client.post(f"{path}/reprint", headers=as_("lan"))
    released = await client.post(f"{path}/release", headers=as_("minh"))
    refused = [
        (await client.post(f"{path}/{action}", headers=as_("kiosk"))).status_code
        for action in ("reprint", "release")
    ]

    assert again.status_code == 201, again.text
    assert again.json()["events"][0]["copy"] == 2
    assert (released.status_code, released.json()["events"]) == (200, []), "it has not failed"
    assert refused == [403, 403]


async def test_an_unknown_strategy_is_refused_naming_the_known_ones(
    client: httpx2.AsyncClient, centre: CentreId
) -> None:
    fast = replace(small_configuration(), id=centre, routing=RoutingRules(strategy="fastest_first"))
    body = {"configuration": msgspec.to_builtins(fast, str_keys=True)}

    answer = await client.post("/configuration", json=body, headers=as_("admin"))

    assert answer.status_code == 422
    assert "got 'fastest_first'" in answer.json()["detail"]
    assert (
        "routing.strategy: expected one of graded_levels, graded_lines" in (answer.json()["detail"])
    )


async def test_a_repeated_key_gives_the_first_answer(client: httpx2.AsyncClient) -> None:
    first = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk", "k1"))
    again = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk", "k1"))
    other = await client.post("/tickets", json={"procedure": "x"}, headers=as_("kiosk", "k1"))

    assert again.json() == first.json()
    assert other.status_code == 422
    assert other.json()["code"] == "command_reused"


@pytest.mark.parametrize(
    ("hours", "status"), [(23, 201), (25, 409)], ids=["within a day", "a day later"]
)
async def test_a_command_that_was_sent_a_day_ago_is_not_done_again(
    client: httpx2.AsyncClient, hours: int, status: int
) -> None:
    """Its key may be forgotten: nobody knows any more whether it was done."""
    sent_at = (MORNING - timedelta(hours=hours)).isoformat()
    headers = as_("kiosk", "k1") | {"command-sent-at": sent_at}

    answer = await client.post("/tickets", json={"procedure": BIRTH}, headers=headers)

    assert answer.status_code == status
    assert status == 201 or answer.json()["code"] == "command_too_old"


@pytest.mark.parametrize("text", ["yesterday", "2026-11-23T08:00:00", "1795392000"])
async def test_an_instant_of_sending_that_is_none_is_refused(
    client: httpx2.AsyncClient, text: str
) -> None:
    headers = as_("kiosk") | {"command-sent-at": text}

    answer = await client.post("/tickets", json={"procedure": BIRTH}, headers=headers)

    assert answer.status_code == 400
    assert "expected Command-Sent-At such as" in answer.json()["detail"]


@pytest.mark.parametrize(
    "texts", [{"vi": "Nghỉ\0"}, {"vi": "Nghỉ \x1b[2J"}, {"v\0": "Nghỉ"}, {"vi": "a" * 1001}]
)
async def test_a_notice_that_no_board_can_show_is_refused(
    client: httpx2.AsyncClient, texts: dict[str, str]
) -> None:
    body = {"message": "m1", "texts": texts}

    answer = await client.post("/messages", json=body, headers=as_("minh"))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")


async def test_a_notice_has_any_letters_and_line_ends(client: httpx2.AsyncClient) -> None:
    body = {"message": "m1", "texts": {"vi": "Nghỉ trưa\ntừ 11:30 – 13:30", "en-GB": "Break ☕"}}

    answer = await client.post("/messages", json=body, headers=as_("minh"))

    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("who", "staff", "status"),
    [
        ("minh", "lan", 201),
        ("minh", "nobody-known", 404),
        ("minh", "kiosk", 404),
        ("lan", "hoa", 403),
    ],
)
async def test_only_known_staff_are_seated_by_a_manager(
    client: httpx2.AsyncClient, who: str, staff: str, status: int
) -> None:
    body = {"staff": staff, "name": "Somebody"}

    answer = await client.post("/counters/1/take", json=body, headers=as_(who))

    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["events"][0]["name"] == "Lan", "the name is the account's"


async def test_nobody_to_call_is_not_an_error(client: httpx2.AsyncClient) -> None:
    await client.post("/counters/1/take", headers=as_("lan"))
    await client.post("/counters/1/open", headers=as_("lan"))

    called = await client.post("/counters/1/call-next", headers=as_("lan"))

    assert called.status_code == 200
    assert called.json()["ticket"] is None


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (("/tickets", b'{"procedure":"9.999999"}', "kiosk"), 404, "unknown_name"),
        (("/tickets", b"{not json", "kiosk"), 400, "malformed_request"),
        (("/tickets", b'{"procedure":"\xff"}', "kiosk"), 400, "malformed_request"),
        (("/tickets", b"[" * 50_000, "kiosk"), 400, "malformed_request"),
        (("/tickets", b'{"procedure":"' + b"x" * 70_000 + b'"}', "kiosk"), 413, "too_large"),
        (("/tickets", b'{"procedure":"1.001193","dossiers":"two"}', "kiosk"), 422, "invalid_value"),
        (("/tickets", b'{"procedure":"1.001193","colour":1}', "kiosk"), 422, "invalid_value"),
        (("/tickets", b'{"procedure":"1.001193"}', ""), 401, "not_signed_in"),
        (("/tickets", b'{"procedure":"1.001193"}', "board"), 403, "not_allowed"),
        (("/counters/9/take", b"{}", "lan"), 404, "unknown_name"),
        (("/counters/1/recall", b"{}", "lan"), 409, "not_at_this_counter"),
        (("/counters/1/recall", b"{}", "minh"), 409, "counter_idle"),
        (("/counters/1/work-profile", b'{"profile":null}', "lan"), 403, "not_allowed"),
        (("/tickets/nothing/cancel", b"{}", ""), 404, "unknown_name"),
        (("/tickets", b'{"procedure":"1.001193","printer":"x"}', "kiosk"), 404, "unknown_name"),
        (
            ("/tickets", b'{"procedure":"1.001193","identity":"----"}', "kiosk"),
            422,
            "invalid_value",
        ),
    ],
)
async def test_bad_input_gets_a_clear_answer_and_changes_nothing(
    client: httpx2.AsyncClient, sent: tuple[str, bytes, str], status: int, code: str
) -> None:
    path, body, token = sent
    before = (await client.get("/waits")).json()

    answer = await client.post(path, content=body, headers=as_(token))

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["detail"]
    assert (await client.get("/waits")).json() == before


async def test_a_full_disk_refuses_numbers_and_says_not_ready(
    journal: Journal, centre: CentreId
) -> None:
    parts = parts_for(journal, HandSetClock())
    parts.space = FullDisk()
    configuration = replace(small_configuration(), id=centre)
    async with running_server(parts, configuration) as client:
        refused = await client.post(
            f"/api/v1/centres/{centre}/tickets", json={"procedure": BIRTH}, headers=as_("kiosk")
        )
        ready = await client.get("/health/ready")
        waits = await client.get(f"/api/v1/centres/{centre}/waits")

    assert refused.status_code == 503
    assert refused.json()["code"] == "store_unavailable"
    assert "disk" in refused.json()["detail"]
    assert ready.status_code == 503
    assert sum(field["waiting"] for field in waits.json()["fields"]) == 0


async def test_identity_limits_numbers_of_a_person_and_never_reaches_the_journal(
    client: httpx2.AsyncClient, journal: Journal, centre: CentreId
) -> None:
    wish = {"procedure": BIRTH, "identity": "001099012345"}
    answers = [await client.post("/tickets", json=wish, headers=as_("kiosk")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["code"] == "too_many_tickets"
    kept = [encode_commit(commit) for commit in await journal.read(centre, after=0)]
    assert not any(b"001099012345" in commit for commit in kept)


@pytest.mark.parametrize("name", ["ticket", "channel", "person", "person_key"])
async def test_what_the_server_fills_in_is_refused_from_outside(
    client: httpx2.AsyncClient, name: str
) -> None:
    answer = await client.post(
        "/tickets", json={"procedure": BIRTH, name: "x"}, headers=as_("kiosk")
    )

    assert answer.status_code == 422
    assert name in answer.json()["detail"]


async def test_an_unknown_page_is_a_problem_document(client: httpx2.AsyncClient) -> None:
    answer = await client.get("http://test/nothing/here")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("by", "status"), [("clerks", 201), ("reception", 403), ("managers", 403)])
async def test_calling_out_of_order_is_a_permission_that_the_centre_gives(
    client: httpx2.AsyncClient, centre: CentreId, by: str, status: int
) -> None:
    limits = Limits(out_of_order_by=by)  # type: ignore[arg-type]  # one of the three
    configuration = replace(small_configuration(), id=centre, limits=limits)
    body = {"configuration": msgspec.to_builtins(configuration, str_keys=True)}
    await client.post("/configuration", json=body, headers=as_("admin"))
    issued = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    for action in ("take", "open"):
        await client.post(f"/counters/1/{action}", headers=as_("lan"))
    call = {"ticket": issued.json()["ticket"]["id"], "reason": "in pain"}

    by_clerk = await client.post("/counters/1/call-ticket", json=call, headers=as_("lan"))

    assert by_clerk.status_code == status, by_clerk.text
    if status == 403:
        by_manager = await client.post("/counters/1/call-ticket", json=call, headers=as_("minh"))
        assert by_manager.status_code == 201, by_manager.text
