"""Whether phones may ask to be told, from the settings."""

from sqlalchemy import Engine

from config.settings import Settings
from queue_server.places import Places
from queue_server.push.keys import public_key, server_key
from queue_server.push.routes import Push
from queue_server.push.subscriptions import Subscriptions


def push_offer(settings: Settings, places: Places, engine: Engine) -> Push | None:
    """What pages and routes need; None where the setting forbids it.

    Raises:
        InvalidValue: The key in the data folder cannot be used.
    """
    if not settings.push.push:
        return None
    return Push(
        subscriptions=Subscriptions(engine),
        public_key=public_key(server_key(places.push_key)),
        is_private_allowed=settings.push.push_private_endpoints,
    )
