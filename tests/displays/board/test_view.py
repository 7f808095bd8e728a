"""What a lobby board is given: the newest call of each ticket, the waits, the notices."""

import msgspec

from displays.board.view import board_view
from queue_server.core import commands as c
from queue_server.core.identifiers import ZoneId
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, LAND_TITLE, Hall, rules


def shown(hall: Hall, zone: str = "") -> dict[str, object]:
    outlook = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)
    view = msgspec.json.encode(board_view(hall.centre, zone, outlook))
    board: dict[str, object] = msgspec.json.decode(view)
    return board


def numbers(board: dict[str, object]) -> list[str]:
    calls = board["calls"]
    assert isinstance(calls, list)
    return [call["number"] for call in calls]


def called(hall: Hall) -> None:
    for counter, procedure in (("1", BIRTH), ("3", LAND_TITLE)):
        hall.issue(procedure)
        hall.do(c.CallNext(counter=hall.open(counter)))


def test_the_newest_call_comes_first_and_each_zone_sees_its_own() -> None:
    hall = Hall()
    called(hall)

    assert numbers(shown(hall)) == ["D001", "H001"]
    assert numbers(shown(hall, "hall")) == ["H001"]
    assert numbers(shown(hall, "annex")) == ["D001"]


def test_a_recall_replaces_the_call_and_is_spoken_again() -> None:
    hall = Hall()
    called(hall)
    before = shown(hall)["calls"]
    hall.do(c.Recall(counter=hall.centre.counters[next(iter(hall.centre.counters))].id))

    after = shown(hall)["calls"]

    assert isinstance(before, list)
    assert isinstance(after, list)
    assert numbers(shown(hall)) == ["H001", "D001"]
    assert after[0]["is_recall"]
    assert after[0]["id"] not in {call["id"] for call in before}
    assert [part["language"] for part in after[0]["spoken"]] == ["vi"]


def test_no_ticket_id_is_on_a_board() -> None:
    hall = Hall()
    called(hall)

    text = msgspec.json.encode(shown(hall)).decode()

    assert not any(ticket in text for ticket in hall.centre.tickets)


def test_a_message_is_shown_in_its_zones_only() -> None:
    hall = Hall()
    texts = {"vi": "Nghỉ sớm"}
    hall.do(c.AnnounceMessage(message="m", texts=texts, zones=(ZoneId("annex"),)))

    assert shown(hall, "annex")["notices"] == [texts]
    assert shown(hall, "hall")["notices"] == []
