"""Writing: the officer's paragraphs. Sentences keep their identity, so that citations stay on them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from consulta.reports import following, hands, keeping, locking, places, quoting, reviewing
from consulta.reports.errors import EditedMeanwhileError, UnknownNumbersError
from consulta.reports.models import Citation, Paragraph, Sentence
from consulta.reports.places import Place
from consulta.reports.quoting import Passage
from consulta.responses.models import Answer, Response

#: A passage as a form names it: the answer's id, first character, character after the last.
Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Typed:
    """A sentence as an officer typed it: which one (None: new), its words, the numbers it cites.

    *passages*: the passages it cites; *agrees*: it still says what its source in another language
    says now.
    """

    pk: int | None
    text: str
    numbers: tuple[str, ...] = ()
    passages: tuple[Span, ...] = ()
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class _Record:
    """What a save looks up once: responses by the numbers typed, answers by their ids."""

    responses: Mapping[str, Response]
    answers: Mapping[int, Answer]
    by: User


@transaction.atomic
def add_paragraph(
    consultation: Consultation, question: Question | None, *, language: str, by: User
) -> Paragraph:
    """Begin a paragraph under *question* (None: the introduction) at the end of those there.

    Raises LockedError while somebody else edits that question.
    """
    locking.take(Place(consultation, question, language), by=by)
    there = Paragraph.objects.filter(
        consultation=consultation,
        question=question,
        language=language,
        part=Paragraph.Part.REPORT,
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

    One that waits for its translation stays while it is left empty. *revision* is the one that the
    officer saw: raises EditedMeanwhileError when another saved since, LockedError while another edits
    this question, UnknownNumbersError for what is no published response of this consultation.
    """
    with _held(paragraph, by):
        _save(paragraph, sentences, revision, by)
    keeping.discard(paragraph, by=by)


def _save(paragraph: Paragraph, sentences: Sequence[Typed], revision: int, by: User) -> None:
    current = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if current.revision != revision:
        raise EditedMeanwhileError
    record = _record(paragraph.consultation, sentences, by)
    there = {s.pk: s for s in current.sentences.select_related("source")}
    kept = []
    for position, typed in enumerate(sentences, start=1):
        old = there.get(typed.pk) if typed.pk else None
        if typed.text.strip() or (old is not None and following.is_waiting(old)):
            kept.append(_sentence(old or Sentence(paragraph=current), typed, position, record).pk)
    current.sentences.exclude(pk__in=kept).delete()
    current.revision += 1
    current.written_by = by
    current.save()


@transaction.atomic
def move(paragraph: Paragraph, *, places: int, by: User) -> None:
    """Move *paragraph* by so many places among those of its question: -1 is one up, 1 one down."""
    with _held(paragraph, by):
        _move(paragraph, places)


def _move(paragraph: Paragraph, places: int) -> None:
    there = list(
        Paragraph.objects.select_for_update()
        .filter(
            consultation=paragraph.consultation,
            question=paragraph.question,
            language=paragraph.language,
            part=paragraph.part,
        )
        .order_by("position", "pk")
    )
    before = there.index(paragraph)
    there.insert(max(0, before + places), there.pop(before))
    for position, row in enumerate(there, start=1):
        row.position = position
    Paragraph.objects.bulk_update(there, ["position"])


@transaction.atomic
def remove(paragraph: Paragraph, *, by: User, revision: int | None = None) -> None:
    """Take a paragraph out of the draft; frozen editions keep what they say.

    *revision*: the one that the officer saw, where nobody holds a lock; raises EditedMeanwhileError
    when another saved since.
    """
    with _held(paragraph, by):
        current = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
        if revision is not None and current.revision != revision:
            raise EditedMeanwhileError
        current.delete()


@contextmanager
def _held(paragraph: Paragraph, by: User) -> Iterator[None]:
    """The question is this person's to edit; who changes what it says is remembered for its review.

    The brief summary has no locks, and is agreed, not reviewed.
    """
    permissions.require(by, Act.EDIT_REPORT, paragraph.consultation)
    if paragraph.part != Paragraph.Part.REPORT:
        yield
        return
    place = places.of(paragraph)
    locking.take(place, by=by)
    before = reviewing.text(place)
    yield
    if reviewing.text(place) != before:
        hands.note(place, by=by)


def _record(consultation: Consultation, sentences: Sequence[Typed], by: User) -> _Record:
    spans = [span[0] for sentence in sentences for span in sentence.passages]
    return _Record(_cited(consultation, sentences), quoting.answers(consultation, spans), by)


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


def _sentence(sentence: Sentence, typed: Typed, position: int, record: _Record) -> Sentence:
    words = " ".join(storable(typed.text).split())
    if words and words != sentence.text:
        sentence.text, sentence.written_by = words, record.by
        _follows_now(sentence)
    elif typed.agrees:
        _follows_now(sentence)
    sentence.position = position
    sentence.full_clean()
    sentence.save()
    _cite(sentence, typed, record)
    _cite_passages(sentence, typed, record)
    return sentence


def _follows_now(sentence: Sentence) -> None:
    """The words were written, or found right, beside what the source says now."""
    if sentence.source is not None:
        sentence.source_text = sentence.source.text


def _cite(sentence: Sentence, typed: Typed, record: _Record) -> None:
    """Whole responses: one newly named in its version of now; one that stands keeps its own."""
    named = {record.responses[number].pk: record.responses[number] for number in typed.numbers}
    whole = sentence.citations.filter(answer__isnull=True)
    whole.exclude(version__response_id__in=named).delete()
    standing = set(whole.values_list("version__response_id", flat=True))
    Citation.objects.bulk_create(
        Citation(sentence=sentence, version_id=response.published_version_id)
        for pk, response in named.items()
        if pk not in standing and response.published_version_id is not None
    )


def _cite_passages(sentence: Sentence, typed: Typed, record: _Record) -> None:
    """The passages named; one that stands already keeps its words and identity."""
    wanted = dict.fromkeys(typed.passages)
    there = sentence.citations.filter(answer__isnull=False)
    standing = {(c.answer_id, c.start, c.end): c.pk for c in there}
    gone = [pk for span, pk in standing.items() if span not in wanted]
    there.filter(pk__in=gone).delete()
    for pk, start, end in wanted:
        if (pk, start, end) not in standing and pk in record.answers:
            answer = record.answers[pk]
            _cite_passage(sentence, answer, quoting.at(answer, start, end))


def _cite_passage(sentence: Sentence, answer: Answer, passage: Passage) -> None:
    Citation.objects.create(
        sentence=sentence,
        version_id=answer.version_id,
        answer=answer,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        quote_sha256=passage.sha256,
    )
