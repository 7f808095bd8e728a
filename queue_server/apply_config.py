"""`queue-server apply-config FILE`: a changed centre file reaches the running centre."""

from pathlib import Path

from config.centre_file import load_centre
from config.settings import Settings
from queue_server.clock import clock_in
from queue_server.core.commands import ApplyConfiguration
from queue_server.places import Places
from queue_server.workshop import Workshop


def apply_file(settings: Settings, file: Path) -> str:
    """Apply the file to its centre and say what happened.

    Raises:
        BrokenCentreFile: The file has problems; all are named.
        InvalidValue: It asks for something this release does not know, or no server runs.
    """
    configuration = load_centre(file)
    places = Places(settings.store.data_folder)
    shop = Workshop(settings, places.store_url(settings), clock_in(places.clock))
    before = shop.centre(configuration.id).configuration
    if before == configuration:
        return f"{configuration.id} is already what {file} says"
    shop.submit(configuration.id, ApplyConfiguration(configuration=configuration))
    return f"{configuration.id} is now what {file} says"
