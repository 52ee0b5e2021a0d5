"""Who edits what now, and what was typed and is not saved yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consulta.consultations.models import Consultation, Question
from consulta.reports.models.writing import Paragraph


class Lock(models.Model):
    """A person edits one question (null: the introduction) of the report in one language.

    It is a row only while it lasts or until somebody else takes the place; whether it still stands
    is computed from *renewed_at* (:mod:`consulta.reports.locking`).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(max_length=2)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    renewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "question", "language"], name="lock_of_a_question_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "language"],
                condition=Q(question__isnull=True),
                name="lock_of_an_introduction_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.question_id}/{self.language}"


class Hand(models.Model):
    """A person changed a text of the report: its words, its citations or its order; *at*: when last.

    Who did so since the last approval is no second officer (:mod:`consulta.reports.hands`).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(max_length=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "question", "language", "by"],
                name="hand_in_a_question_once",
            ),
            models.UniqueConstraint(
                fields=["consultation", "language", "by"],
                condition=Q(question__isnull=True),
                name="hand_in_an_introduction_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.question_id}/{self.language} by {self.by_id}"


class UnsavedText(models.Model):
    """What a person typed into a paragraph and did not save: kept so that no word is lost.

    *rows* is what the form held (:class:`consulta.reports.keeping.Kept`); *revision* the one of the
    paragraph that the person saw, *base* its sentences as they were then: an id and a hash each, in
    order. It goes when the person saves or throws it away.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField()
    base = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "by"], name="unsaved_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} by {self.by_id}"
