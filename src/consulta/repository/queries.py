"""What is asked of the archive: its records and practices."""

from collections.abc import Sequence

from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text, choose
from consulta.repository.models import Practice, Record


def records() -> Sequence[Record]:
    """Return all records of the archive without their full texts, in the order of deposit."""
    return list(Record.objects.select_related("consultation").defer("text"))


def record_by_slug(slug: str) -> Record:
    """Return the record at this address, with its text. Raises Record.DoesNotExist."""
    return Record.objects.select_related("consultation").get(slug=slug)


def records_of(consultation: Consultation) -> Sequence[Record]:
    """Return the records deposited from one consultation."""
    return list(Record.objects.filter(consultation=consultation).defer("text"))


def title(record: Record, language: str) -> Text:
    """Return a record's title for a reader of *language*, else in the record's own language."""
    return choose(record.titles, language, original=record.language)


def practices() -> Sequence[Practice]:
    """Return the practices shown to everyone, the latest first."""
    shown = Practice.objects.filter(state=Practice.State.PUBLISHED)
    return list(
        shown.select_related("issue", "respondent__stakeholder_group").order_by("-published_at")
    )


def practice_by_slug(slug: str) -> Practice:
    """Return the published practice at this address. Raises Practice.DoesNotExist."""
    shown = Practice.objects.filter(state=Practice.State.PUBLISHED)
    return shown.select_related("issue", "respondent__stakeholder_group").get(slug=slug)


def practices_waiting() -> Sequence[Practice]:
    """Return the practices on which the desk has to decide, the oldest first."""
    waiting = Practice.objects.filter(state=Practice.State.RECEIVED)
    return list(waiting.select_related("issue", "respondent").order_by("submitted_at"))


def practice_at_desk(pk: int) -> Practice:
    """Return any practice by its id, for the desk. Raises Practice.DoesNotExist."""
    return Practice.objects.select_related("issue", "respondent").get(pk=pk)
