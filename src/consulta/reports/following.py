"""Following: the report in another language, sentence by sentence from the first one.

A copy keeps order and citations; each sentence names the one it follows, waits for its translation,
and says when that one has changed since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import frozen, locking, places, queries
from consulta.reports.errors import NoSourceError
from consulta.reports.models import Citation, Paragraph, Sentence


@dataclass(frozen=True, slots=True)
class Following:
    """How far one language follows: sentences in all, still to be translated, changed in the source."""

    sentences: int = 0
    waiting: int = 0
    stale: int = 0


def is_waiting(sentence: Sentence) -> bool:
    """Say whether *sentence* still holds the words of its source."""
    return sentence.source_id is not None and not sentence.source_text


def is_stale(sentence: Sentence) -> bool:
    """Say whether the source said something else when *sentence* was written."""
    source = sentence.source
    return source is not None and bool(sentence.source_text) and source.text != sentence.source_text


def first_language(consultation: Consultation) -> str:
    """The language in which the report was begun; empty while nothing is written."""
    said = _said(consultation).filter(source__isnull=True)
    first = said.order_by("paragraph").values_list("paragraph__language", flat=True).first()
    return first or ""


def progress(consultation: Consultation) -> dict[str, Following]:
    """How far each language follows the one that it was started from. One query."""
    rows = _said(consultation).filter(source__isnull=False).select_related("source", "paragraph")
    found: dict[str, Following] = {}
    for sentence in rows:
        code = sentence.paragraph.language
        known = found.get(code, Following())
        found[code] = Following(
            known.sentences + 1,
            known.waiting + is_waiting(sentence),
            known.stale + is_stale(sentence),
        )
    return found


def languages(consultation: Consultation) -> list[str]:
    """The languages of the consultation in which no report is released yet, others being out."""
    out = {edition.language for edition in frozen.of(consultation)}
    return [code for code in consultation.languages if code not in out] if out else []


@transaction.atomic
def start(consultation: Consultation, language: str, *, source: str, by: User) -> int:
    """Bring into *language* what stands in *source* and is not there yet; return how many sentences.

    Done again, it brings only what is new. Raises NoSourceError where *source* says nothing, and
    LockedError where somebody edits a question that would change.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    theirs = queries.paragraphs(consultation, source)
    if source == language or not places.written(consultation, theirs):
        raise NoSourceError(source)
    ours = {p.source_id or 0: p for p in queries.paragraphs(consultation, language)}
    brought: list[int] = [_follow(paragraph, ours, language, by) for paragraph in theirs]
    return sum(brought)


def _said(consultation: Consultation) -> QuerySet[Sentence]:
    return Sentence.objects.filter(
        paragraph__consultation=consultation, paragraph__part=Paragraph.Part.REPORT
    )


def _follow(paragraph: Paragraph, ours: Mapping[int, Paragraph], language: str, by: User) -> int:
    """Bring one paragraph over, or those of its sentences that have no counterpart yet."""
    there = ours.get(paragraph.pk)
    known = {s.source_id for s in there.sentences.all()} if there else set()
    missing = [s for s in paragraph.sentences.all() if s.pk not in known]
    if not missing:
        return 0
    place = places.Place(paragraph.consultation, paragraph.question, language)
    locking.take(place, by=by)
    target = there or Paragraph.objects.create(
        consultation=paragraph.consultation,
        question=paragraph.question,
        language=language,
        position=paragraph.position,
        written_by=by,
        source=paragraph,
    )
    for sentence in missing:
        _copy(sentence, target)
    Paragraph.objects.filter(pk=target.pk).update(revision=target.revision + 1)
    return len(missing)


def _copy(sentence: Sentence, paragraph: Paragraph) -> None:
    """Until it is translated, the copy is the words of whoever wrote its source."""
    made = Sentence.objects.create(
        paragraph=paragraph,
        position=sentence.position,
        text=sentence.text,
        source=sentence,
        written_by_id=sentence.written_by_id,
    )
    Citation.objects.bulk_create(_same(sentence.citations.all(), made))


def _same(citations: Iterable[Citation], sentence: Sentence) -> list[Citation]:
    return [
        Citation(
            sentence=sentence,
            version_id=cited.version_id,
            answer_id=cited.answer_id,
            start=cited.start,
            end=cited.end,
            quote=cited.quote,
            quote_sha256=cited.quote_sha256,
        )
        for cited in citations
    ]
