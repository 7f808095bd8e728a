"""What a lobby board is given: the newest call of each ticket, the waits, the notices."""

from collections.abc import Mapping

import msgspec
import pytest
from msgspec.structs import replace

from displays.board.subject import subject_of
from displays.board.view import SHOWN_CALLS, board_view
from queue_server.core import commands as c
from queue_server.core.board_configuration import BoardConfiguration, BoardLayout
from queue_server.core.centre import Centre
from queue_server.core.identifiers import BoardId, CentreId, CounterId, Language, ZoneId
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, LAND_TITLE, Hall, rules, small_configuration


def shown(hall: Hall, zone: str = "") -> dict[str, object]:
    outlook = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)
    view = msgspec.json.encode(board_view(hall.centre, zone, outlook))
    board: dict[str, object] = msgspec.json.decode(view)
    return board


def hall_with(**boards: BoardConfiguration) -> Hall:
    """A centre with these boards beside what it has."""
    by_id = {BoardId(name): board for name, board in boards.items()}
    return Hall(replace(small_configuration(), boards=by_id))


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


def test_only_who_has_not_arrived_is_still_called() -> None:
    hall = Hall()
    called(hall)
    assert shown(hall)["called"] == ["H001", "D001"]
    assert shown(hall, "annex")["called"] == ["D001"]

    hall.do(c.StartServing(counter=CounterId("1")))
    assert shown(hall)["called"] == ["D001"]
    hall.do(c.UndoLast(counter=CounterId("1")))
    assert shown(hall)["called"] == ["H001", "D001"]
    hall.do(c.UndoLast(counter=CounterId("3")))

    assert shown(hall)["called"] == ["H001"]


def test_no_ticket_id_is_on_a_board() -> None:
    hall = Hall()
    called(hall)

    text = msgspec.json.encode(shown(hall)).decode()

    assert not any(ticket in text for ticket in hall.centre.tickets)


def test_a_message_is_shown_in_its_zones_only() -> None:
    hall = Hall()
    texts = {"vi": "Nghỉ sớm"}
    hall.do(c.AnnounceMessage(message="m", texts=texts, zones=(ZoneId("annex"),)))

    assert shown(hall, "annex")["notices"] == [{"texts": texts, "until": None, "is_message": True}]
    assert shown(hall, "hall")["notices"] == []


def test_a_configured_board_shows_its_zones_in_its_layout() -> None:
    board = BoardConfiguration(
        id=BoardId("row"), zones=(ZoneId("annex"),), layout=BoardLayout.COUNTERS, diagonal_inch=65
    )
    hall = hall_with(row=board)
    called(hall)

    row = shown(hall, subject_of("row", "hall"))

    assert numbers(row) == ["D001"]
    assert row["counters"] == [
        {
            "number": "3",
            "name": {},
            "availability": "open",
            "activity": "calling",
            "ticket": "D001",
        }
    ]
    assert row["zones"] == [{"vi": "Phòng bên", "en": "Annex"}]
    assert [field["letter"] for field in as_list(row["fields"])] == ["D"]
    screen = row["screen"]
    assert isinstance(screen, dict)
    assert (screen["board"], screen["diagonal_inch"], screen["is_known"]) == ("row", 65, True)


@pytest.mark.parametrize("subject", ["board/gone", "gone"])
def test_a_board_that_is_not_configured_any_more_shows_the_whole_centre(subject: str) -> None:
    hall = Hall()
    called(hall)

    board = shown(hall, subject)

    assert numbers(board) == ["D001", "H001"]
    assert isinstance(board["screen"], dict)
    assert not board["screen"]["is_known"]


def test_a_centre_without_a_configuration_has_a_board_all_the_same() -> None:
    hall = Hall()
    outlook = Outlook(at=hall.now, by_field={}, estimator=rules().estimator)

    board = board_view(Centre(id=CentreId("new")), "", outlook)

    assert not board.is_configured
    assert board.calls == ()


def test_the_widest_number_of_the_centre_is_told() -> None:
    screen = shown(Hall())["screen"]

    assert isinstance(screen, dict)
    assert (screen["letters"], screen["digits"], screen["counter"]) == ("CDH", 3, "1")


def test_a_call_names_the_zone_and_the_language_of_the_citizen() -> None:
    hall = Hall()
    hall.issue(BIRTH, language=Language("en"))
    hall.do(c.CallNext(counter=hall.open("1")))

    (call,) = as_list(shown(hall)["calls"])

    assert call["zone"] == {"vi": "Sảnh", "en": "Hall"}
    assert call["language"] == "en"


def test_a_closed_day_tells_the_next_opening() -> None:
    hall = Hall()
    assert shown(hall)["opens_at"] is None
    hall.later(minutes=9 * 60)
    hall.do(c.CloseDay())

    board = shown(hall)

    assert not board["is_day_open"]
    assert board["opens_at"] == "2026-11-24T07:30:00+07:00"
    assert board["sessions"] == []


def test_the_sessions_of_the_open_day_are_told_as_instants() -> None:
    first, second = as_list(shown(Hall())["sessions"])

    assert first["closes_at"] == "2026-11-23T11:30:00+07:00"
    assert second["opens_at"] == "2026-11-23T13:00:00+07:00"


def test_many_calls_at_once_are_all_told() -> None:
    hall = Hall()
    counter = hall.open("1")
    for _ in range(SHOWN_CALLS):
        hall.issue(BIRTH)
        hall.do(c.CallNext(counter=counter))
        hall.do(c.MarkNoShow(counter=counter))

    assert len(numbers(shown(hall))) == SHOWN_CALLS


def test_a_board_without_notices_has_none() -> None:
    hall = hall_with(quiet=BoardConfiguration(id=BoardId("quiet"), has_notices=False))
    hall.do(c.AnnounceMessage(message="m", texts={"vi": "Nghỉ sớm"}))

    assert shown(hall, "board/quiet")["notices"] == []
    assert shown(hall)["notices"]


def as_list(value: object) -> list[Mapping[str, object]]:
    assert isinstance(value, list)
    return value
