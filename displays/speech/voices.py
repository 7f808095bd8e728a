"""Which voices there are, best first. A new voice is one file beside these and one line here."""

from pathlib import Path

from msgspec import Struct

from displays.speech.espeak_voice import EspeakVoice
from displays.speech.gtts_voice import GttsVoice
from displays.speech.pack_manifest import packs_of
from displays.speech.piper_voice import PiperVoice
from displays.speech.voice import Voice
from displays.speech.voice_pack import voice_packs
from queue_server.core.identifiers import CentreId


class VoiceSources(Struct, frozen=True, kw_only=True):
    """Where voices come from on this server."""

    packs: Path
    """Folder with one folder per voice pack; it need not exist."""
    is_online_allowed: bool = False
    """Whether words may be sent to the translation service."""
    piper_program: str = "piper"
    piper_models: Path | None = None
    """Folder of models that the operator supplies."""


def available_voices(sources: VoiceSources, centre: CentreId) -> tuple[Voice, ...]:
    """Voices in the order of preference.

    The centre's own recordings, packs of all centres, a neural voice, the online one where it is
    allowed, espeak-ng.
    """
    own = voice_packs(packs_of(sources.packs, centre))
    neural = (
        ()
        if sources.piper_models is None
        else (PiperVoice(sources.piper_models, sources.piper_program),)
    )
    online = (GttsVoice(),) if sources.is_online_allowed else ()
    return (*own, *voice_packs(sources.packs), *neural, *online, EspeakVoice())


def page_voices(espeak: EspeakVoice, piper: PiperVoice | None) -> tuple[Voice, ...]:
    """Voices that read a page aloud, in the order of preference: the quickest first.

    Recordings know calls only. All of these speak in the house: a page says what a citizen typed
    and was given, and that is never sent to the online voice, whatever is allowed for calls.

    Args:
        espeak: Takes 25 ms for a text.
        piper: Takes seconds, so it speaks only where espeak-ng cannot.
    """
    return (espeak,) if piper is None else (espeak, piper)
