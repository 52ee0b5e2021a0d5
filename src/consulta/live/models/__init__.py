"""The live meeting's record."""

from consulta.live.models.attendances import Attendance, ParticipationFigures
from consulta.live.models.captions import Captioner, Sitting, SpeakerKey
from consulta.live.models.registrations import (
    Mode,
    ParticipantNeeds,
    PresentingWish,
    Registration,
    RegistrationTerms,
)

__all__ = [
    "Attendance",
    "Captioner",
    "Mode",
    "ParticipantNeeds",
    "ParticipationFigures",
    "PresentingWish",
    "Registration",
    "RegistrationTerms",
    "Sitting",
    "SpeakerKey",
]
