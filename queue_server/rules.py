"""The rules that are in force: which router, which estimator, which due dates."""

from counters.estimates.estimator import RollForwardEstimator
from counters.routing.router import StrategyRouter
from counters.routing.strategies import STRATEGIES
from printers.printer_model import MODELS
from queue_server.core.protocols import DrawKeys, Rules
from queue_server.intake.dossier_code import dossier_code
from queue_server.intake.due_date import DueDateRule


def rules_in_force(draw_keys: DrawKeys | None = None) -> Rules:
    """One set for the live system, for workers and for the simulator, which draws nothing."""
    return Rules(
        router=StrategyRouter(),
        estimator=RollForwardEstimator(),
        due_dates=DueDateRule(),
        dossier_code=dossier_code,
        draw_keys=draw_keys,
        strategies=tuple(STRATEGIES),
        printer_models=tuple(MODELS),
    )
