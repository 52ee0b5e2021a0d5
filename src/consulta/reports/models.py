"""Reports: the officer's text with its citations, and the frozen editions made from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation, Question
from consulta.meetings.models import Document
from consulta.responses.models import Version


class Paragraph(models.Model):
    """A paragraph of the consolidated report, under a question or in the introduction (null)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=2)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)  # so that nobody overwrites another's work

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.question_id}/{self.position}"


class Sentence(models.Model):
    """One sentence of a paragraph, with an identity of its own, so that citations stay on it."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("sentence"))

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(name="sentence_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]


class Citation(models.Model):
    """A sentence cites a version of a response."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="citations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sentence", "version"], name="citation_once")
        ]

    def __str__(self) -> str:
        return f"{self.sentence_id} -> {self.version_id}"


class Edition(models.Model):
    """A frozen version of a document: stored bytes with their hash, never rendered again.

    *content* is the value it was rendered from (core.paper, JSON); *ordinal* counts the editions of
    one kind and language. Its files are null until the worker has rendered them.
    """

    class Kind(models.TextChoices):
        """Which document."""

        COMPILATION = "compilation", _("compilation")
        CONSOLIDATED = "consolidated", _("consolidated report")
        RECEIVED = "received", _("all responses received, for the group")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2)
    ordinal = models.PositiveSmallIntegerField(_("edition"), default=1)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    errata = models.TextField(_("what changed"), blank=True)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    rendered_at = models.DateTimeField(_("rendered"), null=True, blank=True)
    rendering_error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["kind", "language", "-ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "language", "ordinal"], name="edition_once"
            ),
            models.CheckConstraint(
                name="edition_released_is_rendered",
                condition=Q(released_at__isnull=True) | Q(rendered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.ordinal}"


class EditionFile(models.Model):
    """One rendering of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=5)
    volume = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["format", "volume"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format", "volume"], name="edition_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReleaseNote(models.Model):
    """Why a report was released while responses were still held: the recorded explanation."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    explanation = models.TextField(_("explanation"))
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    def __str__(self) -> str:
        return self.explanation[:80]


class Delivery(models.Model):
    """The responses and one compilation, put before the group's next meeting (resolves 4)."""

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(_("delivered"))
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    documents = models.ManyToManyField(Document, related_name="+")

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.consultation_id}"
