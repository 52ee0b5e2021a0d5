"""What an edition carries on its first page: its number before the group, and the officer's head."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.meetings.models import Document


class ReportDocument(models.Model):
    """The document before the group under which editions of one kind stand; the last one is current.

    Its number is reserved before the first edition is frozen, so that the edition itself carries it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12)  # Edition.Kind
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"


class EditionHead(models.Model):
    """What the officer writes for the head of a document: used by every edition frozen from now on.

    What is left empty is said by the procedure and the consultation (:mod:`consulta.reports.heads`).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12)
    language = models.CharField(_("language"), max_length=2)
    agenda_item = models.CharField(_("agenda item"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    action = models.TextField(_("action required"), blank=True)
    references = models.TextField(_("references"), blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "language"], name="edition_head_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
