"""Summarising: the secretariat drafts the brief summary once the open meeting has begun.

Paragraphs, sentences and citations are those of the report. A change of words that were agreed voids
the agreement, in the same act; once the summary was carried nothing changes any more.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation, Question
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import summary_queries, writing
from consulta.reports.models import BriefSummary, Citation, Paragraph, Sentence
from consulta.reports.summary_errors import CarriedError, MeetingNotHeldError
from consulta.reports.writing import Typed


@transaction.atomic
def begin(consultation: Consultation, *, by: User) -> BriefSummary:
    """Begin the summary, or give the one that is begun; whoever drafts waits for its turn here.

    Raises MeetingNotHeldError before the open meeting has begun.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    now = timezone.now()
    if not summary_queries.may_begin(consultation, now):
        raise MeetingNotHeldError
    BriefSummary.objects.get_or_create(consultation=consultation, defaults={"begun_at": now})
    return BriefSummary.objects.select_for_update().get(consultation=consultation)


@transaction.atomic
def add_paragraph(
    consultation: Consultation,
    part: Paragraph.Part,
    question: Question | None = None,
    *,
    language: str,
    by: User,
) -> Paragraph:
    """Begin a paragraph at the end of a part; of the written responses, under *question* or none.

    Raises MeetingNotHeldError, CarriedError.
    """
    _draft(consultation, language, by=by)
    place = {"part": part, "question": question, "language": language}
    there = Paragraph.objects.filter(consultation=consultation, **place)
    last = there.aggregate(last=Max("position"))["last"] or 0
    return Paragraph.objects.create(
        consultation=consultation, position=last + 1, written_by=by, **place
    )


@transaction.atomic
def save(paragraph: Paragraph, sentences: Sequence[Typed], *, revision: int, by: User) -> None:
    """Make *paragraph* say *sentences*. Raises as `writing.save`, CarriedError."""
    with _changing(paragraph, by=by):
        writing.save(paragraph, sentences, revision=revision, by=by)


@transaction.atomic
def move(paragraph: Paragraph, *, places: int, by: User) -> None:
    """Move *paragraph* among those of its place. Raises CarriedError."""
    with _changing(paragraph, by=by):
        writing.move(paragraph, places=places, by=by)


@transaction.atomic
def remove(paragraph: Paragraph, *, revision: int, by: User) -> None:
    """Take *paragraph* out of the draft; fixed editions keep what they say.

    *revision* is the one that the officer saw. Raises EditedMeanwhileError when another saved since,
    CarriedError.
    """
    with _changing(paragraph, by=by):
        writing.remove(paragraph, revision=revision, by=by)


@transaction.atomic
def carry_over(sentence: Sentence, *, by: User) -> Paragraph:
    """Take a sentence of the consolidated report, with its citations, over into the summary.

    It goes to the end of the last paragraph under the same question, a new one where there is none.
    Raises MeetingNotHeldError, CarriedError.
    """
    source = sentence.paragraph
    consultation, question = source.consultation, source.question
    _draft(consultation, source.language, by=by)
    place = {"part": Paragraph.Part.WRITTEN, "question": question, "language": source.language}
    last = Paragraph.objects.filter(consultation=consultation, **place).last()
    paragraph = last or add_paragraph(
        consultation, Paragraph.Part.WRITTEN, question, language=source.language, by=by
    )
    with _changing(paragraph, by=by):
        _copy(sentence, paragraph)
        paragraph.revision += 1
        paragraph.written_by = by
        paragraph.save()
    return paragraph


def _draft(consultation: Consultation, language: str, *, by: User) -> BriefSummary:
    """The summary, its draft in *language* still open to change."""
    summary = begin(consultation, by=by)
    if summary_queries.is_settled(summary, language):
        raise CarriedError
    return summary


@contextmanager
def _changing(paragraph: Paragraph, *, by: User) -> Iterator[None]:
    """Let the draft be changed; what was agreed in other words than those that stand then is void."""
    consultation, language = paragraph.consultation, paragraph.language
    _draft(consultation, language, by=by)
    yield
    agreed = summary_queries.standing(consultation)
    if agreed is None or agreed.edition.language != language:
        return
    if agreed.edition.words_sha256 != summary_queries.words_sha256(consultation, language):
        agreed.voided_at, agreed.voided_by = timezone.now(), by
        agreed.save(update_fields=["voided_at", "voided_by"])
        commitments = {"content": agreed.content_sha256}
        ledger.record("agreement_voided", agreed, by=by, commitments=commitments)


def _copy(sentence: Sentence, paragraph: Paragraph) -> None:
    """Put a copy of *sentence* and of its citations at the end of *paragraph*."""
    last = paragraph.sentences.aggregate(last=Max("position"))["last"] or 0
    copied = _values(sentence, without=("id", "paragraph", "position", "source", "source_text"))
    made = Sentence.objects.create(paragraph=paragraph, position=last + 1, **copied)
    for citation in sentence.citations.all():
        Citation.objects.create(sentence=made, **_values(citation, without=("id", "sentence")))


def _values(row: Sentence | Citation, *, without: Collection[str]) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.name not in without)
    return {field.attname: getattr(row, field.attname) for field in fields}
