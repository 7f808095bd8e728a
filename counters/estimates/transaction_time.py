"""How long a transaction of a procedure takes on average, as estimates count it."""

from typing import Final

from queue_server.core.centre import Centre
from queue_server.core.configuration import Procedure

PRIOR_TRANSACTIONS: Final = 10
"""The configured mean counts as much as ten measured transactions."""


def mean_transaction_time_s(centre: Centre, procedure: Procedure) -> float:
    """Mean of the procedure in seconds: learned, or today's shrunk to the configured mean."""
    if centre.learned and procedure.code in centre.learned.mean_transaction_time_s:
        return centre.learned.mean_transaction_time_s[procedure.code]
    prior_s = procedure.mean_transaction_time_s
    served = centre.served.get(procedure.code)
    if served is None:
        return prior_s
    total_s = PRIOR_TRANSACTIONS * prior_s + served.transaction_time_s
    return total_s / (PRIOR_TRANSACTIONS + served.count)
