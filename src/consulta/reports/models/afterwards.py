"""What becomes of an edition after its release: restricted by law, and its respondents told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.reports.models.editions import Edition
from consulta.responses.models import Response


class Restriction(models.Model):
    """An edition held what the law took away: its bytes are served to nobody but the desk.

    *redacted* is the edition without it, null until it is drawn up; since *replaced_at* it has the
    address, the places in documents and in the repository.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    numbers = models.JSONField(_("responses"), default=list)
    ground = models.SlugField(_("ground"))  # from the procedure's published list
    reason = models.TextField(_("reason"), blank=True)
    restricted_at = models.DateTimeField(_("restricted"))
    restricted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    redacted = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        ordering = ["restricted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="restriction_replaced_by_an_edition",
                condition=Q(replaced_at__isnull=True) | Q(redacted__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.numbers}"


class CitationNotice(models.Model):
    """A respondent was told that an edition of the report cites the response, or that it is out."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(_("put into the outbox"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "response"], name="citation_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} -> {self.response_id}"
