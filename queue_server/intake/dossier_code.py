"""Dossier codes: agency, day of receipt, running number of that day (``H26.12-250704-0012``).

Numbers are allotted in the commit that opens the dossier, so this module only writes and checks
the shape. A ticket number (``A012``) can never look like one.
"""

import re
from datetime import UTC, date, datetime
from typing import Final

from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import DossierCode

LAST_RUNNING_NUMBER: Final = 99_999
"""Four digits by rule; a fifth one appears in a centre with more than 9,999 dossiers a day."""

_OLD_AGENCY = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}"
"""Circular 01/2018 Art. 19; still printed on papers that citizens bring."""
_AGENCY = r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,4}"
"""Decision 20/2020/QĐ-TTg, read from left to right."""
AGENCY: Final = re.compile(f"(?:{_OLD_AGENCY}|{_AGENCY})")
CODE: Final = re.compile(
    f"(?P<agency>{AGENCY.pattern})-(?P<day>[0-9]{{6}})-(?P<number>[0-9]{{4,5}})"
)


def dossier_code(agency: str, day: date, running_number: int) -> DossierCode:
    """The code of the `running_number`-th dossier that `agency` received on the local `day`.

    Raises:
        InvalidValue: The agency identifier is malformed, or the number is not 1 to 99,999.
    """
    if not AGENCY.fullmatch(agency):
        message = f"expected an agency identifier such as H26.12, got {agency!r}"
        raise InvalidValue(message)
    if not 1 <= running_number <= LAST_RUNNING_NUMBER:
        message = f"expected a running number from 1 to {LAST_RUNNING_NUMBER}, got {running_number}"
        raise InvalidValue(message)
    return DossierCode(f"{agency}-{day:%y%m%d}-{running_number:04d}")


def is_valid(text: str) -> bool:
    """Whether `text` is a dossier code of the present or the former scheme, with a real date."""
    match = CODE.fullmatch(text)
    if match is None or int(match["number"]) == 0:
        return False
    try:
        datetime.strptime(match["day"], "%y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True
