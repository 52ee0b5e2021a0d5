"""Groups: the body, its closed groups, their norms, who works for them and who is a member."""

from consulta.groups.models.members import Delegate, Membership, Officeholder
from consulta.groups.models.places import (
    Appointment,
    Body,
    Group,
    Instrument,
    Issue,
    MandateBasis,
    Role,
)

__all__ = [
    "Appointment",
    "Body",
    "Delegate",
    "Group",
    "Instrument",
    "Issue",
    "MandateBasis",
    "Membership",
    "Officeholder",
    "Role",
]
