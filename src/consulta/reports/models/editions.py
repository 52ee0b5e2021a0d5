"""Editions: frozen documents with their stored files, and what was done with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.meetings.models import Document


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
        SUMMARY = "summary", _("brief summary")
        AGREEMENT = "agreement", _("record of agreement on the brief summary")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2)
    ordinal = models.PositiveSmallIntegerField(_("edition"), default=1)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    content_path = models.CharField(max_length=300, blank=True)  # of a long one: its blocks
    volumes = models.PositiveSmallIntegerField(default=1)  # of each format that is read
    words_sha256 = models.CharField(max_length=64, blank=True)  # of a summary: what officers wrote
    errata = models.TextField(_("what changed"), blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # whose number it carries
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
    restricted_at = models.DateTimeField(_("restricted"), null=True, blank=True)  # served to none
    redacts = models.ForeignKey(  # whose address it takes
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    redaction = models.PositiveSmallIntegerField(_("redacted edition"), default=0)

    class Meta:
        ordering = ["kind", "language", "-ordinal", "-redaction"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "language", "ordinal", "redaction"],
                name="edition_once",
            ),
            models.CheckConstraint(
                name="edition_redacted_names_the_one_before",
                condition=Q(redaction=0, redacts__isnull=True)
                | Q(redaction__gt=0, redacts__isnull=False),
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
    volume = models.PositiveSmallIntegerField(default=1)  # 0: the index of the volumes
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    replaced = models.JSONField(
        default=list, blank=True
    )  # what could not be printed as it was sent

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
