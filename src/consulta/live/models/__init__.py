"""The live meeting's record."""

from consulta.live.models.attendances import Attendance, ParticipationFigures
from consulta.live.models.registrations import (
    Mode,
    ParticipantNeeds,
    PresentingWish,
    Registration,
    RegistrationTerms,
)

__all__ = [
    "Attendance",
    "Mode",
    "ParticipantNeeds",
    "ParticipationFigures",
    "PresentingWish",
    "Registration",
    "RegistrationTerms",
]
