"""Routes of the accounts: who am I, staff, devices.

`principal_of` is what everybody else needs: who sent this request.
"""

from starlette.routing import BaseRoute

from queue_server.accounts import device_routes, session_routes, staff_routes
from queue_server.accounts.credentials import principal_of

__all__ = ["ROUTES", "principal_of"]

ROUTES: list[BaseRoute] = [
    *session_routes.ROUTES,
    *staff_routes.ROUTES,
    *device_routes.ROUTES,
]
