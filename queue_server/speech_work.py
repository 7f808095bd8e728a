"""Making the spoken clips of a centre, ahead of need."""

from config.settings import Settings
from displays.speech.clip_maker import prepare
from displays.speech.phrase_files import read_phrases
from displays.speech.voices import VoiceSources, available_voices
from queue_server.core.identifiers import CentreId
from queue_server.places import Places
from queue_server.workshop import Workshop


def prepare_clips(shop: Workshop, name: CentreId) -> None:
    """Make what is missing, with the best voice that answers."""
    voices = available_voices(sources_of(shop.settings, shop.places), name)
    prepare(shop.centre(name).facts, shop.places.clips, voices, read_phrases())


def sources_of(settings: Settings, places: Places, *, is_online: bool = False) -> VoiceSources:
    """Where voices come from, by the settings."""
    speech = settings.speech
    return VoiceSources(
        packs=places.voice_packs,
        is_online_allowed=speech.gtts or is_online,
        piper_program=speech.piper_program,
        piper_models=speech.piper_models,
    )
