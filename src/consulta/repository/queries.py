"""What is asked of the archive: its records and practices."""

from collections.abc import Sequence
from itertools import islice

from django.db.models import Q, QuerySet

from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text, choose, text_in
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
    shown = _shown()
    return list(
        shown.select_related("issue", "respondent__stakeholder_group").order_by("-published_at")
    )


def practice_by_slug(slug: str) -> Practice:
    """Return the published practice at this address. Raises Practice.DoesNotExist."""
    shown = _shown()
    return shown.select_related("issue", "respondent__stakeholder_group").get(slug=slug)


def search_records(words: str, *, limit: int) -> Sequence[Record]:
    """Return at most *limit* records whose titles or text have *words*."""
    in_text = set(Record.objects.filter(text__icontains=words).values_list("pk", flat=True))
    named = (r for r in records() if r.pk in in_text or _is_titled(r, words))
    return list(islice(named, limit))


def search_practices(words: str, *, limit: int) -> Sequence[Practice]:
    """Return at most *limit* published practices that have *words*."""
    shown = _shown()
    return list(shown.filter(Q(title__icontains=words) | Q(text__icontains=words))[:limit])


def practices_waiting() -> Sequence[Practice]:
    """Return the practices on which the desk has to decide, the oldest first."""
    waiting = Practice.objects.filter(state=Practice.State.RECEIVED)
    return list(waiting.select_related("issue", "respondent").order_by("submitted_at"))


def practices_decided() -> QuerySet[Practice]:
    """Return the practices that were decided, the latest first, erased ones too."""
    decided = Practice.objects.exclude(state=Practice.State.RECEIVED)
    return decided.select_related("respondent").defer("text").order_by("-submitted_at", "-pk")


def _shown() -> QuerySet[Practice]:
    return Practice.objects.filter(state=Practice.State.PUBLISHED, erased_at__isnull=True)


def practice_at_desk(pk: int) -> Practice:
    """Return any practice by its id, for the desk. Raises Practice.DoesNotExist."""
    return Practice.objects.select_related("issue", "respondent").get(pk=pk)


def _is_titled(record: Record, words: str) -> bool:
    titles = (text_in(record.titles, language).text for language in record.titles)
    return any(words.casefold() in title.casefold() for title in titles)
