"""The live meeting's record."""

from consulta.live.models.attendances import Attendance, ParticipationFigures
from consulta.live.models.captions import Captioner, Sitting, SpeakerKey
from consulta.live.models.floor import Floor, FloorRequest, Intervention
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
    "Floor",
    "FloorRequest",
    "Intervention",
    "Mode",
    "ParticipantNeeds",
    "ParticipationFigures",
    "PresentingWish",
    "Registration",
    "RegistrationTerms",
    "Sitting",
    "SpeakerKey",
]
