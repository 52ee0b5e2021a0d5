"""Places: one question of the report, or its introduction, in one language: edited and reviewed whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from consulta.consultations.models import Consultation, Question
from consulta.reports.models import Paragraph


@dataclass(frozen=True, slots=True)
class Place:
    """What one person edits at a time. *question* None: the introduction."""

    consultation: Consultation
    question: Question | None
    language: str

    @property
    def is_here(self) -> Q:
        """The rows that belong to this place."""
        if self.question is None:
            return self._of_language & Q(question__isnull=True)
        return self._of_language & Q(question=self.question)

    @property
    def _of_language(self) -> Q:
        return Q(consultation=self.consultation, language=self.language)


def of(paragraph: Paragraph) -> Place:
    """The place in which *paragraph* stands."""
    return Place(paragraph.consultation, paragraph.question, paragraph.language)


def written(consultation: Consultation, paragraphs: Iterable[Paragraph]) -> dict[int | None, Place]:
    """The places in which *paragraphs* (of one language) say something, by the question's id."""
    return {
        paragraph.question_id: Place(consultation, paragraph.question, paragraph.language)
        for paragraph in paragraphs
        if paragraph.sentences.all()
    }
