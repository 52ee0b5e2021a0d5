"""Responses: what a respondent told a consultation, and where it stands."""

from consulta.responses.models.counting import BalanceLine, Facet
from consulta.responses.models.drafting import Draft, DraftFile, ReturnLink
from consulta.responses.models.erasing import Erasure
from consulta.responses.models.importing import Import, RefusedRow
from consulta.responses.models.joint import (
    Colleague,
    DraftSave,
    MandateDocument,
    MandateRequest,
    Signatory,
)
from consulta.responses.models.moderating import Appeal, ModerationStep, Redaction
from consulta.responses.models.record import (
    Answer,
    AnswerTranslation,
    Attachment,
    Response,
    Version,
)

__all__ = [
    "Answer",
    "AnswerTranslation",
    "Appeal",
    "Attachment",
    "BalanceLine",
    "Colleague",
    "Draft",
    "DraftFile",
    "DraftSave",
    "Erasure",
    "Facet",
    "Import",
    "MandateDocument",
    "MandateRequest",
    "ModerationStep",
    "Redaction",
    "RefusedRow",
    "Response",
    "ReturnLink",
    "Signatory",
    "Version",
]
