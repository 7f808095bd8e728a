"""The row of calls before a loudspeaker of the server, from moment to moment."""

from displays.speech.announcement import ClipId, Spoken
from displays.speech.announcement_plan import GAPS, Call
from displays.speech.speaker import Speaker
from queue_server.core.identifiers import Language


def speaker_with(*tickets: str) -> Speaker:
    """A loudspeaker that has heard these tickets called, in this order."""
    speaker = Speaker(lambda _: 500.0)
    for ticket in tickets:
        speaker.hear(call_of(ticket), 0.0)
    return speaker


def call_of(ticket: str) -> Call:
    spoken = Spoken(language=Language("vi"), clips=(ClipId("vi/digit-1"),))
    return Call(id=f"call-{ticket}", ticket=ticket, spoken=(spoken,), language="vi")


def said(speaker: Speaker, *, times: int) -> list[str | None]:
    """Tickets of the next announcements; None where there is nothing to say."""
    tickets: list[str | None] = []
    for turn in range(times):
        now_ms = turn * 10 * GAPS.repeat
        utterance = speaker.next(now_ms)
        tickets.append(None if utterance is None else utterance.entry.call.ticket)
        speaker.ended(now_ms)
    return tickets


def test_a_call_waits_until_somebody_has_come() -> None:
    speaker = speaker_with("a", "b", "c")

    speaker.keep(["a", "c"])

    assert said(speaker, times=4) == ["a", "c", "c", None]


def test_who_comes_while_called_is_called_to_the_end_of_the_word_and_not_again() -> None:
    speaker = speaker_with("a")
    assert speaker.next(0.0) is not None

    speaker.keep([])

    ended = speaker.ended(1.0)
    assert ended is not None
    assert ended.ticket == "a"
    assert said(speaker, times=2) == [None, None]


def test_who_comes_between_two_callings_is_not_called_again() -> None:
    speaker = speaker_with("a")
    assert said(speaker, times=1) == ["a"]

    speaker.keep([])

    assert said(speaker, times=2) == [None, None]


def test_a_call_cut_short_is_begun_anew_only_for_who_is_still_called() -> None:
    both = [speaker_with("a"), speaker_with("a")]
    for speaker in both:
        assert speaker.next(0.0) is not None
    both[1].keep([])

    for speaker in both:
        speaker.yielded()

    assert [speaker.backlog for speaker in both] == [1, 0]
