"""Why a number is not given on a phone."""

from queue_server.core.errors import QueueError


class RemoteTicketsOff(QueueError):
    """This centre gives no numbers on phones."""

    code = "remote_tickets_off"


class StalePass(QueueError):
    """The code at the door was scanned too long ago, or was never there."""

    code = "stale_pass"


class PassUsed(QueueError):
    """The pass was good for one number, which was taken: `ticket` says which."""

    code = "pass_used"


class TooManyRemoteTickets(QueueError):
    """Too many numbers were taken with this code, or from this network address; wait a moment."""

    code = "too_many_remote_tickets"
