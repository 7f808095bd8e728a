"""The page of the order, and a trial: the example under an order that is not saved."""

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counters.order.example import example, under
from counters.routing.strategies import STRATEGIES
from counters.staff_page import pages_of, turned_away
from queue_server.api.access import manager, require
from queue_server.api.body import MAX_BODY, convert, parse_object, read_body
from queue_server.api.state import principal_of, replica_of
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId
from queue_server.core.routing_check import routing_problems
from queue_server.core.routing_rules import RoutingRules
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.routes import language_of


class Trial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which order to try at which counter."""

    routing: RoutingRules
    counter: CounterId


async def order_page(request: Request) -> Response:
    """The page; what it shows comes over the socket."""
    replica = await centre_of_page(request)
    centre, facts = replica.centre, replica.centre.configuration
    if answer := await turned_away(request, manager, centre.id):
        return answer
    language = language_of(request)
    name = facts.name if facts else {}
    return pages_of(request).response(
        "counters/order/order.html",
        language=language,
        boot={
            "centre": centre.id,
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
        },
        centre_name=name.get(language) or name.get("vi", centre.id),
    )


async def trial(request: Request) -> Response:
    """The candidates of a counter under an order that is tried; nothing is changed."""
    replica = await replica_of(request)
    require(await principal_of(request), manager, replica.centre.id)
    asked = convert(parse_object(await read_body(request, MAX_BODY)), Trial)
    found = [f"{key}: {reason}" for key, reason in routing_problems(asked.routing, STRATEGIES)]
    if found:
        message = f"the order cannot be tried so: {'; '.join(found)}"
        raise InvalidValue(message)
    centre = replica.centre
    counter = centre.counter(asked.counter)
    now = request.state.clock.now()
    tried = example(under(centre, asked.routing), counter.id, now)
    return Response(msgspec.json.encode(tried), media_type="application/json")


ROUTES: list[BaseRoute] = [
    Route("/order", order_page, methods=["GET"]),
    Route("/api/v1/centres/{centre}/routing/trial", trial, methods=["POST"]),
]
