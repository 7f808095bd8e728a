"""Which voices there are, best first. A new voice is one file beside these and one line here."""

from pathlib import Path

from displays.speech.espeak_voice import EspeakVoice
from displays.speech.gtts_voice import GttsVoice
from displays.speech.voice import Voice
from displays.speech.voice_pack import voice_packs


def available_voices(packs: Path, *, is_online_allowed: bool) -> tuple[Voice, ...]:
    """Voices in the order of preference: recordings, online (where allowed), espeak-ng.

    Args:
        packs: Folder with one folder per voice pack; it need not exist.
        is_online_allowed: Whether words may be sent to the translation service.
    """
    online = (GttsVoice(),) if is_online_allowed else ()
    return (*voice_packs(packs), *online, EspeakVoice())


def page_voices(program: str, deadline_s: float, *, is_online_allowed: bool) -> tuple[Voice, ...]:
    """Voices that read a page aloud, in the order of preference: the quickest first.

    Recordings know calls only. The online voice takes a second for each text and would hear what
    is typed, so it speaks only where espeak-ng is missing.

    Args:
        program: Name or path of espeak-ng.
        deadline_s: How long espeak-ng may take for one text.
        is_online_allowed: Whether words may be sent to the translation service.
    """
    online = (GttsVoice(),) if is_online_allowed else ()
    return (EspeakVoice(program, deadline_s), *online)
