"""Making the spoken clips of a centre, ahead of need."""

from displays.speech.clip_maker import prepare
from displays.speech.phrase_files import read_phrases
from displays.speech.voices import available_voices
from queue_server.core.identifiers import CentreId
from queue_server.workshop import Workshop


def prepare_clips(shop: Workshop, name: CentreId) -> None:
    """Make what is missing, with the best voice that answers."""
    voices = available_voices(shop.places.voice_packs, is_online_allowed=shop.settings.speech.gtts)
    prepare(shop.centre(name).facts, shop.places.clips, voices, read_phrases())
