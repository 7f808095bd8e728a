"""What is said, in which words."""

import unicodedata
from collections.abc import Mapping
from itertools import pairwise

import msgspec
import pytest

from displays.speech.announcement import (
    ClipId,
    Manner,
    Phrases,
    Spoken,
    announcement,
    clips_in_reserve,
    clips_needed,
    clips_of,
    languages_for,
    spoken_languages,
)
from queue_server.core.configuration import CentreConfiguration, Counter, Series
from queue_server.core.identifiers import CounterId, Language, TicketNumber, ZoneId
from queue_server.core.speech_rules import SpeechRules

VI, EN = Language("vi"), Language("en")
HALL = ZoneId("hall")
Words = Mapping[Language, Phrases]


def said(number: str, counter: str, phrases: Words, language: Language = VI) -> str:
    """The clips of a call, without the language, in one line."""
    (spoken,) = announcement(TicketNumber(number), counter, [language], phrases)
    return " ".join(clip.removeprefix(f"{language}/") for clip in spoken.clips)


def texts(phrases: Words, language: Language, letters: str, counters: list[str]) -> dict[str, str]:
    return {
        clip.id.partition("/")[2]: clip.text
        for clip in clips_of(phrases[language], list(letters), counters)
    }


def test_reads_a_ticket_digit_by_digit_and_a_counter_as_a_number(phrases: Words) -> None:
    line = said("A012", "15", phrases)

    assert line == "please-number letter-a digit-0 digit-1 digit-2 to-counter number-15"


def test_speaks_the_languages_in_the_order_given(phrases: Words) -> None:
    spoken = announcement(TicketNumber("A1"), "3", [EN, VI], phrases)

    assert [each.language for each in spoken] == [EN, VI]
    assert spoken[0].clips[0] == "en/please-number"


def test_leaves_out_a_language_without_phrases(phrases: Words) -> None:
    spoken = announcement(TicketNumber("A1"), "3", [Language("km"), VI], phrases)

    assert [each.language for each in spoken] == [VI]


def test_takes_a_decomposed_letter_for_the_same_letter(phrases: Words) -> None:
    decomposed = unicodedata.normalize("NFD", "Ê012")
    assert decomposed != "Ê012"

    assert said(decomposed, "3", phrases) == said("Ê012", "3", phrases)


@pytest.mark.parametrize(
    ("counter", "expected"),
    [
        ("3", "number-3"),
        ("03", "number-3"),
        ("12B", "number-12 letter-b"),
        ("B 2", "letter-b number-2"),
        ("104", "digit-1 digit-0 digit-4"),
        ("", ""),
    ],
)
def test_reads_any_counter_number(phrases: Words, counter: str, expected: str) -> None:
    assert said("A1", counter, phrases).partition("to-counter")[2].strip() == expected


def test_ignores_what_is_not_spoken_in_a_number(phrases: Words) -> None:
    assert said("A-012", "3", phrases) == said("A012", "3", phrases) == said("a012", "3", phrases)


def test_puts_words_where_the_language_wants_them(phrases: Words) -> None:
    korean = msgspec.structs.replace(
        phrases[VI],
        language=Language("ko"),
        frame=("<number>", "guest", "<counter>", "please-come"),
        recall_frame=(),
        texts={"guest": "번 고객님", "please-come": "번 창구로 오십시오"},
    )

    spoken = announcement(TicketNumber("A1"), "3", [Language("ko")], {Language("ko"): korean})

    clips = "ko/letter-a ko/digit-1 ko/guest ko/number-3 ko/please-come"
    assert spoken == (Spoken(Language("ko"), tuple(map(ClipId, clips.split()))),)


def test_spells_out_what_engines_read_wrongly(phrases: Words) -> None:
    vietnamese = texts(phrases, VI, "DĐ", ["15", "21", "24", "5"])
    english = texts(phrases, EN, "A", ["15"])

    assert vietnamese["number-15"] == "mười lăm"
    assert vietnamese["number-21"] == "hai mươi mốt"
    assert vietnamese["number-24"] == "hai mươi tư"
    assert vietnamese["number-5"] == vietnamese["digit-5"] == "năm"
    assert vietnamese["letter-d"] != vietnamese["letter-đ"]
    assert english["letter-a"] == "A,"
    assert not any(character.isdigit() for text in english.values() for character in text)


def test_who_is_called_again_hears_so(phrases: Words) -> None:
    again_manner = Manner(is_recall=True)
    again = announcement(TicketNumber("A1"), "3", [VI], phrases, again_manner)
    plain = msgspec.structs.replace(phrases[VI], recall_frame=())
    as_before = announcement(TicketNumber("A1"), "3", [VI], {VI: plain}, again_manner)

    assert again[0].clips[0] == "vi/please-number-again"
    assert again[0].clips[1:] == as_before[0].clips[1:]
    assert as_before[0].clips[0] == "vi/please-number"


def test_a_zone_is_said_where_the_centre_wants_it(
    configuration: CentreConfiguration, phrases: Words
) -> None:
    (spoken,) = announcement(TicketNumber("A1"), "3", [VI], phrases, Manner(zone=HALL))
    naming = msgspec.structs.replace(
        configuration, speech=SpeechRules(languages=(VI, EN), names_zone=True)
    )
    texts = {str(clip.id): clip.text for clip in clips_needed(naming, phrases)}

    assert spoken.clips[-1] == "vi/zone-hall"
    assert texts["vi/zone-hall"] == "tại Sảnh"
    assert texts["en/zone-hall"] == "in Sảnh"
    assert "vi/zone-hall" not in {clip.id for clip in clips_needed(configuration, phrases)}


def test_a_citizen_hears_the_own_language_after_the_others(
    configuration: CentreConfiguration,
) -> None:
    vietnamese = msgspec.structs.replace(configuration, speech=SpeechRules(languages=(VI,)))
    alone = SpeechRules(languages=(VI,), adds_citizens_language=False)
    only = msgspec.structs.replace(configuration, speech=alone)

    assert languages_for(vietnamese, VI) == (VI,)
    assert languages_for(vietnamese, EN) == (VI, EN)
    assert languages_for(only, EN) == (VI,)
    assert spoken_languages(vietnamese) == (VI, EN)
    assert spoken_languages(only) == (VI,)


def test_in_reserve_are_about_130_clips_a_language(
    configuration: CentreConfiguration, phrases: Words
) -> None:
    needed, reserve = clips_needed(configuration, phrases), clips_in_reserve(configuration, phrases)

    for language in (VI, EN):
        both = [clip.id for clip in (*needed, *reserve) if clip.language == language]
        assert 125 <= len(both) == len(set(both)) <= 135


def test_every_text_is_composed_unicode(phrases: Words) -> None:
    decomposed = msgspec.structs.replace(
        phrases[VI], digits=tuple(unicodedata.normalize("NFD", word) for word in phrases[VI].digits)
    )

    clips = clips_of(decomposed, [], [])

    assert all(unicodedata.is_normalized("NFC", clip.text) for clip in clips)


def test_the_numbers_of_a_language_differ_from_each_other(phrases: Words) -> None:
    for language in (VI, EN):
        assert len(set(phrases[language].numbers)) == 100
        assert all(first != second for first, second in pairwise(phrases[language].digits))


def test_a_centre_needs_its_letters_counters_digits_and_phrases(
    configuration: CentreConfiguration, phrases: Words
) -> None:
    clips = clips_needed(configuration, phrases)

    vietnamese = {clip.id for clip in clips if clip.language == VI}
    assert vietnamese == {
        *("vi/please-number", "vi/please-number-again", "vi/to-counter"),
        *("vi/letter-a", "vi/letter-k", "vi/letter-h"),
        *("vi/number-1", "vi/number-5", "vi/number-15"),
        *(f"vi/digit-{digit}" for digit in range(10)),
    }
    assert len(clips) == len({clip.id for clip in clips}) == 2 * len(vietnamese)


def test_every_possible_call_of_a_centre_is_covered_by_its_clips(
    configuration: CentreConfiguration, phrases: Words
) -> None:
    odd = Counter(
        id=CounterId("c9"),
        number="9Đ",
        zone=configuration.counters[CounterId("c1")].zone,
        profile=configuration.counters[CounterId("c1")].profile,
    )
    fields = {
        id_: msgspec.structs.replace(field, series=Series(letter=f"{field.series.letter}Ơ"))
        for id_, field in configuration.fields.items()
    }
    configuration = msgspec.structs.replace(
        configuration, fields=fields, counters={**configuration.counters, odd.id: odd}
    )
    available = {clip.id for clip in clips_needed(configuration, phrases)}

    calls = [
        announcement(
            TicketNumber(f"{field.series.letter}{number:03}"), counter.number, [VI, EN], phrases
        )
        for field in configuration.fields.values()
        for counter in configuration.counters.values()
        for number in range(0, 1000, 37)
    ]

    assert {clip for call in calls for spoken in call for clip in spoken.clips} <= available


def test_a_centre_that_speaks_nothing_needs_no_clips(
    configuration: CentreConfiguration, phrases: Words
) -> None:
    silent = msgspec.structs.replace(configuration, speech=SpeechRules(languages=()))

    assert clips_needed(silent, phrases) == ()
