"""Post a document to a meeting under the body's number: `{body}{meeting}/{seq}-{lang}`."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Document, Meeting

#: The letter of a language in a document's number.
LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}


@transaction.atomic
def post(document: Document, *, language: str, by: User | None) -> Document:
    """Put a new *document* on record under its meeting's next number, now.

    *by* None: the system itself, in an act that was allowed. Raises NotAllowedError, or
    ValidationError naming the field to mend. The files' bytes must be on disk already.
    """
    if by is not None:
        permissions.require(by, Act.DELIVER, document.meeting.group)
    list(Meeting.objects.select_for_update().filter(pk=document.meeting.pk))
    document.sequence = next_sequence(document.meeting)
    document.number = number(document.meeting, document.sequence, language=language)
    document.posted_at = timezone.now()
    document.full_clean()
    document.save()
    ledger.record("document_posted", document, by=by)
    return document


def next_sequence(meeting: Meeting) -> int:
    """Return the next free place in the meeting's series of documents."""
    posted = Document.objects.filter(meeting=meeting)
    return (posted.aggregate(last=Max("sequence"))["last"] or 0) + 1


def number(meeting: Meeting, sequence: int, *, language: str) -> str:
    """Write a document's number, e.g. `CWG-Internet-11/7-E`: series, place in it, language."""
    letter = LETTERS.get(language, language.upper())
    return f"{series(meeting)}/{sequence}-{letter}"


def series(meeting: Meeting) -> str:
    """Name the series of a meeting's documents: the group's short name and the meeting's number."""
    if meeting.group is None or meeting.number is None:
        return meeting.slug
    name = meeting.group.short_name
    name = f"OP-{name}" if meeting.kind == Meeting.Kind.OPEN else name
    joint = "" if name.isalpha() and name.isupper() else "-"
    return f"{name}{joint}{meeting.number}"
