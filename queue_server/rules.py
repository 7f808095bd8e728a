"""The rules that are in force: which router, which estimator, which due dates."""

from counters.estimates.estimator import RollForwardEstimator
from counters.routing.router import StrategyRouter
from counters.routing.strategies import STRATEGIES
from queue_server.core.protocols import Rules
from queue_server.intake.dossier_code import dossier_code
from queue_server.intake.due_date import DueDateRule


def rules_in_force() -> Rules:
    """One set for the live system, for workers and for the simulator."""
    return Rules(
        router=StrategyRouter(),
        estimator=RollForwardEstimator(),
        due_dates=DueDateRule(),
        dossier_code=dossier_code,
        strategies=tuple(STRATEGIES),
    )
