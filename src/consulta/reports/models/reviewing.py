"""Review: a second officer reads a question's text before the report is released."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation, Question
from consulta.reports.models.editions import Edition
from consulta.reports.models.writing import Paragraph, Sentence


class ReviewStep(models.Model):
    """One step in the review of a question (null: the introduction) in one language.

    *text_sha256* says which text it was about (:func:`consulta.reports.reviewing.fingerprint`): an
    approval of other words than those that stand now is none.
    """

    class Kind(models.TextChoices):
        """What was done."""

        ASKED = "asked", _("marked ready for review")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned with remarks")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text_sha256 = models.CharField(max_length=64)
    remark = models.TextField(_("remark"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.question_id}/{self.language}: {self.kind}"


class Remark(models.Model):
    """A reviewer's remark, pinned to a sentence or to a paragraph; *about* keeps its words."""

    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="remarks")
    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    sentence = models.ForeignKey(
        Sentence, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    about = models.TextField(blank=True)
    text = models.TextField(_("remark"))
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReviewWaiver(models.Model):
    """Why an edition was released without a second officer's approval: the recorded explanation."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    explanation = models.TextField(_("explanation"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.explanation[:80]
