"""Freezings: editions that were asked for, with what they will hold, until a worker has drawn them up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.reports.models.editions import Edition


class Freezing(models.Model):
    """An officer pressed: freeze this document now. What it holds was fixed by then.

    *versions* are pairs of ids, a response and the version of it that the document prints, in the
    order of the register; *draft* is what the report's text was (id, place and revision of each
    paragraph); *balance* the lines of the register. *drawn* counts the responses drawn up so far.
    It has ended with an *edition*, or without one: then *refusal* names the broken rule (the name of a
    class of `reports.errors`), or *error* says what went wrong each time it was tried.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Edition.Kind.choices)
    language = models.CharField(_("language"), max_length=2)
    errata = models.TextField(_("what changed"), blank=True)
    versions = models.JSONField(default=list)
    draft = models.JSONField(default=list)
    balance = models.JSONField(default=dict)
    pressed_at = models.DateTimeField(_("pressed"))
    pressed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    drawn = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pressed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "language"],
                condition=Q(ended_at__isnull=True),
                name="freezing_one_at_a_time",
            ),
            models.CheckConstraint(
                name="freezing_with_an_edition_has_ended",
                condition=Q(edition__isnull=True) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.pressed_at:%Y-%m-%d %H:%M}"
