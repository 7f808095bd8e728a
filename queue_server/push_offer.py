"""Whether phones may ask to be told, from the settings."""

from sqlalchemy import Engine

from config.settings import Settings
from queue_server.places import Places
from queue_server.push.routes import Push
from queue_server.push.subscriptions import Subscriptions

QUEUE = "push"


def sends_messages(settings: Settings) -> bool:
    """Whether some page can be secure, which browsers ask for; else there is nobody to tell."""
    server = settings.server
    is_public_secure = (server.public_url or "").startswith("https://")
    has_door = server.https or server.tls_certificate is not None
    return settings.push.push and (has_door or is_public_secure)


def push_offer(settings: Settings, places: Places, engine: Engine) -> Push | None:
    """What pages and routes need; None where no messages are sent.

    Raises:
        InvalidValue: The key in the data folder cannot be used.
    """
    if not sends_messages(settings):
        return None
    from queue_server.push.keys import public_key, server_key  # noqa: PLC0415  # a large library

    return Push(
        subscriptions=Subscriptions(engine),
        public_key=public_key(server_key(places.push_key)),
        is_private_allowed=settings.push.push_private_endpoints,
    )


def unworked_queues(settings: Settings) -> frozenset[str]:
    """Queues that no worker works and that nothing is put into: a worker takes 30 MB."""
    return frozenset() if sends_messages(settings) else frozenset({QUEUE})
