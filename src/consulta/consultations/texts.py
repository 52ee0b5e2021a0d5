"""Write topic and questions, one row per language. Questions freeze at the announcement."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations import options, permissions
from consulta.consultations.errors import (
    OriginalIncompleteError,
    QuestionsFrozenError,
    WrittenAlreadyError,
)
from consulta.consultations.models import (
    Consultation,
    ConsultationText,
    Option,
    OptionText,
    Question,
    QuestionText,
    TextStatus,
)
from consulta.consultations.options import Offer
from consulta.core.fingerprint import fingerprint
from consulta.groups.permissions import Act
from consulta.ledger import ledger

Words = Mapping[str, str]


def write_topics(
    consultation: Consultation, topics: Words, backgrounds: Words, statuses: Words
) -> None:
    """Write the topic of a draft anew, in every language of *topics*. Raises QuestionsFrozenError."""
    _refuse_if_frozen(consultation)
    consultation.texts.all().delete()
    for language, topic in _written(topics).items():
        text = ConsultationText(consultation=consultation, language=language, topic=topic)
        text.background = backgrounds.get(language, "").strip()
        text.status = _status(consultation, language, statuses)
        text.full_clean()
        text.save()


def write_questions(
    consultation: Consultation,
    questions: Sequence[Words],
    statuses: Words,
    *,
    offers: Mapping[int, Offer] | None = None,
) -> None:
    """Write the questions of a draft anew, in their order; those without any words are left out.

    *offers*: what they offer to choose from, by their place in *questions* (from 0).
    Raises QuestionsFrozenError, OptionsUnevenError.
    """
    _refuse_if_frozen(consultation)
    _clear_questions(consultation)
    wordings = [(n, written) for n, each in enumerate(questions) if (written := _written(each))]
    for position, (place, wording) in enumerate(wordings, start=1):
        question = Question.objects.create(consultation=consultation, position=position)
        for language, words in wording.items():
            _write_question(question, language, words, _status(consultation, language, statuses))
        if offer := (offers or {}).get(place):
            worth = {each: _status(consultation, each, statuses) for each in offer.texts}
            options.write(question, offer, statuses=worth)


@transaction.atomic
def add_question_language(
    question: Question, language: str, words: str, *, status: TextStatus, by: User
) -> QuestionText:
    """Add a question in a language in which it is missing, also after the announcement.

    Raises NotAllowedError, WrittenAlreadyError for a language that is written.
    """
    consultation = question.consultation
    permissions.require(by, Act.TRANSLATE, consultation)
    if QuestionText.objects.filter(question=question, language=language).exists():
        raise WrittenAlreadyError(language)
    text = _write_question(question, language, words.strip(), status)
    ledger.record("translation_attached", consultation, by=by)
    return text


@transaction.atomic
def add_topic_language(
    consultation: Consultation, text: ConsultationText, *, by: User
) -> ConsultationText:
    """Add the topic in a language in which it is missing, also after the announcement.

    Raises NotAllowedError, WrittenAlreadyError for a language that is written.
    """
    permissions.require(by, Act.TRANSLATE, consultation)
    if ConsultationText.objects.filter(consultation=consultation, language=text.language).exists():
        raise WrittenAlreadyError(text.language)
    text.consultation = consultation
    text.full_clean()
    text.save()
    ledger.record("translation_attached", consultation, by=by)
    return text


def check_original(consultation: Consultation) -> None:
    """Raise OriginalIncompleteError unless topic and questions stand in the original language."""
    original = consultation.original_language
    topic = ConsultationText.objects.filter(consultation=consultation, language=original)
    asked = Question.objects.filter(consultation=consultation)
    written = QuestionText.objects.filter(question__in=asked, language=original)
    offered = Option.objects.filter(question__in=asked)
    named = OptionText.objects.filter(option__in=offered, language=original)
    lacking = written.count() < asked.count() or named.count() < offered.count()
    if not topic.exists() or lacking:
        raise OriginalIncompleteError(original)


def frozen_hash(consultation: Consultation) -> str:
    """Return SHA-256 of topic, questions and their options in every language, as they froze.

    RFC 8785 JSON; without salt: the texts are public, so that anyone can recompute it. `options` is
    there only where a question offers any.
    """
    topics = ConsultationText.objects.filter(consultation=consultation)
    asked = QuestionText.objects.filter(question__consultation=consultation)
    frozen: dict[str, object] = {
        "topic": {text.language: text.topic for text in topics},
        "questions": [
            {"language": text.language, "position": text.question.position, "text": text.text}
            for text in asked.select_related("question").order_by("question__position", "language")
        ],
    }
    offered = OptionText.objects.filter(option__question__consultation=consultation)
    rows = offered.select_related("option__question")
    if named := list(rows.order_by("option__question__position", "option__position", "language")):
        frozen["options"] = [
            {
                "language": text.language,
                "position": text.option.question.position,
                "slug": text.option.slug,
                "text": text.text,
            }
            for text in named
        ]
    return fingerprint(frozen, b"")


def _clear_questions(consultation: Consultation) -> None:
    OptionText.objects.filter(option__question__consultation=consultation).delete()
    Option.objects.filter(question__consultation=consultation).delete()
    QuestionText.objects.filter(question__consultation=consultation).delete()
    consultation.questions.all().delete()


def _write_question(question: Question, language: str, words: str, status: str) -> QuestionText:
    text = QuestionText(question=question, language=language, text=words, status=status)
    text.full_clean()
    text.save()
    return text


def _refuse_if_frozen(consultation: Consultation) -> None:
    if consultation.announced_at:
        raise QuestionsFrozenError(consultation.slug)


def _written(words: Words) -> dict[str, str]:
    return {code: text.strip() for code, text in words.items() if text.strip()}


def _status(consultation: Consultation, language: str, statuses: Words) -> str:
    if language == consultation.original_language:
        return TextStatus.ORIGINAL
    return statuses.get(language, TextStatus.OFFICIAL)
