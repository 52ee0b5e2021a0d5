"""What one reader asks: a single file, the history of a response, words in published responses."""

from django.db.models import Q, QuerySet

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.responses import facets
from consulta.responses.content import public_text
from consulta.responses.models import Answer, Attachment, Response, Version

#: How many answers are looked through before redacted words are sorted out.
LOOKED_THROUGH = 200
_SHOWN = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


def published_file(number: str, pk: int) -> Attachment:
    """The file that a published response shows now. Raises Attachment.DoesNotExist."""
    shown = Attachment.objects.filter(safety__in=_SHOWN).exclude(clean_path="")
    return shown.get(
        pk=pk,
        version__screening=Version.Screening.PUBLISHED,
        version__response__number=number,
        version__response__state=State.PUBLISHED,
    )


def versions_shown(response: Response) -> list[Version]:
    """The versions that were shown at one time, in their order; never one that still waits."""
    return list(response.versions.filter(published_at__isnull=False).order_by("ordinal"))


def has_general_answers(consultation: Consultation) -> bool:
    """Whether a published response speaks to the whole consultation, under no question."""
    return facets.is_answered(consultation, None)


def search(words: str, *, limit: int) -> list[Response]:
    """At most *limit* published responses whose shown name or shown text has *words*.

    What was redacted is not found: a search must not tell what a page does not show.
    """
    named = Response.objects.filter(state=State.PUBLISHED, public_name__icontains=words)
    first = _with_group(named).order_by("-published_at")[:limit]
    found = {response.pk: response for response in first}
    answers = Answer.objects.filter(
        Q(text__icontains=words),
        version__screening=Version.Screening.PUBLISHED,
        version__response__state=State.PUBLISHED,
    ).select_related("version__response__consultation", "version__response__public_group")
    for answer in answers.order_by("-pk").prefetch_related("redactions")[:LOOKED_THROUGH]:
        if words.casefold() in public_text(answer).casefold():
            found.setdefault(answer.version.response_id, answer.version.response)
    return list(found.values())[:limit]


def _with_group(rows: QuerySet[Response]) -> QuerySet[Response]:
    return rows.select_related("consultation", "public_group")
