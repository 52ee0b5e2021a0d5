"""One act at a time on a consultation, each on the row as it is now."""

from consulta.consultations.models import Consultation


def take(consultation: Consultation) -> None:
    """Read *consultation* again and keep others waiting until this transaction ends."""
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update())
