"""Names for the identifiers that travel through the system, so that they cannot be swapped."""

from typing import Literal, NewType

CentreId = NewType("CentreId", str)
"""Short ASCII name of a centre, part of every address and store key, e.g. ``an-binh``."""
FieldId = NewType("FieldId", str)
ProcedureCode = NewType("ProcedureCode", str)
"""National code of an administrative procedure, e.g. ``1.001193``, or a centre's own code."""
CounterId = NewType("CounterId", str)
ZoneId = NewType("ZoneId", str)
BoardId = NewType("BoardId", str)
PriorityClassId = NewType("PriorityClassId", str)
PrinterId = NewType("PrinterId", str)
KioskId = NewType("KioskId", str)
TicketId = NewType("TicketId", str)
"""128 random bits as 32 hexadecimal digits: the only credential a citizen's phone needs."""
TicketNumber = NewType("TicketNumber", str)
"""What people see and hear, e.g. ``A012``; restarts every day and is never a key."""
StaffId = NewType("StaffId", str)
PersonRef = NewType("PersonRef", str)
"""Points to an erasable SQL row with a name and a phone number; never identity itself."""
PersonKey = NewType("PersonKey", str)
"""Keyed hash of an identity, good for one day: limits tickets per person without a name."""
DossierCode = NewType("DossierCode", str)
FormId = NewType("FormId", str)
"""Number of a form 02 or 03, e.g. ``02-261123-0003``: form, date, running number of the day."""
CommandId = NewType("CommandId", str)
"""32 hexadecimal digits (16 bytes) that make a command and its retries one."""
Epoch = NewType("Epoch", str)
Language = NewType("Language", str)
"""BCP 47 tag, e.g. ``vi`` or ``en``."""

ActorKind = Literal["staff", "device", "citizen", "system"]
