"""What RQ runs. Jobs take ids and plain values, fetch what they need, and may run twice.

RQ keeps a job's import path, so functions here never move or change their arguments without a
decision note. Each imports what it needs when it runs: the worker of one queue loads no more.
"""

# ruff: noqa: PLC0415

from queue_server.core.identifiers import CentreId, DossierCode, TicketId
from queue_server.workshop import workshop


def print_paper(centre: str, job: str) -> None:
    """Print a slip or receipt at most once and record what became of it."""
    from queue_server.print_work import print_paper as work

    work(workshop(), CentreId(centre), job)


def register_dossier(centre: str, code: str, offset: int) -> None:
    """Enter a dossier in the register; again changes nothing."""
    from queue_server.intake_work import register_dossier as work

    work(workshop(), CentreId(centre), DossierCode(code), offset)


def void_dossier(centre: str, code: str, opened_at_offset: int) -> None:
    """Mark a dossier as opened by mistake in the register."""
    from queue_server.intake_work import void_dossier as work

    work(workshop(), CentreId(centre), DossierCode(code), opened_at_offset)


def hand_over(centre: str, code: str) -> None:
    """Try once to hand a dossier over; later tries are offered by the follower."""
    from queue_server.intake_work import hand_over as work

    work(workshop(), CentreId(centre), DossierCode(code))


def rebalance(centre: str, turn: int) -> None:
    """Work out which changes of work profiles to propose, and put them before the manager."""
    from queue_server.rebalance_work import rebalance as work

    work(workshop(), CentreId(centre), turn)


def issue_appointments(centre: str) -> None:
    """Give the day's appointments their numbers."""
    from queue_server.appointment_work import issue_appointments as work

    work(workshop(), CentreId(centre))


def tell_phones(centre: str, ticket: str) -> None:
    """Tell the phones that follow a called ticket, and those whose turn it is soon."""
    from queue_server.push_work import tell_phones as work

    work(workshop(), CentreId(centre), TicketId(ticket))


def forget_phones(centre: str) -> None:
    """Forget every phone of a day that is over."""
    from queue_server.push_work import forget_phones as work

    work(workshop(), CentreId(centre))


def prepare_clips(centre: str) -> None:
    """Make the spoken clips the centre needs, ahead of the first call."""
    from queue_server.speech_work import prepare_clips as work

    work(workshop(), CentreId(centre))
