"""What citizens do by themselves, on a phone or a rating tablet: parts of the configuration."""

from msgspec import Struct


class RatingRules(Struct, frozen=True, kw_only=True):
    """Whether and until when a citizen may say how the service was."""

    is_on: bool = True
    within_s: int = 3600
    """How long after the end of the service a visit may be rated."""
    change_within_s: int = 300
    """How long a rating may be changed after it was given."""
    ask_for_s: int = 60
    """How long the rating tablet of a counter asks after the end of a service."""


class RemoteTicketRules(Struct, frozen=True, kw_only=True):
    """Whether a number may be taken on a phone, by the code that changes at the door."""

    is_on: bool = True
    code_every_s: int = 30
    """How often the code at the door changes; a code is good until the next one is replaced."""
    per_code: int = 20
    """Numbers that may be taken with one code."""
    per_address: int = 30
    """Numbers that may be taken from one network address within ten minutes; many phones of one
    mobile network share an address."""
