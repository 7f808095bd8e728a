"""Working out proposals for a centre, off the path of everything that people wait for."""

from datetime import timedelta

import structlog

from counters.rebalancing.proposals import proposals_for
from queue_server.core.commands import MakeProposals
from queue_server.core.identifiers import CentreId
from queue_server.reactions import rebalance_turn
from queue_server.workshop import Workshop

log = structlog.get_logger()

TURNS_VALID = 2
"""A proposal holds until the one after the next look."""


def rebalance(shop: Workshop, name: CentreId, turn: int) -> None:
    """Plan, try out, and send the proposals that clearly help; nothing for a turn long past."""
    centre, now = shop.centre(name), shop.clock.now()
    rules = centre.facts.rebalancing
    if not 0 <= rebalance_turn(now, rules.every_s) - turn <= 1:
        return
    proposals = proposals_for(centre, now)
    valid_until = shop.clock.now() + timedelta(seconds=TURNS_VALID * rules.every_s)
    shop.submit(name, MakeProposals(proposals=proposals, valid_until=valid_until))
    if proposals:
        log.info("proposals", centre=name, counters=[each.counter for each in proposals])
