"""The words of the grounds that a procedure publishes."""

from consulta.consultations import applied
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text, choose


def words(consultation: Consultation, language: str) -> dict[str, Text]:
    """Return the published grounds of a consultation's procedure by their slugs."""
    procedure = applied.present(consultation.procedure)
    return {ground.slug: choose(ground.text, language) for ground in procedure.grounds}
