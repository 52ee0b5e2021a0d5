"""Writing: the officer's paragraphs. Sentences keep their identity, so that citations stay on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.reports.errors import EditedMeanwhileError, UnknownNumbersError
from consulta.reports.models import Citation, Paragraph, Sentence
from consulta.responses.models import Response


@dataclass(frozen=True, slots=True)
class Typed:
    """A sentence as an officer typed it: which one (None: new), its words, the numbers it cites."""

    pk: int | None
    text: str
    numbers: tuple[str, ...] = ()


@transaction.atomic
def add_paragraph(
    consultation: Consultation, question: Question | None, *, language: str, by: User
) -> Paragraph:
    """Begin a paragraph under *question* (None: the introduction) at the end of those there."""
    permissions.require(by, Act.EDIT_REPORT, consultation)
    there = Paragraph.objects.filter(
        consultation=consultation, question=question, language=language
    )
    last = there.aggregate(last=Max("position"))["last"] or 0
    return Paragraph.objects.create(
        consultation=consultation,
        question=question,
        language=language,
        position=last + 1,
        written_by=by,
    )


@transaction.atomic
def save(paragraph: Paragraph, sentences: Sequence[Typed], *, revision: int, by: User) -> None:
    """Make *paragraph* say *sentences*, in this order; one left empty goes.

    *revision* is the one that the officer saw: raises EditedMeanwhileError when another saved since.
    Raises UnknownNumbersError for what is no published response of this consultation.
    """
    permissions.require(by, Act.EDIT_REPORT, paragraph.consultation)
    current = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if current.revision != revision:
        raise EditedMeanwhileError
    responses = _cited(paragraph.consultation, sentences)
    kept = []
    for position, typed in enumerate(sentences, start=1):
        if typed.text.strip():
            kept.append(_sentence(current, typed, position, responses).pk)
    current.sentences.exclude(pk__in=kept).delete()
    current.revision += 1
    current.written_by = by
    current.save()


@transaction.atomic
def move(paragraph: Paragraph, *, places: int, by: User) -> None:
    """Move *paragraph* by so many places among those of its question: -1 is one up, 1 one down."""
    permissions.require(by, Act.EDIT_REPORT, paragraph.consultation)
    there = list(
        Paragraph.objects.select_for_update()
        .filter(
            consultation=paragraph.consultation,
            question=paragraph.question,
            language=paragraph.language,
        )
        .order_by("position", "pk")
    )
    before = there.index(paragraph)
    there.insert(max(0, before + places), there.pop(before))
    for position, row in enumerate(there, start=1):
        row.position = position
    Paragraph.objects.bulk_update(there, ["position"])


@transaction.atomic
def remove(paragraph: Paragraph, *, by: User) -> None:
    """Take a paragraph out of the draft; frozen editions keep what they say."""
    permissions.require(by, Act.EDIT_REPORT, paragraph.consultation)
    paragraph.delete()


def _cited(consultation: Consultation, sentences: Sequence[Typed]) -> dict[str, Response]:
    """The published responses that are cited, by the numbers as they were typed."""
    typed = [number for sentence in sentences for number in sentence.numbers]
    read = {number: _read(number) for number in typed}
    found = Response.objects.filter(
        consultation=consultation, state=State.PUBLISHED, number__in=read.values()
    )
    by_number = {response.number: response for response in found}
    unknown = [number for number in typed if read[number] not in by_number]
    if unknown:
        raise UnknownNumbersError(unknown)
    return {number: by_number[read[number]] for number in typed}


def _read(number: str) -> str:
    try:
        return read_number(number)
    except NumberMistypedError:
        return ""


def _sentence(
    paragraph: Paragraph, typed: Typed, position: int, responses: dict[str, Response]
) -> Sentence:
    there = paragraph.sentences.filter(pk=typed.pk).first() if typed.pk else None
    sentence = there or Sentence(paragraph=paragraph)
    sentence.text = " ".join(storable(typed.text).split())
    sentence.position = position
    sentence.full_clean()
    sentence.save()
    ids = [responses[number].published_version_id for number in typed.numbers]
    versions = {pk for pk in ids if pk is not None}
    sentence.citations.exclude(version_id__in=versions).delete()
    standing = set(sentence.citations.values_list("version_id", flat=True))
    Citation.objects.bulk_create(
        Citation(sentence=sentence, version_id=pk) for pk in versions - standing
    )
    return sentence
